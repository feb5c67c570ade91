package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/style"
)

// Scrollbar shows which part of a long text is seen, one cell wide.
type Scrollbar struct {
	Total, Top, Seen int64 // in lines, or any other unit
}

// thumb returns which of height cells the part that is seen covers; it is never less than one.
func (b Scrollbar) thumb(height int) (from, to int) {
	h := int64(height)
	from = int(b.Top * h / max(1, b.Total))
	to = int((min(b.Total, b.Top+b.Seen)*h + b.Total - 1) / max(1, b.Total))
	if b.Top+b.Seen >= b.Total {
		to = height
	}
	from = max(0, min(from, height-1))
	return from, max(from+1, min(to, height))
}

// Needed reports whether there is anything to scroll.
func (b Scrollbar) Needed() bool { return b.Total > b.Seen }

// Cells returns the bar as height strings of one cell; blanks when there is nothing to scroll.
func (b Scrollbar) Cells(styles style.Styles, on themes.Role, height int) []string {
	cells := make([]string, height)
	if !b.Needed() {
		blank := styles.Paint(themes.Text, on, " ")
		for y := range cells {
			cells[y] = blank
		}
		return cells
	}
	from, to := b.thumb(height)
	thumb, track := styles.Paint(themes.Muted, on, "┃"), styles.Paint(themes.Border, on, "│")
	for y := range cells {
		cells[y] = track
		if y >= from && y < to {
			cells[y] = thumb
		}
	}
	return cells
}

// Marked is Cells with marks where lines, in order, stand.
func (b Scrollbar) Marked(styles style.Styles, on themes.Role, height int, lines []int64) []string {
	cells := b.Cells(styles, on, height)
	if len(lines) == 0 || !b.Needed() {
		return cells
	}
	from, to := b.thumb(height)
	track, thumb := styles.Paint(themes.Warning, on, "╪"), styles.Paint(themes.Warning, on, "╋")
	for _, line := range lines {
		y := int(min(line, b.Total-1) * int64(height) / max(1, b.Total))
		if y < 0 || y >= height {
			continue
		}
		cells[y] = track
		if y >= from && y < to {
			cells[y] = thumb
		}
	}
	return cells
}

// beside joins rows with the cells of a bar at their right end.
func beside(cells []string, row func(y int) string) string {
	var b strings.Builder
	for y, cell := range cells {
		line := row(y)
		if y == 0 {
			b.Grow(len(cells) * (len(line) + len(cell) + 32))
		} else {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		b.WriteString(cell)
	}
	return b.String()
}

// Line returns the first line to show so that the thumb is where the mouse is.
func (b Scrollbar) Line(y, height int) int64 {
	if height <= 1 {
		return 0
	}
	return max(0, b.Total-b.Seen) * int64(max(0, min(y, height-1))) / int64(height-1)
}
