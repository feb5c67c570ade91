package content

import "strings"

// Display is how an element stands in its text.
type Display uint8

const (
	Block      Display = iota // on lines of its own
	Void                      // likewise, and it holds nothing
	Inline                    // within the text
	InlineVoid                // likewise, and it holds nothing
	LineBreak                 // likewise, and a line ends there
	Preserved                 // its lines are as they came
	Stray                     // an end tag that ends nothing
)

// htmlElement is an element of HTML as far as its end tag and its lines go.
// All that need not be told apart are element0.
type htmlElement uint8

const (
	element0 htmlElement = iota // without a meaning in HTML
	blockElement
	voidElement
	inlineElement
	inlineVoid
	lineBreak
	preElement
	paragraph
	listItem
	list
	term // dt, dd
	terms
	option
	optionGroup
	choice // select, datalist
	table
	tableSection
	tableRow
	tableCell
	caption
	headElement
	bodyElement
	scriptElement
	styleElement
	textareaElement
	titleElement
	xmpElement
	iframeElement
	noembedElement
	noframesElement
)

func htmlElementNamed(name []byte) htmlElement {
	switch strings.ToLower(string(name)) {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
		"i", "ins", "kbd", "label", "mark", "meter", "output", "progress", "q", "rb", "rp", "rt", "ruby", "s", "samp",
		"small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var":
		return inlineElement
	case "img", "input", "wbr":
		return inlineVoid
	case "br":
		return lineBreak
	case "area", "base", "basefont", "bgsound", "col", "embed", "frame", "hr", "link", "meta", "param", "source", "track":
		return voidElement
	case "p":
		return paragraph
	case "li":
		return listItem
	case "ul", "ol", "menu", "dir":
		return list
	case "dt", "dd":
		return term
	case "dl":
		return terms
	case "option":
		return option
	case "optgroup":
		return optionGroup
	case "select", "datalist":
		return choice
	case "table":
		return table
	case "thead", "tbody", "tfoot":
		return tableSection
	case "tr":
		return tableRow
	case "td", "th":
		return tableCell
	case "caption", "colgroup":
		return caption
	case "address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "fieldset", "figcaption",
		"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "main", "nav",
		"search", "section", "summary":
		return blockElement
	case "head":
		return headElement
	case "body":
		return bodyElement
	case "pre", "listing":
		return preElement
	case "script":
		return scriptElement
	case "style":
		return styleElement
	case "textarea":
		return textareaElement
	case "title":
		return titleElement
	case "xmp":
		return xmpElement
	case "iframe":
		return iframeElement
	case "noembed":
		return noembedElement
	case "noframes":
		return noframesElement
	}
	return element0
}

func (e htmlElement) display() Display {
	switch {
	case e == voidElement:
		return Void
	case e == inlineElement:
		return Inline
	case e == inlineVoid:
		return InlineVoid
	case e == lineBreak:
		return LineBreak
	case e == preElement, e >= scriptElement:
		return Preserved
	}
	return Block
}

// isEmpty reports whether an element never holds anything.
func (e htmlElement) isEmpty() bool {
	return e == voidElement || e == inlineVoid || e == lineBreak
}

// rawName is the name of an element that holds nothing but text up to its end
// tag, else "".
func (e htmlElement) rawName() string {
	if e < scriptElement {
		return ""
	}
	return [...]string{"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}[e-scriptElement]
}

// elements is a set of htmlElement.
type elements uint32

func setOf(list ...htmlElement) (set elements) {
	for _, e := range list {
		set |= 1 << e
	}
	return set
}

func (set elements) has(e htmlElement) bool { return set>>e&1 != 0 }

// maxLookUp is how many of the open elements are looked at for the one that a
// tag closes.
const maxLookUp = 64

// closeBefore closes the elements whose end tags may be left out before a
// start tag.
func (s *MarkupScanner) closeBefore(e htmlElement) {
	if s.over > 0 {
		return
	}
	switch e {
	case listItem:
		s.closeOpen(setOf(listItem), setOf(list, table))
	case term:
		s.closeOpen(setOf(term), setOf(terms, table))
	case option:
		s.closeOpen(setOf(option), setOf(choice, optionGroup))
	case optionGroup:
		s.closeOpen(setOf(option, optionGroup), setOf(choice))
	case tableCell:
		s.closeOpen(setOf(tableCell), setOf(table, tableRow))
	case tableRow:
		s.closeOpen(setOf(tableCell, tableRow, caption), setOf(table, tableSection))
	case tableSection:
		s.closeOpen(setOf(tableCell, tableRow, caption, tableSection), setOf(table))
	case bodyElement:
		s.closeOpen(setOf(headElement), 0)
	case blockElement, paragraph, list, terms, table, preElement, xmpElement:
		if within := s.inlineParent(); within >= 0 && s.levels[within].kind == paragraph {
			s.pop(within)
		}
	}
}

// closeOpen closes the outermost element of a set that is not around one of
// the others.
func (s *MarkupScanner) closeOpen(set, others elements) {
	outermost := len(s.levels)
	for i := len(s.levels) - 1; i >= 0 && len(s.levels)-i <= maxLookUp; i-- {
		kind := s.levels[i].kind
		if others.has(kind) {
			break
		}
		if set.has(kind) {
			outermost = i
		}
	}
	s.pop(outermost)
}

// inlineParent returns the innermost open element that is not inline, -1 if
// there is none near.
func (s *MarkupScanner) inlineParent() int {
	i := len(s.levels) - 1
	for ; i >= 0 && s.levels[i].kind == inlineElement; i-- {
		if len(s.levels)-i > maxLookUp {
			return -1
		}
	}
	return i
}

// closeHTML closes the innermost element of a name and those within it, and
// returns how it stands in the text. Inline elements do not end what is around
// them, nor do elements within a table's cell.
func (s *MarkupScanner) closeHTML(e htmlElement, hash uint32) Display {
	if s.over > 0 {
		s.over--
		return e.display()
	}
	barrier := setOf(table, tableCell, caption)
	if e >= table && e <= bodyElement {
		barrier = setOf(table)
	}
	for i := len(s.levels) - 1; i >= 0 && len(s.levels)-i <= maxLookUp; i-- {
		l := s.levels[i]
		if l.hash == hash {
			s.pop(i)
			return e.display()
		}
		if barrier.has(l.kind) || e == inlineElement && l.kind != inlineElement {
			break
		}
	}
	return Stray
}
