package playground

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const maxCount = 10_000_000

// events sends server-sent events as the WHATWG HTML standard, section 9.2, has them: each with an id that a client hands back
// in Last-Event-ID to go on after it. When nothing is left, 204 tells the client to stop coming back.
func events(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	count := p.number("count", 10, 0, maxCount)
	delay := p.pause("delay", 0)
	drop := p.number("drop", 0, 0, maxCount)
	name := p.text("event", "")
	last := 0
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		n, err := strconv.Atoi(id)
		if err != nil || n < 0 {
			p.fail("Last-Event-ID", "%q is not an id that was sent", id)
		}
		last = n
	}
	if !p.ok(w) {
		return
	}
	if count > 0 && last >= count {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, ": the playground's events\nretry: 1000\n\n")
	end := count
	if drop > 0 && (count == 0 || last+drop < count) {
		end = last + drop
	}
	stream(w, r, last+1, end, delay, func(n int) error {
		if name != "" {
			if _, err := fmt.Fprintf(w, "event: %s\n", oneLine(name)); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintf(w, "id: %d\ndata: {\"n\":%d,\"of\":%d}\n\n", n, n, count)
		return err
	})
}

// lines sends a JSON object a line.
func lines(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	count := p.number("count", 10, 0, maxCount)
	delay := p.pause("delay", 0)
	keepalive := p.flag("keepalive")
	if !p.ok(w) {
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	stream(w, r, 1, count, delay, func(n int) error {
		if keepalive {
			if _, err := fmt.Fprint(w, "\n"); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintf(w, "{\"n\":%d,\"of\":%d,\"message\":\"line %d\"}\n", n, count, n)
		return err
	})
}

// stream calls write for each number from first to last (for ever when last is 0), with a pause between, until the client goes.
// Without a pause the response is flushed once at the start and then as buffers fill, for speed.
func stream(w http.ResponseWriter, r *http.Request, first, last int, delay time.Duration, write func(n int) error) {
	flush := http.NewResponseController(w)
	_ = flush.Flush() // a writer that cannot flush still sends everything at the end
	for n := first; last == 0 || n <= last; n++ {
		if n > first && !pause(r.Context(), delay) {
			return
		}
		if write(n) != nil {
			return
		}
		if delay > 0 {
			_ = flush.Flush()
		}
	}
}

// oneLine keeps a client's text from ending the field it stands in.
func oneLine(s string) string {
	clean := make([]rune, 0, len(s))
	for _, r := range s {
		if r != '\n' && r != '\r' {
			clean = append(clean, r)
		}
	}
	return string(clean)
}
