package protocol

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"parley/httpcore"
)

// How long to wait before connecting again.
const (
	defaultRetry = 3 * time.Second
	minRetry     = 100 * time.Millisecond // so that a server cannot make a client run in circles
	maxRetry     = 5 * time.Minute
)

// EventSource follows a stream of server-sent events as a browser's EventSource does (WHATWG HTML section 9.2), but with any method,
// headers and body. Each connection is an exchange of its own through Session.Do, so that redirects, cookies, auth, proxies and retries
// apply. It connects again when a connection that brought events ends, with the last event ID and after the wait that the
// server has asked for; while that fails, it waits twice as long each time. Fields must not change while Run runs.
type EventSource struct {
	Session *httpcore.Session
	// Request is sent with `Accept: text/event-stream` and `Cache-Control: no-cache` unless it has its own. A
	// Last-Event-ID of its own is that of the first connection.
	Request *httpcore.Request
	// Sink hears what the engine says of every connection; nil means nobody does.
	Sink httpcore.Sink
	// Ended is given every exchange when it is over, and has to close it; nil closes it.
	Ended func(*httpcore.Exchange)
	// Reconnects is how often at most to connect again; below 0 as often as it takes.
	Reconnects int
	// MaxEvent is how many bytes of the data of an event are kept; 0 means DefaultMaxLine.
	MaxEvent int
	// Now and After are the clock; nil means that of package time.
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
}

// Run connects and passes on what it hears, until the server says that there is no more (204), answers with something
// else than events, the request cannot be sent, Reconnects is used up, hear returns an error, or ctx ends. It returns nil
// for the first and, when the last connection ended in good order, for used-up Reconnects; hear's error as it is; and else
// an *httpcore.Error.
func (s *EventSource) Run(ctx context.Context, hear func(Message) error) error {
	f := &following{source: s, hear: hear, retry: defaultRetry}
	f.lastID, _ = s.Request.Headers.Get("Last-Event-ID")
	for {
		again, err := f.connect(ctx)
		if !again || s.Reconnects >= 0 && f.repeats == s.Reconnects {
			return err
		}
		f.repeats++
		if err := f.wait(ctx, err); err != nil {
			return err
		}
	}
}

// following is one Run.
type following struct {
	source  *EventSource
	hear    func(Message) error
	lastID  string
	retry   time.Duration
	opened  int // connections that brought events
	repeats int // connections after the first
	failing int // connections in a row that did not come about
}

// connect sends the request once and hears its events. again says that the connection was lost, with err as the reason.
func (f *following) connect(ctx context.Context) (again bool, err error) {
	prepared, err := f.source.Session.Prepare(ctx, f.request())
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l := &listening{following: f, ctx: ctx, cancel: cancel}
	x, failure := f.source.Session.Do(ctx, prepared, l)
	heard := l.finish()
	response := x.Response()
	opened := l.opened && response != nil && answersWithEvents(response)
	if f.source.Ended != nil {
		f.source.Ended(x)
	} else if closed := x.Close(); heard == nil && failure == nil {
		heard = closed
	}
	f.failing++
	if opened {
		f.failing = 0
	}
	switch {
	case heard != nil:
		return false, heard
	case failure != nil:
		return f.opened > 0 && worthAnother(failure), failure
	case opened:
		return true, nil
	case response.Status == http.StatusNoContent:
		return false, nil
	default:
		return false, noEvents(response, prepared.URL)
	}
}

// request is the request of the next connection.
func (f *following) request() *httpcore.Request {
	r := *f.source.Request
	r.Headers = r.Headers.Clone()
	for _, field := range []httpcore.Field{{Name: "Accept", Value: "text/event-stream"}, {Name: "Cache-Control", Value: "no-cache"}} {
		if !r.Headers.Has(field.Name) {
			r.Headers.Add(field.Name, field.Value)
		}
	}
	if id, ok := asFieldValue(f.lastID); ok {
		r.Headers.Set("Last-Event-ID", id)
	} else {
		r.Headers.Del("Last-Event-ID")
	}
	return &r
}

// asFieldValue is an event ID as a header can have it: blanks around it are lost, as with browsers. One that is empty, or
// that no header can hold, is not ok.
func asFieldValue(id string) (value string, ok bool) {
	value = strings.Trim(id, " \t")
	return value, value != "" && !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F })
}

// wait tells that the connection was lost, and waits as long as it takes.
func (f *following) wait(ctx context.Context, lost error) error {
	wait := min(f.retry<<min(f.failing, 20), maxRetry)
	if err := f.hear(Lost{Err: lost, Wait: wait, Until: f.source.now().Add(wait), LastEventID: f.lastID}); err != nil {
		return err
	}
	select {
	case <-f.source.after(wait):
		return nil
	case <-ctx.Done():
		return &httpcore.Error{Kind: httpcore.KindCanceled, Message: "canceled", Err: ctx.Err()}
	}
}

func (s *EventSource) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

func (s *EventSource) after(d time.Duration) <-chan time.Time {
	if s.After == nil {
		return time.After(d)
	}
	return s.After(d)
}

// worthAnother tells what went wrong on the way from what would go wrong again.
func worthAnother(err error) bool {
	return !errors.Is(err, httpcore.KindTotalTimeout) &&
		(errors.Is(err, httpcore.KindConnection) || errors.Is(err, httpcore.KindTimeout) || errors.Is(err, httpcore.KindProtocol))
}

func answersWithEvents(r *httpcore.Response) bool {
	return r.Status == http.StatusOK && httpcore.IsEventStream(r.Headers)
}

// noEvents says why a response is no stream of events.
func noEvents(r *httpcore.Response, u *httpcore.URL) error {
	if failed := httpcore.StatusError(r, u); failed != nil {
		return failed
	}
	what := fmt.Sprintf("status %d", r.Status)
	if mediaType, ok := r.Headers.Get("Content-Type"); ok && r.Status == http.StatusOK {
		what = mediaType
	} else if r.Status == http.StatusOK {
		what = "a body without Content-Type"
	}
	return &httpcore.Error{
		Kind:    httpcore.KindProtocol,
		Message: fmt.Sprintf("%s answers with %s, not with a stream of events (status 200 and text/event-stream)", u.Redacted(), what),
		Advice:  "send it as an ordinary request, or look at its lines",
		URL:     u.Redacted(),
	}
}
