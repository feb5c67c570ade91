package httpcore

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/httpcore/body"
	"parley/httpcore/cookies"
)

// SessionOptions are what a Session works with. Only Transport is required.
type SessionOptions struct {
	// Transport carries the requests; the session closes it.
	Transport Transport
	// Schemes are the kinds of authentication that requests may ask for.
	Schemes []Scheme
	// Jar keeps cookies between requests; nil means a new, empty one.
	Jar *cookies.Jar
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// After is the timer for the waits between attempts; nil means time.After.
	After func(time.Duration) <-chan time.Time
	// Random returns numbers from 0 up to 1, for the jitter of those waits; nil means math/rand.
	Random func() float64
	// Hooks take part in every exchange whose request has none of its own.
	Hooks Hooks
	// BodyDir is the folder for response bodies that do not fit in memory; empty means the system's temporary folder.
	BodyDir string
	// BodyMemory is how many bytes of a response body stay in memory; 0 means body.DefaultMemory.
	BodyMemory int64
	// UserAgent is sent when the user gives none; empty means "parley".
	UserAgent string
}

// Session sends requests that share cookies and connections. It may be used from many goroutines.
type Session struct {
	transport      Transport
	schemes        []Scheme
	jar            *cookies.Jar
	now            func() time.Time
	after          func(time.Duration) <-chan time.Time
	random         func() float64
	hooks          Hooks
	storage        body.StoreOptions
	userAgent      string
	acceptEncoding string
	auth           authCache
	// affinities counts the connections that are bound to one of them, for all that send through the transport.
	affinities *atomic.Uint64
	// buffers are for copying response bodies.
	buffers *sync.Pool
}

// NewSession returns a session. Close it to free its connections.
func NewSession(o SessionOptions) *Session {
	s := &Session{
		transport:      o.Transport,
		schemes:        o.Schemes,
		jar:            o.Jar,
		now:            o.Now,
		after:          o.After,
		random:         o.Random,
		hooks:          o.Hooks,
		storage:        body.StoreOptions{Memory: o.BodyMemory, Dir: o.BodyDir},
		userAgent:      o.UserAgent,
		acceptEncoding: strings.Join(body.Codings(), ", "),
		affinities:     new(atomic.Uint64),
		buffers:        &sync.Pool{New: func() any { return new(copyBuffer) }},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.after == nil {
		s.after = time.After
	}
	if s.random == nil {
		s.random = rand.Float64
	}
	if s.jar == nil {
		s.jar = cookies.New(s.now)
	}
	if s.userAgent == "" {
		s.userAgent = "parley"
	}
	return s
}

// Jar returns the session's cookies.
func (s *Session) Jar() *cookies.Jar { return s.jar }

// Sibling returns a session that sends through the same connections, and shares nothing else: neither cookies nor what
// was learned of authentication. It lasts as long as s, and closing it closes nothing.
func (s *Session) Sibling() *Session {
	return &Session{
		transport: borrowed{s.transport}, schemes: s.schemes, jar: cookies.New(s.now), now: s.now, after: s.after, random: s.random,
		hooks: s.hooks, storage: s.storage, userAgent: s.userAgent, acceptEncoding: s.acceptEncoding, affinities: s.affinities,
		buffers: s.buffers,
	}
}

// borrowed is a transport that another session closes.
type borrowed struct{ Transport }

// Close implements [Transport].
func (borrowed) Close() error { return nil }

// Close closes the transport. Exchanges that were returned stay readable.
func (s *Session) Close() error { return s.transport.Close() }

// Do sends p, answers challenges, repeats it as Options.Retry says, follows its redirects, and reports to sink, which may
// be nil, while it runs. p itself is not changed. It always returns the
// Exchange, with all that arrived; the error is its Err. Ending ctx at any moment ends Do soon, with an error of
// KindCanceled, or of KindTotalTimeout when ctx had a deadline.
func (s *Session) Do(ctx context.Context, p *Prepared, sink Sink) (*Exchange, error) {
	if sink == nil {
		sink = SinkFunc(func(Event) {})
	}
	return s.exchange(ctx, p, s.hooksOf(p.Request), sink)
}

func (s *Session) exchange(ctx context.Context, p *Prepared, hooks Hooks, sink Sink) (*Exchange, error) {
	ctx, cancel := withTotal(ctx, p.Options.Timeout.Total)
	defer cancel()
	r := &run{session: s, hooks: hooks, sink: sink, exchange: &Exchange{Request: p.Request, Started: s.now()}}
	failure := r.follow(ctx, p)
	x := r.exchange
	x.Ended = x.end(s.now())
	if failure == nil && p.Options.Fail {
		failure = maskError(StatusError(x.Response(), x.Hops[len(x.Hops)-1].Prepared.URL), p.Request.Secrets)
	}
	if failure == nil {
		return x, nil // not x.Err, which as an error would not be nil
	}
	x.Err = failure
	return x, failure
}
