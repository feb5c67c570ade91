package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// The most cells that a list of completions takes, and that details, kinds and leads take in it.
const (
	completionWidth = 96
	detailWidth     = 60
	kindWidth       = 24
	kindLeast       = 8  // what it keeps
	kindRoom        = 30 // where there is less for a row, it goes
	leadWidth       = 8
)

// drawnOf is what a list looked like last depends on.
type drawnOf struct {
	styles        style.Styles
	top, cursor   int
	soft          bool
	width, height int
}

// CompletionHeight is the most lines that [Completion.Lines] returns.
const CompletionHeight = completionRows + 2

// Lines returns what the list looks like: at most width by height cells, a frame included.
func (c *Completion) Lines(styles style.Styles, width, height int) []string {
	c.list.resize(len(c.rows), max(0, min(completionRows, height-2)))
	if c.list.height == 0 || width < 12 {
		return nil
	}
	key := drawnOf{styles, c.list.top, c.list.cursor, c.soft, width, height}
	if c.drawn.lines == nil || c.drawn.key != key {
		c.drawn.key, c.drawn.lines = key, c.draw(styles, width)
	}
	return c.drawn.lines
}

// Width is how wide the lines are that were drawn last.
func (c *Completion) Width() int { return c.drawn.width }

// measure widens the columns to what is listed.
func (c *Completion) measure() {
	for _, row := range c.rows[:min(len(c.rows), 50)] {
		for i, text := range [...]string{row.shown(), row.Detail, row.Kind, row.Lead} {
			const most = 4 * completionWidth
			c.widest[i] = max(c.widest[i], safe.Width(safe.Line(text[:min(len(text), most)])))
		}
	}
}

// columns divides the room of a row between the text, the detail and the kind. The kind gives way first, down to a short
// word; a detail such as a value is worth a few cells of a text that is long.
func (c *Completion) columns(room int) (text, detail, kind int) {
	text, detail, kind = min(c.widest[0], room), min(c.widest[1], detailWidth), min(c.widest[2], kindWidth)
	wanted := text
	if detail > 0 {
		wanted = min(text, 20) + gap(min(detail, 10))
	}
	if wanted+gap(kind) > room {
		kind = min(kind, max(kindLeast, room/5))
	}
	if room < kindRoom {
		kind = 0
	}
	whole := min(text, room-gap(kind))
	text = whole
	left := room - text - gap(kind)
	if short := min(detail, 26) + 2 - left; detail > 0 && short > 0 {
		less := max(min(text, 20), text-short)
		text, left = less, left+text-less
	}
	if detail = min(detail, left-2); detail < 6 && detail < c.widest[1] {
		text, detail = whole, 0
	}
	return text, detail, kind
}

// gap is what a column takes, with the blanks before it.
func gap(cells int) int {
	if cells == 0 {
		return 0
	}
	return cells + 2
}

// lead is the room of the words before the texts, with a blank after them.
func (c *Completion) lead() int {
	if c.widest[3] == 0 {
		return 0
	}
	return min(c.widest[3], leadWidth) + 1
}

func (c *Completion) draw(styles style.Styles, width int) []string {
	hint := c.hint()
	natural := 2 + c.lead() + c.widest[0] + gap(min(c.widest[1], detailWidth)) + gap(min(c.widest[2], kindWidth))
	inner := min(width-2, completionWidth, max(natural, safe.Width(hint)+4))
	c.drawn.width = inner + 2
	bar := Scrollbar{Total: int64(len(c.rows)), Top: int64(c.list.top), Seen: int64(c.list.height)}
	side := styles.Paint(themes.Focus, themes.Raised, "│")
	lines := make([]string, 0, c.list.height+2)
	lines = append(lines, styles.Paint(themes.Focus, themes.Raised, "╭"+strings.Repeat("─", inner)+"╮"))
	cells := bar.Cells(styles, themes.Raised, c.list.height)
	for y := range min(c.list.height, len(c.rows)) {
		right := side
		if len(c.rows) > c.list.height {
			right = cells[y]
		}
		lines = append(lines, side+c.row(styles, y, inner)+right)
	}
	bottom := NewRow(styles, themes.Raised, inner+2).Text(themes.Focus, "╰─")
	if safe.Width(hint)+4 <= inner {
		bottom.Space(1).Text(themes.Muted, hint).Space(1)
	}
	bottom.Text(themes.Focus, strings.Repeat("─", max(0, bottom.Left()-1))+"╯")
	return append(lines, bottom.String())
}

// hint names the keys that are the list's now.
func (c *Completion) hint() string {
	switch {
	case !c.soft:
		return "enter accept · esc close"
	case c.whole:
		return "↓ choose · esc close"
	default:
		return "tab accept · ↓ choose · esc close"
	}
}

func (c *Completion) row(styles style.Styles, y, width int) string {
	line := c.list.top + y
	item := c.rows[line]
	on, under := themes.Raised, line == c.list.cursor && (!c.soft || !c.whole)
	if under {
		on = themes.Selection
	}
	row := NewRow(styles, on, width)
	switch {
	case under && !c.soft:
		row.Text(themes.Accent, "▌")
	case under:
		row.Text(themes.Accent, "›")
	default:
		row.Space(1)
	}
	if lead := c.lead(); lead > 0 {
		row.Fit(item.LeadRole, item.Lead, lead-1).Space(1)
	}
	text, detail, kind := c.columns(width - 2 - c.lead())
	if item.Detail == "" {
		text, detail = text+gap(detail), 0
	}
	end := row.Left() - text
	row.Before(end, func() { row.Marked(themes.Text, themes.Accent, item.shown(), item.marks()) })
	row.Space(row.Left() - end)
	if detail > 0 {
		row.Space(2).Fit(themes.Muted, item.Detail, detail)
	}
	if kind > 0 {
		row.Before(1, func() { row.Right(themes.Faint, safe.Truncate(item.Kind, kind)) })
	}
	return row.String()
}

// marks are the bytes of what is shown that match.
func (r ranked) marks() []int {
	skipped := len(r.Text) - len(r.shown())
	marks := make([]int, 0, len(r.at))
	for _, at := range r.at {
		if at >= skipped {
			marks = append(marks, at-skipped)
		}
	}
	return marks
}
