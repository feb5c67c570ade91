package document

import (
	"bytes"

	"parley/httpcore/content"
)

const (
	indentWidth = 2
	// maxIndent keeps text that is nested thousands deep on the screen.
	maxIndent = 64 * indentWidth
)

// jsonCutter lays JSON out, a member or element a line, from the source's own
// tokens. Where the text stops being JSON it says why, and the rest is cut as
// raw text; of a stream of texts, the rest of the line.
type jsonCutter struct {
	rawCutter
	scan   content.Scanner
	stream bool
}

// newJSONCutter cuts one JSON text, or a stream of them.
func newJSONCutter(stream bool) *jsonCutter {
	c := &jsonCutter{stream: stream}
	if stream {
		c.scan = *content.NewStreamScanner()
	}
	c.at.phase = beforeJSON
	return c
}

// byteOrderMark may stand before JSON, though RFC 8259 forbids to write it.
const byteOrderMark = "\ufeff"

// start skips the byte order mark and returns what is left of src.
func (c *jsonCutter) start(src []byte) []byte {
	for len(src) > 0 && c.at.offset < int64(len(byteOrderMark)) {
		if src[0] != byteOrderMark[c.at.offset] {
			return append(c.notMark(), src...)
		}
		c.at.offset++
		src = src[1:]
	}
	if c.at.offset == int64(len(byteOrderMark)) {
		c.scan.Skip(c.at.offset)
		c.at.phase = inJSON
	}
	return src
}

// notMark gives back the bytes that looked like a byte order mark.
func (c *jsonCutter) notMark() []byte {
	n := c.at.offset
	c.at.offset, c.at.phase = 0, inJSON
	return []byte(byteOrderMark[:n])
}

func (c *jsonCutter) mark() mark {
	m := c.at
	if m.phase == inJSON {
		m.json = c.scan.State()
	}
	return m
}

func (c *jsonCutter) restore(m mark) {
	c.at = m
	if m.phase == inJSON {
		c.scan.Restore(m.json)
	}
}

func (c *jsonCutter) feed(src []byte, out *sink) {
	if c.at.phase == beforeJSON {
		src = c.start(src)
	}
	for len(src) > 0 && (out == nil || !out.done) {
		if c.at.phase != inJSON {
			src = c.feedRaw(src, out)
			continue
		}
		t, n := c.scan.Next(src)
		switch t.Kind {
		case content.Invalid:
			c.at.offset = t.Start
			c.fail(out)
		case content.None:
			c.at.offset = t.End
		default:
			c.token(t, src[n-int(t.End-t.Start):n], out)
			c.at.offset = t.End
		}
		src = src[n:]
	}
}

// feedRaw takes what is no JSON and returns the rest, which may be.
func (c *jsonCutter) feedRaw(src []byte, out *sink) []byte {
	end := bytes.IndexByte(src, '\n') + 1
	if !c.stream || end == 0 {
		c.rawCutter.feed(src, out)
		return nil
	}
	c.rawCutter.feed(src[:end], out)
	c.scan = *content.NewStreamScanner()
	c.scan.Skip(c.at.offset)
	c.at.phase, c.at.prev = inJSON, content.None
	return src[end:]
}

func (c *jsonCutter) finish(out *sink) {
	if c.at.phase == beforeJSON {
		c.feed(c.notMark(), out)
	}
	if c.at.phase == inJSON && c.scan.Finish() != nil {
		c.fail(out)
	}
}

func (c *jsonCutter) token(t content.Token, text []byte, out *sink) {
	if !t.More {
		if c.breaksBefore(t.Kind) {
			c.at.number++
			c.at.offset = t.Start
			c.begin(c.at.number, false, c.indent(t.Kind), out)
		}
		c.at.prev, c.at.token = t.Kind, t.Start
	}
	if out == nil && int(c.at.col)+len(text) <= maxLine {
		c.at.col += int32(len(text)) // most tokens by far, when lines are counted
		return
	}
	c.at.offset = t.Start
	if out != nil && out.printer != nil && c.whole(t) {
		c.at.col += int32(len(text))
		out.printWhole(text, roleOf[t.Kind], t.Start)
	} else {
		c.text(text, roleOf[t.Kind], out)
	}
	if t.Kind == content.Colon && out != nil {
		out.note(" ", Plain, t.End)
	}
}

// whole reports whether a token that was just read is not a piece of one and
// fits in the line.
func (c *jsonCutter) whole(t content.Token) bool {
	return !t.More && !c.scan.Inside() && int64(c.at.col)+t.End-t.Start <= maxLine
}

// breaksBefore reports whether a token begins a line. Empty objects and arrays
// stay on one.
func (c *jsonCutter) breaksBefore(kind content.TokenKind) bool {
	switch kind {
	case content.Colon, content.Comma:
		return false
	case content.EndObject, content.EndArray:
		return c.at.prev != content.BeginObject && c.at.prev != content.BeginArray
	}
	return c.at.prev != content.Colon
}

func (c *jsonCutter) indent(kind content.TokenKind) int {
	depth := c.scan.Depth()
	if kind == content.BeginObject || kind == content.BeginArray {
		depth-- // the scanner stands behind the bracket
	}
	return min(depth*indentWidth, maxIndent)
}

// fail says on a line of its own what is wrong. What follows is raw text.
func (c *jsonCutter) fail(out *sink) {
	c.begin(0, false, 0, out)
	if out != nil {
		out.note("✗ "+c.scan.Err().Error(), Error, c.at.offset)
	}
	c.at.phase = atLineStart
}

var roleOf = [...]Role{
	content.BeginObject: Punctuation,
	content.EndObject:   Punctuation,
	content.BeginArray:  Punctuation,
	content.EndArray:    Punctuation,
	content.Colon:       Punctuation,
	content.Comma:       Punctuation,
	content.Key:         Key,
	content.String:      String,
	content.Number:      Number,
	content.Literal:     Literal,
}
