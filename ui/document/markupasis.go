package document

import "parley/httpcore/content"

// markupAsIs cuts XML and HTML at their own newlines and tells what their
// tokens are; XML until it stops being XML.
type markupAsIs struct {
	rawCutter
	scan *content.MarkupScanner
	rest []byte // seen, but not yet enough to tell what it is
}

func newMarkupAsIs(html bool) *markupAsIs {
	c := &markupAsIs{scan: content.NewXMLScanner()}
	if html {
		c.scan = content.NewHTMLScanner()
	}
	c.at.phase = atLineStart
	return c
}

func (c *markupAsIs) feed(src []byte, out *sink) {
	if len(c.rest) > 0 {
		src = append(c.rest, src...)
	}
	used := 0
	for used < len(src) {
		t, n := c.scan.Next(src[used:])
		text := src[used+n-int(t.End-t.Start) : used+n]
		c.rawCutter.feed(src[used:used+n-len(text)], out)
		used += n
		switch t.Kind {
		case content.MarkupNone:
			c.rest = append([]byte(nil), src[used:]...)
			return
		case content.MarkupInvalid:
			c.rawCutter.feed(src[used:], out)
			used = len(src)
		case content.MarkupStart, content.MarkupEnd:
			c.tag(t, text, out)
		default:
			c.feedAs(text, roleOfMarkup[t.Kind], out)
		}
	}
	c.rest = nil
}

// tag shows a tag's bracket and name.
func (c *markupAsIs) tag(t content.MarkupToken, text []byte, out *sink) {
	n := 0
	switch {
	case t.More:
	case t.Kind == content.MarkupStart:
		n = len("<")
	default:
		n = len("</")
	}
	c.feedAs(text[:n], Punctuation, out)
	c.feedAs(text[n:], Tag, out)
}

func (c *markupAsIs) finish(out *sink) {
	c.scan.Last()
	rest := c.rest
	c.rest = nil
	c.feed(rest, out)
}
