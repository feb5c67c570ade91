package document

import "parley/httpcore/content"

func markupLevel(e content.Element) level {
	return level{start: e.Start, count: int64(e.Children()), kind: children}
}

func (c *markupCutter) nest(depth int) (level, bool) {
	levels := c.scan.Levels()
	switch {
	case depth < 0 || c.at.phase != inMarkup:
		return c.at.nest(min(depth, -1))
	case depth < len(levels):
		return markupLevel(levels[depth]), true
	case depth == len(levels) && c.at.kind == closingLine:
		e, ok := c.scan.Closed(depth)
		return markupLevel(e), ok
	}
	return level{}, false
}

func (c *markupCutter) folded(limit int) nester {
	scan := content.NewXMLScanner()
	if c.layout.html {
		scan = content.NewHTMLScanner()
	}
	f := newMarkupCutter(scan, c.layout.html)
	f.limit = limit
	return f
}

// closes takes the end tag, whose name has just been read, for one without
// white space.
func (c *markupCutter) closes(int64) int64 { return c.scan.Offset() + 1 }

// summarize says what the element holds of which something is hidden, and
// which has just been closed before end.
func (c *markupCutter) summarize(end int64, out *sink) {
	if !c.layout.hidden {
		return
	}
	c.layout.hidden = false
	if e, ok := c.scan.Closed(c.limit); ok && out != nil {
		out.note(" "+summary(markupLevel(e), end-e.Start, closed)+" ", Comment, c.at.offset)
	}
}

// unfinished says the same of one that has not been closed.
func (c *markupCutter) unfinished(out *sink) { c.summarizeOpen(open, out) }

func (c *markupCutter) summarizeOpen(state regionState, out *sink) {
	if levels := c.scan.Levels(); c.layout.hidden && c.limit < len(levels) && out != nil {
		l := markupLevel(levels[c.limit])
		out.note(" "+summary(l, c.scan.Offset()-l.start, state), Comment, c.scan.Offset())
	}
	c.layout.hidden = false
}
