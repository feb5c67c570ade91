package auth

import (
	"encoding/hex"
	"hash"
	"io"
	"net"
	"strings"

	"parley/httpcore"
)

// hashBody writes the body of p into a hash; of no body, nothing. An error is the body's own.
func hashBody(h hash.Hash, p *httpcore.Prepared) error {
	if p.Body == nil {
		return nil
	}
	content, err := p.Body.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	_, err = io.Copy(h, content)
	return err
}

func hexSum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// mediaType returns the Content-Type of p in lower case and without parameters.
func mediaType(p *httpcore.Prepared) string {
	value, _ := p.Header("Content-Type")
	value, _, _ = strings.Cut(value, ";")
	return strings.ToLower(strings.TrimSpace(value))
}

// authority returns the host that the server will read, in lower case, and the port that goes with it. The Host header
// decides, as it does for the server.
func authority(p *httpcore.Prepared) (host, port string) {
	value, found := p.Header("Host")
	if !found || value == "" {
		value = p.URL.Authority()
	}
	value = strings.ToLower(value)
	if host, port, err := net.SplitHostPort(value); err == nil {
		return bracket(host), port
	}
	if p.URL.Scheme == "https" {
		return value, "443"
	}
	return value, "80"
}

// bracket puts an IPv6 address back into the brackets that net.SplitHostPort has removed.
func bracket(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}
