package transport

import (
	"strings"

	"parley/httpcore"
)

// head is a response head.
type head struct {
	proto  string // as received, such as "HTTP/1.1"
	status int
	reason string
	fields httpcore.Fields
	raw    []byte // all of it, byte for byte, the empty line included
}

// parseHead parses a whole head: status line, field lines, empty line.
func parseHead(raw []byte, maxLines int) (*head, error) {
	line, rest, _ := cutLine(string(raw))
	h := &head{raw: raw}
	if err := h.parseStatusLine(line); err != nil {
		return nil, err
	}
	var err error
	h.fields, err = parseFields(rest, maxLines)
	return h, err
}

// parseStatusLine parses a status line (RFC 9112 section 4). The reason phrase, and the blank before it, may be missing.
func (h *head) parseStatusLine(line string) error {
	proto, rest, _ := strings.Cut(line, " ")
	if len(proto) != len("HTTP/1.1") || !strings.HasPrefix(proto, "HTTP/1.") || !isDigit(proto[7]) {
		return protocolError(httpcore.KindProtocol, "answered with %q instead of an HTTP/1.1 status line", clip(line))
	}
	code, reason, _ := strings.Cut(rest, " ")
	if len(code) != 3 || !isDigit(code[0]) || !isDigit(code[1]) || !isDigit(code[2]) || code[0] == '0' {
		return protocolError(httpcore.KindProtocol, "sent a status line without a status code of three digits: %q", clip(line))
	}
	if i := strings.IndexAny(reason, "\r\x00"); i >= 0 {
		return protocolError(httpcore.KindProtocol, "sent a status line with a bare CR or a NUL in it: %q", clip(line))
	}
	h.proto = proto
	h.status = int(code[0]-'0')*100 + int(code[1]-'0')*10 + int(code[2]-'0')
	h.reason = reason
	return nil
}

// parseFields parses field lines up to the empty line (RFC 9112 section 5). Order, case and repetitions stay; the
// white space around a value goes. It is used for trailer sections too. Folded lines count like others: each costs a copy
// of the value that it continues.
func parseFields(section string, maxLines int) (httpcore.Fields, error) {
	var fields httpcore.Fields
	if lines := strings.Count(section, "\n"); lines > 1 {
		fields = make(httpcore.Fields, 0, min(lines-1, maxLines))
	}
	for lines := 0; section != ""; lines++ {
		line, rest, _ := cutLine(section)
		section = rest
		if line == "" {
			break
		}
		if lines == maxLines {
			return nil, protocolError(httpcore.KindProtocol, "sent more than %d header fields", maxLines)
		}
		if i := strings.IndexAny(line, "\r\x00"); i >= 0 {
			return nil, protocolError(httpcore.KindProtocol, "sent a header field with a bare CR or a NUL in it: %q", clip(line))
		}
		if isBlank(line[0]) {
			if len(fields) == 0 {
				return nil, protocolError(httpcore.KindProtocol, "sent a header section that begins with a folded line: %q", clip(line))
			}
			unfold(&fields[len(fields)-1], line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || !httpcore.IsToken(name) {
			return nil, protocolError(httpcore.KindProtocol, "sent a line that is no header field: %q", clip(line))
		}
		fields = append(fields, httpcore.Field{Name: name, Value: strings.Trim(value, " \t")})
	}
	return fields, nil
}

// unfold appends a folded line to the value before it, with one space for the fold (RFC 9112 section 5.2).
func unfold(field *httpcore.Field, line string) {
	line = strings.Trim(line, " \t")
	if field.Value != "" && line != "" {
		field.Value += " "
	}
	field.Value += line
}

// cutLine cuts at the first LF; a CR before it is not part of the line.
func cutLine(s string) (line, rest string, found bool) {
	line, rest, found = strings.Cut(s, "\n")
	return strings.TrimSuffix(line, "\r"), rest, found
}

// clip shortens foreign text for a sentence.
func clip(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
