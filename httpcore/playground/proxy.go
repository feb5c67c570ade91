package playground

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"sync"
	"time"
)

// ProxyOptions say what a [Proxy] or a [SOCKS] asks for. The zero value lets everybody through.
type ProxyOptions struct {
	// Username and Password are wanted of every client, unless both are empty.
	Username, Password string
	// Hosts maps "host:port" as clients ask for it to the "host:port" that is connected to; what it does not name is
	// connected to as it is.
	Hosts map[string]string
}

func (o ProxyOptions) isOpen() bool { return o.Username == "" && o.Password == "" }

// dial connects to where an address leads.
func (o ProxyOptions) dial(ctx context.Context, address string) (net.Conn, error) {
	if mapped, ok := o.Hosts[address]; ok {
		address = mapped
	}
	return new(net.Dialer).DialContext(ctx, "tcp", address)
}

// A Proxy is an HTTP proxy: it passes on requests with a whole URL, and opens tunnels by CONNECT. It is for tests of how a
// client uses one, so it keeps what it was asked.
type Proxy struct {
	// URL and TLSURL are where it listens in the clear and with a self-signed certificate, such as "http://127.0.0.1:40123",
	// without credentials.
	URL, TLSURL string

	opts    ProxyOptions
	caPEM   []byte
	servers []*http.Server
	conns   *connSet
	active  *gate
	forward *http.Transport
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu    sync.Mutex
	asked []ProxyRequest
}

// ProxyRequest is one request that a Proxy got, whether it let it through or not.
type ProxyRequest struct {
	Method string
	// Target is as in the request line: "http://host/path", or "host:port" of a CONNECT.
	Target string
	Header http.Header
	// Client is the address of the connection it came over.
	Client string
}

// StartProxy listens on two free ports of 127.0.0.1 until Close.
func StartProxy(opts ProxyOptions) (*Proxy, error) {
	cert, err := selfSigned(certTemplate{hosts: []string{"localhost", "127.0.0.1", "::1"}})
	if err != nil {
		return nil, fmt.Errorf("playground: making a certificate: %w", err)
	}
	plain, err := listen("")
	if err != nil {
		return nil, err
	}
	secure, err := listen("")
	if err != nil {
		plain.Close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &Proxy{
		URL: "http://" + plain.Addr().String(), TLSURL: "https://" + secure.Addr().String(),
		opts: opts, caPEM: certPEM(cert), conns: newConnSet(), active: newGate(), cancel: cancel,
		forward: &http.Transport{DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			return opts.dial(ctx, address)
		}, DisableCompression: true, MaxIdleConnsPerHost: 100},
	}
	p.serve(ctx, p.conns.track(plain))
	p.serve(ctx, tls.NewListener(p.conns.track(secure), &tls.Config{Certificates: []tls.Certificate{cert}}))
	return p, nil
}

func (p *Proxy) serve(ctx context.Context, l net.Listener) {
	server := &http.Server{
		Handler:           p.active.wrap(p.handler()),
		ReadHeaderTimeout: time.Minute,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(io.Discard, "", 0), // a client that distrusts the certificate is what it is for
	}
	p.servers = append(p.servers, server)
	p.running.Go(func() { _ = server.Serve(l) }) // always ErrServerClosed: only Close ends it
}

// CAPEM is the self-signed certificate of TLSURL, as PEM. It is valid for localhost, 127.0.0.1 and ::1.
func (p *Proxy) CAPEM() []byte { return p.caPEM }

// Asked returns every request so far, in the order they came.
func (p *Proxy) Asked() []ProxyRequest {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]ProxyRequest(nil), p.asked...)
}

// Close stops listening, closes every connection, tunnels included, and waits until nothing runs any more.
func (p *Proxy) Close() {
	p.cancel()
	for _, server := range p.servers {
		_ = server.Close() // its only errors are those of listeners that are closed already
	}
	p.conns.closeAll()
	<-p.active.close()
	p.forward.CloseIdleConnections()
	p.running.Wait()
}

func (p *Proxy) handler() http.Handler {
	onward := &httputil.ReverseProxy{
		Rewrite:       func(*httputil.ProxyRequest) {}, // the URL is whole already
		Transport:     p.forward,
		FlushInterval: -1,
		ErrorLog:      log.New(io.Discard, "", 0),
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusBadGateway)
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, ProxyRequest{Method: r.Method, Target: r.RequestURI, Header: r.Header.Clone(), Client: r.RemoteAddr})
		p.mu.Unlock()
		switch {
		case !p.admits(r):
			w.Header().Set("Proxy-Authenticate", `Basic realm="playground"`)
			http.Error(w, "This proxy wants to know who asks.", http.StatusProxyAuthRequired)
		case r.Method == http.MethodConnect:
			p.tunnel(w, r)
		case r.URL.Host == "":
			http.Error(w, "This is a proxy: ask it for a whole URL.", http.StatusBadRequest)
		default:
			onward.ServeHTTP(w, r)
		}
	})
}

func (p *Proxy) admits(r *http.Request) bool {
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(p.opts.Username+":"+p.opts.Password))
	return p.opts.isOpen() || r.Header.Get("Proxy-Authorization") == want
}

func (p *Proxy) tunnel(w http.ResponseWriter, r *http.Request) {
	server, err := p.opts.dial(r.Context(), r.RequestURI)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		server.Close()
		http.Error(w, "the connection cannot be taken over: "+err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		server.Close()
		client.Close()
		return
	}
	splice(r.Context(), client, buffered, server)
}

// splice copies both ways until one side is done or ctx ends, and closes both connections. What the client sent is read
// from r.
func splice(ctx context.Context, client net.Conn, r io.Reader, server net.Conn) {
	hangUp := func() {
		client.Close()
		server.Close()
	}
	stop := context.AfterFunc(ctx, hangUp)
	defer stop()
	var up sync.WaitGroup
	up.Go(func() {
		defer hangUp()
		_, _ = io.Copy(server, r) // either side may go at any time
	})
	_, _ = io.Copy(client, server)
	hangUp()
	up.Wait()
}
