package transport

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"time"

	"parley/httpcore"
)

// tlsSetup is what one handshake needs.
type tlsSetup struct {
	config   *tls.Config
	options  httpcore.TLSOptions
	keyLog   *os.File // nil without one
	verified string   // the name or address that the certificate has to be for
}

// tlsLayers are the handshakes that a connection needs, each nil when it does not.
type tlsLayers struct{ proxy, server *tlsSetup }

func newTLSLayers(k key) (layers tlsLayers, err error) {
	if k.proxy.scheme == "https" {
		if layers.proxy, err = newTLSSetup(k.proxy.tls, k.proxy.host, nextProtos(httpcore.ProtocolHTTP1), systemRoots); err != nil {
			return tlsLayers{}, err
		}
	}
	if k.scheme == "https" {
		if layers.server, err = newServerTLS(k); err != nil {
			layers.close()
			return tlsLayers{}, err
		}
	}
	return layers, nil
}

// newServerTLS is the setup of a handshake with the server of k.
func newServerTLS(k key) (*tlsSetup, error) {
	return newTLSSetup(k.tls, k.host, nextProtos(k.protocol), x509.NewCertPool)
}

func (l tlsLayers) close() {
	for _, setup := range []*tlsSetup{l.proxy, l.server} {
		if setup != nil {
			setup.close()
		}
	}
}

// newTLSSetup reads the files that the options name, each time anew: a certificate that was just replaced is used.
// A CA file adds to what roots returns; without one, the system's roots are used.
func newTLSSetup(options httpcore.TLSOptions, host string, protocols []string, roots func() *x509.CertPool) (*tlsSetup, error) {
	s := &tlsSetup{options: options, verified: host}
	if options.ServerName != "" {
		s.verified = options.ServerName
	}
	minVersion, err := minVersion(options.MinVersion)
	if err != nil {
		return nil, err
	}
	s.config = &tls.Config{
		ServerName:         s.verified,
		MinVersion:         minVersion,
		NextProtos:         protocols,
		InsecureSkipVerify: options.Insecure,
	}
	if options.CA != "" {
		s.config.RootCAs = roots()
		if err := loadRoots(s.config.RootCAs, options.CA); err != nil {
			return nil, err
		}
	}
	if options.Cert != "" {
		cert, err := loadClientCert(options)
		if err != nil {
			return nil, err
		}
		s.config.Certificates = []tls.Certificate{cert}
	}
	if options.KeyLog != "" {
		s.keyLog, err = os.OpenFile(options.KeyLog, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, fileError("TLS key log", options.KeyLog, "choose a file that can be written with tls.key_log", err)
		}
		s.config.KeyLogWriter = s.keyLog
	}
	return s, nil
}

// systemRoots are the system's certificate authorities, to add some to: what checks a server's certificate in their place
// stands beside them for a proxy, whose certificate is another matter.
func systemRoots() *x509.CertPool {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return x509.NewCertPool() // a system without any
	}
	return roots
}

// close closes the key log; secrets are written during the handshake only.
func (s *tlsSetup) close() {
	if s.keyLog != nil {
		_ = s.keyLog.Close() // each line was written, unbuffered, or the handshake failed
	}
}

func minVersion(text string) (uint16, error) {
	switch text {
	case "1.0":
		return tls.VersionTLS10, nil
	case "1.1":
		return tls.VersionTLS11, nil
	case "", "1.2":
		return tls.VersionTLS12, nil
	case "1.3":
		return tls.VersionTLS13, nil
	default:
		return 0, &httpcore.Error{
			Kind:    httpcore.KindRequest,
			Message: fmt.Sprintf("%q is no TLS version to ask for", text),
			Advice:  `set tls.min to "1.2" or "1.3"; "1.0" and "1.1" let in what is no longer safe`,
		}
	}
}

func nextProtos(protocol httpcore.Protocol) []string {
	switch protocol {
	case httpcore.ProtocolHTTP1:
		return []string{"http/1.1"}
	case httpcore.ProtocolHTTP2, httpcore.ProtocolPriorKnowledge:
		return []string{"h2"}
	case httpcore.ProtocolHTTP3:
		return []string{"h3"}
	default:
		return []string{"h2", "http/1.1"}
	}
}

// info describes a finished handshake.
func (s *tlsSetup) info(state tls.ConnectionState) *httpcore.TLSInfo {
	info := &httpcore.TLSInfo{
		Version:     tls.VersionName(state.Version),
		CipherSuite: tls.CipherSuiteName(state.CipherSuite),
		ALPN:        state.NegotiatedProtocol,
		Verified:    !s.options.Insecure,
	}
	if net.ParseIP(s.verified) == nil {
		info.ServerName = s.verified // an address is not sent in SNI (RFC 6066 section 3)
	}
	if s.options.Insecure {
		info.Problem = s.problem(state.PeerCertificates)
	}
	info.Warning = expiryWarning(state, time.Now())
	for _, cert := range state.PeerCertificates {
		info.Chain = append(info.Chain, describe(cert))
	}
	return info
}

// problem is what the check would have said of the chain; empty when it would have passed.
func (s *tlsSetup) problem(chain []*x509.Certificate) string {
	if len(chain) == 0 {
		return "the server sent no certificate"
	}
	intermediates := x509.NewCertPool()
	for _, cert := range chain[1:] {
		intermediates.AddCert(cert)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{
		Roots:         s.config.RootCAs,
		Intermediates: intermediates,
		DNSName:       s.verified,
	})
	if err != nil {
		return err.Error()
	}
	return ""
}

func describe(cert *x509.Certificate) httpcore.Certificate {
	sum := sha256.Sum256(cert.Raw)
	names := append([]string(nil), cert.DNSNames...)
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	return httpcore.Certificate{
		Subject:     cert.Subject.String(),
		Issuer:      cert.Issuer.String(),
		Names:       names,
		NotBefore:   cert.NotBefore,
		NotAfter:    cert.NotAfter,
		Fingerprint: hex.EncodeToString(sum[:]),
	}
}
