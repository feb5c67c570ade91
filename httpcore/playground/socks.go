package playground

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"
)

// A SOCKS is a SOCKS 5 proxy (RFC 1928, with the user names and passwords of RFC 1929) that connects where it is asked to,
// and keeps what that was.
type SOCKS struct {
	Addr string // host:port

	opts     ProxyOptions
	listener net.Listener
	conns    *connSet
	ctx      context.Context
	cancel   context.CancelFunc
	running  sync.WaitGroup

	mu    sync.Mutex
	asked []string
}

// StartSOCKS listens on a free port of 127.0.0.1 until Close.
func StartSOCKS(opts ProxyOptions) (*SOCKS, error) {
	l, err := listen("")
	if err != nil {
		return nil, err
	}
	s := &SOCKS{Addr: l.Addr().String(), opts: opts, conns: newConnSet()}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.listener = s.conns.track(l)
	s.running.Go(s.accept)
	return s, nil
}

// Asked returns every "host:port" so far that a client wanted to be connected to; an IPv6 address has brackets.
func (s *SOCKS) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// Close stops listening, closes every connection and waits until nothing runs any more.
func (s *SOCKS) Close() {
	s.cancel()
	_ = s.listener.Close() // fails only when it was closed before
	s.conns.closeAll()
	s.running.Wait()
}

func (s *SOCKS) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return // only Close ends it
		}
		s.running.Go(func() {
			defer c.Close()
			s.serve(c)
		})
	}
}

const (
	socksVersion  = 5
	socksPassword = 2
	socksNone     = 0xFF
)

var errNotSOCKS = errors.New("this is not SOCKS 5")

func (s *SOCKS) serve(c net.Conn) {
	_ = c.SetDeadline(time.Now().Add(time.Minute)) // fails only on a closed connection, as the read then does
	address, err := s.negotiate(c)
	if err != nil {
		return // the client was told, or has gone
	}
	s.mu.Lock()
	s.asked = append(s.asked, address)
	s.mu.Unlock()
	server, err := s.opts.dial(s.ctx, address)
	code := byte(0)
	if err != nil {
		code = 5 // connection refused
	}
	if _, failed := c.Write([]byte{socksVersion, code, 0, 1, 0, 0, 0, 0, 0, 0}); err != nil || failed != nil {
		if err == nil {
			server.Close()
		}
		return
	}
	_ = c.SetDeadline(time.Time{}) // as above
	splice(s.ctx, c, c, server)
}

// negotiate does what comes before connecting, and returns what the client asks for.
func (s *SOCKS) negotiate(c net.Conn) (address string, err error) {
	methods, err := readCounted(c, 1)
	if err != nil {
		return "", err
	}
	method := byte(0)
	if !s.opts.isOpen() {
		method = socksNone
		for _, offered := range methods {
			if offered == socksPassword {
				method = socksPassword
			}
		}
	}
	if _, err := c.Write([]byte{socksVersion, method}); err != nil {
		return "", err
	}
	switch method {
	case socksNone:
		return "", errors.New("no method in common")
	case socksPassword:
		if err := s.authenticate(c); err != nil {
			return "", err
		}
	}
	return readSOCKSAddress(c)
}

func (s *SOCKS) authenticate(c net.Conn) error {
	username, err := readCounted(c, 1)
	if err != nil {
		return err
	}
	password, err := readCounted(c, 0)
	if err != nil {
		return err
	}
	if string(username) == s.opts.Username && string(password) == s.opts.Password {
		_, err = c.Write([]byte{1, 0})
		return err
	}
	_, _ = c.Write([]byte{1, 1}) // the connection ends anyway
	return errors.New("wrong user name or password")
}

// readCounted skips so many bytes and reads a string that its length comes before.
func readCounted(r io.Reader, skip int) ([]byte, error) {
	head := make([]byte, skip+1)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	text := make([]byte, head[skip])
	_, err := io.ReadFull(r, text)
	return text, err
}

// readSOCKSAddress reads a request to connect.
func readSOCKSAddress(r io.Reader) (string, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return "", err
	}
	if head[0] != socksVersion || head[1] != 1 {
		return "", errNotSOCKS
	}
	var host string
	switch head[3] {
	case 1, 4:
		raw := make([]byte, 4*int(head[3])) // 4 and 16 bytes
		if _, err := io.ReadFull(r, raw); err != nil {
			return "", err
		}
		address, _ := netip.AddrFromSlice(raw) // it has one of the two lengths
		host = address.String()
	case 3:
		name, err := readCounted(r, 0)
		if err != nil {
			return "", err
		}
		host = string(name)
	default:
		return "", fmt.Errorf("%w: address type %d", errNotSOCKS, head[3])
	}
	var port [2]byte
	if _, err := io.ReadFull(r, port[:]); err != nil {
		return "", err
	}
	return net.JoinHostPort(host, strconv.Itoa(int(port[0])<<8|int(port[1]))), nil
}
