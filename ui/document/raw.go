package document

import "bytes"

// rawCutter cuts any text at its newlines.
type rawCutter struct {
	at mark
}

func newRawCutter() cutter { return &rawCutter{at: mark{phase: atLineStart}} }

func (c *rawCutter) mark() mark     { return c.at }
func (c *rawCutter) place() mark    { return c.at }
func (c *rawCutter) restore(m mark) { c.at = m }
func (c *rawCutter) finish(*sink)   {}

func (c *rawCutter) feed(src []byte, out *sink) { c.feedAs(src, Plain, out) }

// feedAs takes text of one role.
func (c *rawCutter) feedAs(src []byte, role Role, out *sink) {
	for len(src) > 0 && (out == nil || !out.done) {
		c.startLine(out)
		end := bytes.IndexByte(src, '\n')
		if end < 0 {
			c.text(src, role, out)
			return
		}
		c.text(src[:end], role, out)
		if out != nil {
			out.trimCR()
		}
		c.at.phase = atLineStart
		c.at.offset++
		src = src[end+1:]
	}
}

// startLine starts a line if the one before has ended.
func (c *rawCutter) startLine(out *sink) {
	if c.at.phase == atLineStart {
		c.at.number++
		c.at.phase = inText
		c.begin(c.at.number, false, 0, out)
	}
}

// text puts text into the current line and, where that gets too long, into
// more.
func (c *rawCutter) text(text []byte, role Role, out *sink) {
	for {
		n := fits(int(c.at.col), text)
		if out != nil {
			out.put(text[:n], role, c.at.offset)
		}
		c.at.col += int32(n)
		c.at.offset += int64(n)
		if text = text[n:]; len(text) == 0 {
			return
		}
		c.begin(0, true, 0, out)
	}
}

// begin starts a line at the current offset.
func (c *rawCutter) begin(number int64, joined bool, indent int, out *sink) {
	if out != nil {
		out.begin(c.at.lines, number, c.at.offset, joined, indent)
	}
	c.at.lines++
	c.at.col = 0
}
