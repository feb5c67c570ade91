package document

import (
	"bytes"

	"parley/httpcore/content"
	"parley/ui/safe"
)

// form shows the names and values of a form (application/x-www-form-urlencoded)
// decoded, a pair a line.
type form struct {
	width int // of the names
}

// maxNames is how wide the column of names gets.
const maxNames = 32

// tellForm tells how wide the names are from the first pairs.
func tellForm(head []byte, _ bool) shape {
	f := &form{}
	for n := 0; n < sampleRows && len(head) > 0; n++ {
		pair, rest, _ := bytes.Cut(head, []byte("&"))
		name, _, _ := bytes.Cut(pair[:min(len(pair), maxNames*16)], []byte("="))
		width := 0
		for _, s := range decodeForm(nil, name, Key, 0) {
			width += cells(s.Text)
		}
		f.width = max(f.width, min(width, maxNames))
		head = rest
	}
	return f
}

func (f *form) cuts() string      { return "form" }
func (f *form) newCutter() cutter { return newFormCutter() }
func (f *form) header() *line     { return nil }

func (f *form) paint(l *line, text []byte, _ bool) {
	if i := bytes.IndexByte(text, '&'); i >= 0 {
		text = text[:i]
	}
	text = text[:min(len(text), maxLine+slack+escapeLen)]
	if l.joined && len(l.spans) > 0 && l.spans[0].Role == String {
		l.spans = decodeForm(l.spans[:0], text, String, l.offset)
		return
	}
	name, value, hasValue := bytes.Cut(text, []byte("="))
	l.spans = decodeForm(l.spans[:0], name, Key, l.offset)
	if !hasValue {
		return
	}
	used := 0
	for _, s := range l.spans {
		used += cells(s.Text)
	}
	if l.joined {
		used = f.width
	}
	at := l.offset + int64(len(name))
	l.spans = blank(l.spans, max(f.width-used, 0)+gap, at)
	if len(value) == 0 {
		l.spans = append(l.spans, Span{Text: `""`, Role: Comment, Offset: at})
	}
	l.spans = decodeForm(l.spans, value, String, at+1)
}

// escapeLen is how long %41 is.
const escapeLen = 3

// decodeForm adds what text says: a plus is a space, %41 an A. What looks like
// an escape and is none is an error.
func decodeForm(spans []Span, text []byte, role Role, offset int64) []Span {
	for len(text) > 0 {
		n := 1
		switch {
		case text[0] == '+':
			spans = append(spans, Span{Text: " ", Role: role, Offset: offset, Len: 1})
		case text[0] != '%':
			if n = bytes.IndexAny(text, "+%"); n < 0 {
				n = len(text)
			}
			spans = spansOf(spans, string(text[:n]), role, offset, 1)
		case isEscape(text):
			var decoded []byte
			for n = 0; isEscape(text[n:]); n += escapeLen {
				decoded = append(decoded, unhex(text[n+1])<<4|unhex(text[n+2]))
			}
			spans = spansOf(spans, string(decoded), role, offset, escapeLen)
		default:
			for n < min(len(text), escapeLen) && text[n] > ' ' && text[n] < 0x7f && text[n] != '%' && text[n] != '+' {
				n++
			}
			spans = append(spans, Span{Text: string(text[:n]), Role: Error, Offset: offset, Len: n})
		}
		text, offset = text[n:], offset+int64(n)
	}
	return spans
}

// spansOf adds text made safe, of which every byte stands for size bytes of
// the source.
func spansOf(spans []Span, text string, role Role, offset int64, size int) []Span {
	for piece := range safe.Spans(text, 0) {
		at := offset + int64(piece.Offset*size)
		switch {
		case piece.Mark:
			spans = append(spans, Span{Text: piece.Text, Role: Mark, Offset: at, Len: piece.Len * size})
		case size == 1:
			spans = append(spans, Span{Text: piece.Text, Role: role, Offset: at, Len: piece.Len})
		default:
			for rest := piece.Text; len(rest) > 0; { // so that marks fall on characters
				n, _ := cluster(rest)
				spans = append(spans, Span{Text: rest[:n], Role: role, Offset: at, Len: n * size})
				rest, at = rest[n:], at+int64(n*size)
			}
		}
	}
	return spans
}

func isEscape(b []byte) bool {
	return len(b) >= escapeLen && b[0] == '%' && isHexDigit(b[1]) && isHexDigit(b[2])
}

func isHexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// formCutter begins a line at every pair of a form, and in long ones further
// lines, where no escaped character is cut in two.
type formCutter struct {
	at mark // prev tells names, content.Key, from values, content.String
}

func newFormCutter() cutter { return &formCutter{at: mark{phase: beforePair}} }

func (c *formCutter) mark() mark     { return c.at }
func (c *formCutter) place() mark    { return c.at }
func (c *formCutter) restore(m mark) { c.at = m }
func (c *formCutter) finish(*sink)   {}

func (c *formCutter) feed(src []byte, out *sink) {
	for len(src) > 0 && (out == nil || !out.done) {
		end := bytes.IndexByte(src, '&')
		switch {
		case end == 0:
			c.at.phase = beforePair
			c.at.offset++
			src = src[1:]
			continue
		case end < 0:
			end = len(src)
		}
		if c.at.phase == beforePair {
			c.at.number++
			c.at.prev, c.at.phase = content.Key, inPair
			c.begin(c.at.offset, c.at.number, out)
		}
		for pair := src[:end]; len(pair) > 0; {
			n := min(len(pair), maxLine-int(c.at.col))
			if n <= 0 {
				n = 1
				c.cut(pair[0], out)
			}
			c.take(pair[:n])
			pair = pair[n:]
		}
		src = src[end:]
	}
}

// take goes over bytes of a pair.
func (c *formCutter) take(b []byte) {
	c.at.col += int32(len(b))
	c.at.offset += int64(len(b))
	if c.at.prev == content.Key && bytes.IndexByte(b, '=') >= 0 {
		c.at.prev = content.String
	}
	for _, char := range b[max(len(b)-2, 0):] { // no escape is longer
		switch {
		case char == '%':
			c.at.phase = inPercent
		case c.at.phase == inPercent:
			c.at.phase = inHex
		default:
			c.at.phase = inPair
		}
	}
}

// cut goes on in another line if a character begins with the next byte, or
// began with the one before.
func (c *formCutter) cut(next byte, out *sink) {
	far := c.at.col >= maxLine+slack
	switch {
	case c.at.phase == inPair && next != '%' && (next < 0x80 || far):
		c.begin(c.at.offset, 0, out)
	case c.at.phase == inPercent && (far || !isHexDigit(next) || unhex(next)>>2 != 2): // else it goes on from another
		c.begin(c.at.offset-1, 0, out)
		c.at.col = 1
	}
}

func (c *formCutter) begin(offset, number int64, out *sink) {
	if out != nil {
		out.begin(c.at.lines, number, offset, number == 0, 0)
		out.note("", roleOf[c.at.prev], offset)
	}
	c.at.lines++
	c.at.col = 0
}
