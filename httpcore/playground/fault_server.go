package playground

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"sync"
	"time"
)

// FaultOptions bound and pace a fault. Zero values take the defaults.
type FaultOptions struct {
	Addr     string        // where to listen; empty means a free port of 127.0.0.1
	Interval time.Duration // between the bytes of a drip; 20ms
	MaxStall time.Duration // the longest that a connection is left without progress; 1 minute
	Count    int           // hops of a redirect chain; 40
	Size     int64         // what a decompression bomb unpacks to; 1 GiB
}

func (o FaultOptions) withDefaults() FaultOptions {
	if o.Addr == "" {
		o.Addr = loopback
	}
	if o.Interval <= 0 {
		o.Interval = 20 * time.Millisecond
	}
	if o.MaxStall <= 0 {
		o.MaxStall = time.Minute
	}
	if o.Count <= 0 {
		o.Count = 40
	}
	if o.Size <= 0 {
		o.Size = 1 << 30
	}
	return o
}

// A FaultServer is a raw TCP server with one bad habit, on every connection anew.
type FaultServer struct {
	Addr string // host:port
	URL  string // http:// or https:// and Addr, with a final slash

	fault    Fault
	opts     FaultOptions
	caPEM    []byte
	config   *tls.Config // nil for faults without a handshake
	listener net.Listener
	conns    *connSet
	ctx      context.Context
	cancel   context.CancelFunc
	released context.Context
	release  context.CancelFunc
	running  sync.WaitGroup
}

// StartFault serves the named fault until Close. The error says which name is unknown, or which address could not be had.
func StartFault(name string, opts FaultOptions) (*FaultServer, error) {
	fault, ok := faultNamed(name)
	if !ok {
		return nil, fmt.Errorf("playground: no fault is called %q", name)
	}
	s := &FaultServer{fault: fault, opts: opts.withDefaults(), conns: newConnSet()}
	scheme := "http://"
	if fault.port.secure() {
		scheme = "https://"
	}
	if fault.port > tlsPort {
		cert, err := fault.port.certificate()
		if err != nil {
			return nil, fmt.Errorf("playground: making a certificate: %w", err)
		}
		s.caPEM = certPEM(cert)
		s.config = &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"http/1.1"}}
	}
	l, err := listen(s.opts.Addr)
	if err != nil {
		return nil, err
	}
	s.Addr = l.Addr().String()
	s.URL = scheme + s.Addr + "/"
	s.listener = s.conns.track(l)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.released, s.release = context.WithCancel(s.ctx)
	s.running.Go(s.accept)
	return s, nil
}

func (s *FaultServer) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return // only Close ends it
		}
		s.running.Go(func() { s.serve(c) })
	}
}

func (s *FaultServer) serve(c net.Conn) {
	if s.config != nil {
		c = tls.Server(c, s.config)
	}
	defer c.Close()
	s.fault.serve(&wire{conn: c, r: bufio.NewReader(c), opts: s.opts, ctx: s.ctx, released: s.released})
}

// CAPEM is the server's certificate as PEM, nil for faults without one. A client that trusts it sees the fault alone.
func (s *FaultServer) CAPEM() []byte { return s.caPEM }

// Release ends every stall, at work or to come, and lets the response go on after it.
func (s *FaultServer) Release() { s.release() }

// Close stops listening, closes every connection and waits until nothing runs any more. It may be called again.
func (s *FaultServer) Close() {
	s.cancel()
	_ = s.listener.Close() // fails only when it was closed before
	s.conns.closeAll()
	s.running.Wait()
}
