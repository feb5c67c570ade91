package transport_test

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/quic-go/qpack"
	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/quicvarint"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// The types of the streams and frames of HTTP/3 (RFC 9114 sections 6.2 and 7.2) that a reply needs.
const (
	h3Control  = 0x00
	h3Data     = 0x00
	h3Headers  = 0x01
	h3Settings = 0x04
)

// mishapH3Frames is a reply as it leaves on the stream of its request.
func mishapH3Frames(t *testing.T, content string) (reply []byte, head int) {
	t.Helper()
	var block bytes.Buffer
	encoder := qpack.NewEncoder(&block)
	for _, field := range [][2]string{{":status", "200"}, {"content-length", strconv.Itoa(len(content))}, {"x-padding", strings.Repeat("p", 120)}} {
		if err := encoder.WriteField(qpack.HeaderField{Name: field[0], Value: field[1]}); err != nil {
			t.Fatal(err)
		}
	}
	frame := func(kind uint64, payload []byte) {
		reply = quicvarint.Append(quicvarint.Append(reply, kind), uint64(len(payload)))
		reply = append(reply, payload...)
	}
	frame(h3Headers, block.Bytes())
	head = len(reply)
	frame(h3Data, []byte(content[:1000]))
	frame(h3Data, []byte(content[1000:]))
	return reply, head
}

// mishapH3Server answers every request on a connection of its own, with a mishap at one byte of the reply.
type mishapH3Server struct {
	listener *quic.Listener
	mishaps  chan mishapServer // what the next connection gets
}

func newMishapH3Server(t *testing.T) *mishapH3Server {
	t.Helper()
	config := mishapTLS(t)
	config.NextProtos = []string{"h3"}
	listener, err := quic.ListenAddr("127.0.0.1:0", config, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &mishapH3Server{listener: listener, mishaps: make(chan mishapServer, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept(context.Background())
			if err != nil {
				return
			}
			s.serve(conn, <-s.mishaps)
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-done
	})
	return s
}

func (s *mishapH3Server) serve(conn *quic.Conn, m mishapServer) {
	defer func() { _ = conn.CloseWithError(0x0100, "") }() // H3_NO_ERROR
	control, err := conn.OpenUniStream()
	if err != nil {
		return
	}
	_, _ = control.Write([]byte{h3Control, h3Settings, 0})
	stream, err := conn.AcceptStream(conn.Context())
	if err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, stream)
	if !m.send(stream, conn.Context().Done()) {
		return
	}
	switch m.mishap {
	case resets:
		_ = conn.CloseWithError(0x0102, "mishap") // H3_INTERNAL_ERROR
	case stalls:
	default:
		_ = stream.Close()
	}
	<-conn.Context().Done() // the client hangs up
}

// TestMishapsOverHTTP3 is TestMishapsAtEveryByte for a protocol that needs real sockets, and so a real clock. The reply
// has a Content-Length: without one, a stream that ends between two frames is a whole reply.
func TestMishapsOverHTTP3(t *testing.T) {
	server := newMishapH3Server(t)
	reply, head := mishapH3Frames(t, mishapText())
	for _, m := range []mishap{truncates, resets, stalls, lies} {
		t.Run(string(m), func(t *testing.T) {
			for at := 0; at < len(reply); at += 16 {
				server.mishaps <- mishapServer{reply: reply, at: at, mishap: m}
				kind, got := askHTTP3(t, server.listener.Addr().String(), m)
				if why := judgeHTTP3(m, at, head, kind, got); why != "" {
					t.Errorf("at byte %d of %d: %q and %d bytes of content: %s", at, len(reply), kind, len(got), why)
				}
			}
		})
	}
}

// judgeHTTP3 says what is wrong with how a request ended.
func judgeHTTP3(m mishap, at, head int, kind httpcore.Kind, got string) string {
	switch {
	case m == stalls && kind != httpcore.KindReadTimeout:
		return "want a read timeout"
	case m == resets && kind != httpcore.KindProtocol && kind != httpcore.KindTruncated:
		return "want the error that the server gave up with"
	case m == truncates && at == 0 && kind != httpcore.KindClosed:
		return "want a connection that was closed"
	case m == truncates && at > 0 && kind != httpcore.KindTruncated:
		return "want a truncated reply"
	case m == lies && kind != "" && kind != httpcore.KindClosed && !kind.Is(httpcore.KindProtocol):
		return "want the protocol's fault"
	case m == lies && kind == "" && len(got) != len(mishapText()):
		return "want the content with one byte changed"
	case m != lies && (!strings.HasPrefix(mishapText(), got) || at < head && got != ""):
		return "what arrived is not what is kept"
	default:
		return ""
	}
}

func askHTTP3(t *testing.T, address string, m mishap) (httpcore.Kind, string) {
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	defer s.Close()
	r := get("https://" + address + "/")
	r.Options.Protocol = httpcore.ProtocolHTTP3
	r.Options.TLS.Insecure = true
	if m == stalls {
		r.Options.Timeout.Read = 30 * time.Millisecond
	}
	return endOf(t, s, r)
}
