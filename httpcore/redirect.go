package httpcore

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"parley/httpcore/body"
)

// The body of a redirect is for reading only when someone looks at it, so it may hold up what it leads to no longer than
// this, and be no larger. There may be many: little of each stays in memory.
const (
	skimTime   = 2 * time.Second
	skimSize   = 1 << 20
	skimMemory = 64 << 10
)

// errSkimmed is the cause of giving up the body of a redirect.
var errSkimmed = &Error{Kind: KindTimeout, Message: "the body of the redirect was given up after " + skimTime.String()}

// redirectLocation returns where a response leads, or "" when it is not a redirect that p follows.
func redirectLocation(p *Prepared, r *Response) string {
	if p.Options.Redirects <= 0 {
		return ""
	}
	switch r.Status {
	case 301, 302, 303, 307, 308:
		location, _ := r.Headers.Get("Location")
		return location
	default:
		return ""
	}
}

// trail is the way that the redirects of one exchange have taken.
type trail struct {
	first *URL
	// seen has the requests that were sent, as far as a loop is concerned.
	seen map[string]bool
	// loop is the first redirect that led back to one of them, in words.
	loop  string
	count int
	// crossed says that an origin was crossed: the credentials that were dropped there do not come back.
	crossed bool
}

func newTrail(p *Prepared) *trail {
	return &trail{first: p.URL}
}

// hopPlan is a request that a redirect leads to.
type hopPlan struct {
	prepared *Prepared
	dropped  []Dropped
}

// next prepares the request that a redirect leads to, by the rules of requests: method and body as rewrite says,
// cookies anew from the jar, the fragment carried on. Across origins, credentials and whatever holds a secret stay
// behind.
func (t *trail) next(ctx context.Context, r *run, hop *Hop, status int, location string) (*hopPlan, error) {
	from, s := hop.Prepared, r.session
	limit := from.Options.Redirects
	if counter := from.Options.Retry.Redirect; counter != nil {
		limit = min(limit, *counter)
	}
	if t.count >= limit {
		return nil, t.exceeded(limit, location)
	}
	t.count++
	to, err := from.URL.Resolve(location)
	if err != nil {
		return nil, &Error{Kind: KindRedirect, Message: fmt.Sprintf("the redirect to %q cannot be followed: %v", location, err), Advice: AsError(err, KindURL).Advice, Err: err}
	}
	if !to.HasFragment {
		to.Fragment, to.HasFragment = from.URL.Fragment, from.URL.HasFragment
	}
	c := newCarry(from, to, status)
	if err := c.carry(); err != nil {
		return nil, err
	}
	if c.crossing && !t.crossed {
		t.crossed = true
		if c.authLeftNoHeader() {
			c.drop("auth", "credentials do not go to another origin")
		}
	}
	p := c.prepared
	if err := t.addCookies(s, c); err != nil {
		return nil, err
	}
	if err := c.describeBody(); err != nil {
		return nil, err
	}
	if p.Body != nil && body.IsSpent(p.Body) {
		return nil, unrewindable("for the redirect to " + p.URL.Redacted())
	}
	if err := r.hooks.redirect(ctx, s, hop, p); err != nil {
		return nil, err
	}
	t.crossed = t.crossed || crossesOrigin(from.URL, p.URL)
	if !t.crossed || s.hasFor(p) {
		if err := s.authorize(ctx, p); err != nil {
			return nil, err
		}
	}
	if err := checkHeaders(p); err != nil {
		return nil, err
	}
	t.noteLoop(from, p)
	return &hopPlan{prepared: p, dropped: c.dropped}, nil
}

// exceeded is the error of one redirect too many.
func (t *trail) exceeded(limit int, location string) error {
	e := &Error{
		Kind:    KindTooManyRedirects,
		Message: fmt.Sprintf("Exceeded %d redirects", limit),
		Advice:  "the last one led to " + location + "; raise redirects if that is not a loop",
	}
	if t.loop != "" {
		e.Kind = KindRedirectLoop
		e.Message += " in a loop: " + t.loop
		e.Advice = "the server may expect a cookie or a sign-in that this request lacks"
	}
	return e
}

// addCookies adds the jar's cookies, and the request's own while the redirects stay at its host.
func (t *trail) addCookies(s *Session, c *carry) error {
	own := c.prepared.Request.Cookies
	if len(own) == 0 || !crossesOrigin(t.first, c.prepared.URL) {
		return s.addCookies(c.prepared, own)
	}
	c.drop("cookies", "the request's cookies belong to "+t.first.Host)
	err := s.addCookies(c.prepared, nil)
	c.prepared.leaveCookies(own, t.first.Host)
	return err
}

// noteLoop remembers that the same request with the same cookies comes a second time. It is sent all the same, as requests
// and browsers do: a server may answer it in another way by then.
func (t *trail) noteLoop(from, to *Prepared) {
	if t.seen == nil {
		t.seen = map[string]bool{loopKey(from): true}
	}
	key := loopKey(to)
	if t.seen[key] && t.loop == "" {
		t.loop = fmt.Sprintf("%s leads back to %s", from.URL, to.URL)
	}
	t.seen[key] = true
}

func loopKey(p *Prepared) string {
	cookie, _ := p.Header("Cookie")
	return p.Method + " " + p.URL.Origin() + p.Target + "\n" + cookie
}

// rewrite returns the method of the next request and whether it keeps the body. It differs from requests in that a 301
// for PUT, PATCH, DELETE and the like keeps both, where requests keeps the method and loses the body.
func rewrite(method string, status int) (next string, keepsBody bool) {
	switch {
	case status == 307 || status == 308:
		return method, true
	case method == "HEAD":
		return method, false
	case status == 301 && method != "POST":
		return method, true
	default:
		return "GET", false
	}
}

// crossesOrigin reports whether a redirect leaves the origin. The step from http to https on one host, both on their
// default ports, does not, as in requests.
func crossesOrigin(from, to *URL) bool {
	if from.Host != to.Host {
		return true
	}
	upgrade := from.Scheme == "http" && to.isSecure() && from.Port == 0 && to.Port == 0
	return from.Origin() != to.Origin() && !upgrade
}

// holdsSecret returns a secret that the body holds, or nil.
func holdsSecret(p *Prepared) (*Secret, error) {
	if p.Body == nil || len(p.Request.Secrets) == 0 {
		return nil, nil
	}
	searched := p.Body
	if encoded, ok := searched.(body.Encoded); ok {
		searched = encoded.Plain() // under a coding, nothing can be found
	}
	content, err := searched.Open()
	if err != nil {
		return nil, AsError(err, KindBody)
	}
	defer content.Close()
	var found *Secret
	scan := NewMasker(p.Request.Secrets, func(s Secret) string { found = &s; return "" }).Writer(io.Discard)
	if _, err := io.Copy(scan, content); err != nil {
		return nil, AsError(err, KindBody)
	}
	if err := scan.Close(); err != nil {
		return nil, AsError(err, KindBody)
	}
	return found, nil
}

// isContentHeader reports whether a header describes a body or waits for it, and goes with it.
func isContentHeader(name string) bool {
	switch strings.ToLower(name) {
	case "content-length", "content-type", "content-encoding", "content-language", "content-location", "transfer-encoding", "trailer", "expect":
		return true
	default:
		return false
	}
}
