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

// mayGoTo reports whether u's host is one that the secret is for. A host in the list that names a port means that port.
func (s Secret) mayGoTo(u *URL) bool {
	if len(s.Hosts) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Hosts, func(host string) bool {
		return strings.EqualFold(host, u.Host) || strings.EqualFold(host, u.Hostname()) || strings.EqualFold(host, u.HostPort())
	})
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
