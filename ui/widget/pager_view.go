package widget

import (
	"strconv"

	"parley/themes"
	"parley/ui/document"
	"parley/ui/safe"
)

// documentRoles are the roles of a document's text in a theme.
var documentRoles = [...]themes.Role{
	document.Plain:       themes.Text,
	document.Key:         themes.Key,
	document.String:      themes.String,
	document.Number:      themes.Number,
	document.Literal:     themes.Literal,
	document.Punctuation: themes.Punctuation,
	document.Comment:     themes.Comment,
	document.Tag:         themes.Tag,
	document.Attribute:   themes.Attribute,
	document.Keyword:     themes.Keyword,
	document.Name:        themes.Function,
	document.Error:       themes.Invalid,
	document.Mark:        themes.Control,
	document.Offset:      themes.Faint,
	document.Added:       themes.Added,
	document.Removed:     themes.Removed,
	document.Changed:     themes.Changed,
	document.Moved:       themes.Moved,
}

// DocumentRole returns the role in a theme of a document's span, by what it is and whether a search found it.
func DocumentRole(span document.Span) themes.Role {
	switch {
	case span.Match == document.Current:
		return themes.Current
	case span.Match == document.Found:
		return themes.Search
	case int(span.Role) < len(documentRoles):
		return documentRoles[span.Role]
	}
	return themes.Text
}

// gutter is how many cells line numbers take. It has room for five digits, so that it does not move while the first
// lines of a document come in. Lines that tell their place themselves need none: on a screen of 80 cells, 16 bytes in
// hexadecimal leave no room for one.
func (p *Pager) gutter() int {
	switch {
	case p.w < 30 || p.from == nil:
		return 0
	case !p.from.Numbered():
		return min(1, p.w/80)
	}
	lines, _ := p.from.Lines()
	return max(5, len(strconv.FormatInt(lines, 10))) + 2
}

// View returns w by h cells.
func (p *Pager) View() string {
	if p.view != "" || p.h == 0 {
		return p.view
	}
	cells := p.bar().Marked(p.styles, p.on, p.h, p.spots)
	gutter := p.gutter()
	if p.w == 0 {
		clear(cells)
	}
	p.view = beside(cells, func(y int) string {
		if y < p.head {
			return p.title(y, gutter)
		}
		return p.line(y-p.head, gutter)
	})
	return p.view
}

func (p *Pager) bar() Scrollbar {
	return Scrollbar{Total: p.window.Lines, Top: p.top.Line, Seen: p.seen()}
}

// seen is how many lines the window shows a part of.
func (p *Pager) seen() int64 {
	n := len(p.window.Rows)
	if n == 0 {
		return int64(p.body())
	}
	return p.window.Rows[n-1].Line - p.window.Rows[0].Line + 1
}

func (p *Pager) line(y, gutter int) string {
	if y >= len(p.window.Rows) {
		return p.below(y - len(p.window.Rows))
	}
	shown := p.window.Rows[y]
	cursor := p.focused && at(shown) == p.cursor
	row := NewRow(p.styles, p.surface(at(shown), cursor), p.w-1)
	if gutter > 0 {
		p.number(row, shown.Number, cursor, gutter, p.folding(y))
	}
	for _, span := range shown.Spans {
		if !put(row, DocumentRole(span), span.Text) {
			break
		}
	}
	return row.String()
}

// title draws a row that stays at the top, on the surface of a table's head.
func (p *Pager) title(y, gutter int) string {
	row := NewRow(p.styles, themes.Surface, p.w-1).Space(gutter)
	for _, span := range p.window.Header[y].Spans {
		role := themes.Title
		if span.Match != document.NoMatch || span.Role == document.Mark || span.Role == document.Error {
			role = DocumentRole(span)
		}
		if !put(row, role, span.Text) {
			break
		}
	}
	return row.String()
}

// put writes safe text, and reports whether there was room for it. There is, but on a screen with no room for a body
// at all.
func put(row *Row, role themes.Role, text string) bool {
	width := len(text)
	if !printable(text) {
		width = safe.Width(text)
	}
	if width > row.Left() {
		return false
	}
	row.cells(role, text, width)
	return true
}

// below draws a row under the last one that is shown. What can't be read is said where it would stand.
func (p *Pager) below(y int) string {
	switch {
	case y == 0 && p.problem != "":
		return NewRow(p.styles, p.on, p.w-1).Space(1).Text(themes.Error, p.problem).String()
	case y == 0 && p.message != "" && len(p.window.Rows) == 0:
		return NewRow(p.styles, p.on, p.w-1).Space(1).Text(themes.Muted, p.message).String()
	}
	return p.blank.at(p.styles, p.on, "", y, p.w-1)
}

func (p *Pager) surface(pos document.Pos, cursor bool) themes.Role {
	from, to, ok := p.selected()
	switch {
	case ok && !before(pos, from) && !before(to, pos):
		return themes.Selection
	case cursor:
		return themes.Line
	}
	return p.on
}

func (p *Pager) number(row *Row, number int64, cursor bool, width int, folding FoldState) {
	if number == 0 || width == 1 {
		row.Space(width)
		return
	}
	role := themes.Faint
	if cursor {
		role = themes.Text
	}
	digits := strconv.FormatInt(number, 10)
	row.Space(width-2-len(digits)).Text(role, digits).Text(foldRoles[folding], foldMarks[folding]).Space(1)
}
