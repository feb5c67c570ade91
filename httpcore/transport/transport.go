package transport

import (
	"context"
	"net"
	"net/netip"
	"time"

	"parley/httpcore"
)

// Dialer opens connections; *net.Dialer is one. The network is "tcp", "unix", or for HTTP/3 "udp", which has to give a
// *net.UDPConn. The address is always a literal IP address with a port, or the path of a unix socket.
type Dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// Resolver looks names up; *net.Resolver is one. network is "ip", "ip4" or "ip6".
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Options are what a Transport is made with. The zero value is right for everyday use.
type Options struct {
	// Dialer and Resolver reach the network; nil means the system's.
	Dialer   Dialer
	Resolver Resolver
	// Now tells how long connections have been idle; nil means time.Now.
	Now    func() time.Time
	Limits Limits
}

// Limits bound what a server can make the client keep or do. A zero field means the default given with it.
type Limits struct {
	HeadSize   int // bytes of a response head, all its lines together, and of all interim heads before it: 1 MiB
	LineLength int // bytes of one line of it: 256 KiB
	Fields     int // lines in a head or trailer section, folded ones included: 2,000
	Interim    int // 1xx responses before the final one: 100
	// ChunkLine bounds the line before a chunk, its extensions included: 4 KiB.
	ChunkLine   int
	TrailerSize int // bytes of a trailer section: 64 KiB

	IdlePerHost int           // idle connections kept for one key: 256, as many as in all: a load has one host
	Idle        int           // idle connections kept in all: 256
	IdleTimeout time.Duration // how long one is kept: 90 s
	// ContinueWait is how long a body waits for `100 Continue` when the request expects one: 1 s, as curl's.
	ContinueWait time.Duration
}

func (l Limits) withDefaults() Limits {
	setDefault(&l.HeadSize, 1<<20)
	setDefault(&l.LineLength, 256<<10)
	setDefault(&l.Fields, 2000)
	setDefault(&l.Interim, 100)
	setDefault(&l.ChunkLine, 4<<10)
	setDefault(&l.TrailerSize, 64<<10)
	setDefault(&l.IdlePerHost, 256)
	setDefault(&l.Idle, 256)
	setDefault(&l.IdleTimeout, 90*time.Second)
	setDefault(&l.ContinueWait, time.Second)
	return l
}

// checkInterim bounds the interim responses of an exchange, which are all kept: their number, and their size together.
func (l Limits) checkInterim(number, size int) error {
	var flood *httpcore.Error
	switch {
	case number > l.Interim:
		flood = protocolError(httpcore.KindProtocol, "sent more than %d interim (1xx) responses", l.Interim)
	case size > l.HeadSize:
		flood = protocolError(httpcore.KindProtocol, "sent interim (1xx) responses of more than %s", plural(int64(l.HeadSize)))
	default:
		return nil
	}
	flood.Advice = "the server does not come to its answer; its log may say why"
	return flood
}

func setDefault[T int | time.Duration](v *T, otherwise T) {
	if *v <= 0 {
		*v = otherwise
	}
}

// Transport is the engine's way to servers; see the package's doc.
type Transport struct {
	dialer dialer
	limits Limits
	pool   *pool
}

var _ httpcore.Transport = (*Transport)(nil)

// New returns a transport with no connections. Close it when no more requests will come.
func New(options Options) *Transport {
	if options.Dialer == nil {
		options.Dialer = &net.Dialer{}
	}
	if options.Resolver == nil {
		options.Resolver = net.DefaultResolver
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	limits := options.Limits.withDefaults()
	return &Transport{
		dialer: dialer{net: options.Dialer, resolver: options.Resolver, limits: limits},
		limits: limits,
		pool:   newPool(limits, options.Now),
	}
}

// RoundTrip implements [httpcore.Transport].
func (t *Transport) RoundTrip(ctx context.Context, p *httpcore.Prepared, trace *httpcore.Trace) (*httpcore.Reply, error) {
	if err := ctx.Err(); err != nil {
		return nil, contextError(ctx, p.URL.HostPort())
	}
	r, err := newRequest(p)
	if err != nil {
		return nil, err
	}
	w, err := routeOf(p)
	if err != nil {
		return nil, err
	}
	w.shape(r)
	reply, err := t.carry(ctx, w, r, trace)
	if err == nil && w.couldSpeakHTTP3(reply) {
		trace.ProtocolNote(`the server offers HTTP/3 too (Alt-Svc), which http = "3" asks for`)
	}
	return reply, err
}

// carry sends r over a connection that is kept, and once more over a new one when the kept one turns out to be dead.
func (t *Transport) carry(ctx context.Context, w route, r *request, trace *httpcore.Trace) (*httpcore.Reply, error) {
	conn, err := t.acquire(ctx, w, trace)
	if err != nil {
		return nil, err
	}
	reply, again, err := conn.roundTrip(ctx, r, trace)
	if !again || ctx.Err() != nil {
		return reply, err
	}
	conn, err = t.connect(ctx, w, trace)
	if err != nil {
		return nil, err
	}
	reply, _, err = conn.roundTrip(ctx, r, trace)
	return reply, err
}

// Close closes idle connections; those in use are closed when their replies are done with. Later round trips work, on
// connections that are not kept.
func (t *Transport) Close() error {
	t.pool.close()
	return nil
}
