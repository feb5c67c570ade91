package batch

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"parley/httpcore"
)

// hosts keeps a run within what servers ask for: after a 429, or a 503 with Retry-After, and when a quota is used up, nothing is sent to that
// host until it wants to hear of us again. Then one request goes ahead alone, and what its answer says of the quota is
// what may follow.
type hosts struct {
	mu     sync.Mutex
	byName map[string]*host
}

func newHosts() *hosts { return &hosts{byName: map[string]*host{}} }

// host is what is known of one.
type host struct {
	// sending counts the requests that are under way.
	sending int
	// limited says that no more than left may be sent now; held says until when nothing is.
	limited bool
	left    int64
	held    time.Time
	reason  string
	// refused counts the refusals in a row.
	refused int
	// changed is closed when something above has changed; nil when nobody waits.
	changed chan struct{}
}

// hostOf is the host and port of a URL, as it is written there.
func hostOf(url string) string {
	if _, after, ok := strings.Cut(url, "://"); ok {
		url = after
	}
	if end := strings.IndexAny(url, "/?#"); end >= 0 {
		url = url[:end]
	}
	return strings.ToLower(url)
}

// enter waits until a request may be sent to the host of a URL, and returns that host. It ends with ctx.
func (r *run) enter(ctx context.Context, url string) *host {
	r.hosts.mu.Lock()
	name := hostOf(url)
	h := r.hosts.byName[name]
	if h == nil {
		r.hosts.sweep()
		h = &host{}
		r.hosts.byName[name] = h
	}
	for {
		wait, changed := h.admit(r.now())
		if wait == 0 && changed == nil || ctx.Err() != nil {
			h.sending++
			r.hosts.mu.Unlock()
			return h
		}
		reason := h.reason
		r.hosts.mu.Unlock()
		if changed == nil {
			r.wait(ctx, wait, reason)
		} else {
			select {
			case <-changed:
			case <-ctx.Done():
			}
		}
		r.hosts.mu.Lock()
	}
}

// maxHosts bounds how many hosts are known at once, but for those in use.
const maxHosts = 1024

// sweep forgets hosts that there is nothing to know of.
func (h *hosts) sweep() {
	if len(h.byName) < maxHosts {
		return
	}
	for name, host := range h.byName {
		if host.sending == 0 && !host.limited {
			delete(h.byName, name)
		}
	}
}

// admit takes a place, or says what to wait for: a time, or a change.
func (h *host) admit(now time.Time) (time.Duration, <-chan struct{}) {
	switch {
	case !h.limited:
		return 0, nil
	case h.left > 0:
		h.left--
		return 0, nil
	case h.held.After(now):
		return h.held.Sub(now), nil
	case h.sending == 0:
		return 0, nil // the one that goes ahead
	}
	if h.changed == nil {
		h.changed = make(chan struct{})
	}
	return 0, h.changed
}

// maxHold bounds how long a server is waited for, firstHold is the wait after a 429 that names none; it doubles so many
// times, with each in a row.
const (
	maxHold   = time.Minute
	firstHold = time.Second
	doublings = 3
)

// leave takes in what an answer says.
func (r *run) leave(h *host, x *httpcore.Exchange) {
	r.hosts.mu.Lock()
	defer r.hosts.mu.Unlock()
	h.sending--
	if x != nil && x.Response() != nil {
		h.hear(x.Response(), r.now())
	}
	if h.changed != nil {
		close(h.changed)
		h.changed = nil
	}
}

func (h *host) hear(response *httpcore.Response, now time.Time) {
	limit := response.RateLimit(now)
	if until := h.refusal(response.Status, limit, now); !until.IsZero() {
		h.hold(until, now, fmt.Sprintf("%d %s", response.Status, http.StatusText(response.Status)))
		return
	}
	h.refused = 0
	switch {
	case h.held.After(now): // an answer to what was sent before the refusal
	case limit == nil || limit.Remaining < 0:
		h.limited = false
	case limit.Remaining > int64(h.sending):
		h.limited, h.left = true, limit.Remaining-int64(h.sending)
	case limit.Reset.After(now):
		h.hold(limit.Reset, now, "the server's quota is used up")
	default:
		h.limited, h.left = true, 0
	}
}

// refusal is until when a refusal asks to send nothing; zero when it is none. A 503 that names no time is a failure like
// any other: a run against a server that is down ends soon.
func (h *host) refusal(status int, limit *httpcore.RateLimit, now time.Time) time.Time {
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		return time.Time{}
	}
	switch {
	case limit != nil && limit.RetryAfter.After(now):
		return limit.RetryAfter
	case status == http.StatusServiceUnavailable:
		return time.Time{}
	case limit != nil && limit.Reset.After(now):
		return limit.Reset
	}
	h.refused++
	return now.Add(firstHold << min(h.refused-1, doublings))
}

func (h *host) hold(until, now time.Time, reason string) {
	if latest := now.Add(maxHold); until.After(latest) {
		until = latest
	}
	h.limited, h.left, h.reason = true, 0, reason
	if until.After(h.held) {
		h.held = until
	}
}
