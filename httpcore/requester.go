package httpcore

import (
	"context"
	"slices"
)

// errand sends what an authorizer needs in order to authorise p.
type errand struct {
	run *run
	p   *Prepared
}

// Requester returns what a scheme that authorises p sends its own requests with, for what is done about credentials when
// nothing is to be sent, such as renewing a token. sink, which may be nil, hears its notices.
func (s *Session) Requester(p *Prepared, sink Sink) Requester {
	if sink == nil {
		sink = SinkFunc(func(Event) {})
	}
	return errand{&run{session: s, sink: sink}, p}
}

func (e errand) Notice(text string) { e.run.emit(Notice{Text: text}) }

func (e errand) Send(ctx context.Context, r *Request) (*Exchange, error) {
	own := *r
	own.Auth = Auth{}
	own.Hooks = Hooks{}
	own.Secrets = e.secrets(r)
	own.Options = e.options(r)
	s := e.run.session
	p, err := s.Prepare(ctx, &own)
	if err != nil {
		return nil, err
	}
	p.Options.TLS = e.p.tlsAt(e.p.URL, p.URL, crossesOrigin(e.p.URL, p.URL))
	return s.exchange(ctx, p, Hooks{}, SinkFunc(func(Event) {}))
}

// options are those of the request that is authorised, as far as they say which way and for how long.
func (e errand) options(r *Request) Options {
	theirs := e.p.Options
	return Options{
		Timeout:    Timeouts{Connect: theirs.Timeout.Connect, Read: theirs.Timeout.Read},
		Redirects:  r.Options.Redirects,
		Decode:     r.Options.Decode,
		Protocol:   ProtocolAuto,
		WithoutJar: true,
		TLS:        theirs.TLS,
		Network:    theirs.Network,
	}
}

// secrets are those of both requests, so that all are masked; but only what r itself holds minds where it is sent.
func (e errand) secrets(r *Request) []Secret {
	return r.knowing(slices.Concat(e.p.keptBack, e.p.Request.Secrets))
}

// Know makes r know secrets that something it comes from had, a hook for one, so that all are masked; but only what r itself
// holds minds where it is sent.
func (r *Request) Know(secrets []Secret) { r.Secrets = r.knowing(secrets) }

func (r *Request) knowing(more []Secret) []Secret {
	secrets := slices.Clone(r.Secrets)
	for _, secret := range more {
		if slices.ContainsFunc(secrets, func(s Secret) bool { return s.Name == secret.Name && s.value == secret.value }) {
			continue
		}
		if !r.holds(secret) {
			secret.Hosts = nil
		}
		secrets = append(secrets, secret)
	}
	return secrets
}

// holds reports whether a secret is in what r sends.
func (r *Request) holds(secret Secret) bool {
	m := NewMasker([]Secret{secret}, Mark)
	if m.Find(r.URL) != nil {
		return true
	}
	for _, fields := range []Fields{r.Path, r.Params, r.Headers, r.Cookies, r.Auth.Values} {
		for _, field := range fields {
			if m.Find(field.Name+": "+field.Value) != nil {
				return true
			}
		}
	}
	found, err := holdsSecret(&Prepared{Request: &Request{Secrets: []Secret{secret}}, Body: r.Body})
	return found != nil || err != nil
}
