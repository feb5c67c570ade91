package transport

import (
	"strconv"
	"strings"

	"parley/httpcore"
)

// framing says where the content of a reply ends (RFC 9112 section 6.3).
type framing struct {
	chunked bool
	length  int64 // when not chunked: the size, or -1 for all until the connection closes
	keep    bool  // the connection can carry another request afterwards
}

// replyFraming applies the rules of RFC 9112 section 6.3 in their order.
func replyFraming(method string, h *head) (framing, error) {
	keep := keepsConnection(h)
	if method == "HEAD" || h.status < 200 || h.status == 204 || h.status == 304 || method == "CONNECT" && h.status < 300 {
		return framing{keep: keep && h.status != 101 && method != "CONNECT"}, nil
	}
	codings := transferCodings(h.fields)
	if len(codings) > 0 {
		switch {
		case !strings.EqualFold(codings[0], "chunked"):
			return framing{}, protocolError(httpcore.KindProtocol, "uses the transfer coding %q, which was not asked for", clip(codings[0]))
		case len(codings) > 1:
			return framing{}, protocolError(httpcore.KindProtocol, "uses another transfer coding after chunked: %q", clip(codings[1]))
		}
		return framing{chunked: true, keep: keep && !h.fields.Has("Content-Length") && h.proto != "HTTP/1.0"}, nil
	}
	length, err := contentLength(h.fields)
	if err != nil {
		return framing{}, err
	}
	return framing{length: length, keep: keep && length >= 0}, nil
}

// keepsConnection applies RFC 9112 section 9.3.
func keepsConnection(h *head) bool {
	options := h.fields.List("Connection")
	for _, option := range options {
		if strings.EqualFold(option, "close") {
			return false
		}
	}
	if h.proto != "HTTP/1.0" {
		return true
	}
	for _, option := range options {
		if strings.EqualFold(option, "keep-alive") {
			return true
		}
	}
	return false
}

// transferCodings lists what Transfer-Encoding names, without "identity".
func transferCodings(fields httpcore.Fields) []string {
	var codings []string
	for _, coding := range fields.List("Transfer-Encoding") {
		if !strings.EqualFold(coding, "identity") {
			codings = append(codings, coding)
		}
	}
	return codings
}

// contentLength returns the one value that all Content-Length fields agree on, or -1 when there is none.
func contentLength(fields httpcore.Fields) (int64, error) {
	length := int64(-1)
	for _, value := range fields.Values("Content-Length") {
		for member := range strings.SplitSeq(value, ",") {
			member = strings.Trim(member, " \t")
			n, err := parseLength(member)
			if err != nil {
				return 0, protocolError(httpcore.KindProtocol, "sent a Content-Length that is no number of bytes: %q", clip(member))
			}
			if length >= 0 && n != length {
				return 0, protocolError(httpcore.KindProtocol, "sent two different Content-Lengths, %d and %d", length, n)
			}
			length = n
		}
	}
	return length, nil
}

// parseLength takes digits only: no sign, no blank.
func parseLength(s string) (int64, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, err
	}
	return int64(n), nil
}
