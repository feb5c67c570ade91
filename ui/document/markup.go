package document

import (
	"bytes"

	"parley/httpcore/content"
)

// markupCutter lays XML and HTML out, an element a line, from the source's own
// tokens. White space between elements is layout; text keeps its words and its
// lines. Where a text stops being XML it says why, and the rest is cut as raw
// text.
type markupCutter struct {
	rawCutter
	scan   *content.MarkupScanner
	layout markupLayout
	rest   []byte // seen, but not yet enough to tell what it is
	limit  int    // how many elements may be open around what is shown
	whole  content.MarkupTag
}

// markupMark is what a mark remembers of markup.
type markupMark struct {
	scan   content.MarkupState
	layout markupLayout
}

func newXMLCutter() cutter { return newMarkupCutter(content.NewXMLScanner(), false) }

func newHTMLCutter() cutter { return newMarkupCutter(content.NewHTMLScanner(), true) }

func markupCutterOf(kind content.Kind) func() cutter {
	if kind == content.HTML {
		return newHTMLCutter
	}
	return newXMLCutter
}

func newMarkupCutter(scan *content.MarkupScanner, html bool) *markupCutter {
	c := &markupCutter{scan: scan, layout: markupLayout{html: html}, limit: content.MaxMarkupDepth}
	c.at.phase = inMarkup
	return c
}

func (c *markupCutter) mark() mark {
	m := c.at
	if m.phase == inMarkup {
		m.markup = &markupMark{c.scan.State(), c.layout}
	}
	return m
}

func (c *markupCutter) restore(m mark) {
	c.at, c.rest = m, c.rest[:0]
	if m.markup != nil {
		c.scan.Restore(m.markup.scan)
		c.layout = m.markup.layout
	}
	c.at.markup = nil
}

// standsAs reports whether what follows m is laid out as what follows here.
func (c *markupCutter) standsAs(m mark) bool {
	if m.markup == nil || len(c.rest) > 0 {
		return false
	}
	return m.markup.layout == c.layout || m.markup.layout.hidden && c.layout.hidden
}

// place is behind all that was fed, even what the next mark will not be behind.
func (c *markupCutter) place() mark {
	m := c.at
	m.offset += int64(len(c.rest))
	return m
}

// readOn reads on until the bytes fed last are in a line, and takes no token
// that begins behind them.
func (c *markupCutter) readOn(src Source) error {
	both := c.rest
	for enough := len(both); len(c.rest) > 0; {
		var next [1]byte
		n, err := content.ReadAt(src, next[:], c.at.offset+int64(len(both)))
		if err != nil {
			return err
		}
		if n == 0 {
			c.rest = both
			c.decide(nil)
			return nil
		}
		both = append(both, next[0])
		if used := c.tokens(both, enough, nil); used > 0 {
			both, enough = both[used:], enough-used
		}
		if enough <= 0 {
			return nil
		}
	}
	return nil
}

func (c *markupCutter) feed(src []byte, out *sink) {
	for len(c.rest) > 0 && len(src) > 0 && (out == nil || !out.done) {
		n := min(len(src), content.MaxMarkupRest)
		old := len(c.rest)
		both := append(c.rest, src[:n]...)
		c.rest = c.rest[:0]
		used := c.tokens(both, old, out)
		if used < old { // all of it is still too little
			c.rest = append(c.rest[:0], both[used:]...)
			src = src[n:]
			continue
		}
		src = src[used-old:]
	}
	if len(src) > 0 && (out == nil || !out.done) {
		used := c.tokens(src, len(src), out)
		c.rest = append(c.rest, src[used:]...)
	}
}

// tokens takes the tokens of src that begin before src[enough] and returns how
// many bytes they are.
func (c *markupCutter) tokens(src []byte, enough int, out *sink) int {
	used := 0
	for used < enough && (out == nil || !out.done) {
		if c.at.phase != inMarkup {
			c.rawCutter.feed(src[used:], out)
			return len(src)
		}
		if out == nil {
			if n := c.countTag(src[used:]); n > 0 {
				used += n
				continue
			}
		}
		t, n := c.scan.Next(src[used:])
		switch t.Kind {
		case content.MarkupNone:
			c.at.offset = t.End
			return used + n
		case content.MarkupInvalid:
			c.at.offset = t.Start
			c.fail(out)
		default:
			c.token(t, src[used+n-int(t.End-t.Start):used+n], out)
			c.at.offset = t.End
		}
		used += n
	}
	return used
}

// decide takes what was fed last for what it is if nothing follows.
func (c *markupCutter) decide(out *sink) {
	c.scan.Last()
	rest := c.rest
	c.rest = nil
	c.tokens(rest, len(rest), out)
}

func (c *markupCutter) finish(out *sink) {
	c.decide(out)
	switch {
	case c.at.phase != inMarkup, out != nil && out.done:
	case c.scan.Finish() != nil:
		c.fail(out)
	default:
		c.summarizeOpen(closed, out)
	}
}

// fail says on a line of its own what is wrong. What follows is raw text.
func (c *markupCutter) fail(out *sink) {
	c.summarizeOpen(open, out)
	c.at.depth, c.at.kind = 0, brokenLine
	c.begin(0, false, 0, out)
	if out != nil {
		out.note("✗ "+c.scan.Err().Error(), Error, c.at.offset)
	}
	c.at.phase = atLineStart
}

// show puts a token, or a part of one, into the current line.
func (c *markupCutter) show(text []byte, role Role, out *sink) {
	if c.layout.hidden {
		c.at.offset += int64(len(text))
		return
	}
	if out == nil && int(c.at.col)+len(text) <= maxLine {
		c.at.col += int32(len(text))
		c.at.offset += int64(len(text))
		return
	}
	c.text(text, role, out)
}

// blank puts a blank for the white space of the source, whatever it was.
func (c *markupCutter) blank(out *sink) {
	if out != nil && !c.layout.hidden {
		out.note(" ", Plain, c.at.offset)
	}
}

// asItCame puts text and keeps its lines.
func (c *markupCutter) asItCame(text []byte, role Role, out *sink) {
	for len(text) > 0 {
		if c.layout.cut {
			c.nextLine(0, out)
		}
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			c.show(text, role, out)
			return
		}
		c.show(text[:end], role, out)
		if out != nil && !c.layout.hidden {
			out.trimCR()
		}
		c.at.offset++
		c.layout.cut = true
		text = text[end+1:]
	}
}

var roleOfMarkup = [...]Role{
	content.MarkupTagEnd:      Punctuation,
	content.MarkupEmptyEnd:    Punctuation,
	content.MarkupAttribute:   Attribute,
	content.MarkupEquals:      Punctuation,
	content.MarkupValue:       String,
	content.MarkupText:        Plain,
	content.MarkupSpace:       Plain,
	content.MarkupEntity:      Name,
	content.MarkupRaw:         Plain,
	content.MarkupCDATA:       Comment,
	content.MarkupComment:     Comment,
	content.MarkupInstruction: Comment,
	content.MarkupDoctype:     Comment,
}
