package httpcore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/httpcore/body"
)

// fakeTime is a clock that stands still but for the waits of a session, which take no time at all.
type fakeTime struct {
	now   time.Time
	waits []time.Duration
}

func (f *fakeTime) After(d time.Duration) <-chan time.Time {
	f.waits = append(f.waits, d)
	f.now = f.now.Add(d)
	c := make(chan time.Time, 1)
	c <- f.now
	return c
}

// newTimed is newFake with a clock of its own.
func newTimed(t *testing.T, answer func(*sentRequest) *fakeReply) (*Session, *fakeTransport, *fakeTime) {
	t.Helper()
	s, f := newFake(t, answer)
	clock := &fakeTime{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	s.now, s.after, s.random = func() time.Time { return clock.now }, clock.After, func() float64 { return 0.5 }
	return s, f, clock
}

func some(n int) *int { return &n }

var errCertificate = &Error{Kind: KindTLS, Message: "the certificate is bad"}

// The counters are those of urllib3.Retry.
func TestRetryCounters(t *testing.T) {
	status := func(n int, headers ...string) *fakeReply { return reply(n, headers...) }
	fails := func(err error) *fakeReply { return &fakeReply{err: err} }
	var (
		refused = fails(syscall.ECONNREFUSED)
		closed  = fails(syscall.ECONNRESET)
		tls     = fails(errCertificate)
		proxy   = fails(&Error{Kind: KindProxy, Message: "the proxy refused", Err: &Error{Kind: KindConnect}})
		said407 = fails(&Error{Kind: KindProxy, Message: "the proxy wants credentials"})
		unknown = fails(&Error{Kind: KindDNS, Message: "no such host"})
	)
	cases := []struct {
		name    string
		method  string
		retry   Retry
		answers []*fakeReply // the last one for ever
		sent    int
		kind    Kind // of the error; empty for none
	}{
		{"nothing by default", "GET", Retry{}, []*fakeReply{refused}, 1, KindConnect},
		{"connect", "GET", Retry{Total: 3}, []*fakeReply{refused}, 4, KindConnect},
		{"connect, any method", "POST", Retry{Total: 3}, []*fakeReply{refused}, 4, KindConnect},
		{"a name that is not known is a connect error", "POST", Retry{Total: 9, Connect: some(1)}, []*fakeReply{unknown}, 2, KindDNS},
		{"until it works", "GET", Retry{Total: 3}, []*fakeReply{refused, closed, status(200)}, 3, ""},
		{"connect has a counter", "GET", Retry{Total: 10, Connect: some(1)}, []*fakeReply{refused}, 2, KindConnect},
		{"connect of 0 allows none", "GET", Retry{Total: 10, Connect: some(0)}, []*fakeReply{refused}, 1, KindConnect},
		{"total comes first", "GET", Retry{Total: 1, Connect: some(5)}, []*fakeReply{refused}, 2, KindConnect},
		{"read", "GET", Retry{Total: 3}, []*fakeReply{closed}, 4, KindClosed},
		{"read, not POST", "POST", Retry{Total: 3}, []*fakeReply{closed}, 1, KindClosed},
		{"read, POST when it is named", "POST", Retry{Total: 3, Methods: []string{"post"}}, []*fakeReply{closed}, 4, KindClosed},
		{"read, not GET when it is not named", "GET", Retry{Total: 3, Methods: []string{"POST"}}, []*fakeReply{closed}, 1, KindClosed},
		{"read, any method", "PATCH", Retry{Total: 3, Methods: []string{}}, []*fakeReply{closed}, 4, KindClosed},
		{"read has a counter", "GET", Retry{Total: 10, Read: some(2)}, []*fakeReply{closed}, 3, KindClosed},
		{"counters are apart", "GET", Retry{Total: 10, Read: some(1), Connect: some(1)}, []*fakeReply{closed, refused, closed}, 3, KindClosed},
		{"one below 0 is exhausted", "GET", Retry{Total: 10, Read: some(-1)}, []*fakeReply{refused}, 1, KindConnect},
		{"a silent server", "GET", Retry{Total: 1}, []*fakeReply{fails(context.DeadlineExceeded)}, 2, KindReadTimeout},
		{"a reply against the rules", "GET", Retry{Total: 1}, []*fakeReply{fails(&Error{Kind: KindProtocol, Message: "x"})}, 2, KindProtocol},
		{"TLS is other, for any method", "POST", Retry{Total: 10, Other: some(1)}, []*fakeReply{tls}, 2, KindTLS},
		{"a proxy that refuses the connection is connect", "POST", Retry{Total: 10, Connect: some(1), Other: some(0)}, []*fakeReply{proxy}, 2, KindProxy},
		{"a proxy that says no is other", "POST", Retry{Total: 10, Connect: some(0), Other: some(1)}, []*fakeReply{said407}, 2, KindProxy},
		{"a broken file is nobody's failure", "GET", Retry{Total: 3}, []*fakeReply{fails(&Error{Kind: KindBody, Message: "x"})}, 1, KindBody},

		{"a status that is not listed", "GET", Retry{Total: 3}, []*fakeReply{status(503)}, 1, ""},
		{"on_status", "GET", Retry{Total: 3, OnStatus: []int{503}}, []*fakeReply{status(503), status(503), status(200)}, 3, ""},
		{"on_status, exhausted", "GET", Retry{Total: 3, OnStatus: []int{503}}, []*fakeReply{status(503)}, 4, KindRetry},
		{"on_status, not POST", "POST", Retry{Total: 3, OnStatus: []int{503}}, []*fakeReply{status(503)}, 1, ""},
		{"on_status, any method", "POST", Retry{Total: 3, OnStatus: []int{503}, Methods: []string{}}, []*fakeReply{status(503)}, 4, KindRetry},
		{"status has a counter", "GET", Retry{Total: 10, OnStatus: []int{500}, Status: some(1)}, []*fakeReply{status(500)}, 2, KindRetry},
		{"503 with Retry-After", "GET", Retry{Total: 3}, []*fakeReply{status(503, "Retry-After", "1")}, 4, ""},
		{"429 with Retry-After", "GET", Retry{Total: 1}, []*fakeReply{status(429, "Retry-After", "1"), status(200)}, 2, ""},
		{"413 with Retry-After", "PUT", Retry{Total: 1}, []*fakeReply{status(413, "Retry-After", "1"), status(200)}, 2, ""},
		{"503 with Retry-After, no status allowed", "GET", Retry{Total: 3, Status: some(0)}, []*fakeReply{status(503, "Retry-After", "1")}, 1, KindRetry},
		{"503 with Retry-After, not POST", "POST", Retry{Total: 3}, []*fakeReply{status(503, "Retry-After", "1")}, 1, ""},
		{"503 with Retry-After, ignored", "GET", Retry{Total: 3, IgnoreRetryAfter: true}, []*fakeReply{status(503, "Retry-After", "1")}, 1, ""},
		{"503 with Retry-After, no retries", "GET", Retry{}, []*fakeReply{status(503, "Retry-After", "1")}, 1, ""},
		{"500 with Retry-After", "GET", Retry{Total: 3}, []*fakeReply{status(500, "Retry-After", "1")}, 1, ""},
		{"429 without, with a default", "GET", Retry{Total: 2, AfterDefault: time.Second}, []*fakeReply{status(429)}, 3, ""},
		{"413 without, with a default", "GET", Retry{Total: 2, AfterDefault: time.Second}, []*fakeReply{status(413)}, 1, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answers := c.answers
			s, f, _ := newTimed(t, func(*sentRequest) *fakeReply {
				answer := *answers[0]
				if len(answers) > 1 {
					answers = answers[1:]
				}
				if answer.body != nil {
					answer.body = strings.NewReader("why")
				}
				return &answer
			})
			r := get("http://h/x")
			r.Method, r.Options.Retry = c.method, c.retry
			x := do(t, s, r, nil)
			if len(f.sent) != c.sent || len(x.Hops[0].Attempts) != c.sent {
				t.Errorf("sent %d times (%d attempts are kept), want %d", len(f.sent), len(x.Hops[0].Attempts), c.sent)
			}
			switch {
			case c.kind == "" && x.Err != nil:
				t.Error(x.Err)
			case c.kind != "" && !errors.Is(x.Err, c.kind):
				t.Errorf("error %v, want %s", x.Err, c.kind)
			}
			for i, attempt := range x.Hops[0].Attempts {
				if (i == 0) != (attempt.Repeat == nil) {
					t.Errorf("attempt %d: repeat %v", i, attempt.Repeat)
				}
			}
		})
	}
}

// requests raises RetryError when on_status is exhausted. The exchange is whole all the same.
func TestRetryExhaustedKeepsEveryResponse(t *testing.T) {
	n := 0
	s, _, _ := newTimed(t, func(*sentRequest) *fakeReply {
		n++
		return reply(503).with(strings.NewReader(fmt.Sprint("try ", n)))
	})
	r := get("http://u:p@h/x")
	r.Options.Retry = Retry{Total: 2, OnStatus: []int{503}, Backoff: time.Second}
	x := do(t, s, r, nil)
	if x.Err == nil || x.Err.Message != "too many 503 error responses" || x.Err.URL != "http://h/x" || x.Err.Attempt != 3 || x.Err.Hint() == "" {
		t.Errorf("got %+v", x.Err)
	}
	for i, attempt := range x.Hops[0].Attempts {
		if got := contentOf(t, attempt.Response); got != fmt.Sprint("try ", i+1) {
			t.Errorf("attempt %d: %q", i, got)
		}
	}
	if repeat := x.Last().Repeat; *repeat != (Repeat{Why: "503 Service Unavailable", Rule: "backoff", Wait: 2 * time.Second}) {
		t.Errorf("repeat %+v", repeat)
	}
}

func TestRetryWaits(t *testing.T) {
	const s = time.Second
	cases := []struct {
		name   string
		retry  Retry
		status int
		after  string // Retry-After
		want   []time.Duration
		rule   string
	}{
		{"no backoff by default", Retry{Total: 3}, 503, "", nil, ""},
		{"doubled each time", Retry{Total: 9, Backoff: s}, 503, "", []time.Duration{1 * s, 2 * s, 4 * s, 8 * s, 16 * s, 32 * s, 64 * s, 120 * s, 120 * s}, "backoff"},
		{"a maximum", Retry{Total: 4, Backoff: s, BackoffMax: 3 * s}, 503, "", []time.Duration{1 * s, 2 * s, 3 * s, 3 * s}, "backoff"},
		{"jitter", Retry{Total: 3, Backoff: s, Jitter: s, BackoffMax: 3 * s}, 503, "", []time.Duration{1500 * time.Millisecond, 2500 * time.Millisecond, 3 * s}, "backoff"},
		{"jitter alone", Retry{Total: 1, Jitter: s}, 503, "", []time.Duration{s / 2}, "backoff"},
		{"no overflow", Retry{Total: 80, Backoff: s, BackoffMax: 1 << 62}, 503, "", nil, "backoff"},
		{"Retry-After in seconds", Retry{Total: 2, Backoff: s}, 503, " 7 ", []time.Duration{7 * s, 7 * s}, "Retry-After"},
		{"as a date", Retry{Total: 1, Backoff: s}, 503, "Sun, 22 Nov 2026 12:00:09 GMT", []time.Duration{9 * s}, "Retry-After"},
		{"as a date of old", Retry{Total: 1}, 503, "Sunday, 22-Nov-26 12:00:09 GMT", []time.Duration{9 * s}, "Retry-After"},
		{"as a date in a zone", Retry{Total: 1}, 503, "Sun, 22 Nov 2026 14:00:09 +0200", []time.Duration{9 * s}, "Retry-After"},
		{"a date that is over", Retry{Total: 1, Backoff: s}, 503, "Sun, 22 Nov 2026 11:00:00 GMT", []time.Duration{s}, "backoff"},
		{"0 seconds", Retry{Total: 1, Backoff: s}, 503, "0", []time.Duration{s}, "backoff"},
		{"at most a minute", Retry{Total: 1}, 503, "3600", []time.Duration{60 * s}, "Retry-After"},
		{"at most what is set", Retry{Total: 1, RetryAfterMax: 2 * time.Hour}, 503, "3600", []time.Duration{3600 * s}, "Retry-After"},
		{"for ever", Retry{Total: 1, RetryAfterMax: 90 * s}, 503, "99999999999999999999", []time.Duration{90 * s}, "Retry-After"},
		{"not heeded", Retry{Total: 1, Backoff: s, IgnoreRetryAfter: true}, 503, "7", []time.Duration{s}, "backoff"},
		{"a default", Retry{Total: 1, Backoff: s, AfterDefault: 5 * s}, 503, "", []time.Duration{5 * s}, "after_default"},
		{"a default for 500", Retry{Total: 1, Backoff: s, AfterDefault: 5 * s}, 500, "", []time.Duration{s}, "backoff"},
		{"a default beyond a minute", Retry{Total: 1, AfterDefault: 300 * s, RetryAfterMax: 60 * s}, 429, "", []time.Duration{300 * s}, "after_default"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			session, _, clock := newTimed(t, func(*sentRequest) *fakeReply {
				if c.after == "" {
					return reply(c.status)
				}
				return reply(c.status, "Retry-After", c.after)
			})
			r := get("http://h/x")
			r.Options.Retry = c.retry
			r.Options.Retry.OnStatus = []int{429, 500, 503}
			var told []time.Duration
			x := do(t, session, r, SinkFunc(func(e Event) {
				if w, ok := e.(Waiting); ok {
					told = append(told, w.Until.Sub(clock.now))
					if w.Hop != 0 || w.Attempt != len(told) {
						t.Errorf("wait for hop %d, attempt %d", w.Hop, w.Attempt)
					}
				}
			}))
			if c.want != nil && fmt.Sprint(clock.waits) != fmt.Sprint(c.want) {
				t.Errorf("waited %v, want %v", clock.waits, c.want)
			}
			for _, wait := range clock.waits {
				if wait <= 0 {
					t.Errorf("waited %v", wait)
				}
			}
			if len(told) != c.retry.Total || c.want != nil && fmt.Sprint(told) != fmt.Sprint(c.want) {
				t.Errorf("told of %v", told)
			}
			if got := x.Last().Repeat.Rule; got != c.rule {
				t.Errorf("rule %q, want %q", got, c.rule)
			}
		})
	}
}

// As in urllib3, a Retry-After that is no time at all is an error. The response is kept.
func TestRetryAfterThatIsNone(t *testing.T) {
	s, f, _ := newTimed(t, func(*sentRequest) *fakeReply { return reply(503, "Retry-After", "soon") })
	r := get("http://h/x")
	r.Options.Retry.Total = 3
	x := do(t, s, r, nil)
	if x.Err == nil || x.Err.Message != `Invalid Retry-After header: "soon"` || len(f.sent) != 1 || x.Response().Status != 503 {
		t.Errorf("got %v after %d", x.Err, len(f.sent))
	}
}

func TestRetryWaitIsCancelled(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(*Request, context.CancelFunc)
		kind Kind
	}{
		{"by the user", func(_ *Request, cancel context.CancelFunc) { cancel() }, KindCanceled},
		{"by the total timeout", func(r *Request, _ context.CancelFunc) {}, KindTotalTimeout},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, f, _ := newTimed(t, func(*sentRequest) *fakeReply { return reply(503) })
			s.after = func(time.Duration) <-chan time.Time { return nil } // never
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			r := get("http://h/x")
			r.Options.Retry = Retry{Total: 3, OnStatus: []int{503}, Backoff: time.Hour}
			if c.kind == KindTotalTimeout {
				r.Options.Timeout.Total = time.Millisecond
			}
			p, err := s.Prepare(ctx, r)
			if err != nil {
				t.Fatal(err)
			}
			x, _ := s.Do(ctx, p, SinkFunc(func(e Event) {
				if _, ok := e.(Waiting); ok {
					c.end(r, cancel)
				}
			}))
			defer x.Close()
			if !errors.Is(x.Err, c.kind) || len(f.sent) != 1 || x.Response().Status != 503 {
				t.Errorf("got %v after %d", x.Err, len(f.sent))
			}
		})
	}
}

// A body is sent whole each time; one that can be read only once is not sent a second time.
func TestRetryReadsTheBodyAgain(t *testing.T) {
	s, f, _ := newTimed(t, func(*sentRequest) *fakeReply { return &fakeReply{err: syscall.ECONNRESET} })
	r := get("http://h/x")
	r.Method, r.Body, r.Options.Retry = "PUT", body.Text("content", ""), Retry{Total: 2}
	do(t, s, r, nil)
	for _, sent := range f.sent {
		if sent.body != "content" {
			t.Errorf("sent %q", sent.body)
		}
	}
	if len(f.sent) != 3 {
		t.Errorf("sent %d times", len(f.sent))
	}
}

// Each hop has the counters anew, and a redirect costs no repeat but for its own counter.
func TestRetryAndRedirects(t *testing.T) {
	flaky := func(t *testing.T) (*Session, *fakeTransport) {
		seen := map[string]bool{}
		s, f, _ := newTimed(t, func(sent *sentRequest) *fakeReply {
			first := !seen[sent.Target]
			seen[sent.Target] = true
			switch {
			case first:
				return &fakeReply{err: syscall.ECONNREFUSED}
			case sent.Target == "/3":
				return reply(200)
			default:
				return reply(302, "Location", "/"+string(sent.Target[1]+1))
			}
		})
		return s, f
	}
	for _, c := range []struct {
		retry Retry
		sent  int
		kind  Kind
	}{
		{Retry{Total: 1}, 6, ""},
		{Retry{Total: 1, Redirect: some(2)}, 6, ""},
		{Retry{Total: 1, Redirect: some(1)}, 4, KindTooManyRedirects},
		{Retry{Total: 1, Redirect: some(0)}, 2, KindTooManyRedirects},
	} {
		s, f := flaky(t)
		r := get("http://h/1")
		r.Options.Retry = c.retry
		x := do(t, s, r, nil)
		if len(f.sent) != c.sent || (c.kind == "") != (x.Err == nil) || c.kind != "" && !errors.Is(x.Err, c.kind) {
			t.Errorf("%+v: sent %d times, %v", c.retry, len(f.sent), x.Err)
		}
	}
}

// A body that can be read only once is not sent a second time, neither by a retry, nor to answer a challenge, nor by a
// redirect. The wait is not waited for it. What was not opened yet can still be sent.
func TestBodyThatCannotBeReadAgain(t *testing.T) {
	once := func() body.Payload {
		pipe, err := body.File(os.DevNull, "")
		if err != nil {
			t.Fatal(err)
		}
		packed, err := body.Compress(pipe, "gzip")
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	for name, c := range map[string]struct {
		first *fakeReply
		auth  Auth
		sent  int
	}{
		"retry":               {reply(503), Auth{}, 1},
		"challenge":           {reply(401), Auth{Type: "learner", Values: Fields{{"answers", "one"}}}, 1},
		"redirect":            {reply(307, "Location", "/b"), Auth{}, 1},
		"redirect without it": {reply(302, "Location", "/b"), Auth{}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s, f, clock := newTimed(t, nil)
			s.schemes = append(s.schemes, &learner{})
			f.answer = func(*sentRequest) *fakeReply {
				if len(f.sent) == 1 {
					return c.first
				}
				return reply(200)
			}
			r := get("http://h/a")
			r.Method, r.Body, r.Auth = "POST", once(), c.auth
			r.Options.Retry = Retry{Total: 2, OnStatus: []int{503}, Methods: []string{}, Backoff: time.Second}
			x := do(t, s, r, nil)
			if len(f.sent) != c.sent {
				t.Errorf("sent %v", f.heads())
			}
			if c.sent == 2 {
				if x.Err != nil {
					t.Error(x.Err)
				}
				return
			}
			if !errors.Is(x.Err, KindUnrewindable) || !errors.Is(x.Err, KindBody) || x.Response().Status != c.first.status || len(clock.waits) > 0 {
				t.Errorf("got %v after waits of %v", x.Err, clock.waits)
			}
		})
	}
}

// raise_for_status of requests reads a reason phrase as UTF-8, else as Latin-1.
func TestStatusErrorReadsTheReason(t *testing.T) {
	u, err := ParseURL("http://h/x")
	if err != nil {
		t.Fatal(err)
	}
	for reason, want := range map[string]string{
		"":            "404 Client Error: Not Found for url: http://h/x",
		"Weg":         "404 Client Error: Weg for url: http://h/x",
		"Grüße":       "404 Client Error: Grüße for url: http://h/x",
		"Gr\xfc\xdfe": "404 Client Error: Grüße for url: http://h/x",
	} {
		if got := StatusError(&Response{Status: 404, Reason: reason}, u).Message; got != want {
			t.Errorf("%q: %s", reason, got)
		}
	}
}
