package httpcore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/httpcore/body"
	"parley/httpcore/cookies"
)

// logged returns hooks that note when they run.
func logged(log *[]string, mark string) Hooks {
	note := func(format string, args ...any) { *log = append(*log, mark+fmt.Sprintf(format, args...)) }
	return Hooks{
		Before: []func(context.Context, *Prepared) error{func(_ context.Context, p *Prepared) error {
			_, authorised := p.Header("Authorization")
			note("before %s %v", p.Target, authorised)
			return nil
		}},
		After: []func(context.Context, *Hop, *Response) error{func(_ context.Context, hop *Hop, r *Response) error {
			done, _ := r.Body.Done()
			note("after %d of %d %v", r.Status, len(hop.Attempts), done)
			return nil
		}},
		Redirect: []func(context.Context, *Hop, *Prepared) error{func(_ context.Context, from *Hop, next *Prepared) error {
			note("redirect %s to %s", from.Prepared.Target, next.Target)
			return nil
		}},
		Retry: []func(context.Context, *Hop, *Repeat) error{func(_ context.Context, hop *Hop, repeat *Repeat) error {
			note("retry %d %s", len(hop.Attempts), repeat.Wait)
			return nil
		}},
	}
}

// The order is that of requests: a hook sees the response of every hop, after the auth scheme's answer and the retries,
// before the redirect is followed.
func TestHooksRunInOrder(t *testing.T) {
	var log []string
	s, f, _ := newLearning(t, nil)
	f.answer = func(sent *sentRequest) *fakeReply {
		log = append(log, "sent")
		switch len(f.sent) {
		case 1:
			return reply(401)
		case 2:
			return reply(503)
		case 3:
			return reply(302, "Location", "/b")
		}
		return reply(200)
	}
	s.hooks = logged(&log, "")
	r := get("http://h/a")
	r.Auth = Auth{Type: "learner", Values: Fields{{"answers", "one"}}}
	r.Options.Retry = Retry{Total: 1, OnStatus: []int{503}, Backoff: time.Second}
	if x := do(t, s, r, nil); x.Err != nil {
		t.Fatal(x.Err)
	}
	want := "before /a false, sent, before /a false, sent, retry 2 1s, before /a false, sent, after 302 of 3 true, " +
		"redirect /a to /b, before /b false, sent, after 200 of 1 true"
	if got := strings.Join(log, ", "); got != want {
		t.Errorf("ran\n%s\nwant\n%s", got, want)
	}
}

// A request's hooks replace the session's, unless it has none.
func TestHooksOfARequestReplaceTheSessions(t *testing.T) {
	var log []string
	s, _ := newFake(t, func(*sentRequest) *fakeReply { return reply(200) })
	s.hooks = logged(&log, "session ")
	do(t, s, get("http://h/"), nil)
	r := get("http://h/")
	r.Hooks.After = logged(&log, "request ").After
	do(t, s, r, nil)
	if got, want := strings.Join(log, ", "), "session before / false, session after 200 of 1 true, request after 200 of 1 true"; got != want {
		t.Errorf("ran %s, want %s", got, want)
	}
}

func TestAHookChangesTheRequest(t *testing.T) {
	other, err := ParseURL("http://u:p@other.test:81/x?y")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		hook func(*Prepared)
		want string // the head without Parley's defaults, and the body
		fail string
	}{
		{"a header", func(p *Prepared) { p.SetHeader(SourceRequest, "X-Signed", "1") }, "POST /a|Host: h.test|X-Own: 1|X-Signed: 1|Content-Type: text/plain|Content-Length: 4|data", ""},
		{"the body", func(p *Prepared) { p.Body = body.JSON(`{"a": 1}`) }, `POST /a|Host: h.test|X-Own: 1|Content-Type: application/json|Content-Length: 8|{"a": 1}`, ""},
		{"no body", func(p *Prepared) { p.Body = nil }, `POST /a|Host: h.test|X-Own: 1|Content-Length: 0|`, ""},
		{"its own type", func(p *Prepared) { p.SetHeader(SourceRequest, "Content-Type", "x/y") }, `POST /a|Host: h.test|X-Own: 1|Content-Type: x/y|Content-Length: 4|data`, ""},
		{"the method and the URL", func(p *Prepared) { p.Method = "put"; p.SetURL(other) }, `PUT /x?y|Host: other.test:81|X-Own: 1|Content-Type: text/plain|Content-Length: 4|data`, ""},
		{"the URL alone", func(p *Prepared) { p.URL = other }, `POST /x?y|Host: other.test:81|X-Own: 1|Content-Type: text/plain|Content-Length: 4|data`, ""},
		{"a part of the URL", func(p *Prepared) { p.URL.Host, p.URL.Path = "other.test", "/b" }, `POST /b|Host: other.test|X-Own: 1|Content-Type: text/plain|Content-Length: 4|data`, ""},
		{"a wrong length", func(p *Prepared) { p.SetHeader(SourceRequest, "Content-Length", "3") }, "", `the header "Content-Length" cannot be sent`},
		{"a line break", func(p *Prepared) { p.SetHeader(SourceRequest, "X", "a\r\nb") }, "", `the header "X" cannot be sent`},
		{"two hosts", func(p *Prepared) {
			p.Headers = append(p.Headers, Header{Field{"Host", "a"}, SourceRequest}, Header{Field{"Host", "b"}, SourceRequest})
		}, "", `the header "Host" cannot be sent`},
		{"CONNECT", func(p *Prepared) { p.Method = "CONNECT" }, "", "CONNECT cannot be sent"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, f := newFake(t, func(*sentRequest) *fakeReply { return reply(200) })
			s.hooks.Before = append(s.hooks.Before, func(_ context.Context, p *Prepared) error { c.hook(p); return nil })
			r := &Request{
				Method: "POST", URL: "http://h.test/a", Body: body.Text("data", "text/plain"), Headers: Fields{{"X-Own", "1"}},
				Without: []string{"User-Agent", "Accept", "Accept-Encoding"}, Options: DefaultOptions(),
			}
			p, err := s.Prepare(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			before := string(p.AppendHead(nil))
			x, _ := s.Do(t.Context(), p, nil)
			defer x.Close()
			if string(p.AppendHead(nil)) != before || p.URL.String() != "http://h.test/a" {
				t.Error("the prepared request was changed")
			}
			if c.fail != "" {
				if x.Err == nil || !strings.Contains(x.Err.Message, c.fail) || len(f.sent) > 0 {
					t.Errorf("%v; sent %v", x.Err, f.heads())
				}
				return
			}
			if x.Err != nil {
				t.Fatal(x.Err)
			}
			got := strings.TrimSuffix(strings.ReplaceAll(string(f.sent[0].AppendHead(nil)), "\r\n", "|"), "|") + f.sent[0].body
			if got = strings.Replace(got, " HTTP/1.1", "", 1); got != c.want {
				t.Errorf("sent %s\nwant %s", got, c.want)
			}
		})
	}
}

// A hook that sends a request elsewhere takes neither the cookies of the first host along, nor, at a redirect, the
// credentials.
func TestAHookThatChangesTheHost(t *testing.T) {
	other, err := ParseURL("http://other.test/")
	if err != nil {
		t.Fatal(err)
	}
	for when, want := range map[string]string{
		"before":   "http://other.test/ [theirs=2] Learner 2",
		"redirect": "http://h.test/a [ours=1; own=3] Learner 1, http://other.test/ [theirs=2] ",
	} {
		t.Run(when, func(t *testing.T) {
			s, f, _ := newLearning(t, nil)
			f.answer = func(sent *sentRequest) *fakeReply {
				if sent.URL.Host == "h.test" {
					return reply(307, "Location", "/b")
				}
				return reply(200)
			}
			s.Jar().Put(cookies.Cookie{Name: "ours", Value: "1", Domain: "h.test", HostOnly: true, Path: "/"})
			s.Jar().Put(cookies.Cookie{Name: "theirs", Value: "2", Domain: "other.test", HostOnly: true, Path: "/"})
			if when == "before" {
				s.hooks.Before = append(s.hooks.Before, func(_ context.Context, p *Prepared) error { p.SetURL(other); return nil })
			} else {
				s.hooks.Redirect = append(s.hooks.Redirect, func(_ context.Context, _ *Hop, p *Prepared) error { p.SetURL(other); return nil })
			}
			r := get("http://h.test/a")
			r.Cookies = Fields{{"own", "3"}}
			r.Auth.Type = "learner"
			if x := do(t, s, r, nil); x.Err != nil {
				t.Fatal(x.Err)
			}
			var got []string
			for _, sent := range f.sent {
				credentials, _ := sent.Header("Authorization")
				got = append(got, fmt.Sprintf("%s [%s] %s", sent.URL, cookieOf(sent), credentials))
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("sent %s\nwant %s", strings.Join(got, ", "), want)
			}
		})
	}
}

// Each attempt begins with the request as it was prepared, with the cookies that have come since.
func TestAHookBeginsAnewWithEachAttempt(t *testing.T) {
	for _, auth := range []string{"", "learner"} {
		s, f, _ := newLearning(t, nil)
		f.answer = func(*sentRequest) *fakeReply {
			if len(f.sent) == 1 {
				return reply(503, "Set-Cookie", "a=1")
			}
			return reply(503)
		}
		r := get("http://h/")
		r.Auth.Type = auth
		r.Options.Retry = Retry{Total: 2, OnStatus: []int{503}}
		r.Hooks.Before = append(r.Hooks.Before, func(_ context.Context, p *Prepared) error {
			p.Headers = append(p.Headers, Header{Field{"X", "1"}, SourceRequest})
			return nil
		})
		do(t, s, r, nil)
		for i, want := range []string{"1 []", "1 [a=1]", "1 [a=1]"} {
			n := 0
			for _, h := range f.sent[i].Headers {
				if h.Name == "X" {
					n++
				}
			}
			if got := fmt.Sprintf("%d [%s]", n, cookieOf(f.sent[i])); got != want {
				t.Errorf("with auth %q, attempt %d: %s, want %s", auth, i, got, want)
			}
		}
	}
}

// The body that a hook gives goes on with a redirect, with or without auth.
func TestAHooksBodyGoesOn(t *testing.T) {
	for _, auth := range []string{"", "learner"} {
		s, f, _ := newLearning(t, nil)
		f.answer = func(*sentRequest) *fakeReply {
			if len(f.sent) == 1 {
				return reply(307, "Location", "/b")
			}
			return reply(200)
		}
		r := get("http://h/a")
		r.Method, r.Body, r.Auth.Type = "POST", body.Text("before", ""), auth
		r.Hooks.Before = append(r.Hooks.Before, func(_ context.Context, p *Prepared) error {
			if p.Target == "/a" {
				p.Body = body.Text("of the hook", "")
			}
			return nil
		})
		if x := do(t, s, r, nil); x.Err != nil {
			t.Fatal(x.Err)
		}
		if f.sent[0].body != "of the hook" || f.sent[1].body != "of the hook" {
			t.Errorf("with auth %q: sent %q, then %q", auth, f.sent[0].body, f.sent[1].body)
		}
	}
}

func TestAHookKeepsASecretWhereItMayGo(t *testing.T) {
	other, err := ParseURL("http://other.test/")
	if err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"before", "redirect"} {
		s, f := newFake(t, func(*sentRequest) *fakeReply { return reply(302, "Location", "/next") })
		if when == "before" {
			s.hooks.Before = append(s.hooks.Before, func(_ context.Context, p *Prepared) error { p.SetURL(other); return nil })
		} else {
			s.hooks.Redirect = append(s.hooks.Redirect, func(_ context.Context, _ *Hop, p *Prepared) error { p.SetURL(other); return nil })
		}
		r := get("http://h.test/")
		r.Secrets = []Secret{NewSecret("key", "hunter22", "h.test")}
		x := do(t, s, r, nil)
		if x.Err == nil || !strings.Contains(x.Err.Message, "must not be sent to other.test") {
			t.Errorf("%s: %v, sent %v", when, x.Err, f.heads())
		}
	}
}

// An error of a hook's ends the exchange there; what came is kept.
func TestAHookStops(t *testing.T) {
	failure := errors.New("no hunter22.")
	for when, want := range map[string]string{
		"before":   "0 sent, 0 kept",
		"retry":    "1 sent, 1 kept",
		"after":    "2 sent, 2 kept",
		"redirect": "2 sent, 2 kept",
	} {
		t.Run(when, func(t *testing.T) {
			s, f, _ := newTimed(t, nil)
			f.answer = func(*sentRequest) *fakeReply {
				if len(f.sent) == 1 {
					return reply(503)
				}
				return reply(302, "Location", "/b")
			}
			switch when {
			case "before":
				s.hooks.Before = append(s.hooks.Before, func(context.Context, *Prepared) error { return failure })
			case "after":
				s.hooks.After = append(s.hooks.After, func(context.Context, *Hop, *Response) error { return failure })
			case "redirect":
				s.hooks.Redirect = append(s.hooks.Redirect, func(context.Context, *Hop, *Prepared) error { return failure })
			case "retry":
				s.hooks.Retry = append(s.hooks.Retry, func(context.Context, *Hop, *Repeat) error { return failure })
			}
			r := get("http://h/")
			r.Secrets = []Secret{NewSecret("key", "hunter22")}
			r.Options.Retry = Retry{Total: 1, OnStatus: []int{503}}
			x := do(t, s, r, nil)
			if !errors.Is(x.Err, KindHook) || !errors.Is(x.Err, failure) || x.Err.Message != "no {secret key}" {
				t.Errorf("got %v", x.Err)
			}
			if got := fmt.Sprintf("%d sent, %d kept", len(f.sent), len(x.Hops[0].Attempts)); got != want || len(x.Hops) != 1 {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

func TestARetryHookSetsTheWait(t *testing.T) {
	s, _, clock := newTimed(t, func(*sentRequest) *fakeReply { return reply(503) })
	s.hooks.Retry = append(s.hooks.Retry, func(_ context.Context, _ *Hop, repeat *Repeat) error {
		repeat.Wait = 3 * time.Second
		return nil
	})
	r := get("http://h/")
	r.Options.Retry = Retry{Total: 2, OnStatus: []int{503}, Backoff: time.Hour}
	x := do(t, s, r, nil)
	if fmt.Sprint(clock.waits) != "[3s 3s]" || x.Last().Repeat.Wait != 3*time.Second {
		t.Errorf("waited %v", clock.waits)
	}
}
