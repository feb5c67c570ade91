package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/ui/document"
)

// Select begins to select rows where the cursor is, or ends it. The selection goes from there to the cursor.
func (p *Pager) Select(selecting bool) {
	if selecting && !p.selecting {
		p.anchor = p.cursor
	}
	p.selecting, p.view = selecting, ""
}

// Selecting reports whether rows are selected.
func (p *Pager) Selecting() bool { return p.selecting }

// selected returns the first and the last row that are selected.
func (p *Pager) selected() (from, to document.Pos, ok bool) {
	from, to = p.anchor, p.cursor
	if before(to, from) {
		from, to = to, from
	}
	return from, to, p.selecting
}

// mostCopied is how many lines are copied at most: a clipboard is no place for a download.
const mostCopied = 20_000

// Selected returns the lines that are selected, or the line under the cursor, as they are shown: laid out, and with
// nothing in them that acts on a terminal they may be pasted into.
func (p *Pager) Selected() (string, error) {
	if p.from == nil {
		return "", nil
	}
	from, to, ok := p.selected()
	if !ok {
		from, to = p.cursor, p.cursor
	}
	lines := min(to.Line-from.Line+1, mostCopied)
	whole := document.Layout{Width: unbounded >> 1, Height: int(lines), Tab: tabWidth}
	window, err := p.from.Window(document.Pos{Line: from.Line}, whole)
	var b strings.Builder
	for i, row := range window.Rows {
		// A long line is shown as several.
		if i > 0 && !row.Joined {
			b.WriteByte('\n')
		}
		for _, span := range row.Spans {
			b.WriteString(span.Text)
		}
	}
	return b.String(), err
}

func (p *Pager) click(msg tea.MouseClickMsg) bool {
	p.follow, p.seek = false, 0
	if msg.X == p.w-1 {
		p.drop(msg.Y)
		return true
	}
	y := msg.Y - p.head
	if y < 0 || y >= len(p.window.Rows) {
		return false
	}
	if p.clickFold(msg.X, y) {
		return true
	}
	p.cursor = at(p.window.Rows[y])
	p.dragging = true
	p.Select(false)
	return true
}

// point puts the cursor on a row, unless rows are selected: the menu that opens then is for those.
func (p *Pager) point(msg tea.MouseClickMsg) bool {
	y := msg.Y - p.head
	if p.selecting || y < 0 || y >= len(p.window.Rows) {
		return false
	}
	p.follow, p.seek = false, 0
	p.cursor, p.view = at(p.window.Rows[y]), ""
	return true
}

// drop shows the part of the document that a place in the scroll bar stands for.
func (p *Pager) drop(y int) {
	p.top = document.Pos{Line: p.bar().Line(y, p.h)}
	if last := p.last(); before(last, p.top) {
		p.top = last
	}
	p.load()
	p.keep()
}

func (p *Pager) drag(msg tea.MouseMotionMsg) bool {
	if msg.Button != tea.MouseLeft {
		return false
	}
	if !p.dragging {
		if msg.X == p.w-1 {
			p.drop(msg.Y)
		}
		return msg.X == p.w-1
	}
	p.Select(true)
	switch y := msg.Y - p.head; {
	case y < 0:
		p.step(-1)
	case y >= len(p.window.Rows):
		p.step(1)
	default:
		p.cursor = at(p.window.Rows[y])
	}
	p.view = ""
	return true
}
