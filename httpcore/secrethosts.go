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
	masked.Message = masker.String(e.Message)
	masked.Advice = masker.String(e.Advice)
	masked.URL = masker.String(e.URL)
	return &masked
}
