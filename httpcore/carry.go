package httpcore

import (
	"slices"
	"strings"
)

// carry decides what of a request goes on to where a redirect leads, and notes what does not and why.
type carry struct {
	from, prepared *Prepared
	keepsBody      bool
	// crossing says that credentials and secrets must stay behind.
	crossing bool
	masker   *Masker
	dropped  []Dropped
}

func newCarry(from *Prepared, to *URL, status int) *carry {
	method, keepsBody := rewrite(from.Method, status)
	secrets := from.Request.Secrets
	c := &carry{
		from:      from,
		prepared:  &Prepared{Request: from.Request, Method: method, Options: from.Options, keptBack: from.keptBack},
		keepsBody: keepsBody,
		crossing:  crossesOrigin(from.URL, to) || checkSecretHosts(secrets, to) != nil,
		masker:    NewMasker(secrets, Mark),
	}
	c.prepared.Options.TLS = from.tlsAt(from.URL, to, c.crossing)
	c.prepared.setURL(to)
	return c
}

func (c *carry) drop(what, why string) { c.dropped = append(c.dropped, Dropped{What: what, Why: why}) }

// carry fills in all but cookies and credentials.
func (c *carry) carry() error {
	if err := c.carryURL(); err != nil {
		return err
	}
	if err := c.carryBody(); err != nil {
		return err
	}
	for _, h := range c.from.Headers {
		if why := c.reasonToDrop(h); why != "" {
			c.drop(c.masker.String(h.Name), why)
		} else if !c.isMadeAnew(h) {
			c.prepared.Headers = append(c.prepared.Headers, h)
		}
	}
	c.addressHost()
	return nil
}

// authLeftNoHeader reports whether a scheme authorised the request elsewhere than in a header: an API key in the query is
// gone with the old URL, and is not added to the new one.
func (c *carry) authLeftNoHeader() bool {
	return !c.from.Request.Auth.IsNone() && !slices.ContainsFunc(c.from.Headers, func(h Header) bool { return h.Source == SourceAuth })
}

// carryURL takes user information and secrets out of the new URL: a server may echo the one it was sent.
func (c *carry) carryURL() error {
	u := c.prepared.URL
	if u.Username != "" || u.Password != "" {
		u = u.withoutUserinfo()
		c.drop("user information", "a server does not choose the credentials to send")
	}
	if !c.crossing {
		c.prepared.setURL(u)
		return nil
	}
	kept := slices.DeleteFunc(pairs(u.Query), func(pair string) bool {
		secret := c.masker.Find(pair)
		if secret != nil {
			c.drop("param "+c.masker.String(paramName(pair)), "it holds the secret "+secret.Name+", which does not go to another origin")
		}
		return secret != nil
	})
	next := *u
	next.Query = strings.Join(kept, "&")
	next.HasQuery = u.HasQuery && (next.Query != "" || u.Query == "")
	c.prepared.setURL(&next)
	if secret := c.masker.Find(next.Host + next.Path); secret != nil {
		return c.refuse(*secret, "URL")
	}
	return nil
}

// carryBody takes the body along, as it was before a scheme added to it. One that holds a secret cannot be sent in part,
// so it stops the redirect at an origin's border.
func (c *carry) carryBody() error {
	if c.from.Body == nil {
		return nil
	}
	if !c.keepsBody {
		c.drop("body", "the redirect asks for "+c.prepared.Method+" without one")
		return nil
	}
	c.prepared.Body = c.from.Body
	if c.from.auth != nil {
		c.prepared.Body = c.from.plain
	}
	if !c.crossing {
		return nil
	}
	secret, err := holdsSecret(c.prepared)
	if err == nil && secret != nil {
		return c.refuse(*secret, "body")
	}
	return err
}

func (c *carry) refuse(secret Secret, where string) error {
	return &Error{
		Kind:    KindRedirect,
		Message: "the redirect to " + c.prepared.URL.Origin() + " is not followed: its " + where + " would take the secret " + secret.Name + " to another origin",
		Advice:  "send to " + c.prepared.URL.Origin() + " directly if the secret may go there",
	}
}

// reasonToDrop returns why a header stays behind and is not made anew, or "".
func (c *carry) reasonToDrop(h Header) string {
	switch name := strings.ToLower(h.Name); {
	case name == "cookie" && h.Source == SourceRequest:
		return "a redirect's cookies come from the jar"
	case !c.keepsBody && isContentHeader(name) && h.Source == SourceRequest:
		return "there is no body any more"
	case !c.crossing || name == "cookie" && h.Source != SourceAuth:
		return ""
	case h.Source == SourceAuth || name == "authorization" || name == "proxy-authorization":
		return "credentials do not go to another origin"
	case c.from.Request.Elsewhere.leaves(h):
		return "it is meant for the origin before alone"
	case name == "host" && h.Source == SourceRequest:
		return "it names the host of the origin before"
	}
	if secret := c.masker.Find(h.Name + ": " + h.Value); secret != nil {
		return "it holds the secret " + secret.Name + ", which does not go to another origin"
	}
	return ""
}

// isMadeAnew reports whether a header is dropped without a word because a new one may take its place, or because the
// body that it describes stays behind.
func (c *carry) isMadeAnew(h Header) bool {
	switch h.Source {
	case SourceCookies, SourceAuth, SourceBody:
		return true
	default:
		return false
	}
}

// describeBody adds the headers that follow from the body, unless it was left behind, now or at an earlier hop.
func (c *carry) describeBody() error {
	if leftBehind := c.prepared.Body == nil && c.from.Request.Body != nil; leftBehind || !c.keepsBody {
		return nil
	}
	return addContentHeaders(c.prepared)
}

// addressHost makes the Host header name the new URL, where the user's own does not stand.
func (c *carry) addressHost() {
	p := c.prepared
	for i, h := range p.Headers {
		if strings.EqualFold(h.Name, "Host") {
			if h.Source == SourceURL {
				p.Headers[i].Value = p.URL.Authority()
			}
			return
		}
	}
	if !p.Request.leavesOut("Host") {
		p.Headers = slices.Insert(p.Headers, 0, Header{Field{"Host", p.URL.Authority()}, SourceURL})
	}
}
