package transport

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"parley/httpcore"
)

// tunnel asks the HTTP proxy that s is connected to for a way through to the server of k (RFC 9110 section 9.3.6).
// Afterwards the stream is one to the server.
func (s *stream) tunnel(ctx context.Context, k key, limits Limits) error {
	head, err := connectHead(k)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, s.abort)
	defer stop()
	if _, err := s.Conn.Write(head); err != nil {
		return k.proxy.failed(httpcore.PhaseConnect, err)
	}
	s.passed(true, head)
	r := bufio.NewReader(tappedReader{s})
	h, err := tunnelHead(r, limits)
	switch {
	case err != nil:
		return tunnelError(k.proxy, err)
	case h.status >= 300:
		return s.refusedTunnel(ctx, k, h, r, limits)
	}
	// What follows the head is the server's, whatever the head says of its length.
	if r.Buffered() > 0 {
		s.Conn = &bufferedConn{s.Conn, r}
	}
	return nil
}

// tappedReader reads what the proxy says. It is none of what the stream remembers of the server.
type tappedReader struct{ s *stream }

func (r tappedReader) Read(b []byte) (int, error) {
	n, err := r.s.Conn.Read(b)
	r.s.passed(false, b[:n])
	return n, err
}

// bufferedConn is a connection of which something has been read ahead.
type bufferedConn struct {
	net.Conn
	r *bufio.Reader
}

func (c *bufferedConn) Read(b []byte) (int, error) { return c.r.Read(b) }

// connectHead is the request for a tunnel. What is meant for the proxy alone is in here, and nowhere in the tunnel.
func connectHead(k key) ([]byte, error) {
	host, port, err := k.target()
	if err != nil {
		return nil, err
	}
	authority := net.JoinHostPort(host, strconv.Itoa(int(port)))
	head := fmt.Appendf(nil, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n", authority, authority)
	if k.proxy.authorization != "" {
		head = fmt.Appendf(head, "%s: %s\r\n", proxyAuthorization, k.proxy.authorization)
	}
	return append(head, "\r\n"...), nil
}

// tunnelHead reads the proxy's answer, past interim ones.
func tunnelHead(r *bufio.Reader, limits Limits) (*head, error) {
	reader, size := headReader{r, limits}, 0
	for interim := 1; ; interim++ {
		h, err := reader.next(func(int) {})
		if err != nil || h.status >= 200 {
			return h, err
		}
		size += len(h.raw)
		if h.status == 101 {
			return nil, protocolError(httpcore.KindProtocol, "switched to another protocol instead of opening a tunnel")
		}
		if err := limits.checkInterim(interim, size); err != nil {
			return nil, err
		}
	}
}

// tunnelError says why there is no answer to CONNECT.
func tunnelError(p proxy, err error) error {
	if e, ok := asEngineError(err); ok {
		refused := p.refused(e.Advice, "%s", e.Message)
		refused.Err = e
		return refused
	}
	if isEnd(err) {
		return p.refused("check that it allows CONNECT, and whether its URL should begin with https://", "closed the connection when it was asked for a tunnel")
	}
	return p.failed(httpcore.PhaseWait, err)
}

// refusedTunnel says why there is no tunnel, in the proxy's words.
func (s *stream) refusedTunnel(ctx context.Context, k key, h *head, r *bufio.Reader, limits Limits) error {
	status := strings.TrimSpace(strconv.Itoa(h.status) + " " + clip(h.reason))
	if h.status == 407 {
		return k.proxy.unauthorized(status, h.fields)
	}
	said := status
	if line := s.explanation(ctx, h, r, limits); line != "" {
		said += fmt.Sprintf(": %q", line)
	}
	return k.proxy.refused(tunnelHint(h.status), "opens no tunnel to %s: %s", k.address(), said)
}

func tunnelHint(status int) string {
	switch {
	case status == 400 || status == 405 || status == 501:
		return "it may not support CONNECT: is this the URL of a proxy?"
	case status == 403 || status == 401:
		return "its rules do not allow this host or port; ask who runs it"
	case status >= 500:
		return "it could not reach the server: check the host and port, and whether the proxy may go there"
	default:
		return "ask who runs the proxy"
	}
}

// unauthorized says what a 407 asks for.
func (p proxy) unauthorized(status string, fields httpcore.Fields) error {
	var schemes []string
	takesBasic := false
	for _, challenge := range httpcore.Challenges(fields, "Proxy-Authenticate") {
		schemes = append(schemes, clip(challenge.Scheme))
		takesBasic = takesBasic || challenge.Is("Basic")
	}
	takesBasic = takesBasic || len(schemes) == 0
	switch {
	case !takesBasic:
		return p.refused("only Basic is answered by itself; a Proxy-Authorization header is sent as written", "asks for %s authentication (%s)", strings.Join(schemes, " or "), status)
	case p.authorization != "":
		return p.refused("check the credentials in the proxy's URL", "refused the user name and password (%s)", status)
	default:
		return p.refused("put them into its URL: "+p.scheme+"://user:password@"+p.address(), "wants a user name and password (%s)", status)
	}
}

const (
	// explanationWait is how long the body of a refusal is waited for: it is only an extra.
	explanationWait = time.Second
	explanationSize = 4 << 10
)

// explanation is the first line of a refusal's body, when that is not markup.
func (s *stream) explanation(ctx context.Context, h *head, r *bufio.Reader, limits Limits) string {
	f, err := replyFraming("CONNECT", h)
	if err != nil {
		return "" // the status is what counts
	}
	var body io.Reader = r
	if f.chunked {
		body = newChunkedReader(r, limits)
	} else if f.length >= 0 {
		body = io.LimitReader(r, f.length)
	}
	wait := explanationWait
	if end, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(end)/2) // or the refusal itself would become a timeout
	}
	_ = s.Conn.SetReadDeadline(time.Now().Add(wait)) // fails only on a closed connection, as the read then does
	lines := bufio.NewReader(io.LimitReader(body, explanationSize))
	for {
		line, err := lines.ReadString('\n')
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "<") {
			return ""
		}
		if line != "" || err != nil {
			return line[:min(len(line), 200)]
		}
	}
}
