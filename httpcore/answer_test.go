package httpcore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"parley/httpcore/body"
)

// learner is a scheme that is used up: each authorizer counts what it is asked to do, answers 401 as often as it may, and
// gets a token first when it is told where from.
type learner struct {
	made int
}

func (*learner) Type() string          { return "learner" }
func (*learner) Title() string         { return "Learner" }
func (*learner) Fields() []SchemeField { return nil }
func (l *learner) Authorizer(values Fields) (Authorizer, error) {
	l.made++
	a := &learned{}
	a.answers, _ = map[string]int{"one": 1, "all": 99}[first(values, "answers")]
	if url, ok := values.Get("token_url"); ok {
		return &obtaining{learned: a, url: url}, nil
	}
	return a, nil
}

func first(values Fields, name string) string {
	value, _ := values.Get(name)
	return value
}

type learned struct {
	answers, signed int
	rounds          []int
}

func (a *learned) Authorize(_ context.Context, p *Prepared) error {
	if _, is := p.Header("Authorization"); is {
		return errors.New("it is authorised already")
	}
	a.signed++
	p.SetHeader(SourceAuth, "Authorization", fmt.Sprint("Learner ", a.signed))
	return nil
}

func (a *learned) Answer(_ context.Context, _ *Prepared, r *Response, via Requester, round int) (bool, error) {
	if r.Status != 401 || len(a.rounds) == a.answers {
		return false, nil
	}
	if done, err := r.Body.Done(); !done || err != nil {
		return false, errors.New("the body is not read")
	}
	a.rounds = append(a.rounds, round)
	return true, nil
}

type obtaining struct {
	*learned
	url      string
	obtained int
}

func (o *obtaining) Obtain(ctx context.Context, p *Prepared, via Requester) error {
	if _, is := p.Header("Authorization"); is {
		return errors.New("it is authorised already")
	}
	via.Notice("getting a token")
	o.obtained++
	x, err := via.Send(ctx, &Request{Method: "POST", URL: o.url, Body: body.Text("s3cret-value", ""), Auth: Auth{Type: "learner"}})
	if err != nil {
		return err
	}
	defer x.Close()
	if status := x.Response().Status; status != 200 {
		return fmt.Errorf("the token endpoint says %d", status)
	}
	return nil
}

func (o *obtaining) BindsConnection() bool { return true }

func newLearning(t *testing.T, answer func(*sentRequest) *fakeReply) (*Session, *fakeTransport, *learner) {
	s, f, _ := newTimed(t, answer)
	scheme := &learner{}
	s.schemes = append(s.schemes, scheme)
	return s, f, scheme
}

func (f *fakeTransport) authorizations() string {
	var all []string
	for _, sent := range f.sent {
		value, _ := sent.Header("Authorization")
		all = append(all, strings.TrimPrefix(value, "Learner "))
	}
	return strings.Join(all, " ")
}

// Each attempt is authorised anew; a challenge is answered, and costs no retry.
func TestAttemptsAreAuthorisedAnew(t *testing.T) {
	unauthorized := func() *fakeReply { return reply(401).with(strings.NewReader("no")) }
	cases := []struct {
		name    string
		answers string
		retry   Retry
		replies []func() *fakeReply
		want    string // the authorizations that were sent
		why     string // the repeats
		status  int
	}{
		{"no answer", "", Retry{}, nil, "1", "", 401},
		{"one answer", "one", Retry{}, []func() *fakeReply{unauthorized, nil}, "1 2", "the server asks for Learner auth;", 200},
		{"one answer that does not help", "one", Retry{}, nil, "1 2", "the server asks for Learner auth;", 401},
		{"no end of answers", "all", Retry{}, nil, "1 2 3 4 5", strings.Repeat("the server asks for Learner auth;", 4), 401},
		{
			"between retries", "one",
			Retry{Total: 2, OnStatus: []int{503}},
			[]func() *fakeReply{func() *fakeReply { return &fakeReply{err: syscall.ECONNRESET} }, unauthorized, func() *fakeReply { return reply(503) }, nil},
			"1 2 3 4", "h:80 reset the connection without sending a response;the server asks for Learner auth;503 Service Unavailable;", 200,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, f, scheme := newLearning(t, nil)
			f.answer = func(*sentRequest) *fakeReply {
				if len(c.replies) == 0 {
					return unauthorized()
				}
				next := c.replies[len(f.sent)-1]
				if next == nil {
					return reply(200)
				}
				return next()
			}
			r := get("http://h/x")
			r.Auth = Auth{Type: "learner", Values: Fields{{"answers", c.answers}}}
			r.Options.Retry = c.retry
			x := do(t, s, r, nil)
			if x.Err != nil || x.Response().Status != c.status {
				t.Fatalf("%v, %v", x.Err, x.Response())
			}
			if got := f.authorizations(); got != c.want {
				t.Errorf("sent %s, want %s", got, c.want)
			}
			var why strings.Builder
			hop := x.Hops[0]
			for i, attempt := range hop.Attempts {
				if attempt.Repeat != nil {
					why.WriteString(attempt.Repeat.Why + ";")
				}
				if value, _ := hop.Request(attempt).Header("Authorization"); value != fmt.Sprint("Learner ", i+1) {
					t.Errorf("attempt %d is kept with %s", i, value)
				}
			}
			if why.String() != c.why {
				t.Errorf("why: %s, want %s", why.String(), c.why)
			}
			if value, _ := hop.Prepared.Header("Authorization"); value != fmt.Sprint("Learner ", len(hop.Attempts)) {
				t.Errorf("the hop has %s", value)
			}
			if scheme.made != 1 {
				t.Errorf("%d authorizers", scheme.made)
			}
		})
	}
}

// A session keeps what an authorizer has learned, for the same values; and a prepared request can be sent any number of
// times, authorised anew each time.
func TestAuthorizersAreKept(t *testing.T) {
	s, f, scheme := newLearning(t, func(*sentRequest) *fakeReply { return reply(200) })
	r := get("http://h/x")
	r.Auth = Auth{Type: "learner", Values: Fields{{"answers", "one"}}}
	p, err := s.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		x, err := s.Do(t.Context(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		x.Close()
	}
	if got := f.authorizations(); got != "1 2 3" {
		t.Errorf("sent %s", got)
	}
	if value, _ := p.Header("Authorization"); value != "Learner 1" {
		t.Errorf("the prepared request was changed: %s", value)
	}
	for i := range 2 * maxAuthorizers {
		r.Auth.Values = Fields{{"answers", "one"}}
		do(t, s, r, nil)
		r.Auth.Values = Fields{{"answers", fmt.Sprint(i)}}
		do(t, s, r, nil)
	}
	if scheme.made != 1+2*maxAuthorizers || len(s.auth.kept) > maxAuthorizers {
		t.Errorf("%d authorizers were made, %d are kept", scheme.made, len(s.auth.kept))
	}
	one, two := Auth{"t", Fields{{"a", "1 1:b"}}}, Auth{"t", Fields{{"a", "1"}, {"b", ""}}}
	if authKey(one) == authKey(two) {
		t.Error("two sets of values are taken for one")
	}
}

// What a challenge sets as a cookie goes along with the answer, as in requests.
func TestAnswersTakeTheCookiesOfTheChallenge(t *testing.T) {
	s, f, _ := newLearning(t, nil)
	f.answer = func(*sentRequest) *fakeReply {
		if len(f.sent) == 1 {
			return reply(401, "Set-Cookie", "sid=1")
		}
		return reply(200)
	}
	r := get("http://h/x")
	r.Auth = Auth{Type: "learner", Values: Fields{{"answers", "one"}}}
	r.Cookies = Fields{{"own", "2"}}
	x := do(t, s, r, nil)
	if got := cookieOf(f.sent[0]) + " | " + cookieOf(f.sent[1]); got != "own=2 | sid=1; own=2" {
		t.Errorf("sent %s", got)
	}
	if got := decided(x.Hops[0].Prepared); got != "sid sent, own sent" {
		t.Errorf("decided %s", got)
	}
}

// What an authorizer sends for itself goes the same way, without auth, cookies, hooks or retries, and is not in the
// exchange.
func TestObtain(t *testing.T) {
	status := 200
	s, f, _ := newLearning(t, func(sent *sentRequest) *fakeReply {
		if sent.URL.Host == "token.test" {
			return reply(status, "Set-Cookie", "a=b")
		}
		return reply(200)
	})
	s.hooks.Before = append(s.hooks.Before, func(_ context.Context, p *Prepared) error {
		p.SetHeader(SourceRequest, "X-Hook", "1")
		return nil
	})
	r := get("http://h/x")
	r.Auth = Auth{Type: "learner", Values: Fields{{"token_url", "http://token.test/t"}}}
	r.Options.TLS = TLSOptions{CA: "ca.pem", ServerName: "other"}
	r.Options.Network.Family = "4"
	var notices []string
	x := do(t, s, r, SinkFunc(func(e Event) {
		if n, ok := e.(Notice); ok {
			notices = append(notices, n.Text)
		}
	}))
	if x.Err != nil || len(x.Hops) != 1 || len(x.Hops[0].Attempts) != 1 {
		t.Fatalf("%v", x.Err)
	}
	if fmt.Sprint(f.heads()) != "[POST http://token.test/t GET http://h/x]" || f.authorizations() != " 2" || fmt.Sprint(notices) != "[getting a token]" {
		t.Errorf("sent %v with %s; %s", f.heads(), f.authorizations(), notices)
	}
	token := f.sent[0]
	if _, hooked := token.Header("X-Hook"); hooked || token.body != "s3cret-value" {
		t.Errorf("sent %+v", token.Prepared)
	}
	r.Elsewhere = &Elsewhere{TLS: TLSOptions{CA: "elsewhere.pem", ServerName: "another"}}
	do(t, s, r, nil)
	if got := f.sent[2]; got.URL.Host != "token.test" || got.Options.TLS != (TLSOptions{CA: "elsewhere.pem"}) {
		t.Errorf("at another origin, TLS is %+v", got.Options.TLS)
	}
	if o := token.Options; o.TLS.CA != "ca.pem" || o.TLS.ServerName != "" || o.Network.Family != "4" || !o.WithoutJar || o.Timeout != r.Options.Timeout {
		t.Errorf("options %+v", o)
	}
	if kept := s.jar.All(); len(kept) != 0 {
		t.Errorf("cookies %v", kept)
	}
	if a, b := f.sent[1].Affinity, f.sent[0].Affinity; a == 0 || b != 0 {
		t.Errorf("affinity %d, %d", a, b)
	}

	status = 500
	x = do(t, s, r, nil)
	if !errors.Is(x.Err, KindAuth) || len(x.Hops[0].Attempts) != 0 || x.Err.Attempt != 0 {
		t.Errorf("got %+v", x.Err)
	}
}

// A connection that was authorised is taken again once it is free, and shared by no two exchanges.
func TestAffinities(t *testing.T) {
	var s *Session
	r := get("http://h/x")
	r.Auth = Auth{Type: "learner", Values: Fields{{"token_url", "http://h/t"}}}
	nested := 0
	s, f, _ := newLearning(t, func(sent *sentRequest) *fakeReply {
		if sent.Target == "/x" && nested == 0 {
			nested++
			do(t, s, r, nil)
		}
		return reply(200)
	})
	do(t, s, r, nil)
	do(t, s, r, nil)
	var got []uint64
	for _, sent := range f.sent {
		if sent.Target == "/x" {
			got = append(got, sent.Affinity)
		}
	}
	if fmt.Sprint(got) != "[1 2 1]" {
		t.Errorf("affinities %v", got)
	}
}

// hostScheme has credentials for some hosts.
type hostScheme struct{ tokenScheme }

func (hostScheme) Type() string { return "hosts" }
func (hostScheme) Authorizer(Fields) (Authorizer, error) {
	return hostKeeper{"a.test": "1", "c.test": "3"}, nil
}

type hostKeeper map[string]string

func (k hostKeeper) HasFor(host string) bool { return k[host] != "" }
func (k hostKeeper) Authorize(_ context.Context, p *Prepared) error {
	p.SetHeader(SourceAuth, "Authorization", k[p.URL.Host])
	return nil
}

// As in requests, where a redirect leads to another host, what netrc has for that one authorises it.
func TestCredentialsOfAnotherHost(t *testing.T) {
	s, f := newFake(t, func(sent *sentRequest) *fakeReply {
		next := map[string]string{"a.test": "b.test", "b.test": "c.test"}[sent.URL.Host]
		if next == "" {
			return reply(200)
		}
		return reply(302, "Location", "http://"+next)
	})
	s.schemes = append(s.schemes, hostScheme{})
	r := get("http://a.test")
	r.Auth.Type = "hosts"
	if x := do(t, s, r, nil); x.Err != nil {
		t.Fatal(x.Err)
	}
	if got := f.authorizations(); got != "1  3" {
		t.Errorf("sent %q", got)
	}
}

// A 401 to a request without credentials says which of the known schemes the server asks for.
func TestWhatAServerAsksForIsOffered(t *testing.T) {
	cases := []struct {
		name    string
		status  int
		asks    string
		set     func(*Request)
		notices string
		hint    string
	}{
		{"a known scheme", 401, "Token68 x, Basic realm=x", func(*Request) {}, "[the server asks for basic auth, and the request has none]", "the server asks for basic auth: give it with auth, or check the credentials"},
		{"none of the session's", 401, "Digest realm=x", func(*Request) {}, "[]", "the server asks for digest auth: give it with auth, or check the credentials"},
		{"one that nobody knows", 401, "Magic", func(*Request) {}, "[]", "the request is at fault; the response's body may say why"},
		{"with credentials", 401, "Basic realm=x", func(r *Request) { r.Headers = Fields{{"Authorization", "x"}} }, "[]", "the server asks for basic auth: give it with auth, or check the credentials"},
		{"a proxy", 407, "Basic realm=x", func(*Request) {}, "[]", "the proxy asks for basic auth: put user:password into the proxy's URL"},
		{"no challenge", 403, "Basic realm=x", func(*Request) {}, "[]", "the request is at fault; the response's body may say why"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, _ := newFake(t, func(*sentRequest) *fakeReply {
				return reply(c.status, "WWW-Authenticate", c.asks, "Proxy-Authenticate", c.asks)
			})
			s.schemes = append(s.schemes, basicScheme{})
			r := get("http://h/")
			r.Options.Fail = true
			c.set(r)
			notices := []string{}
			x := do(t, s, r, SinkFunc(func(e Event) {
				if n, ok := e.(Notice); ok {
					notices = append(notices, n.Text)
				}
			}))
			if fmt.Sprint(notices) != c.notices || x.Err.Hint() != c.hint {
				t.Errorf("notices %v, hint %q", notices, x.Err.Hint())
			}
		})
	}
}

type basicScheme struct{ tokenScheme }

func (basicScheme) Type() string { return "basic" }

// A sink is told which head is that of the answer for sure, so that nothing else is printed or kept in the user's file.
func TestProvisionalResponses(t *testing.T) {
	cases := []struct {
		name    string
		auth    Auth
		retry   Retry
		answers []*fakeReply
		want    string // of each head: ? provisional, ! the answer
		kept    string
	}{
		{"an answer", Auth{}, Retry{}, []*fakeReply{reply(200)}, "200!", "[200]"},
		{"a redirect", Auth{}, Retry{}, []*fakeReply{reply(302, "Location", "/b"), reply(404)}, "302? 404!", "[404]"},
		{"no redirect", Auth{}, Retry{}, []*fakeReply{reply(304)}, "304!", "[304]"},
		{"retries", Auth{}, Retry{Total: 2, OnStatus: []int{503}}, []*fakeReply{reply(503), reply(503), reply(503)}, "503? 503? 503!", "[503]"},
		{"a retry that helps", Auth{}, Retry{Total: 2}, []*fakeReply{reply(429, "Retry-After", "1"), reply(200)}, "429? 200!", "[200]"},
		{"a challenge", Auth{Type: "learner", Values: Fields{{"answers", "one"}}}, Retry{}, []*fakeReply{reply(401), reply(200)}, "401? 200!", "[200]"},
		{"a challenge without an answer", Auth{Type: "learner"}, Retry{}, []*fakeReply{reply(401)}, "401?", "[]"},
		{"a challenge to nobody", Auth{}, Retry{}, []*fakeReply{reply(401)}, "401!", "[401]"},
		{"a challenge to a scheme without answers", Auth{Type: "token", Values: Fields{{"token", "x"}}}, Retry{}, []*fakeReply{reply(401)}, "401!", "[401]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, f, _ := newLearning(t, nil)
			f.answer = func(*sentRequest) *fakeReply { return c.answers[len(f.sent)-1] }
			r := get("http://h/")
			r.Auth, r.Options.Retry = c.auth, c.retry
			sink := &attentive{}
			do(t, s, r, sink)
			if got := strings.Join(sink.heads, " "); got != c.want || fmt.Sprint(sink.kept) != c.kept {
				t.Errorf("heads %s, want %s; asked to keep %v", got, c.want, sink.kept)
			}
		})
	}
}

type attentive struct {
	heads []string
	kept  []int
}

func (a *attentive) Handle(e Event) {
	if head, ok := e.(HeadReceived); ok {
		mark := map[bool]string{true: "?", false: "!"}[head.Provisional]
		a.heads = append(a.heads, fmt.Sprint(head.Response.Status)+mark)
	}
}

func (a *attentive) Keep(r *Response) body.StoreFile {
	a.kept = append(a.kept, r.Status)
	return nil
}

// A secret that only the token endpoint gets may be for that host alone.
func TestSecretsOfATokenEndpoint(t *testing.T) {
	for _, c := range []struct {
		name, token, fail string
		set               func(*Request)
	}{
		{"it goes there alone", "token.test", "", func(*Request) {}},
		{"not to another", "other.test", "must not be sent to other.test", func(*Request) {}},
		{"nor with the request itself", "token.test", "must not be sent to h", func(r *Request) { r.Headers = Fields{{"X", "s3cret-value"}} }},
		{"nor in its body", "token.test", "must not be sent to h", func(r *Request) { r.Method, r.Body = "POST", body.Text("s3cret-value", "") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, f, _ := newLearning(t, func(*sentRequest) *fakeReply { return reply(200) })
			r := get("http://h/x")
			r.Auth = Auth{Type: "learner", Values: Fields{{"token_url", "http://" + c.token + "/t"}}}
			r.Secrets = []Secret{NewSecret("client", "s3cret-value", "token.test")}
			c.set(r)
			p, err := s.Prepare(t.Context(), r)
			if err == nil {
				x, _ := s.Do(t.Context(), p, nil)
				defer x.Close()
				if x.Err != nil {
					err = x.Err
				}
			}
			switch {
			case c.fail == "" && (err != nil || len(f.sent) != 2):
				t.Errorf("%v; sent %v", err, f.heads())
			case c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail) || len(f.sent) > 0):
				t.Errorf("%v; sent %v", err, f.heads())
			}
		})
	}
}
