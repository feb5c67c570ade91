package playground

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const maxFails = 1000

type attempt struct {
	Attempt int    `json:"attempt"`
	Key     string `json:"key"`
}

// flaky fails so many times for each key, then succeeds once. It counts rather than draws, so that a retry can be told in
// advance and seen to work.
func (h *Handler) flaky(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	fail := p.number("fail", 1, 0, maxFails)
	status := p.number("status", http.StatusServiceUnavailable, 400, 599)
	key := p.text("key", "")
	if !p.ok(w) {
		return
	}
	n, failing := h.tries.try("flaky\n"+key, fail)
	w.Header().Set("X-Attempt", strconv.Itoa(n))
	if failing {
		problem(w, status, fmt.Sprintf("attempt %d of the %d that fail", n, fail))
		return
	}
	answer(w, http.StatusOK, attempt{n, key})
}

// rateLimited turns clients away like an API with a quota of one request: with Retry-After, with the RateLimit fields of
// draft-ietf-httpapi-ratelimit-headers-10 and with the older X-RateLimit ones. It counts, and keeps no clock: a client that
// comes back early is let in as well, which lets a test run at full speed.
func (h *Handler) rateLimited(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	fail := p.number("fail", 1, 0, maxFails)
	after := p.number("after", 1, 0, int(maxPause/time.Second))
	date := p.flag("date")
	key := p.text("key", "")
	if !p.ok(w) {
		return
	}
	n, failing := h.tries.try("rate-limited\n"+key, fail)
	again := time.Now().Add(time.Duration(after) * time.Second)
	remaining := 1
	if failing {
		remaining = 0
	}
	header := w.Header()
	header.Set("X-Attempt", strconv.Itoa(n))
	header.Set("RateLimit-Policy", fmt.Sprintf(`"playground";q=1;w=%d`, after))
	header.Set("RateLimit", fmt.Sprintf(`"playground";r=%d;t=%d`, remaining, after))
	header.Set("X-RateLimit-Limit", "1")
	header.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	header.Set("X-RateLimit-Reset", strconv.FormatInt(again.Unix(), 10))
	if !failing {
		answer(w, http.StatusOK, attempt{n, key})
		return
	}
	if date {
		header.Set("Retry-After", again.UTC().Format(http.TimeFormat))
	} else {
		header.Set("Retry-After", strconv.Itoa(after))
	}
	problem(w, http.StatusTooManyRequests, fmt.Sprintf("the quota is used up: come back in %d s", after))
}
