package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/document"
	"parley/ui/style"
)

// Pager shows a view of a document of any size, of which it reads only what is seen. It has a cursor on a row, and
// can select rows to copy.
type Pager struct {
	styles  style.Styles
	on      themes.Role
	from    *document.View
	wrap    bool
	marks   document.Marks
	spots   []int64 // lines that the scroll bar marks
	message string  // shown while there is nothing else
	problem string  // why the document can't be read from somewhere on

	top, cursor, anchor document.Pos
	selecting, dragging bool
	follow              bool // stay at the end while the document grows
	// seek is the place that was asked for before its line was known, one more than its offset; 0 is none.
	seek    int64
	left    int
	focused bool
	w, h    int

	window document.Window // what is seen now
	head   int             // rows at the top that stay there
	view   string
	blank  emptyRows
}

// NewPager returns a pager on a surface, with line numbers.
func NewPager(styles style.Styles, on themes.Role) *Pager {
	return &Pager{styles: styles, on: on}
}

// SetView shows a document from its top, or, with nil, the message.
func (p *Pager) SetView(v *document.View, message string) {
	p.from, p.message = v, message
	p.top, p.cursor, p.left, p.head = document.Pos{}, document.Pos{}, 0, 0
	p.marks, p.spots, p.problem = document.Marks{}, nil, ""
	p.selecting, p.follow, p.seek = false, false, 0
	p.load()
}

// Refresh looks again at a document that has grown or been coloured.
func (p *Pager) Refresh() {
	switch {
	case p.from != nil && p.follow:
		p.end()
	case p.seek > 0:
		if err := p.Go(p.seek - 1); err != nil {
			p.problem, p.seek = err.Error(), 0
		}
	default:
		p.load()
	}
}

// SetMarks marks what a search has found.
func (p *Pager) SetMarks(marks document.Marks) {
	p.marks = marks
	p.load()
}

// SetSpots marks lines in the scroll bar. They are in order.
func (p *Pager) SetSpots(lines []int64) {
	p.spots, p.view = lines, ""
}

// Wrapped reports whether long lines go on in the next row.
func (p *Pager) Wrapped() bool { return p.wrap }

// SetWrap says whether long lines go on in the next row.
func (p *Pager) SetWrap(wrap bool) {
	p.wrap, p.left = wrap, 0
	p.top.Row, p.cursor.Row = 0, 0
	p.reveal()
}

// SetSize says how many cells there are.
func (p *Pager) SetSize(w, h int) {
	if w != p.w || h != p.h {
		p.w, p.h = max(0, w), max(0, h)
		p.reveal()
	}
}

// SetStyles replaces the styles.
func (p *Pager) SetStyles(styles style.Styles, on themes.Role) {
	p.styles, p.on, p.view = styles, on, ""
}

// Focus says whether the pager has focus. Without it no cursor is shown.
func (p *Pager) Focus(focused bool) {
	p.focused, p.view = focused, ""
}

// Following reports whether the pager stays at the end while the document grows, as it does from when one goes there.
func (p *Pager) Following() bool { return p.follow }

// Position returns the row that the cursor is on, and that at the top, to come back to with Restore.
func (p *Pager) Position() (cursor, top document.Pos) { return p.cursor, p.top }

// Restore is the way back.
func (p *Pager) Restore(cursor, top document.Pos) {
	p.cursor, p.top = cursor, top
	p.reveal()
}

// Spot is a place in a text: the row of the cursor, the one at the top, and the cells that are hidden at the left.
type Spot struct {
	Cursor, Top document.Pos
	Left        int
}

// Spot returns where the reader is.
func (p *Pager) Spot() Spot { return Spot{p.cursor, p.top, p.left} }

// Show goes to a spot, or as near to it as the text goes.
func (p *Pager) Show(at Spot) {
	if p.from == nil {
		return
	}
	p.follow, p.seek, p.left = false, 0, at.Left
	last := p.last()
	p.top, p.cursor = at.Top, at.Cursor
	if before(last, p.top) {
		p.top = last
	}
	if lines, _ := p.from.Lines(); p.cursor.Line >= lines {
		p.cursor = document.Pos{Line: max(0, lines-1)}
	}
	p.reveal()
}

// Offset returns where in the source the row under the cursor begins.
func (p *Pager) Offset() int64 {
	for _, row := range p.window.Rows {
		if row.Line == p.cursor.Line && row.Sub == p.cursor.Row {
			return row.Offset
		}
	}
	return 0
}

// Go puts the cursor on the row that shows a byte of the source, in the middle when it was out of view. As long as its
// line is not known that is the last one that is, and Refresh goes on.
func (p *Pager) Go(offset int64) error {
	if p.from == nil {
		return nil
	}
	_, done := p.from.Lines() // before the line is asked for: the last ones may come to be known meanwhile
	at, err := p.from.AtOffset(offset, p.layout())
	p.GoTo(at)
	if !done && err == nil {
		p.seek = offset + 1
	}
	return err
}

// GoPercent puts the cursor on the row at some percentage of the source.
func (p *Pager) GoPercent(percent float64) error {
	if p.from == nil {
		return nil
	}
	at, err := p.from.AtPercent(percent, p.layout())
	p.GoTo(at)
	return err
}

// GoTo puts the cursor on a row, in the middle when it was out of view.
func (p *Pager) GoTo(at document.Pos) {
	p.follow, p.seek = false, 0
	p.cursor = at
	if p.row(at) < 0 {
		p.top = p.moved(at, -p.body()/2)
	}
	p.reveal()
}

// Move moves the cursor; left and right scroll lines that are cut.
func (p *Pager) Move(m Motion) {
	if p.from == nil {
		return
	}
	p.follow, p.seek = false, 0
	switch m {
	case Up:
		p.step(-1)
	case Down:
		p.step(1)
	case PageUp:
		p.page(-max(1, p.body()))
	case PageDown:
		p.page(max(1, p.body()))
	case HalfUp:
		p.page(-max(1, p.body()/2))
	case HalfDown:
		p.page(max(1, p.body()/2))
	case Top:
		p.cursor, p.top = document.Pos{}, document.Pos{}
		p.load()
	case Bottom:
		p.end()
	case Left, Right:
		p.sideways(m)
	}
}

// sidestep is how many cells left and right scroll.
const sidestep = 8

func (p *Pager) sideways(m Motion) {
	if m == Left {
		p.Sideways(-sidestep)
	} else {
		p.Sideways(sidestep)
	}
}

// Sideways scrolls lines that are cut by so many cells, to the right as long as one goes on there.
func (p *Pager) Sideways(cells int) {
	if p.from == nil || cells > 0 && !p.cut() {
		return
	}
	p.left = max(0, p.left+cells)
	p.load()
}

// Scrolled is how many cells of every line are hidden at the left.
func (p *Pager) Scrolled() int { return p.left }

// cut reports whether a line goes on to the right of the view.
func (p *Pager) cut() bool {
	for _, row := range p.window.Rows {
		if row.Cut {
			return true
		}
	}
	return false
}

func (p *Pager) step(rows int) {
	p.cursor = p.moved(p.cursor, rows)
	p.reveal()
}

func (p *Pager) page(rows int) {
	p.scroll(rows)
	p.cursor = p.moved(p.cursor, rows)
	p.reveal()
}

// scroll moves the window, as far as it stays full.
func (p *Pager) scroll(rows int) {
	top := p.moved(p.top, rows)
	if last := p.last(); before(last, top) {
		top = last
	}
	p.top = top
	p.load()
}

// end goes to the end, and stays there while the document grows.
func (p *Pager) end() {
	_, done := p.from.Lines()
	p.follow = !done
	p.top = p.last()
	p.load()
	if n := len(p.window.Rows); n > 0 {
		p.cursor = at(p.window.Rows[n-1])
	}
	p.view = ""
}

// last is the lowest top of which the window is full. An error shows when the window is read.
func (p *Pager) last() document.Pos {
	pos, _ := p.from.End(p.layout())
	return pos
}

func (p *Pager) moved(from document.Pos, rows int) document.Pos {
	pos, _ := p.from.Move(from, rows, p.layout())
	return pos
}

// reveal reads the window with the cursor in view.
func (p *Pager) reveal() {
	if p.from == nil || p.h == 0 {
		p.load()
		return
	}
	if before(p.cursor, p.top) {
		p.top = p.cursor
	}
	p.load()
	if p.row(p.cursor) < 0 {
		p.top = p.moved(p.cursor, 1-p.body())
		p.load()
	}
}

// load reads what is seen.
func (p *Pager) load() {
	p.view = ""
	p.window = document.Window{}
	if p.from == nil || p.h == 0 {
		p.head = 0
		return
	}
	window, err := p.from.Window(p.top, p.layout())
	p.head = min(len(window.Header), p.h-1)
	window.Rows = window.Rows[:min(len(window.Rows), p.body())]
	p.window, p.problem = window, ""
	if err != nil {
		p.problem = "The body can't be read: " + err.Error()
	}
}

func (p *Pager) layout() document.Layout {
	return document.Layout{Width: max(1, p.w-p.gutter()-1), Height: max(1, p.body()), Wrap: p.wrap, Left: p.left, Tab: tabWidth, Marks: p.marks}
}

// body is how many rows are left below those that stay at the top.
func (p *Pager) body() int { return p.h - p.head }

// row returns where below them a row is, or -1.
func (p *Pager) row(pos document.Pos) int {
	for y, row := range p.window.Rows {
		if at(row) == pos {
			return y
		}
	}
	return -1
}

func at(row document.Row) document.Pos { return document.Pos{Line: row.Line, Row: row.Sub} }

func before(a, b document.Pos) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Row < b.Row
}

// Update takes arrows, the wheel and the mouse, and reports whether it was its business.
func (p *Pager) Update(msg tea.Msg) bool {
	if p.from == nil {
		return false
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg.String())
	case tea.MouseWheelMsg:
		return p.wheel(msg)
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseRight {
			return p.point(msg)
		}
		return msg.Button == tea.MouseLeft && p.click(msg)
	case tea.MouseMotionMsg:
		return p.drag(msg)
	case tea.MouseReleaseMsg:
		p.dragging = false
	default:
		return false
	}
	return true
}

func (p *Pager) key(key string) bool {
	if motion, shifted := strings.CutPrefix(key, "shift+"); shifted {
		m, ok := motionOf(motion)
		if ok && m != Left && m != Right {
			p.Select(true)
			p.Move(m)
		}
		return ok
	}
	m, ok := motionOf(key)
	if ok {
		p.Move(m)
	}
	return ok
}

func (p *Pager) wheel(msg tea.MouseWheelMsg) bool {
	p.follow, p.seek = false, 0
	button := msg.Button
	if msg.Mod.Contains(tea.ModShift) { // a wheel that turns one way only
		switch button {
		case tea.MouseWheelUp:
			button = tea.MouseWheelLeft
		case tea.MouseWheelDown:
			button = tea.MouseWheelRight
		}
	}
	switch button {
	case tea.MouseWheelUp:
		p.scroll(-wheelStep)
	case tea.MouseWheelDown:
		p.scroll(wheelStep)
	case tea.MouseWheelLeft:
		p.Sideways(-wheelStep)
	case tea.MouseWheelRight:
		p.Sideways(wheelStep)
	default:
		return false
	}
	p.keep()
	return true
}

// keep moves a cursor that has been scrolled out of view to the edge.
func (p *Pager) keep() {
	p.view = ""
	n := len(p.window.Rows)
	if n == 0 || p.row(p.cursor) >= 0 {
		return
	}
	if first := at(p.window.Rows[0]); before(p.cursor, first) {
		p.cursor = first
	} else {
		p.cursor = at(p.window.Rows[n-1])
	}
}
