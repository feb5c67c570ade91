package transport

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"testing"
	"time"
)

func TestExpiryWarning(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	cert := func(name string, from, to time.Duration) *x509.Certificate {
		return &x509.Certificate{Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(from), NotAfter: now.Add(to)}
	}
	root := cert("root", -3000*day, 3000*day)
	for _, c := range []struct {
		name     string
		peer     []*x509.Certificate
		verified [][]*x509.Certificate
		want     string
	}{
		{"none was sent", nil, nil, ""},
		{"good for long", []*x509.Certificate{cert("api", -30*day, 60*day)}, nil, ""},
		{"soon", []*x509.Certificate{cert("api", -80*day, 10*day+time.Hour)}, nil, "the certificate 'CN=api' expires in 10 days, on 2026-12-02 13:00 UTC"},
		{"in hours", []*x509.Certificate{cert("api", -80*day, 5*time.Hour)}, nil, "the certificate 'CN=api' expires in 5 hours, on 2026-11-22 17:00 UTC"},
		{"in minutes", []*x509.Certificate{cert("api", -80*day, 5*time.Minute)}, nil, "the certificate 'CN=api' expires in 5 minutes, on 2026-11-22 12:05 UTC"},
		{"made for days, and half through", []*x509.Certificate{cert("api", -3*day, 3*day)}, nil, ""},
		{"over, and accepted all the same", []*x509.Certificate{cert("api", -80*day, -day)}, nil, "the certificate 'CN=api' has expired: it was valid until 2026-11-21 12:00 UTC"},
		{"the one above it", []*x509.Certificate{cert("api", -30*day, 60*day), cert("mid", -900*day, 2*day)}, nil, "the certificate 'CN=mid' expires in 2 days, on 2026-11-24 12:00 UTC"},
		{
			"sent, but not on the way to a root",
			[]*x509.Certificate{cert("api", -30*day, 60*day), cert("old", -900*day, -day)},
			[][]*x509.Certificate{{cert("api", -30*day, 60*day), root}},
			"",
		},
		{
			"on one of two ways",
			[]*x509.Certificate{cert("api", -30*day, 60*day)},
			[][]*x509.Certificate{{cert("api", -30*day, 60*day), cert("cross", -900*day, day)}, {cert("api", -30*day, 60*day), root}},
			"",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			state := tls.ConnectionState{PeerCertificates: c.peer, VerifiedChains: c.verified}
			if got := expiryWarning(state, now); got != c.want {
				t.Errorf("warning = %q, want %q", got, c.want)
			}
		})
	}
}
