package pane

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// page is text in lines, with a cursor, that can be searched: what a response has beside its content. What it says is
// built anew when it is stale, and only what is seen is drawn.
type page struct {
	build  func(width int) []pageLine
	styles style.Styles
	lines  []pageLine
	stale  bool
	w, h   int

	focused     bool
	top, cursor int
	follow      bool // stay at the end while more comes
	find        finder
}

func newPage(build func(width int) []pageLine) *page { return &page{build: build, find: newFinder()} }

// renew says that what the page tells of has changed.
func (p *page) renew() { p.stale = true }

// reset goes back to the top, and forgets what was searched.
func (p *page) reset() {
	p.top, p.cursor, p.follow = 0, 0, false
	p.find.end()
	p.renew()
}

func (p *page) setSize(w, h int) {
	p.stale = p.stale || w != p.w
	p.w, p.h = w, h
	p.find.input.SetSize(max(0, w-2), 1)
}

func (p *page) setStyles(s style.Styles) {
	p.styles = s
	p.find.input.SetStyles(s, themes.Background)
}

func (p *page) setFocus(focused bool) {
	p.focused = focused
	p.find.input.Focus(focused && p.find.typing)
}

// rows is how many lines are seen: the last row is the search's, while there is one.
func (p *page) rows() int {
	if p.find.shown() {
		return max(0, p.h-1)
	}
	return p.h
}

// load builds what is stale. A page whose end was looked at goes on there.
func (p *page) load() {
	if !p.stale {
		return
	}
	p.stale = false
	p.lines = p.build(p.w)
	p.find.count(p.lines)
	if p.follow {
		p.to(len(p.lines) - 1)
	}
	p.to(p.cursor)
}

// to puts the cursor on a line, or the nearest there is, and brings it into view.
func (p *page) to(line int) {
	p.cursor = max(0, min(line, len(p.lines)-1))
	p.scroll(max(p.cursor-p.rows()+1, min(p.top, p.cursor)))
}

// reveal brings lines into view, the first of them first.
func (p *page) reveal(first, last int) {
	p.scroll(min(first, max(p.top, last-p.rows()+1)))
}

// end is the last line of what a line unfolds: the next one is of something else, or has a bar.
func (p *page) end(line int) int {
	of := p.lines[line].of
	for line+1 < len(p.lines) && p.lines[line+1].bar == nil && (p.lines[line+1].of == 0 || p.lines[line+1].of == of) {
		line++
	}
	return line
}

func (p *page) scroll(top int) { p.top = max(0, min(top, len(p.lines)-p.rows())) }

func (p *page) move(m widget.Motion) {
	p.load()
	defer func() { p.follow = len(p.lines) > p.rows() && p.cursor == len(p.lines)-1 }()
	rows := p.rows()
	switch m {
	case widget.Up:
		p.to(p.cursor - 1)
	case widget.Down:
		p.to(p.cursor + 1)
	case widget.HalfUp:
		p.page(-rows / 2)
	case widget.HalfDown:
		p.page(rows / 2)
	case widget.PageUp:
		p.page(-rows)
	case widget.PageDown:
		p.page(rows)
	case widget.Top:
		p.to(0)
	case widget.Bottom:
		p.to(len(p.lines) - 1)
	}
}

// page moves the window and the cursor alike.
func (p *page) page(lines int) {
	if lines == 0 {
		lines = 1
	}
	p.scroll(p.top + lines)
	p.to(p.cursor + lines)
}

// wheelLines is how far one step of the wheel goes.
const wheelLines = 3

func (p *page) mouse(event tea.MouseMsg) {
	p.load()
	at := event.Mouse()
	switch event := event.(type) {
	case tea.MouseWheelMsg:
		p.follow = false
		switch event.Button {
		case tea.MouseWheelUp:
			p.scroll(p.top - wheelLines)
		case tea.MouseWheelDown:
			p.scroll(p.top + wheelLines)
		}
		p.cursor = max(p.top, min(p.cursor, p.top+p.rows()-1, len(p.lines)-1))
	case tea.MouseClickMsg:
		if (at.Button == tea.MouseLeft || at.Button == tea.MouseRight) && at.Y >= 0 && at.Y < p.rows() && p.top+at.Y < len(p.lines) {
			p.to(p.top + at.Y)
		}
	}
}

// current returns the line that the cursor is on.
func (p *page) current() (pageLine, bool) {
	p.load()
	if p.cursor >= len(p.lines) {
		return pageLine{}, false
	}
	return p.lines[p.cursor], true
}

// text is the whole page as plain text.
func (p *page) text() string {
	p.load()
	var b strings.Builder
	for _, l := range p.lines {
		b.WriteString(strings.TrimRight(l.text(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// view returns the rows that are seen.
func (p *page) view() []string {
	p.load()
	p.scroll(p.top)
	rows := p.rows()
	seen := p.lines[p.top:min(len(p.lines), p.top+rows)]
	out := make([]string, 0, p.h)
	for i, l := range seen {
		on := themes.Background
		if p.focused && p.top+i == p.cursor {
			on = themes.Line
		}
		out = append(out, l.draw(p.styles, on, p.w, p.find.in(l, p.top+i == p.cursor)))
	}
	if p.find.shown() {
		for len(out) < rows {
			out = append(out, pageLine{}.draw(p.styles, themes.Background, p.w, nil))
		}
		out = append(out, p.find.line(p.styles, p.w))
	}
	return out
}

// note tells which lines are seen, when they are not all.
func (p *page) note() []Span {
	p.load()
	if len(p.lines) <= p.rows() {
		return nil
	}
	return []Span{{linesSeen(p.top+1, min(len(p.lines), p.top+p.rows()), len(p.lines)), themes.Faint}}
}

// do carries out what every page can; false means that it is not the page's.
func (p *page) do(id action.ID) bool {
	if p.find.typing {
		return p.doFinder(id)
	}
	if motion, ok := motions[id]; ok && motion != widget.Left && motion != widget.Right {
		p.move(motion)
		return true
	}
	switch id {
	case action.Find:
		p.find.begin()
	case action.FindNext:
		p.hit(1)
	case action.FindPrev:
		p.hit(-1)
	case action.Escape:
		if !p.find.shown() {
			return false
		}
		p.find.end()
	default:
		return false
	}
	return true
}

func (p *page) doFinder(id action.ID) bool {
	switch id {
	case action.Escape:
		p.find.end()
	case action.Next, action.Previous:
		p.find.stop()
	default:
		return editText(p.find.input, id)
	}
	return true
}

// key takes what is typed into the search.
func (p *page) key(key tea.KeyPressMsg) {
	switch {
	case !p.find.typing:
	case key.String() == "enter":
		p.find.stop()
	default:
		p.find.input.Update(key)
		p.searched()
	}
}

func (p *page) paste(text string) {
	if p.find.typing {
		p.find.input.Paste(text)
		p.searched()
	}
}

// searched goes to the first hit from where the reader is.
func (p *page) searched() {
	p.load()
	p.find.look(p.lines)
	if p.cursor < len(p.lines) && !p.find.hits(p.lines[p.cursor]) {
		p.hit(1)
	}
}

// hit goes to the next line with a hit, or the one before; after the last comes the first.
func (p *page) hit(by int) {
	p.load()
	p.follow = false
	n := len(p.lines)
	for step := 1; step <= n; step++ {
		at := ((p.cursor+by*step)%n + n) % n
		if p.find.hits(p.lines[at]) {
			p.to(at)
			return
		}
	}
}

// cursorAt returns where one types a search.
func (p *page) cursorAt() *tea.Cursor {
	x, _, ok := p.find.input.Cursor()
	if !p.find.typing || !ok {
		return nil
	}
	return tea.NewCursor(x+3, p.h)
}

// first returns the line that a test of its key finds first, or -1.
func (p *page) first(found func(pageLine) bool) int {
	p.load()
	return slices.IndexFunc(p.lines, found)
}
