package widget

import (
	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// Tab is one of a row of tabs.
type Tab struct {
	Title     string
	Badge     string // before the title, such as a method
	BadgeRole themes.Role
	Count     string // after the title, such as how many headers there are
	Dirty     bool   // it holds changes that are not saved
}

// Tabs is a line of tabs, of which one is active. When there are more than fit, it shows those around the active one.
type Tabs struct {
	styles  style.Styles
	on      themes.Role
	tabs    []Tab
	active  int
	first   int // the first that is seen
	focused bool
	w       int
	places  []place
	view    string
}

// place is where a tab is seen.
type place struct {
	tab, from, to int
}

// mostTitle is how wide a title gets; more does not tell more.
const mostTitle = 28

// NewTabs returns a line of tabs on a surface.
func NewTabs(styles style.Styles, on themes.Role) *Tabs { return &Tabs{styles: styles, on: on} }

// SetTabs replaces the tabs. The active one stays at its place.
func (t *Tabs) SetTabs(tabs []Tab) {
	t.tabs = tabs
	t.Activate(t.active)
}

// Active returns the index of the active tab.
func (t *Tabs) Active() int { return t.active }

// Activate makes a tab the active one, or the nearest there is.
func (t *Tabs) Activate(index int) {
	t.active = max(0, min(index, len(t.tabs)-1))
	t.view = ""
}

// Step goes to the tab beside, around the ends.
func (t *Tabs) Step(by int) {
	if n := len(t.tabs); n > 0 {
		t.Activate(((t.active+by)%n + n) % n)
	}
}

// SetSize says how many cells there are; the height is one.
func (t *Tabs) SetSize(w int) { t.w, t.view = max(0, w), "" }

// SetStyles replaces the styles.
func (t *Tabs) SetStyles(styles style.Styles, on themes.Role) {
	t.styles, t.on, t.view = styles, on, ""
}

// Focus says whether the tabs have focus.
func (t *Tabs) Focus(focused bool) { t.focused, t.view = focused, "" }

// Update takes left and right, the wheel and clicks, and reports whether it was its business.
func (t *Tabs) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch msg.String() {
		case "left":
			t.Step(-1)
		case "right":
			t.Step(1)
		default:
			return false
		}
		return true
	case tea.MouseWheelMsg:
		if msg.Button == tea.MouseWheelUp {
			t.Activate(t.active - 1)
		} else {
			t.Activate(t.active + 1)
		}
		return true
	case tea.MouseClickMsg:
		index, ok := t.At(msg.X)
		if ok && msg.Button == tea.MouseLeft {
			t.Activate(index)
		}
		return ok && msg.Button == tea.MouseLeft
	}
	return false
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
	tab := t.tabs[i]
	cells := 2 + safe.Width(safe.Truncate(tab.Title, mostTitle)) + 1
	for _, part := range []string{tab.Badge, tab.Count} {
		if part != "" {
			cells += safe.Width(safe.Line(part)) + 1
		}
	}
	if tab.Dirty {
		cells += 2
	}
	return cells - 1
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

func (t *Tabs) tab(row *Row, i int) {
	tab := t.tabs[i]
	title, badge := themes.Muted, tab.BadgeRole
	row.On(t.on)
	switch {
	case i == t.active && t.focused:
		title, badge = themes.Active, themes.Active
	case i == t.active:
		title = themes.Title
		row.On(themes.Selection)
	}
	pad := func() { t.pad(row, i) }
	pad()
	if tab.Badge != "" {
		row.Text(badge, tab.Badge)
		pad()
	}
	row.Text(title, safe.Truncate(tab.Title, mostTitle))
	if tab.Count != "" {
		pad()
		row.Text(title, tab.Count)
	}
	if tab.Dirty {
		pad()
		row.Text(title, "●")
	}
	pad()
}

// pad is a blank that belongs to the tab.
func (t *Tabs) pad(row *Row, i int) {
	if i == t.active && t.focused {
		row.Text(themes.Active, " ")
		return
	}
	row.Space(1)
}
