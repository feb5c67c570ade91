package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// Item is a line of a list.
type Item struct {
	Text      string // what is searched
	Also      string // other words for it, which are searched and not shown
	Badge     string // before the text, such as a method
	BadgeRole themes.Role
	Detail    string // at the right end, such as a key or a time
	Dim       bool   // it can't be chosen now; Detail says why
	// Marked are the bytes of characters to mark as found as long as there is no query.
	Marked []int
}

// List shows items, those that match a query first and with the matching letters marked. Tens of thousands are fine.
type List struct {
	styles  style.Styles
	on      themes.Role
	items   []Item
	query   string
	empty   string
	matches []fuzzy.Match // nil while there is no query
	scroll  scroll
	badge   int // width of the widest badge
	focused bool
	w, h    int
	view    string
	blank   emptyRows
}

// NewList returns a list on a surface.
func NewList(styles style.Styles, on themes.Role) *List {
	return &List{styles: styles, on: on, focused: true}
}

// SetItems replaces the items; the query stays, and the cursor stays on its line.
func (l *List) SetItems(items []Item) {
	l.items = items
	l.badge = 0
	for _, item := range items {
		l.badge = max(l.badge, safe.Width(item.Badge))
	}
	l.match()
}

// SetEmpty says what is shown when there is nothing to list.
func (l *List) SetEmpty(message string) {
	l.empty = message
	l.view = ""
}

// SetQuery shows the items whose text has the letters of query in their order, the best first.
func (l *List) SetQuery(query string) {
	if query != l.query {
		l.query = query
		l.scroll.to(0)
		l.match()
	}
}

func (l *List) match() {
	l.matches = nil
	if pattern := strings.ReplaceAll(l.query, " ", ""); pattern != "" {
		l.matches = fuzzy.FindFrom(pattern, texts(l.items))
		l.bestFirst()
	}
	l.scroll.resize(l.Len(), l.h)
	l.view = ""
}

func dim(item Item) int {
	if item.Dim {
		return 1
	}
	return 0
}

// texts lets fuzzy look at items.
type texts []Item

func (t texts) String(i int) string { return t[i].Text }
func (t texts) Len() int            { return len(t) }

// Len is how many items are listed now.
func (l *List) Len() int {
	if l.searching() {
		return len(l.matches)
	}
	return len(l.items)
}

func (l *List) searching() bool { return strings.TrimSpace(l.query) != "" }

// item returns the item in a line and where it matches.
func (l *List) item(line int) (index int, at []int) {
	if l.searching() {
		return l.matches[line].Index, l.matches[line].MatchedIndexes
	}
	return line, l.items[line].Marked
}

// Index returns the index of the item that the cursor is on; ok is false when nothing is listed.
func (l *List) Index() (index int, ok bool) {
	if l.Len() == 0 {
		return 0, false
	}
	index, _ = l.item(l.scroll.cursor)
	return index, true
}

// Select puts the cursor on an item, if it is listed.
func (l *List) Select(index int) {
	for line := range l.Len() {
		if i, _ := l.item(line); i == index {
			l.scroll.to(line)
			l.view = ""
			return
		}
	}
}

// Move moves the cursor.
func (l *List) Move(m Motion) {
	l.scroll.move(m)
	l.view = ""
}

// Update takes arrows, the wheel and clicks, and reports whether it was its business. A click puts the cursor on an
// item; whether that also chooses it is for the caller to say.
func (l *List) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m, ok := motionOf(msg.String())
		if !ok || m == Left || m == Right {
			return false
		}
		l.Move(m)
		return true
	case tea.MouseWheelMsg:
		l.view = ""
		return l.scroll.turn(msg)
	case tea.MouseClickMsg:
		line, ok := l.scroll.at(msg.Y)
		if !ok || !points(msg.Button) {
			return false
		}
		l.scroll.to(line)
		l.view = ""
		return true
	}
	return false
}

// SetSize says how many cells there are.
func (l *List) SetSize(w, h int) {
	l.w, l.h = max(0, w), max(0, h)
	l.scroll.resize(l.Len(), l.h)
	l.view = ""
}

// SetStyles replaces the styles.
func (l *List) SetStyles(styles style.Styles, on themes.Role) {
	l.styles, l.on, l.view = styles, on, ""
}

// Focus says whether the cursor's line is the selection or only where it would be.
func (l *List) Focus(focused bool) {
	l.focused, l.view = focused, ""
}

// View returns w by h cells.
func (l *List) View() string {
	if l.view != "" || l.h == 0 {
		return l.view
	}
	bar := Scrollbar{Total: int64(l.Len()), Top: int64(l.scroll.top), Seen: int64(l.h)}
	cells := bar.Cells(l.styles, l.on, l.h)
	if l.w == 0 {
		clear(cells)
	}
	l.view = beside(cells, func(y int) string { return l.row(y, l.w-1) })
	return l.view
}

func (l *List) row(y, width int) string {
	line, ok := l.scroll.at(y)
	if !ok {
		message := ""
		if l.scroll.count == 0 {
			message = l.empty
		}
		return l.blank.at(l.styles, l.on, message, y, width)
	}
	row := NewRow(l.styles, cursorSurface(l.on, line == l.scroll.cursor, l.focused), width)
	index, at := l.item(line)
	item := l.items[index]
	role := themes.Text
	if item.Dim {
		role = themes.Faint
	}
	cursorSign(row, line == l.scroll.cursor && l.focused)
	if l.badge > 0 {
		row.Fit(item.BadgeRole, item.Badge, l.badge).Space(1)
	}
	edge := ""
	if l.Len() > l.h {
		edge = " " // before the bar
	}
	detail, kept := item.detailIn(row.Left() - len(edge))
	if kept > 0 {
		detail, kept = detail+edge, kept+len(edge)
	}
	row.Before(kept, func() { row.Marked(role, themes.Accent, item.Text, at) })
	row.Right(themes.Muted, detail)
	return row.String()
}

// detailIn is as much of the detail as there is room for, and how many cells are kept for it. Of several keys, which a
// dot parts, the last ones give way. For one that would take more than half of the room none are kept: then the text
// matters more.
func (i Item) detailIn(room int) (detail string, kept int) {
	detail = safe.Line(i.Detail)
	text := safe.Width(safe.Line(i.Text))
	for detail != "" {
		kept = safe.Width(detail) + 1
		if kept <= room/2 || kept+text < room {
			return detail, kept
		}
		at := strings.LastIndex(detail, " · ")
		if at < 0 {
			break
		}
		detail = detail[:at]
	}
	return detail, 0
}

// cursorSurface is what a line stands on.
func cursorSurface(on themes.Role, cursor, focused bool) themes.Role {
	switch {
	case cursor && focused:
		return themes.Selection
	case cursor:
		return themes.Line
	}
	return on
}

// cursorSign starts a line; the sign tells the selected line apart where colours don't.
func cursorSign(row *Row, selected bool) {
	if selected {
		row.Text(themes.Accent, "▌")
	} else {
		row.Space(1)
	}
}
