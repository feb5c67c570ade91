package transport_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/quic-go/qpack"
	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
	"github.com/quic-go/quic-go/quicvarint"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// quicServer is a QUIC server whose HTTP/3 is written by hand.
type quicServer struct {
	address, ca string
	conns       atomic.Int64
}

// h3Request is a request as the server sees it. The handler is called when its stream has been opened; what follows of it
// is read.
type h3Request struct {
	*quic.Stream
	conn    *quic.Conn
	control *quic.SendStream
	// number counts the requests of the connection, from 0.
	number int
	// arrived is closed when the client has got content of the reply.
	arrived <-chan struct{}
}

// frame writes a frame.
func (r *h3Request) frame(kind uint64, payload []byte) {
	b := quicvarint.Append(nil, kind)
	b = quicvarint.Append(b, uint64(len(payload)))
	_, _ = r.Write(append(b, payload...))
}

func (r *h3Request) data(content string) { r.frame(0, []byte(content)) }

// head writes a HEADERS frame of names and values by turns.
func (r *h3Request) head(fields ...string) { r.frame(1, section(fields...)) }

func section(fields ...string) []byte {
	var block bytes.Buffer
	encoder := qpack.NewEncoder(&block)
	for i := 0; i < len(fields); i += 2 {
		_ = encoder.WriteField(qpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	return block.Bytes()
}

// rawHTTP3 serves HTTP/3 with handle, which is called for one request of a connection after another.
func rawHTTP3(t *testing.T, change func(*tls.Config), arrived <-chan struct{}, handle func(*h3Request)) *quicServer {
	t.Helper()
	own := newPair(t, "raw.test")
	config := &tls.Config{Certificates: []tls.Certificate{own.tls}, NextProtos: []string{http3.NextProtoH3}}
	if change != nil {
		change(config)
	}
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	carrier := &quic.Transport{Conn: socket}
	listener, err := carrier.Listen(config, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &quicServer{address: socket.LocalAddr().String(), ca: pemFile(t, own.cert)}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := listener.Accept(context.Background())
			if err != nil {
				return
			}
			s.conns.Add(1)
			wg.Go(func() { serveRawHTTP3(conn, arrived, handle) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		_ = carrier.Close()
		_ = socket.Close()
		wg.Wait()
	})
	return s
}

func serveRawHTTP3(conn *quic.Conn, arrived <-chan struct{}, handle func(*h3Request)) {
	control, err := conn.OpenUniStream()
	if err != nil {
		return
	}
	_, _ = control.Write([]byte{0, 4, 0}) // a control stream, and a SETTINGS frame without settings
	for number := 0; ; number++ {
		stream, err := conn.AcceptStream(context.Background())
		if err != nil {
			return
		}
		request := &h3Request{Stream: stream, conn: conn, control: control, number: number, arrived: arrived}
		handle(request)
		go func() { _, _ = io.Copy(io.Discard, stream) }()
	}
}

// ask is a GET over HTTP/3.
func (s *quicServer) ask() *httpcore.Request {
	r := get("https://" + s.address)
	r.Options.Protocol = httpcore.ProtocolHTTP3
	r.Options.TLS.CA, r.Options.TLS.ServerName = s.ca, "raw.test"
	return r
}

func TestHTTP3Faults(t *testing.T) {
	const internal, fallback, rejected = quic.StreamErrorCode(0x102), quic.StreamErrorCode(0x110), quic.StreamErrorCode(0x10e)
	for _, test := range []struct {
		name   string
		answer func(r *h3Request)
		kind   httpcore.Kind
		parts  []string
		body   string
	}{
		{"reset before the head", func(r *h3Request) { r.CancelWrite(internal) }, httpcore.KindClosed, []string{"H3_INTERNAL_ERROR"}, ""},
		{"wants HTTP/1.1", func(r *h3Request) { r.CancelWrite(fallback) }, httpcore.KindProtocol, []string{"H3_VERSION_FALLBACK"}, ""},
		{"says that the request is malformed", func(r *h3Request) { r.CancelWrite(rejected) }, httpcore.KindProtocol, []string{"H3_MESSAGE_ERROR"}, ""},
		{"reset in the body", func(r *h3Request) {
			r.head(":status", "200", "content-length", "10")
			r.data("abc")
			<-r.arrived // a reset may overtake what was sent before it
			r.CancelWrite(internal)
		}, httpcore.KindTruncated, []string{"3 of 10 bytes", "H3_INTERNAL_ERROR"}, "abc"},
		{"ends before its length", func(r *h3Request) {
			r.head(":status", "200", "content-length", "10")
			r.data("abc")
			_ = r.Close()
		}, httpcore.KindTruncated, []string{"3 of 10 bytes"}, "abc"},
		{"ends in the middle of a frame", func(r *h3Request) {
			r.head(":status", "200")
			_, _ = r.Write([]byte{0, 10, 'a', 'b', 'c'})
			_ = r.Close()
		}, httpcore.KindTruncated, []string{"3 bytes"}, "abc"},
		{"has more than its length", func(r *h3Request) {
			r.head(":status", "200", "content-length", "2")
			r.data("abc")
			_ = r.Close()
		}, httpcore.KindProtocol, []string{"too much data"}, "ab"},
		{"ends before the head", func(r *h3Request) { _ = r.Close() }, httpcore.KindClosed, []string{"without an answer"}, ""},
		{"ends in the head", func(r *h3Request) {
			_, _ = r.Write([]byte{1, 10, 0, 0})
			_ = r.Close()
		}, httpcore.KindTruncated, []string{"before its head was whole"}, ""},
		{"closes before the head", func(r *h3Request) { _ = r.conn.CloseWithError(0x100, "") }, httpcore.KindClosed, []string{"without an answer"}, ""},
		{"closes in the body", func(r *h3Request) {
			r.head(":status", "200")
			r.data("abc")
			<-r.arrived
			_ = r.conn.CloseWithError(0x100, "")
		}, httpcore.KindTruncated, []string{"3 bytes"}, "abc"},
		{"goes away for a reason", func(r *h3Request) { _ = r.conn.CloseWithError(0x107, "slow down") }, httpcore.KindProtocol, []string{"H3_EXCESSIVE_LOAD", "slow down"}, ""},
		{"begins with content", func(r *h3Request) { r.data("abc") }, httpcore.KindProtocol, []string{"H3_FRAME_UNEXPECTED"}, ""},
		{"sends a frame of HTTP/2", func(r *h3Request) { r.frame(6, nil) }, httpcore.KindProtocol, []string{"H3_FRAME_UNEXPECTED"}, ""},
		{"has no status", func(r *h3Request) { r.head("x-a", "b") }, httpcore.KindProtocol, []string{"rules of HTTP/3"}, ""},
		{"has a field name in upper case", func(r *h3Request) { r.head(":status", "200", "X-Upper", "b") }, httpcore.KindProtocol, []string{"rules of HTTP/3"}, ""},
		{"has a header block that is none", func(r *h3Request) { r.frame(1, []byte{0, 0, 0xff, 0xff, 0xff}) }, httpcore.KindProtocol, []string{"rules of HTTP/3"}, ""},
		{"has a head without end", func(r *h3Request) {
			r.head(":status", "200", "x-a", strings.Repeat("a", 9000), "x-b", strings.Repeat("b", 5000))
		}, httpcore.KindProtocol, []string{"too large"}, ""},
		{"interim responses without end", func(r *h3Request) {
			for range 100 {
				r.head(":status", "103")
			}
		}, httpcore.KindProtocol, []string{"interim"}, ""},
		{"large interim responses", func(r *h3Request) {
			for range 3 {
				r.head(":status", "103", "link", strings.Repeat("x", 4000))
			}
		}, httpcore.KindProtocol, []string{"interim", "10000 bytes"}, ""},
		{"silent", func(r *h3Request) {}, httpcore.KindReadTimeout, []string{"after the request"}, ""},
		{"silent in the body", func(r *h3Request) {
			r.head(":status", "200")
			r.data("abc")
		}, httpcore.KindReadTimeout, []string{"after 3 bytes"}, "abc"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{})
			server := rawHTTP3(t, nil, arrived, test.answer)
			request := server.ask()
			if test.kind == httpcore.KindReadTimeout {
				request.Options.Timeout.Read = gap
			}
			s := newSession(t, transport.Options{Limits: transport.Limits{HeadSize: 10_000, Interim: 3}})
			p, err := s.Prepare(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			var once sync.Once
			x, err := s.Do(t.Context(), p, httpcore.SinkFunc(func(event httpcore.Event) {
				if _, ok := event.(httpcore.Downloaded); ok {
					once.Do(func() { close(arrived) })
				}
			}))
			t.Cleanup(func() { _ = x.Close() })
			wantError(t, err, test.kind, append(test.parts, server.address)...)
			if x.Err.Advice == "" {
				t.Error("there is no hint")
			}
			if test.body != "" {
				if got := content(t, x.Response()); got != test.body {
					t.Errorf("body = %q, want %q to be kept", got, test.body)
				}
			}
		})
	}
}

// noContent answers a request.
func noContent(r *h3Request) {
	r.head(":status", "204")
	_ = r.Close()
}

func TestRejectedHTTP3RequestIsSentAgain(t *testing.T) {
	var requests atomic.Int64
	server := rawHTTP3(t, nil, nil, func(r *h3Request) {
		if requests.Add(1) == 1 {
			r.CancelRead(0x10b)
			r.CancelWrite(0x10b) // H3_REQUEST_REJECTED
			return
		}
		noContent(r)
	})
	// RFC 9114 section 4.1.1: a rejected request was not looked at, so even a POST may be sent again.
	request := server.ask()
	request.Method, request.Body = "POST", body.Text("hello", "")
	mustDo(t, newSession(t, transport.Options{}), request)
}

func TestHTTP3ConnectionThatGoesAwayIsReplaced(t *testing.T) {
	server := rawHTTP3(t, nil, nil, func(r *h3Request) {
		_, _ = r.control.Write([]byte{7, 1, 4}) // GOAWAY: no more after this one
		noContent(r)
	})
	s := newSession(t, transport.Options{})
	for range 3 {
		request := server.ask()
		request.Method, request.Body = "POST", body.Text("hello", "")
		mustDo(t, s, request)
	}
}

func TestDeadHTTP3ConnectionIsReplaced(t *testing.T) {
	server := rawHTTP3(t, nil, nil, func(r *h3Request) {
		if r.number == 0 {
			noContent(r)
			return
		}
		_ = r.conn.CloseWithError(0x100, "")
	})
	s := newSession(t, transport.Options{})
	mustDo(t, s, server.ask())
	if mustDo(t, s, server.ask()).Conn.Reused || server.conns.Load() != 2 {
		t.Error("the answer came over the dead connection")
	}
	request := server.ask()
	request.Method, request.Body = "POST", body.Text("hello", "")
	_, err := do(t, s, request)
	wantError(t, err, httpcore.KindClosed)
}

func TestSilentHTTP3ConnectionIsNotUsedAgain(t *testing.T) {
	server := rawHTTP3(t, nil, nil, func(r *h3Request) {
		if r.number == 0 {
			noContent(r)
		}
	})
	s := newSession(t, transport.Options{})
	mustDo(t, s, server.ask())
	request := server.ask()
	request.Options.Timeout.Read = gap
	_, err := do(t, s, request)
	wantError(t, err, httpcore.KindReadTimeout)
	if mustDo(t, s, server.ask()).Conn.Reused {
		t.Error("a connection that went silent was used again")
	}
}

func TestHTTP3CannotBeReached(t *testing.T) {
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	other := rawHTTP3(t, func(config *tls.Config) { config.NextProtos = []string{"other"} }, nil, noContent)
	mutual := rawHTTP3(t, func(config *tls.Config) { config.ClientAuth = tls.RequireAnyClientCert }, nil, noContent)
	good := rawHTTP3(t, nil, nil, noContent)
	free := freeUDP(t)
	for _, test := range []struct {
		name   string
		change func(r *httpcore.Request)
		kind   httpcore.Kind
		parts  []string
		hint   string
	}{
		{"nobody listens", func(r *httpcore.Request) { r.URL = "https://" + free }, httpcore.KindConnect, []string{"refused", free}, `http = "auto"`},
		{"nobody answers", func(r *httpcore.Request) {
			r.URL, r.Options.Timeout.Connect = "https://"+silent.LocalAddr().String(), gap
		}, httpcore.KindConnectTimeout, []string{"within"}, `http = "auto"`},
		{"another protocol is spoken", func(r *httpcore.Request) { *r = *other.ask() }, httpcore.KindProtocol, []string{"does not offer HTTP/3"}, `http = "auto"`},
		{"the certificate is not trusted", func(r *httpcore.Request) { r.Options.TLS.CA = "" }, httpcore.KindTLS, []string{"certificate"}, "verify"},
		{"the certificate is for another name", func(r *httpcore.Request) { r.Options.TLS.ServerName = "other.test" }, httpcore.KindTLS, []string{"another host"}, "server_name"},
		{"a client certificate is wanted", func(r *httpcore.Request) { *r = *mutual.ask() }, httpcore.KindTLS, []string{"certificate required"}, "cert"},
		{"in the clear", func(r *httpcore.Request) { r.URL = "http://" + good.address }, httpcore.KindProtocol, []string{"in the clear"}, "https"},
		{"through a unix socket", func(r *httpcore.Request) { r.Options.Network.Unix = "/run/x.sock" }, httpcore.KindProtocol, []string{"/run/x.sock"}, "network.unix"},
		{"through a proxy", func(r *httpcore.Request) {
			r.Options.Network.Proxies.By = map[string]string{"all": "http://127.0.0.1:3128"}
		}, httpcore.KindProtocol, []string{"127.0.0.1:3128"}, `proxy = ""`},
		{"a family that the host has not", func(r *httpcore.Request) { r.Options.Network.Family = "6" }, httpcore.KindDNS, []string{"IPv6"}, "family"},
		{"no key log can be written", func(r *httpcore.Request) { r.Options.TLS.KeyLog = filepath.Join(t.TempDir(), "no", "file") }, httpcore.KindRequest, []string{"key log"}, "key_log"},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := good.ask()
			test.change(request)
			request.Options.Protocol = httpcore.ProtocolHTTP3
			_, err := do(t, newSession(t, transport.Options{}), request)
			wantError(t, err, test.kind, test.parts...)
			if e, ok := errors.AsType[*httpcore.Error](err); ok && !strings.Contains(e.Advice, test.hint) {
				t.Errorf("hint = %q, want %q in it", e.Advice, test.hint)
			}
		})
	}
}

// freeUDP returns an address of this machine where nobody listens.
func freeUDP(t *testing.T) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.LocalAddr().String()
}

func TestHTTP3ObeysTheOptions(t *testing.T) {
	client := newPair(t, "client")
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(client.cert)
	server := rawHTTP3(t, func(config *tls.Config) {
		config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, roots
	}, nil, noContent)
	request := server.ask()
	_, port, _ := net.SplitHostPort(server.address)
	request.URL = "https://api.test:" + port
	request.Options.Network.Resolve = map[string]string{"api.test:" + port: server.address}
	request.Options.TLS = httpcore.TLSOptions{
		Insecure: true, Cert: pemFile(t, append(client.cert, client.key...)), KeyLog: filepath.Join(t.TempDir(), "keys"), MinVersion: "1.3",
	}
	attempt := mustDo(t, newSession(t, transport.Options{}), request)
	if info := attempt.TLS; info.Version != "TLS 1.3" || info.ALPN != "h3" || info.ServerName != "api.test" || info.Verified || info.Problem == "" || len(info.Chain) != 1 {
		t.Errorf("TLS = %+v", info)
	}
	if attempt.Conn.Remote.String() != server.address || !attempt.Conn.Local.IsValid() {
		t.Errorf("connection = %+v", attempt.Conn)
	}
	keys, err := os.ReadFile(request.Options.TLS.KeyLog)
	if err != nil || !bytes.Contains(keys, []byte("CLIENT_TRAFFIC_SECRET_0 ")) {
		t.Errorf("key log = %q (%v)", keys, err)
	}
}

// Of a name with two addresses, the one where somebody answers is used.
func TestHTTP3TriesEveryAddress(t *testing.T) {
	server := rawHTTP3(t, nil, nil, noContent) // on IPv4 only
	request := server.ask()
	_, port, _ := net.SplitHostPort(server.address)
	request.URL = "https://localhost:" + port
	mustDo(t, newSession(t, transport.Options{}), request)
}

func TestHTTP3ConnectionsAreClosed(t *testing.T) {
	over := make(chan error, 2)
	server := rawHTTP3(t, nil, nil, func(r *h3Request) {
		context.AfterFunc(r.conn.Context(), func() { over <- context.Cause(r.conn.Context()) })
		noContent(r)
	})
	for name, limits := range map[string]transport.Limits{"when idle": {IdleTimeout: gap}, "at the end": {}} {
		s := newSession(t, transport.Options{Limits: limits})
		mustDo(t, s, server.ask())
		if name == "at the end" {
			_ = s.Close()
		}
		var closed *quic.ApplicationError
		if err := <-over; !errors.As(err, &closed) || closed.ErrorCode != 0x100 {
			t.Errorf("%s: the connection ended with %v", name, err)
		}
	}
}

func TestServersOfferOfHTTP3IsTold(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Alt-Svc", r.URL.Query().Get("offer"))
	}), true)
	for _, test := range []struct {
		offer    string
		protocol httpcore.Protocol
		want     string
	}{
		{`h2=":1"; ma=1, h3=":443"; ma=86400`, httpcore.ProtocolAuto, `the server chose h2 in the TLS handshake; the server offers HTTP/3 too (Alt-Svc), which http = "3" asks for`},
		{`h3-29=":443"`, httpcore.ProtocolAuto, "the server chose h2 in the TLS handshake"},
		{"clear", httpcore.ProtocolAuto, "the server chose h2 in the TLS handshake"},
		{`h3=":443"`, httpcore.ProtocolHTTP1, `asked for by http = "1.1"`},
	} {
		r := get(origin)
		r.Params = httpcore.Fields{{Name: "offer", Value: test.offer}}
		r.Options.TLS.CA, r.Options.Protocol = ca, test.protocol
		if got := mustDo(t, newSession(t, transport.Options{}), r).Conn.ProtocolWhy; got != test.want {
			t.Errorf("%s: why = %q, want %q", test.offer, got, test.want)
		}
	}
}

func TestUploadEndsWithItsHTTP3Reply(t *testing.T) {
	server := rawHTTP3(t, nil, nil, func(r *h3Request) {
		r.head(":status", "413")
		_ = r.Close()
	})
	payload := &closable{endless: endless{limit: 1 << 40}, closed: make(chan struct{})}
	request := server.ask()
	request.Method, request.Body = "POST", payload
	if status := mustDo(t, newSession(t, transport.Options{}), request).Response.Status; status != 413 {
		t.Errorf("status = %d", status)
	}
	select {
	case <-payload.closed:
	case <-context.Background().Done():
	}
}
