package document

import "parley/httpcore/content"

// asIs cuts JSON at its own newlines and tells what its tokens are, until it
// stops being JSON.
type asIs struct {
	rawCutter
	scan content.Scanner
}

func newAsIs(stream bool) *asIs {
	c := &asIs{}
	if stream {
		c.scan = *content.NewStreamScanner()
	}
	c.at.phase = atLineStart
	return c
}

func (c *asIs) feed(src []byte, out *sink) {
	if mark, guard, _ := content.Preamble(src); c.at.offset == 0 && mark+guard > 0 {
		c.token(src[:mark], Plain, out)
		c.token(src[mark:mark+guard], Comment, out)
		c.scan.Skip(int64(mark + guard))
		src = src[mark+guard:]
	}
	for len(src) > 0 {
		t, n := c.scan.Next(src)
		if t.Kind == content.Invalid {
			c.rawCutter.feed(src, out)
			return
		}
		text := src[n-int(t.End-t.Start) : n]
		c.rawCutter.feed(src[:n-len(text)], out)
		if len(text) > 0 {
			c.token(text, roleOf[t.Kind], out)
		}
		src = src[n:]
	}
}

// token puts text without newlines into the current line.
func (c *asIs) token(text []byte, role Role, out *sink) {
	c.startLine(out)
	c.text(text, role, out)
}
