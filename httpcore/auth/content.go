package auth

import (
	"context"
	"io"
	"net"
	"strings"

	"parley/httpcore"
)

// readBody writes the body of p, of which there may be none, to w. It stops when ctx ends: a file may be of any size.
func readBody(ctx context.Context, w io.Writer, p *httpcore.Prepared) error {
	if p.Body == nil {
		return nil
	}
	content, err := p.Body.Open()
	if err != nil {
		return httpcore.AsError(err, httpcore.KindBody)
	}
	defer content.Close()
	switch _, err = io.Copy(w, untilDone{ctx, content}); {
	case ctx.Err() != nil:
		return &httpcore.Error{Kind: httpcore.KindCanceled, Message: "canceled", Err: context.Cause(ctx)}
	case err != nil:
		return httpcore.AsError(err, httpcore.KindBody)
	}
	return nil
}

// untilDone reads until a context ends.
type untilDone struct {
	ctx    context.Context
	reader io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.reader.Read(p)
}

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
