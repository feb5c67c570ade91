package httpcore

import (
	"context"
	"slices"
	"strings"
)

// Hooks are functions that take part in an exchange. They run in the goroutine of Session.Do, one after another in the
// order of their lists, and may take their time; the session's must be safe for concurrent use, as many exchanges may run
// at once. As in requests, a request's hooks replace the session's, unless it has none.
//
// Of one hop, this is the order; an error of any ends the exchange at once, with KindHook unless it is an *Error:
//
//	Before, then the auth scheme        before each attempt
//	the auth scheme's answer            after each response: an answered challenge is no one else's business
//	Retry                               before each wait for another attempt
//	After                               once, on the response that ends the hop, before its redirect is followed
//	Redirect                            once the next request is known
//
// So After sees a response with its whole body, on every hop, and none that was tried again; it does not run when there is
// no whole response.
type Hooks struct {
	// Before may change the request that is about to be sent: its method, URL, headers and body. It has no credentials yet,
	// since a scheme signs what the hooks leave; a header of the hook's own is set with SourceRequest. Host and the headers
	// that follow from the body are brought up to date afterwards, and everything is checked as Prepare does. A repeat begins
	// with the request as it was prepared.
	Before []func(ctx context.Context, p *Prepared) error
	// After looks at the response of a hop, the last of its attempts.
	After []func(ctx context.Context, hop *Hop, r *Response) error
	// Redirect may change the request that a redirect leads to, as Before may; from is the hop that it leaves.
	Redirect []func(ctx context.Context, from *Hop, next *Prepared) error
	// Retry may change how long is waited. The failed attempt is the last one of the hop.
	Retry []func(ctx context.Context, hop *Hop, repeat *Repeat) error
}

// isNone reports whether there is no hook at all.
func (h Hooks) isNone() bool {
	return len(h.Before) == 0 && len(h.After) == 0 && len(h.Redirect) == 0 && len(h.Retry) == 0
}

// hooksOf returns those that a request runs.
func (s *Session) hooksOf(r *Request) Hooks {
	if r.Hooks.isNone() {
		return s.hooks
	}
	return r.Hooks
}

// before runs the Before hooks on p, and settles what they changed.
func (h Hooks) before(ctx context.Context, s *Session, p *Prepared) error {
	if len(h.Before) == 0 {
		return nil
	}
	was := p.lendURL()
	for _, hook := range h.Before {
		if err := hook(ctx, p); err != nil {
			return AsError(err, KindHook)
		}
	}
	return s.settle(p, was)
}

func (h Hooks) after(ctx context.Context, hop *Hop, r *Response) error {
	for _, hook := range h.After {
		if err := hook(ctx, hop, r); err != nil {
			return AsError(err, KindHook)
		}
	}
	return nil
}

func (h Hooks) redirect(ctx context.Context, s *Session, from *Hop, next *Prepared) error {
	if len(h.Redirect) == 0 {
		return nil
	}
	was := next.lendURL()
	for _, hook := range h.Redirect {
		if err := hook(ctx, from, next); err != nil {
			return AsError(err, KindHook)
		}
	}
	return s.settle(next, was)
}

func (h Hooks) retry(ctx context.Context, hop *Hop, repeat *Repeat) error {
	for _, hook := range h.Retry {
		if err := hook(ctx, hop, repeat); err != nil {
			return AsError(err, KindHook)
		}
	}
	return nil
}

// lendURL gives p a copy of its URL, which a hook may change in place: others share the one that is returned.
func (p *Prepared) lendURL() (shared *URL) {
	shared = p.URL
	own := *shared
	p.URL = &own
	return shared
}

// SetURL makes p go to u; its user information is not used.
func (p *Prepared) SetURL(u *URL) { p.setURL(u.withoutUserinfo()) }

// settleURL makes the target and the cookies those of a URL that a hook has set. The request's own cookies stay with the
// host that they are for, and with the origin what is for that alone.
func (s *Session) settleURL(p *Prepared, was *URL) error {
	p.SetURL(p.URL)
	crossing := crossesOrigin(was, p.URL)
	p.Options.TLS = p.tlsAt(was, p.URL, crossing)
	if crossing {
		p.Headers = slices.DeleteFunc(p.Headers, p.Request.Elsewhere.leaves)
	}
	if p.URL.Host != was.Host {
		p.Cookies = nil
	}
	if p.URL.Origin() != was.Origin() {
		if err := checkSecretHosts(p.Request.Secrets, p.URL); err != nil {
			return err
		}
	}
	return s.renewCookies(p)
}

// settle brings up to date what follows from what a hook may have changed, and checks it all.
func (s *Session) settle(p *Prepared, was *URL) error {
	method, err := checkMethod(p.Method)
	if err != nil {
		return err
	}
	p.Method = method
	if *p.URL != *was {
		if err := s.settleURL(p, was); err != nil {
			return err
		}
	}
	if err := checkHostHeader(p.written()); err != nil {
		return err
	}
	for i, h := range p.Headers {
		if strings.EqualFold(h.Name, "Host") && h.Source == SourceURL {
			p.Headers[i].Value = p.URL.Authority()
		}
	}
	p.Headers = slices.DeleteFunc(p.Headers, func(h Header) bool { return h.Source == SourceBody })
	if err := addContentHeaders(p); err != nil {
		return err
	}
	return checkHeaders(p)
}
