package httpcore

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
)

// NetworkError tells in words what an untyped error of the network means. The phase is where it happened, and address
// the "host:port" that was spoken to. An *Error is returned as it is. It is the only place that looks inside the errors
// of net, crypto/tls and the operating system.
func NetworkError(phase Phase, address string, err error) *Error {
	if known, ok := errors.AsType[*Error](err); ok {
		return known
	}
	for _, explain := range []func(Phase, string, error) *Error{canceledError, dnsError, timeoutError, tlsError, socketError} {
		if e := explain(phase, address, err); e != nil {
			e.Err = err
			return e
		}
	}
	return &Error{Kind: KindConnection, Message: "the connection to " + address + " failed: " + plainText(err), Err: err}
}

func canceledError(_ Phase, address string, err error) *Error {
	if !errors.Is(err, context.Canceled) {
		return nil
	}
	return &Error{Kind: KindCanceled, Message: "canceled while talking to " + address}
}

func dnsError(_ Phase, address string, err error) *Error {
	problem, ok := errors.AsType[*net.DNSError](err)
	if !ok {
		return nil
	}
	name := problem.Name
	if name == "" {
		name, _, _ = net.SplitHostPort(address)
	}
	switch {
	case problem.IsNotFound:
		return &Error{Kind: KindDNS, Message: "no address is known for the host " + name, Advice: "check the spelling; a name of an internal network may need a VPN"}
	case problem.IsTimeout:
		return &Error{Kind: KindDNS, Message: "the name servers did not answer in time for the host " + name, Advice: "check the network connection"}
	default:
		return &Error{Kind: KindDNS, Message: "looking up the host " + name + " failed: " + problem.Err, Advice: "check the network connection, or give the address with resolve"}
	}
}

func timeoutError(phase Phase, address string, err error) *Error {
	if !isTimeout(err) {
		return nil
	}
	switch phase {
	case PhaseQueue, PhaseDNS, PhaseConnect, PhaseTLS:
		return &Error{Kind: KindConnectTimeout, Message: "no connection to " + address + " within the connect timeout", Advice: "check the address, or raise timeout.connect"}
	default:
		return &Error{Kind: KindReadTimeout, Message: address + " sent nothing within the read timeout", Advice: "raise timeout.read if the server needs longer"}
	}
}

func isTimeout(err error) bool {
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, syscall.ETIMEDOUT) {
		return true
	}
	problem, ok := errors.AsType[net.Error](err)
	return ok && problem.Timeout()
}

func socketError(phase Phase, address string, err error) *Error {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return &Error{Kind: KindConnect, Message: address + " refused the connection", Advice: "nothing listens there: is the server running, and is the port right?"}
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL):
		return &Error{Kind: KindConnect, Message: "there is no route to " + address, Advice: "check the network connection; for an IPv6 address, whether IPv6 works here"}
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return &Error{Kind: KindConnect, Message: "too many open files to connect to " + address, Advice: "send fewer requests at once, or raise the limit (ulimit -n)"}
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return &Error{Kind: KindConnect, Message: "this machine does not allow a connection to " + address, Advice: "check the firewall, and for a unix socket its permissions"}
	case errors.Is(err, syscall.ENOENT):
		return &Error{Kind: KindConnect, Message: "there is no socket at " + address, Advice: "check the path, and whether the server is running"}
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED):
		return &Error{Kind: KindClosed, Message: address + " reset the connection " + whileIn(phase), Advice: resetHint(phase)}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return &Error{Kind: KindClosed, Message: address + " closed the connection " + whileIn(phase), Advice: resetHint(phase)}
	}
	return nil
}

// whileIn completes "closed the connection …".
func whileIn(phase Phase) string {
	switch phase {
	case PhaseQueue, PhaseDNS, PhaseConnect:
		return "while it was made"
	case PhaseTLS:
		return "during the TLS handshake"
	case PhaseSend:
		return "while the request was sent"
	case PhaseWait:
		return "without sending a response"
	default:
		return "before the response was whole"
	}
}

func resetHint(phase Phase) string {
	switch phase {
	case PhaseTLS:
		return "does the port speak TLS? try http:// instead of https://"
	case PhaseSend, PhaseWait:
		return "the server or something between crashed, or refuses this request; its log may say why"
	default:
		return "try again; what arrived is kept"
	}
}

func tlsError(phase Phase, address string, err error) *Error {
	if e := certificateError(address, err); e != nil {
		return e
	}
	if record, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		if strings.HasPrefix(string(record.RecordHeader[:]), "HTTP/") {
			return &Error{Kind: KindTLS, Message: address + " answered the TLS handshake in plain HTTP", Advice: "use http:// instead of https://"}
		}
		return &Error{Kind: KindTLS, Message: address + " does not speak TLS", Advice: "check the port, or use http:// instead of https://"}
	}
	if alert, ok := errors.AsType[tls.AlertError](err); ok {
		return alertError(address, alert)
	}
	// crypto/tls wraps a received alert in a *net.OpError whose Op says so, and has no type for its own refusals.
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return remoteAlert(address, op)
	}
	if phase == PhaseTLS && strings.HasPrefix(err.Error(), "tls: ") {
		return &Error{Kind: KindTLS, Message: "the TLS handshake with " + address + " failed: " + plainText(err), Advice: "the server may only speak versions or ciphers that are no longer safe"}
	}
	return nil
}

// certificateError says which certificate was not accepted, and why.
func certificateError(address string, err error) *Error {
	const trust = `if you trust it, name the file of its CA: verify = "ca.pem"; verify = false accepts anything`
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		which := nameOf(invalid.Cert, address)
		if invalid.Reason == x509.Expired {
			return &Error{Kind: KindTLS, Message: which + " is not valid now: " + validity(invalid.Cert), Advice: "check this machine's clock; else the server needs a new certificate"}
		}
		return &Error{Kind: KindTLS, Message: which + " is invalid: " + plainText(invalid), Advice: trust}
	}
	if wrong, ok := errors.AsType[x509.HostnameError](err); ok {
		return &Error{Kind: KindTLS, Message: nameOf(wrong.Certificate, address) + " is for another host: " + namesIn(wrong.Certificate), Advice: "check the URL's host; tls.server_name checks for another name"}
	}
	if unknown, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return &Error{Kind: KindTLS, Message: nameOf(unknown.Cert, address) + " is signed by " + signer(unknown.Cert), Advice: trust + missingLink(unknown.Cert)}
	}
	if _, ok := errors.AsType[x509.SystemRootsError](err); ok {
		return &Error{Kind: KindTLS, Message: "the system's certificate authorities cannot be loaded", Advice: `name a CA file: verify = "ca.pem"`}
	}
	if wrapped, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &Error{Kind: KindTLS, Message: "the certificate of " + address + " cannot be verified: " + plainText(wrapped.Err), Advice: trust}
	}
	return nil
}

// nameOf names a certificate, which need not be the server's own: it may stand further up its chain.
func nameOf(cert *x509.Certificate, address string) string {
	if cert == nil || cert.Subject.String() == "" {
		return "the certificate of " + address
	}
	return "the certificate '" + cert.Subject.String() + "' of " + address
}

func signer(cert *x509.Certificate) string {
	switch {
	case cert == nil:
		return "an unknown authority"
	case isSelfSigned(cert):
		return "itself, which is an unknown authority here"
	default:
		return "'" + cert.Issuer.String() + "', which is an unknown authority here"
	}
}

// missingLink adds what is most often the matter when an authority that the system should know does not lead up to a root.
func missingLink(cert *x509.Certificate) string {
	if cert == nil || isSelfSigned(cert) || len(cert.IssuingCertificateURL) == 0 {
		return ""
	}
	return "; if browsers accept it, the server may not send its intermediate certificates"
}

func isSelfSigned(cert *x509.Certificate) bool { return bytes.Equal(cert.RawSubject, cert.RawIssuer) }

func validity(cert *x509.Certificate) string {
	return "it is valid from " + cert.NotBefore.UTC().Format("2006-01-02 15:04 MST") + " to " + cert.NotAfter.UTC().Format("2006-01-02 15:04 MST")
}

func namesIn(cert *x509.Certificate) string {
	names := cert.DNSNames
	for _, address := range cert.IPAddresses {
		names = append(names, address.String())
	}
	const shown = 5
	switch {
	case len(names) == 0:
		return "it names none"
	case len(names) > shown:
		return strings.Join(names[:shown], ", ") + " and others"
	default:
		return strings.Join(names, ", ")
	}
}

func alertError(address string, alert tls.AlertError) *Error {
	return &Error{Kind: KindTLS, Message: address + " refused the TLS handshake: " + plainText(alert), Advice: "check the TLS versions and whether it asks for a client certificate"}
}

func remoteAlert(address string, op *net.OpError) *Error {
	text := strings.TrimPrefix(op.Err.Error(), "tls: ")
	hint := "check the TLS versions that server and request allow"
	switch {
	case strings.Contains(text, "certificate"):
		hint = "it wants a client certificate: give one with cert"
	case strings.Contains(text, "protocol version"):
		hint = `leave tls.min out; a server that is too old for TLS 1.2 needs tls.min = "1.0", and is not safe`
	}
	return &Error{Kind: KindTLS, Message: address + " refused the TLS handshake: " + text, Advice: hint}
}

// plainText is an error's text without the package names that lead it.
func plainText(err error) string {
	text := err.Error()
	for _, prefix := range []string{"tls: ", "x509: ", "net/http: ", "http: ", "http2: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	return strings.TrimSuffix(text, ".")
}
