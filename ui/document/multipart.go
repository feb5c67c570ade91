package document

import (
	"bytes"
	"mime"

	"parley/httpcore/content"
)

// multipart shows the parts of a body (RFC 2046) one after another: what the
// head of each says, and its text, or how big it is.
type multipart struct {
	boundary string // "" if it is not known
	problem  string // with it
}

// maxBoundary is how long boundaries are looked for. RFC 2046 allows 70
// characters.
const maxBoundary = 200

// tellMultipart takes the boundary from the body's type, or else from its
// first line.
func tellMultipart(contentType string) func(head []byte, ended bool) shape {
	return func(head []byte, ended bool) shape {
		if boundary := boundaryOf(contentType); boundary != "" {
			return &multipart{boundary: boundary}
		}
		text := bytes.TrimLeft(head, "\r\n")
		line, _, whole := bytes.Cut(text[:min(len(text), maxBoundary)], []byte("\n"))
		if !whole && !ended && len(text) < maxBoundary {
			return nil
		}
		line = bytes.TrimRight(line, " \t\r")
		if len(line) > 2 && bytes.HasPrefix(line, []byte("--")) {
			return &multipart{string(line[2:]), "✗ the Content-Type names no boundary; the first line tells it"}
		}
		return &multipart{problem: "✗ the Content-Type names no boundary"}
	}
}

// boundaryOf is the boundary that a type names, "" if it can't be one.
func boundaryOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if boundary := params["boundary"]; err == nil && len(boundary) <= maxBoundary {
		return boundary
	}
	return ""
}

func (m *multipart) cuts() string { return m.boundary }

func (m *multipart) newCutter() cutter {
	if m.boundary == "" {
		return newRawCutter()
	}
	return newPartCutter(m.boundary)
}

func (m *multipart) header() *line {
	if m.problem == "" {
		return nil
	}
	return &line{spans: []Span{{Text: m.problem, Role: Error}}}
}

// paint adds to the title of a part what its head says.
func (m *multipart) paint(l *line, text []byte, _ bool) {
	if len(l.spans) == 0 || l.spans[len(l.spans)-1].Role != Tag {
		return
	}
	text = text[:min(len(text), maxHead)]
	for at := 0; at < len(text); {
		field, _, _ := bytes.Cut(text[at:], []byte("\n"))
		if len(bytes.TrimSpace(field)) == 0 || bytes.HasPrefix(field, []byte("--")) {
			return
		}
		paintField822(l, bytes.TrimRight(field, "\r"), l.offset+int64(at))
		at += len(field) + 1
	}
}

// paintField822 adds what a header field says of a part.
func paintField822(l *line, field []byte, offset int64) {
	name, value, ok := bytes.Cut(field, []byte(":"))
	if !ok {
		name, value = nil, field
	}
	at := offset + int64(len(field)-len(value))
	trimmed := bytes.TrimLeft(value, " \t")
	at += int64(len(value) - len(trimmed))
	value = bytes.TrimRight(trimmed, " \t")
	l.spans = append(l.spans, Span{Text: "  ", Offset: offset})
	switch {
	case bytes.EqualFold(name, []byte("Content-Disposition")):
		paintDisposition(l, value, at)
	case bytes.EqualFold(name, []byte("Content-Type")), !ok:
		l.spans = spansOf(l.spans, string(value), Plain, at, 1)
	default:
		l.spans = spansOf(l.spans, string(name)+":", Comment, offset, 1)
		l.spans = append(l.spans, Span{Text: " ", Offset: at})
		l.spans = spansOf(l.spans, string(value), Plain, at, 1)
	}
}

// paintDisposition adds the name and the file name of a part.
func paintDisposition(l *line, value []byte, offset int64) {
	first := true
	for at := 0; at < len(value); {
		n := paramEnd(value[at:])
		param := bytes.TrimLeft(value[at:at+n], " \t")
		start := offset + int64(at+n-len(param))
		at += n + 1
		if first && bytes.EqualFold(param, []byte("form-data")) {
			first = false
			continue
		}
		if l.spans[len(l.spans)-1].Text != "  " {
			l.spans = append(l.spans, Span{Text: "  ", Offset: start})
		}
		first = false
		name, text, _ := bytes.Cut(param, []byte("="))
		start += int64(len(param) - len(text))
		if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
			text = text[1 : len(text)-1]
			start++
		}
		switch {
		case bytes.EqualFold(name, []byte("name")):
			l.spans = spansOf(l.spans, string(text), Key, start, 1)
		case bytes.EqualFold(name, []byte("filename")):
			l.spans = append(l.spans, Span{Text: "file ", Role: Comment, Offset: start})
			l.spans = spansOf(l.spans, string(text), String, start, 1)
		case bytes.EqualFold(name, []byte("filename*")):
			l.spans = append(l.spans, Span{Text: "file ", Role: Comment, Offset: start})
			quote := bytes.LastIndexByte(text, '\'') + 1 // behind the charset and language
			l.spans = decodeExtended(l.spans, text[quote:], String, start+int64(quote))
		default:
			l.spans = spansOf(l.spans, string(param), Plain, start-int64(len(param)-len(text)), 1)
		}
	}
}

// paramEnd is where the parameter at the start of b ends.
func paramEnd(b []byte) int {
	quoted := false
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '\\' && quoted:
			i++
		case b[i] == '"':
			quoted = !quoted
		case b[i] == ';' && !quoted:
			return i
		}
	}
	return len(b)
}

// decodeExtended decodes a value as RFC 8187 writes it.
func decodeExtended(spans []Span, text []byte, role Role, offset int64) []Span {
	for {
		n := bytes.IndexByte(text, '+') // which is no space here
		if n < 0 {
			return decodeForm(spans, text, role, offset)
		}
		spans = decodeForm(spans, text[:n], role, offset)
		spans = append(spans, Span{Text: "+", Role: role, Offset: offset + int64(n), Len: 1})
		text, offset = text[n+1:], offset+int64(n+1)
	}
}

// partHead is what the beginning of a part tells.
type partHead struct {
	size     int    // of the header, with the blank line behind it
	boundary string // of the parts within
	binary   bool
}

// readPartHead reads the beginning of a part. It needs the header and so many
// bytes more that what follows is known; ok is false without them. The header
// ends at the latest where a boundary begins.
func readPartHead(data []byte, ended bool, begins func(b []byte, ended bool) (yes, more bool)) (h partHead, ok bool) {
	var fields partFields
	for {
		n := bytes.IndexByte(data[h.size:min(len(data), maxHead)], '\n')
		if n < 0 && len(data) < maxHead && !ended {
			return h, false
		}
		if yes, more := begins(data[h.size:], ended); yes || more {
			return h, yes // there is no body
		}
		if n < 0 {
			h.size = min(len(data), maxHead)
			break
		}
		line := bytes.TrimRight(data[h.size:h.size+n], "\r")
		h.size += n + 1
		if len(line) == 0 {
			break
		}
		fields.add(line)
	}
	body := data[h.size:min(len(data), h.size+content.SniffLen)]
	whole := len(body) == content.SniffLen || ended
	for at := 0; ; {
		if yes, _ := begins(body[at:], ended && len(body) < content.SniffLen); yes {
			body, whole = body[:at], true
			break
		}
		n := bytes.IndexByte(body[at:], '\n') + 1
		if n == 0 {
			break
		}
		at += n
	}
	if !whole {
		return h, false
	}
	kind := content.Sniff(fields.contentType, body)
	h.binary = (kind == content.Image || kind == content.Binary) && !fields.encoded
	if kind == content.Multipart {
		h.boundary = boundaryOf(fields.contentType)
	}
	return h, true
}

// maxHead is how long the header of a part may be.
const maxHead = 8 << 10

// partFields are the fields of a part's header that say how to show it.
type partFields struct {
	contentType string
	encoded     bool // as text, in base64 for instance
}

func (f *partFields) add(line []byte) {
	name, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimSpace(value)
	switch {
	case bytes.EqualFold(name, []byte("Content-Type")):
		f.contentType = string(value)
	case bytes.EqualFold(name, []byte("Content-Transfer-Encoding")):
		f.encoded = bytes.EqualFold(value, []byte("base64")) || bytes.EqualFold(value, []byte("quoted-printable"))
	}
}
