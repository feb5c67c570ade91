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
	limit  int    // how many nodes may be open around what is shown
	head   []byte // seen, but not yet enough to tell what stands before the text
}

// newJSONCutter cuts one JSON text, or a stream of them.
func newJSONCutter(stream bool) *jsonCutter { return newFoldedJSON(stream, content.MaxDepth) }

// newFoldedJSON is a cutter that makes one line of an object or array that so
// many others are open around.
func newFoldedJSON(stream bool, limit int) *jsonCutter {
	c := &jsonCutter{stream: stream, limit: limit}
	if stream {
		c.scan = *content.NewStreamScanner()
	}
	c.at.phase = beforeJSON
	return c
}

// byteOrderMark may stand before JSON, though RFC 8259 forbids to write it.
const byteOrderMark = "\ufeff"

// start takes what stands before the text, as soon as it is known, and returns
// the guard, if there is one, and what is left of src.
func (c *jsonCutter) start(src []byte, ended bool) (rest, guard []byte) {
	old := len(c.head)
	c.head = append(c.head, src[:min(len(src), content.MaxPreamble-old)]...)
	mark, n, more := content.Preamble(c.head)
	if more && !ended {
		return nil, nil
	}
	head, used := c.head, mark+n
	c.head = nil
	c.at.phase, c.at.offset = inJSON, int64(mark)
	c.scan.Skip(int64(used))
	if used < old { // what looked like more
		return append(head[used:old:old], src...), head[mark:used:used]
	}
	return src[used-old:], head[mark:used]
}

// decide tells what has been fed if it may be the beginning of what stands before
// the text, and takes it for what it is.
func (c *jsonCutter) decide(src Source) error {
	if len(c.head) == 0 {
		return nil
	}
	seen := len(c.head)
	c.head = nil
	var head [content.MaxPreamble]byte
	n, err := content.ReadAt(src, head[:], 0)
	rest, guard := c.start(head[:n], true)
	c.showGuard(guard, nil)
	c.feed(rest[:max(seen-(n-len(rest)), 0)], nil)
	return err
}

// showGuard shows a guard on a line of its own.
func (c *jsonCutter) showGuard(guard []byte, out *sink) {
	if len(guard) > 0 {
		c.at.kind = asideLine
		c.begin(0, false, 0, out)
		c.text(guard, Comment, out)
	}
}

// place is behind all that was fed.
func (c *jsonCutter) place() mark {
	m := c.at
	m.offset += int64(len(c.head))
	return m
}

func (c *jsonCutter) mark() mark {
	m := c.at
	if m.phase == inJSON {
		m.json = c.scan.State()
	}
	return m
}

func (c *jsonCutter) restore(m mark) {
	c.at, c.head = m, nil
	if m.phase == inJSON {
		c.scan.Restore(m.json)
	}
}

func (c *jsonCutter) feed(src []byte, out *sink) {
	if c.at.phase == beforeJSON {
		var guard []byte
		src, guard = c.start(src, false)
		c.showGuard(guard, out)
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
		rest, guard := c.start(nil, true)
		c.showGuard(guard, out)
		c.feed(rest, out)
	}
	if c.at.phase == inJSON && c.scan.Finish() != nil {
		c.fail(out)
	}
}

func (c *jsonCutter) token(t content.Token, text []byte, out *sink) {
	depth := c.depth(t.Kind)
	if !t.More {
		breaks := c.breaksBefore(t.Kind)
		if breaks {
			c.at.number++
		}
		c.at.prev, c.at.token = t.Kind, t.Start
		c.at.offset = t.Start
		switch {
		case !breaks || depth > c.limit:
		case depth == c.limit && closes(t.Kind):
			c.summarize(t.End, out)
		default:
			c.beginNode(t.Kind, depth, out)
		}
	}
	if depth > c.limit {
		return
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

// depth is how many objects and arrays are open around a token, which was just
// read. What closes one stands where what opens it does.
func (c *jsonCutter) depth(kind content.TokenKind) int {
	if kind == content.BeginObject || kind == content.BeginArray {
		return c.scan.Depth() - 1 // the scanner stands behind the bracket
	}
	return c.scan.Depth()
}

func closes(kind content.TokenKind) bool {
	return kind == content.EndObject || kind == content.EndArray
}

// beginNode begins a line with a value or key, or with what closes one.
func (c *jsonCutter) beginNode(kind content.TokenKind, depth int, out *sink) {
	c.at.depth, c.at.kind = int32(depth), nodeLine
	if closes(kind) {
		c.at.kind = closingLine
	} else if depth == 0 {
		c.at.tops++
	}
	c.begin(c.at.number, false, min(depth*indentWidth, maxIndent), out)
}

// summarize says what the object or array holds that has just been closed and
// is not shown.
func (c *jsonCutter) summarize(end int64, out *sink) {
	if out != nil {
		l := jsonLevel(c.scan.Closed())
		out.note(" "+summary(l, end-l.start, closed)+" ", Comment, c.at.offset)
	}
}

// unfinished says the same of one that holds something and has not been closed.
func (c *jsonCutter) unfinished(out *sink) {
	levels := c.scan.Levels()
	if out == nil || c.at.phase != inJSON || len(levels) <= c.limit {
		return
	}
	if empty := c.at.prev == content.BeginObject || c.at.prev == content.BeginArray; !empty || len(levels) > c.limit+1 {
		l, _ := nestIn(levels, c.limit, c.at.prev)
		out.note(" "+summary(l, c.scan.Offset()-l.start, open), Comment, c.scan.Offset())
	}
}

// fail says on a line of its own what is wrong. What follows is raw text.
func (c *jsonCutter) fail(out *sink) {
	c.unfinished(out)
	c.at.tops++ // it is told beside what it is in
	c.at.depth, c.at.kind = 0, brokenLine
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
