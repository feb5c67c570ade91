package document

import (
	"bytes"
	"fmt"
	"strconv"
)

// partCutter cuts a multipart body: a line for the title of every part, then
// its text line by line, or one line for all that is no text. It looks ahead
// for what it can't tell yet, as far as the head of a part goes.
type partCutter struct {
	at    mark
	state partState
	held  []byte // bytes behind at.offset that more are needed for
}

// partState is where among parts a cutter stands.
type partState struct {
	area      area
	lineStart bool
	titled    bool  // the line of the part has begun
	cr        bool  // the last byte was a carriage return
	crlf      bool  // so was the one before the newline
	begun     int64 // parts, at all levels
	body      int64 // where the body of the part begins
	nest      *nesting
}

// area is what a cutter of parts is in.
type area uint8

const (
	betweenParts area = iota
	inPartHead
	inPartText
	inPartBytes
)

// nesting is a multipart within others. It does not change.
type nesting struct {
	delimiter string
	parts     int64 // begun
	depth     int
	outer     *nesting
}

// maxNesting is how deep multiparts are looked into.
const maxNesting = 8

func newPartCutter(boundary string) cutter {
	c := &partCutter{state: partState{lineStart: true, nest: &nesting{delimiter: "--" + boundary}}}
	return c
}

func (c *partCutter) mark() mark {
	m := c.at
	m.phase = c.phase()
	state := c.state
	m.parts = &state
	return m
}

// place is behind the bytes that are held.
func (c *partCutter) place() mark {
	m := c.at
	m.phase = c.phase()
	m.offset += int64(len(c.held))
	return m
}

func (c *partCutter) phase() phase {
	switch c.state.area {
	case betweenParts:
		return outsideParts
	case inPartBytes:
		return inBytes
	}
	return inText
}

func (c *partCutter) restore(m mark) {
	c.at, c.state, c.held = m, *m.parts, nil
	c.at.parts = nil
}

// looksAhead tells that lines may begin before the last byte that was fed.
func (c *partCutter) looksAhead() {}

func (c *partCutter) feed(src []byte, out *sink) {
	if len(c.held) > 0 {
		src = append(c.held, src...)
		c.held = nil
	}
	c.cut(src, false, out)
}

func (c *partCutter) finish(out *sink) {
	held := c.held
	c.held = nil
	c.cut(held, true, out)
	if out != nil && out.done {
		return
	}
	c.endPart(out)
	if nest := c.state.nest; nest != nil {
		problem := "✗ the body ends without its last boundary"
		if c.state.begun == 0 {
			problem = "✗ no part begins: the boundary does not occur"
		}
		c.say(problem, Error, out)
	}
}

// cut takes bytes, and holds what more are needed for.
func (c *partCutter) cut(data []byte, ended bool, out *sink) {
	for len(data) > 0 && (out == nil || !out.done) {
		n := 0
		switch {
		case c.state.area == inPartHead:
			n = c.head(data, ended, out)
		case c.state.lineStart:
			n = c.lineStart(data, ended, out)
		default:
			n = c.rest(data, out)
		}
		if n < 0 {
			c.held = append([]byte(nil), data...)
			return
		}
		data = data[n:]
	}
}

// take goes over n bytes.
func (c *partCutter) take(n int) int {
	c.at.offset += int64(n)
	return n
}

// head takes the header of a part, once what follows is known.
func (c *partCutter) head(data []byte, ended bool, out *sink) int {
	if !c.state.titled {
		c.state.titled = true
		c.begin(out)
		if out != nil {
			out.note(fmt.Sprintf("part %d", c.state.nest.parts), Tag, c.at.offset)
			if out.done {
				return 0
			}
		}
	}
	h, ok := readPartHead(data, ended, func(b []byte, ended bool) (yes, more bool) {
		_, found, more := c.boundary(b, ended)
		return found.nest != nil, more
	})
	if !ok {
		return -1
	}
	c.state.body = c.at.offset + int64(h.size)
	c.state.lineStart, c.state.area = true, inPartText
	switch {
	case h.boundary != "" && c.state.nest.depth < maxNesting:
		c.state.nest = &nesting{delimiter: "--" + h.boundary, depth: c.state.nest.depth + 1, outer: c.state.nest}
		c.state.area = betweenParts
	case h.binary:
		c.state.area = inPartBytes
	}
	c.take(h.size)
	if h.binary {
		c.begin(out)
		if out != nil {
			out.note("binary", Comment, c.at.offset)
		}
	}
	return h.size
}

// lineStart takes a boundary, if one is here.
func (c *partCutter) lineStart(data []byte, ended bool, out *sink) int {
	n, b, more := c.boundary(data, ended)
	switch {
	case more:
		return -1
	case b.nest == nil && c.state.area == inPartText:
		switch n := c.lineEnd(data, ended); {
		case n < 0:
			return -1
		case n > 0:
			c.state.crlf = n == 2
			return c.take(n)
		}
		fallthrough
	case b.nest == nil:
		c.state.lineStart, c.state.cr = false, false
		if c.state.area == inPartText {
			c.begin(out)
		}
		return 0
	}
	c.endPart(out)
	for ; c.state.nest != b.nest; c.state.nest = c.state.nest.outer {
		c.say("✗ the parts within end without their last boundary", Error, out)
	}
	if b.last {
		c.state.nest, c.state.area = b.nest.outer, betweenParts
		if c.state.nest == nil {
			c.state.lineStart = false
		}
		return c.take(n)
	}
	next := *b.nest
	next.parts++
	c.state.nest, c.state.area, c.state.titled = &next, inPartHead, false
	c.state.begun++
	return c.take(n)
}

// lineEnd returns how long the line end is that data begins with, if it belongs
// to the boundary behind it and is no blank line of the part; -1 if that can't
// be told yet.
func (c *partCutter) lineEnd(data []byte, ended bool) int {
	n := 0
	switch {
	case data[0] == '\n':
		n = 1
	case string(data[:min(len(data), 2)]) == "\r\n":
		n = 2
	case len(data) == 1 && data[0] == '\r' && !ended:
		return -1
	default:
		return 0
	}
	_, b, more := c.boundary(data[n:], ended)
	switch {
	case more:
		return -1
	case b.nest == nil:
		return 0
	}
	return n
}

// boundaryLine is a line that parts parts.
type boundaryLine struct {
	nest *nesting // nil if it is none
	last bool
}

// boundary tells whether data begins with a boundary of the multiparts that
// are open, and how long its line is. more says that more bytes are needed.
func (c *partCutter) boundary(data []byte, ended bool) (n int, b boundaryLine, more bool) {
	for nest := c.state.nest; nest != nil; nest = nest.outer {
		d := nest.delimiter
		if len(data) < len(d) {
			more = more || d[:len(data)] == string(data)
			continue
		}
		if string(data[:len(d)]) != d {
			continue
		}
		const most = 200 // bytes that may follow
		line := data[len(d):min(len(data), len(d)+most)]
		end := bytes.IndexByte(line, '\n')
		if end < 0 && len(line) < most && !ended {
			return 0, b, true
		}
		n = len(d) + len(line)
		if end >= 0 {
			n, line = len(d)+end+1, line[:end]
		}
		if bytes.HasPrefix(line, []byte("--")) {
			return n, boundaryLine{nest, true}, false
		}
		if len(bytes.TrimRight(line, " \t\r")) == 0 {
			return n, boundaryLine{nest, false}, false
		}
	}
	return 0, b, more && !ended
}

// rest takes the rest of a line.
func (c *partCutter) rest(data []byte, out *sink) int {
	if c.state.nest == nil {
		return c.take(len(data)) // behind the last boundary
	}
	end := bytes.IndexByte(data, '\n')
	text := data
	if end >= 0 {
		text = data[:end]
	}
	if len(text) > 0 {
		c.state.cr = text[len(text)-1] == '\r'
	}
	if c.state.area == inPartText {
		c.text(text, out)
	} else {
		c.take(len(text))
	}
	if end < 0 {
		return len(text)
	}
	if out != nil && c.state.area == inPartText {
		out.trimCR()
	}
	c.state.lineStart, c.state.crlf = true, c.state.cr
	c.take(1)
	return len(text) + 1
}

// text puts text into the current line and, where that gets too long, into
// more.
func (c *partCutter) text(text []byte, out *sink) {
	for len(text) > 0 {
		n := fits(int(c.at.col), text)
		if out != nil {
			out.put(text[:n], Plain, c.at.offset)
		}
		c.at.col += int32(n)
		c.at.offset += int64(n)
		if text = text[n:]; len(text) > 0 {
			c.line(0, true, c.indent(), out)
		}
	}
}

// endPart says of a part what is only known at its end.
func (c *partCutter) endPart(out *sink) {
	size := c.at.offset - c.state.body
	switch {
	case !c.state.lineStart || size == 0:
	case c.state.crlf:
		size -= 2 // the line end is the boundary's
	default:
		size--
	}
	switch c.state.area {
	case inPartBytes:
		if out != nil {
			out.note(", "+byteCount(max(size, 0)), Comment, c.at.offset)
		}
	case inPartText:
		if size <= 0 {
			c.say("empty", Comment, out)
		}
	}
	c.state.area = betweenParts
}

// say adds a line that is not in the source.
func (c *partCutter) say(text string, role Role, out *sink) {
	c.line(0, false, c.indent(), out)
	if out != nil {
		out.note(text, role, c.at.offset)
	}
}

// begin starts a line that counts.
func (c *partCutter) begin(out *sink) {
	c.at.number++
	c.line(c.at.number, false, c.indent(), out)
}

func (c *partCutter) line(number int64, joined bool, indent int, out *sink) {
	if out != nil {
		out.begin(c.at.lines, number, c.at.offset, joined, indent)
	}
	c.at.lines++
	c.at.col = 0
}

// indent is how far parts stand from the left, their bodies further.
func (c *partCutter) indent() int {
	if c.state.nest == nil {
		return 0
	}
	depth := 2 * c.state.nest.depth
	if c.state.area == inPartText || c.state.area == inPartBytes {
		depth++
	}
	return depth * indentWidth
}

// byteCount is a size for people.
func byteCount(n int64) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 1000:
		return strconv.FormatInt(n, 10) + " bytes"
	}
	value, unit := float64(n)/1000, 0
	for ; value >= 1000 && unit < 3; unit++ {
		value /= 1000
	}
	return strconv.FormatFloat(value, 'f', 1, 64) + " " + []string{"KB", "MB", "GB", "TB"}[unit]
}
