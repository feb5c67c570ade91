package widget

import (
	"slices"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// Tab is one of a row of tabs.
type Tab struct {
	Title     string
	Badge     string // before the title, such as a method
	BadgeRole themes.Role
	Lead      string // before the badge, such as a sign that the tab is pinned
	Passing   bool   // another one will take its place
	Mark      string // after the title, such as a sign for changes that are not saved
}

// Tabs is a line of tabs, of which one is active. When there are more than fit, it shows those around the active one.
type Tabs struct {
	styles style.Styles
	on     themes.Role
	tabs   []Tab
	active int
	first  int // the first that is seen
	w      int
	places []place
	view   string
}

// place is where a tab is seen.
type place struct {
	tab, from, to int
}

// NewTabs returns a line of tabs on a surface.
func NewTabs(styles style.Styles, on themes.Role) *Tabs { return &Tabs{styles: styles, on: on} }

// SetTabs replaces the tabs, and says which one is active.
func (t *Tabs) SetTabs(tabs []Tab, active int) {
	if active != t.active || !slices.Equal(tabs, t.tabs) {
		t.tabs, t.active, t.view = tabs, max(0, min(active, len(tabs)-1)), ""
	}
}

// SetSize says how many cells there are; the height is one.
func (t *Tabs) SetSize(w int) {
	if w != t.w {
		t.w, t.view = max(0, w), ""
	}
}

// SetStyles replaces the styles.
func (t *Tabs) SetStyles(styles style.Styles, on themes.Role) {
	t.styles, t.on, t.view = styles, on, ""
}

// At returns the tab at a cell.
func (t *Tabs) At(x int) (index int, ok bool) {
	_ = t.View()
	for _, p := range t.places {
		if x >= p.from && x < p.to {
			return p.tab, true
		}
	}
	return 0, false
}

// Drag returns the place that the active tab comes to when it is dragged to a cell: that of a tab from which on it would be
// below the mouse there. It does not jump to and fro over a wider one.
func (t *Tabs) Drag(x int) (index int) {
	_ = t.View()
	width := t.width(t.active)
	for i, p := range t.places {
		first, last := i == 0 && x < p.from, i == len(t.places)-1 && x >= p.to
		left, right := x >= p.from && x < min(p.to, p.from+width), x < p.to && x >= max(p.from, p.to-width)
		if first || last || p.tab < t.active && left || p.tab > t.active && right {
			return p.tab
		}
	}
	return t.active
}

// Overfull reports whether there are tabs that are not seen.
func (t *Tabs) Overfull() bool {
	_ = t.View()
	return len(t.places) < len(t.tabs)
}

// Place returns the first cell of a tab; ok is false when it is out of view.
func (t *Tabs) Place(index int) (x int, ok bool) {
	_ = t.View()
	for _, p := range t.places {
		if p.tab == index {
			return p.from, true
		}
	}
	return 0, false
}

// View returns one line of w cells.
func (t *Tabs) View() string {
	if t.view == "" {
		t.reveal()
		t.view = t.draw()
	}
	return t.view
}

// reveal chooses the first tab to show so that the active one is seen whole.
func (t *Tabs) reveal() {
	t.first = max(0, min(t.first, t.active))
	for t.first < t.active && t.span(t.first, t.active) > t.w {
		t.first++
	}
	// What is free at the end belongs to tabs before.
	for t.first > 0 && t.span(t.first-1, len(t.tabs)-1) <= t.w {
		t.first--
	}
}

// span is how many cells the tabs from one to another take, with the signs that there are more.
func (t *Tabs) span(from, to int) int {
	cells := 0
	for i := from; i <= to; i++ {
		cells += t.width(i)
	}
	if from > 0 {
		cells += 2
	}
	if to < len(t.tabs)-1 {
		cells += 2
	}
	return cells
}

func (t *Tabs) width(i int) int {
	tab, cells := t.tabs[i], 1
	for _, part := range []string{tab.Lead, tab.Badge, tab.Title, tab.Mark} {
		if part != "" {
			cells += safe.Width(safe.Line(part)) + 1
		}
	}
	return cells
}

func (t *Tabs) draw() string {
	row := NewRow(t.styles, t.on, t.w)
	t.places = t.places[:0]
	if t.first > 0 {
		row.Text(themes.Muted, "‹ ")
	}
	i := t.first
	for ; i < len(t.tabs); i++ {
		room := row.Left()
		if i < len(t.tabs)-1 {
			room -= 2
		}
		if t.width(i) > room && i > t.first {
			break
		}
		from := row.used
		t.tab(row, i)
		t.places = append(t.places, place{i, from, row.used})
	}
	if i < len(t.tabs) {
		row.On(t.on).Space(row.Left()-1).Text(themes.Muted, "›")
	}
	return row.On(t.on).String()
}

// activeMark stands before the active tab.
const activeMark = "▎"

// tab writes one tab. The active one has a mark before it.
func (t *Tabs) tab(row *Row, i int) {
	tab := t.tabs[i]
	title, badge := themes.Muted, tab.BadgeRole
	row.On(t.on)
	if i == t.active {
		title = themes.Title
		row.Text(themes.Accent, activeMark)
	} else {
		row.Space(1)
	}
	if tab.Passing {
		title = themes.Comment
	}
	for _, part := range []struct {
		text string
		role themes.Role
	}{{tab.Lead, themes.Accent}, {tab.Badge, badge}, {tab.Title, title}, {tab.Mark, title}} {
		if part.text != "" {
			row.Text(part.role, part.text).Space(1)
		}
	}
}
