package httpcore

import (
	"slices"
	"strings"
)

// checkSecretHosts refuses to send a secret to a host that it is not for.
func checkSecretHosts(secrets []Secret, u *URL) error {
	for _, secret := range secrets {
		if !secret.mayGoTo(u) {
			return &Error{
				Kind:    KindRequest,
				Message: "the secret " + secret.Name + " must not be sent to " + u.Authority(),
				Advice:  "it is only for " + strings.Join(secret.Hosts, ", ") + "; add the host to its list if it may go there",
				URL:     u.Redacted(),
			}
		}
	}
	return nil
}

// keepBack returns r with the secrets that only an Obtainer gets, such as a client secret or a password, free to go
// anywhere, and those secrets as they are: they need not be for the host of the URL, since they are sent to another one,
// where Requester.Send minds their hosts.
func (s *Session) keepBack(r *Request) (*Request, []Secret) {
	if r.Auth.IsNone() || !slices.ContainsFunc(r.Secrets, func(secret Secret) bool { return len(secret.Hosts) > 0 }) {
		return r, nil
	}
	authorizer, err := s.authorizer(r.Auth)
	if err != nil {
		return r, nil // which Prepare comes upon by itself
	}
	if _, obtains := authorizer.Authorizer.(Obtainer); !obtains {
		return r, nil
	}
	free := *r
	free.Secrets = slices.Clone(r.Secrets)
	free.Auth = Auth{}
	var kept []Secret
	for i, secret := range r.Secrets {
		if len(secret.Hosts) > 0 && !free.holds(secret) {
			kept = append(kept, secret)
			free.Secrets[i].Hosts = nil
		}
	}
	free.Auth = r.Auth
	return &free, kept
}

// checkKeptBack makes sure that what was kept back is not in the head after all, where it may not go.
func (p *Prepared) checkKeptBack() error {
	for _, secret := range p.keptBack {
		if NewMasker([]Secret{secret}, Mark).Find(string(p.AppendHead(nil))) == nil {
			continue
		}
		if err := checkSecretHosts([]Secret{secret}, p.URL); err != nil {
			return err
		}
	}
	return nil
}

// mayGoTo reports whether u's host is one that the secret is for.
func (s Secret) mayGoTo(u *URL) bool {
	return len(s.Hosts) == 0 || slices.ContainsFunc(s.Hosts, u.isOn)
}

// isOn reports whether u is on a host, spelled in any way that a URL can have it. One that names a port means that port.
func (u *URL) isOn(host string) bool {
	if strings.EqualFold(host, u.Hostname()) {
		return true // also an IPv6 address without its brackets
	}
	listed, err := ParseURL(u.Scheme + "://" + host)
	if err != nil || listed.Host != u.Host {
		return false
	}
	_, port, err := splitPort(host, host)
	return err == nil && (port == 0 || port == u.EffectivePort())
}

// maskError puts marks in the place of secrets in what an error says; of no error it makes none.
func maskError(e *Error, secrets []Secret) *Error {
	if e == nil || len(secrets) == 0 {
		return e
	}
	masker := NewMasker(secrets, Mark)
	masked := *e
	masked.Message = masker.Shortened(e.Message)
	masked.Advice = masker.Shortened(e.Advice)
	masked.URL = masker.String(e.URL)
	return &masked
}
