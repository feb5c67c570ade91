package pane

import (
	"strings"

	"parley/themes"
)

// sentText is every request of the exchange as it left, redirects and retries included, with every secret masked.
func (r *Response) sentText() string {
	var b strings.Builder
	for _, t := range r.tries() {
		b.Write(t.head)
	}
	return b.String()
}

// sent shows the requests as they left, automatic headers included, and says what content followed.
func (r *Response) sent(width int) []pageLine {
	var lines []pageLine
	if r.exchange == nil {
		return nil
	}
	for _, attempt := range r.exchange.Attempts() {
		if len(lines) > 0 {
			lines = append(lines, pageLine{})
		}
		head := trimmed(strings.ReplaceAll(r.masked(leftOn(attempt.Conn.Protocol, attempt.Sent.Head)), "\r\n", "\n"))
		for i, text := range strings.Split(head, "\n") {
			lines = append(lines, headLines(text, i == 0, 1, width)...)
		}
		if attempt.Sent.BodySize > 0 {
			lines = append(lines, pageLine{}, plainLine(themes.Muted, Bytes(attempt.Sent.BodySize)+" of content"))
		}
	}
	return lines
}

// leftOn names the protocol that carried a head, which is kept as HTTP/1.1 would have it.
func leftOn(protocol string, head []byte) string {
	line, rest, _ := strings.Cut(string(head), "\r\n")
	request, ok := strings.CutSuffix(line, " HTTP/1.1")
	if !ok || protocol == "" {
		return string(head)
	}
	return request + " " + protocol + "\r\n" + rest
}
