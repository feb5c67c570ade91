package transport

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"time"
)

// soon is how long before its end a certificate is worth a word. One that is made for days only is renewed later: it is
// worth one in the last quarter of its life.
const soon = 14 * 24 * time.Hour

// expiryWarning says which certificate of a chain that was accepted ends soon, or has ended; empty for none. Of several
// chains that were verified, the one that lasts longest counts.
func expiryWarning(state tls.ConnectionState, now time.Time) string {
	chains := state.VerifiedChains
	if len(chains) == 0 {
		chains = [][]*x509.Certificate{state.PeerCertificates}
	}
	var ending *x509.Certificate
	for _, chain := range chains {
		if first := firstToEnd(chain); first != nil && (ending == nil || first.NotAfter.After(ending.NotAfter)) {
			ending = first
		}
	}
	if ending == nil {
		return ""
	}
	left := ending.NotAfter.Sub(now)
	date := ending.NotAfter.UTC().Format("2006-01-02 15:04 MST")
	switch {
	case left <= 0:
		return fmt.Sprintf("the certificate '%s' has expired: it was valid until %s", ending.Subject, date)
	case left < min(soon, ending.NotAfter.Sub(ending.NotBefore)/4):
		return fmt.Sprintf("the certificate '%s' expires in %s, on %s", ending.Subject, roughly(left), date)
	default:
		return ""
	}
}

func firstToEnd(chain []*x509.Certificate) *x509.Certificate {
	var first *x509.Certificate
	for _, cert := range chain {
		if first == nil || cert.NotAfter.Before(first.NotAfter) {
			first = cert
		}
	}
	return first
}

// roughly is a duration as people say it.
func roughly(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	default:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
}
