package auth

import (
	"context"
	"strings"
	"sync"

	"parley/httpcore"
)

// digest is RFC 7616, which includes RFC 2617 and RFC 2069, and the hashes SHA and SHA-512 that requests knows beside. It
// waits for the server's challenge, answers it, and from then on answers in advance within its protection space.
type digest struct{ source source }

func (digest) Type() string  { return "digest" }
func (digest) Title() string { return "Digest" }

func (digest) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "username", Label: "Username", Help: "the user's name", Required: true},
		{Name: "password", Label: "Password", Help: "the password, which is never sent; it may be empty", Secret: true},
		{Name: "algorithm", Label: "Algorithm", Help: "such as SHA-256 or MD5-sess; the strongest that the server offers when empty"},
		{Name: "qop", Label: "QOP", Help: "auth, or auth-int to have the body in the hash; what the server offers when empty"},
		{Name: "cnonce", Label: "Client nonce", Help: "a word of one's own in the hash; random when empty"},
		{Name: "nonce", Label: "Nonce", Help: "the server's, to answer without being asked"},
		{Name: "realm", Label: "Realm", Help: "the server's, when nonce is given"},
		{Name: "opaque", Label: "Opaque", Help: "the server's, when nonce is given"},
		{Name: "nc", Label: "Nonce count", Help: "eight hexadecimal digits, when nonce is given; counted when empty"},
	}
}

func (s digest) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := check(s, values); err != nil {
		return nil, err
	}
	a := &digestAuthorizer{source: s.source}
	a.username, _ = values.Get("username")
	a.password, _ = values.Get("password")
	a.algorithm, _ = values.Get("algorithm")
	a.qop, _ = values.Get("qop")
	a.cnonce, _ = values.Get("cnonce")
	if a.algorithm != "" && digestRank(a.algorithm) < 0 {
		return nil, authError(s, "does not know algorithm = \""+a.algorithm+"\"", "it is one of "+strings.Join(digestAlgorithms(), ", "))
	}
	if a.qop != "" && a.qop != "auth" && a.qop != "auth-int" {
		return nil, authError(s, "does not know qop = \""+a.qop+"\"", "it is auth or auth-int")
	}
	return a, a.foresee(s, values)
}

// foresee takes the challenge that the user says the server would send.
func (a *digestAuthorizer) foresee(s digest, values httpcore.Fields) error {
	nonce, _ := values.Get("nonce")
	if nonce == "" {
		for _, name := range []string{"realm", "opaque", "nc"} {
			if value, _ := values.Get(name); value != "" {
				return authError(s, "needs nonce to answer with "+name+" without being asked", "give the nonce, or leave "+name+" out: the server says it")
			}
		}
		return nil
	}
	a.nc, _ = values.Get("nc")
	if a.nc != "" && (len(a.nc) != 8 || strings.Trim(a.nc, "0123456789abcdefABCDEF") != "") {
		return authError(s, "cannot use nc = \""+a.nc+"\"", "it is eight hexadecimal digits, such as 00000001")
	}
	c := digestChallenge{nonce: nonce, algorithm: a.algorithm, utf8: true}
	c.realm, _ = values.Get("realm")
	c.opaque, c.hasOpaque = values.Get("opaque")
	if a.qop != "" {
		c.qop = []string{a.qop}
	}
	a.spaces = []*digestSpace{{challenge: c, cnonce: a.clientNonce()}}
	return nil
}

// digestAuthorizer remembers the challenges that it has answered.
type digestAuthorizer struct {
	source                                     source
	username, password, algorithm, qop, cnonce string
	nc                                         string

	mu     sync.Mutex
	spaces []*digestSpace // newest first
}

func (a *digestAuthorizer) clientNonce() string {
	if a.cnonce != "" {
		return a.cnonce
	}
	return a.source.nonce()
}

func (a *digestAuthorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	answer, found := a.next(p)
	if !found {
		p.Incomplete = append(p.Incomplete, "the Authorization header, which answers the server's Digest challenge")
		return nil
	}
	value, err := answer.authorization(ctx, p)
	if err != nil {
		return err
	}
	return header(value).Authorize(ctx, p)
}

// next counts a use of the nonce that is good for p.
func (a *digestAuthorizer) next(p *httpcore.Prepared) (digestAnswer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	space := a.space(p.URL)
	if space == nil {
		return digestAnswer{}, false
	}
	space.count++
	return digestAnswer{
		challenge: space.challenge, qop: space.challenge.choose(a.qop),
		username: a.username, password: a.password, cnonce: space.cnonce, nc: a.nonceCount(space),
	}, true
}

// Answer takes the strongest challenge of a 401 that it understands. Credentials that the server has just refused are not
// sent again, unless it says that only their nonce is stale, or they were sent in advance.
func (a *digestAuthorizer) Answer(_ context.Context, p *httpcore.Prepared, r *httpcore.Response, via httpcore.Requester, round int) (bool, error) {
	if r.Status != 401 {
		a.follow(p, r)
		return false, nil
	}
	offered := digestChallenges(r.Headers)
	if len(offered) == 0 {
		return false, nil
	}
	c, understood := strongest(offered, a.algorithm, a.qop)
	if !understood {
		via.Notice("the server asks for Digest auth in a way that this request does not allow or Parley does not know: " + describeDigests(offered))
		return false, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forget(p.URL, c.realm)
	if round > 2 || round == 2 && !c.stale {
		return false, nil
	}
	a.remember(p.URL, c)
	return true, nil
}

// follow takes the nonce that a server announces for the next request (RFC 7616 section 3.5).
func (a *digestAuthorizer) follow(p *httpcore.Prepared, r *httpcore.Response) {
	nonce := nextNonce(r.Headers)
	a.mu.Lock()
	defer a.mu.Unlock()
	if space := a.space(p.URL); space != nil && nonce != "" && space.origin != "" {
		space.challenge.nonce, space.count = nonce, 0
	}
}
