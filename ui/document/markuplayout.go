package document

import (
	"bytes"

	"parley/httpcore/content"
)

// markupLayout is what laying markup out has to remember: where the last line
// stands, never what it says.
type markupLayout struct {
	html    bool
	cut     bool // text that keeps its lines has ended one
	last    lastOfMarkup
	flow    bool // text goes on in the current line, so that blanks matter
	newline bool // white space with a line end has come since
	blank   bool // white space has come that is not shown
	tag     markupTag
	broken  int  // so many of the open elements stand on several lines
	inline  int  // XML: from this many elements on they are within text; 0 for none
	keep    int  // from this many elements on lines are kept; 0 for none
	hidden  bool // what is read is within a folded element
}

// lastOfMarkup is what came last, white space apart.
type lastOfMarkup uint8

const (
	otherLast lastOfMarkup = iota // comments and the like
	startLast
	endLast
)

// markupTag is the tag that is being read.
type markupTag struct {
	last   lastOfMarkup // what it is when it is over
	inline bool
	breaks bool // a line ends behind it
}

// token lays one token out.
func (c *markupCutter) token(t content.MarkupToken, text []byte, out *sink) {
	c.at.offset = t.Start
	if t.More {
		c.more(t, text, out)
		return
	}
	switch t.Kind {
	case content.MarkupStart:
		c.startTag(t, text, out)
	case content.MarkupEnd:
		c.endTag(t, text, out)
	case content.MarkupAttribute, content.MarkupEquals, content.MarkupValue:
		if t.Gap {
			c.blank(out)
		}
		c.asItCame(text, roleOfMarkup[t.Kind], out)
	case content.MarkupTagEnd, content.MarkupEmptyEnd:
		c.tagEnd(t, text, out)
	case content.MarkupSpace:
		c.space(text, out)
	case content.MarkupText, content.MarkupEntity, content.MarkupCDATA:
		if c.keeps(t.Depth) {
			c.asItCame(text, roleOfMarkup[t.Kind], out)
			return
		}
		c.join(t.Depth, out)
		c.asItCame(text, roleOfMarkup[t.Kind], out)
	case content.MarkupRaw:
		c.asItCame(text, Plain, out)
	default:
		c.aside(t, text, out)
	}
}

// more goes on in a token.
func (c *markupCutter) more(t content.MarkupToken, text []byte, out *sink) {
	switch t.Kind {
	case content.MarkupSpace:
		c.space(text, out)
	case content.MarkupStart, content.MarkupEnd:
		c.show(text, Tag, out)
	default:
		c.asItCame(text, roleOfMarkup[t.Kind], out)
	}
}

// nextLine begins a line of a node. It is indented so many times, and as many
// elements are open around it if they are not those around the next byte.
func (c *markupCutter) nextLine(indent int, out *sink) {
	c.lineOf(nodeLine, indent, c.scan.Depth(), out)
}

func (c *markupCutter) lineOf(kind lineKind, indent, depth int, out *sink) {
	c.at.number++
	l := &c.layout
	switch {
	case depth > c.limit:
		l.hidden = true
	case kind == closingLine && l.hidden && depth == c.limit: // its element's line goes on
	default:
		c.summarize(c.at.offset, out)
		c.at.depth, c.at.kind = int32(depth), kind
		if depth == 0 && kind == nodeLine {
			c.at.tops++
		}
		c.begin(c.at.number, false, min(indent*indentWidth, maxIndent), out)
	}
	l.newline, l.blank, l.cut = false, false, false
	l.broken = c.scan.Depth()
}

// keeps reports whether what has so many elements around it stands in one that
// keeps its lines.
func (c *markupCutter) keeps(depth int) bool { return c.layout.keep > 0 && depth >= c.layout.keep }

// join lets text follow what is on the line, or begin a line of its own.
func (c *markupCutter) join(depth int, out *sink) {
	l := &c.layout
	switch {
	case c.at.lines == 0, l.newline, l.cut,
		!l.flow && (l.last == otherLast || l.last == endLast && l.html):
		c.lineOf(nodeLine, depth, depth, out)
	case l.blank:
		c.blank(out)
	}
	l.flow, l.newline, l.blank, l.last = true, false, false, otherLast
}

// space takes white space: text within text, else layout.
func (c *markupCutter) space(text []byte, out *sink) {
	l := &c.layout
	if c.keeps(c.scan.Depth()) {
		c.asItCame(text, Plain, out)
		return
	}
	end := bytes.IndexAny(text, "\r\n")
	if l.flow && !l.newline {
		if end < 0 {
			c.show(text, Plain, out)
			return
		}
		c.show(text[:end], Plain, out)
	}
	l.newline = l.newline || end >= 0
	l.blank = true
}

func (c *markupCutter) startTag(t content.MarkupToken, text []byte, out *sink) {
	if t.TooDeep && !c.layout.hidden {
		c.begin(0, false, maxIndent, out)
		if out != nil {
			out.note("… elements are nested more than 1000 deep here; those further in are not told apart", Comment, t.Start)
		}
	}
	c.placeStart(t.Depth, t.Display, out)
	c.show(text[:1], Punctuation, out)
	c.show(text[1:], Tag, out)
}

// placeStart goes where a start tag belongs.
func (c *markupCutter) placeStart(depth int, display content.Display, out *sink) {
	l := &c.layout
	c.leave(depth)
	l.tag = markupTag{
		last:   startLast,
		inline: display == content.Inline || display == content.InlineVoid || display == content.LineBreak,
		breaks: display == content.LineBreak,
	}
	switch {
	case l.keep > 0 && depth >= l.keep:
		if l.cut {
			c.lineOf(nodeLine, 0, depth, out)
		}
		l.tag.breaks = false
	case !l.html && (l.inline > 0 || l.flow && !l.newline):
		l.tag.inline = true
		if l.inline == 0 {
			l.inline = depth + 1
		}
		c.join(depth, out)
	case l.tag.inline:
		c.join(depth, out)
	default:
		c.lineOf(nodeLine, depth, depth, out)
	}
	l.broken = min(l.broken, depth)
	switch display {
	case content.Void, content.InlineVoid, content.LineBreak:
		l.tag.last = endLast
	case content.Preserved:
		if l.keep == 0 {
			l.keep = depth + 1
		}
	}
}

func (c *markupCutter) endTag(t content.MarkupToken, text []byte, out *sink) {
	c.placeEnd(t.Depth, t.Display, out)
	c.show(text[:2], Punctuation, out)
	c.show(text[2:], Tag, out)
}

// placeEnd goes where an end tag belongs.
func (c *markupCutter) placeEnd(depth int, display content.Display, out *sink) {
	l := &c.layout
	stray := display == content.Stray
	inline := display == content.Inline || l.inline > 0
	kind := closingLine
	if stray {
		kind = nodeLine
	}
	switch {
	case l.keep > 0 && depth+1 >= l.keep:
		if l.cut {
			c.lineOf(kind, 0, depth, out)
		}
	case stray && l.flow && !l.newline:
		inline = true
	case stray, l.cut, l.broken > depth && (!inline || l.newline || !l.flow):
		c.lineOf(kind, depth, depth, out)
	}
	if l.hidden && depth <= c.limit && !stray {
		c.summarize(c.closes(0), out)
	}
	if !stray {
		c.leave(depth)
	}
	l.newline, l.blank = false, false
	l.tag = markupTag{last: endLast, inline: inline}
}

// leave forgets what was about elements that have ended: those beyond depth.
func (c *markupCutter) leave(depth int) {
	l := &c.layout
	l.broken = min(l.broken, depth)
	if l.inline > depth {
		l.inline = 0
	}
	if l.keep > depth {
		l.keep = 0
	}
}

func (c *markupCutter) tagEnd(t content.MarkupToken, text []byte, out *sink) {
	if t.Gap {
		c.blank(out)
	}
	c.show(text, Punctuation, out)
	c.leaveTag(t.Kind)
}

// leaveTag is behind a tag that ends like that.
func (c *markupCutter) leaveTag(end content.MarkupKind) {
	l := &c.layout
	l.last, l.flow, l.newline = l.tag.last, l.tag.inline, l.tag.breaks
	if end == content.MarkupEmptyEnd && l.last == startLast {
		l.last = endLast
		c.leave(c.scan.Depth())
	}
}

// aside lays out a comment, a processing instruction or a document type.
func (c *markupCutter) aside(t content.MarkupToken, text []byte, out *sink) {
	l := &c.layout
	switch {
	case c.keeps(t.Depth), l.flow && !l.newline:
		if l.cut {
			c.nextLine(0, out)
		}
	default:
		c.nextLine(t.Depth, out)
		l.flow, l.last = false, otherLast
	}
	c.asItCame(text, roleOfMarkup[t.Kind], out)
}
