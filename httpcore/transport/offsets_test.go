package transport_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// mishap is what a server does at one byte of its reply.
type mishap string

const (
	resets    mishap = "resets"    // the connection, after that many bytes
	stalls    mishap = "stalls"    // for ever, after that many bytes
	truncates mishap = "truncates" // closes in good order, after that many bytes
	drips     mishap = "drips"     // some bytes one by one from there on, each long after the one before
	lies      mishap = "lies"      // sends another byte in the place of that one
)

// patience is the read timeout, dripping the time before each of the bytes that drip, and drops how many do. The clock is
// the test's.
const (
	patience = time.Minute
	dripping = 50 * time.Second
	drops    = 5
)

// mishapConn is a client's end of a connection that ends as the server's mishap says.
type mishapConn struct {
	net.Conn
	mishap mishap
}

// Read reports the end of a connection as a reset where that is the mishap: a pipe knows no other end than io.EOF.
func (c mishapConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.mishap == resets && errors.Is(err, io.EOF) {
		err = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return n, err
}

func (c mishapConn) LocalAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort("127.0.0.1:1"))
}

func (c mishapConn) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort("127.0.0.1:2"))
}

// mishapServer answers each connection with reply, but for what goes wrong at one byte.
type mishapServer struct {
	reply  []byte
	at     int
	mishap mishap
	tls    *tls.Config // nil in the clear
	frames bool        // it speaks HTTP/2
}

// DialContext makes a connection to the server.
func (s *mishapServer) DialContext(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	go s.serve(server)
	return mishapConn{client, s.mishap}, nil
}

func (s *mishapServer) serve(raw net.Conn) {
	defer raw.Close()
	conn := raw
	if s.tls != nil {
		conn = tls.Server(raw, s.tls)
	}
	if !s.awaitRequest(conn) {
		return
	}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, conn)
	}()
	if s.send(conn, drained) && s.mishap == truncates && s.tls != nil {
		_ = conn.(*tls.Conn).CloseWrite()
	}
	if s.mishap == stalls || s.mishap == drips || s.mishap == lies {
		<-drained // the client hangs up
	}
}

// awaitRequest reads a request without content, and reports whether there was one.
func (s *mishapServer) awaitRequest(conn net.Conn) bool {
	if !s.frames {
		var head []byte
		one := make([]byte, 1)
		for !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
			if _, err := conn.Read(one); err != nil {
				return false
			}
			head = append(head, one[0])
		}
		return true
	}
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return false
	}
	framer := http2.NewFramer(nil, conn)
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return false
		}
		if frame.Header().Type == http2.FrameHeaders {
			return true
		}
	}
}

// send writes the reply as far as it goes, and reports whether the client took it.
func (s *mishapServer) send(conn io.Writer, over <-chan struct{}) bool {
	reply := s.reply
	switch s.mishap {
	case resets, stalls, truncates:
		reply = reply[:s.at]
	case lies:
		reply = bytes.Clone(reply)
		reply[s.at] ^= 0x80
	case drips:
		if _, err := conn.Write(reply[:s.at]); err != nil {
			return false
		}
		last := min(s.at+drops, len(reply))
		for i := s.at; i < last; i++ {
			select {
			case <-time.After(dripping): // on the test's clock
			case <-over:
				return false
			}
			if _, err := conn.Write(reply[i : i+1]); err != nil {
				return false
			}
		}
		reply = reply[last:]
	}
	_, err := conn.Write(reply)
	return err == nil
}

// mishapRoad is a way to such a server, and a reply on it.
type mishapRoad struct {
	name     string
	protocol httpcore.Protocol
	secure   bool
	reply    []byte
	head     int // where the content, or the frames after the head, begin
	step     int // every how many-th byte is tried
}

// mishapText is the content of every reply.
func mishapText() string { return strings.Repeat("0123456789abcdef\n", 106)[:1800] }

func mishapRoads() []mishapRoad {
	content := mishapText()
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Padding: " + strings.Repeat("p", 120) + "\r\n"
	sized := head + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(content))
	chunked := head + "Transfer-Encoding: chunked\r\n\r\n"
	chunks := fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\nX-Trailer: end\r\n\r\n", 1000, content[:1000], len(content)-1000, content[1000:])
	frames, framesHead := mishapFrames(content)
	return []mishapRoad{
		{"HTTP1 with a length", httpcore.ProtocolHTTP1, false, []byte(sized + content), len(sized), 1},
		{"HTTP1 in chunks", httpcore.ProtocolHTTP1, false, []byte(chunked + chunks), len(chunked), 1},
		{"TLS with a length", httpcore.ProtocolHTTP1, true, []byte(sized + content), len(sized), 16},
		{"HTTP2", httpcore.ProtocolPriorKnowledge, false, frames, framesHead, 16},
		{"HTTP2 over TLS", httpcore.ProtocolHTTP2, true, frames, framesHead, 16},
	}
}

// mishapFrames is a reply on the first stream of an HTTP/2 connection.
func mishapFrames(content string) (reply []byte, head int) {
	var all, block bytes.Buffer
	framer := http2.NewFramer(&all, nil)
	encoder := hpack.NewEncoder(&block)
	for _, field := range [][2]string{{":status", "200"}, {"content-type", "text/plain"}, {"x-padding", strings.Repeat("p", 120)}} {
		_ = encoder.WriteField(hpack.HeaderField{Name: field[0], Value: field[1]})
	}
	_ = framer.WriteSettings()
	_ = framer.WriteSettingsAck()
	_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block.Bytes(), EndHeaders: true})
	head = all.Len()
	_ = framer.WriteData(1, false, []byte(content[:1000]))
	_ = framer.WriteData(1, true, []byte(content[1000:]))
	return all.Bytes(), head
}

// TestMishapsAtEveryByte has a server fail at each byte of its reply: whatever it does, the request ends, with an error
// that says what happened and with all that arrived before.
func TestMishapsAtEveryByte(t *testing.T) {
	config := mishapTLS(t)
	for _, road := range mishapRoads() {
		for _, m := range []mishap{truncates, resets, stalls, drips, lies} {
			t.Run(road.name+" "+string(m), func(t *testing.T) {
				for at := 0; at < len(road.reply); at += road.step {
					server := &mishapServer{reply: road.reply, at: at, mishap: m, frames: road.protocol != httpcore.ProtocolHTTP1}
					if road.secure {
						server.tls = config
					}
					synctest.Test(t, func(t *testing.T) {
						kind, got := road.ask(t, server)
						road.judge(t, m, at, kind, got)
					})
				}
			})
		}
	}
}

// ask sends a request to the server.
func (road mishapRoad) ask(t *testing.T, server *mishapServer) (httpcore.Kind, string) {
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{Dialer: server})})
	defer s.Close()
	r := get("http://127.0.0.1/")
	if road.secure {
		r = get("https://127.0.0.1/")
	}
	r.Options.Protocol = road.protocol
	r.Options.TLS.Insecure = true
	r.Options.Timeout.Read = patience
	return endOf(t, s, r)
}

// endOf sends a request, and returns how it ended and what came of the content.
func endOf(t *testing.T, s *httpcore.Session, r *httpcore.Request) (httpcore.Kind, string) {
	t.Helper()
	p, err := s.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	x, failure := s.Do(t.Context(), p, nil)
	defer func() { _ = x.Close() }()
	got := ""
	if x.Response() != nil {
		got = content(t, x.Response())
	}
	if failure == nil {
		return "", got
	}
	return x.Err.Kind, got
}

// isKept reports whether got is the content that arrived: to the byte where the reply is the content behind a head.
func (road mishapRoad) isKept(m mishap, at int, got string) bool {
	if m != drips && strings.HasSuffix(road.name, "length") {
		return got == mishapText()[:max(0, at-road.head)]
	}
	return strings.HasPrefix(mishapText(), got)
}

// judge says what is wrong with how a request ended.
func (road mishapRoad) judge(t *testing.T, m mishap, at int, kind httpcore.Kind, got string) {
	isFrames := road.protocol != httpcore.ProtocolHTTP1
	wrong := ""
	switch m {
	case truncates, resets:
		want := httpcore.KindTruncated
		if at == 0 || isFrames && at < road.head {
			want = httpcore.KindClosed // nothing of an answer can be told
		}
		if kind != want {
			wrong = fmt.Sprintf("want %s", want)
		}
	case stalls:
		if kind != httpcore.KindReadTimeout {
			wrong = "want a read timeout"
		}
	case drips:
		if kind != "" || got != mishapText() {
			wrong = "want the whole content: no gap was as long as the timeout"
		}
	case lies:
		// A byte in a value, in padding or in the content may be any; what makes another message of it is refused, and
		// a head or trailer that lost its end is waited for.
		isKnown := kind == "" || kind.Is(httpcore.KindProtocol) || kind == httpcore.KindReadTimeout || isFrames && kind == httpcore.KindClosed
		if !isKnown || kind == "" && len(got) != len(mishapText()) {
			wrong = "want the protocol's fault, or the content with one byte changed"
		}
	}
	if m != lies && !road.isKept(m, at, got) {
		wrong = "what arrived is not what is kept"
	}
	if wrong != "" {
		t.Errorf("at byte %d of %d: %q and %d bytes of content: %s", at, len(road.reply), kind, len(got), wrong)
	}
}

func mishapTLS(t *testing.T) *tls.Config {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mishap"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{NextProtos: []string{"h2", "http/1.1"}, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}
