package overlay

import (
	"fmt"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/safe"
	"parley/ui/widget"
)

// Chord tells what can follow on the keys that were typed: a panel above the status line. It takes no input by itself: the
// next key goes to the chord.
type Chord struct {
	sheet
	typed string
	cells []chordCell
	rows  int // of a column
}

// chordCell is a hint, or the heading of a group.
type chordCell struct {
	hint    action.Hint
	heading string
}

const (
	chordCellWidth = 28
	chordKeyWidth  = 7
)

// NewChord returns the panel for what was typed.
func NewChord(typed string, hints []action.Hint) *Chord {
	c := &Chord{typed: typed}
	var group action.Group
	for _, h := range hints {
		if h.Group != group {
			group = h.Group
			c.cells = append(c.cells, chordCell{heading: string(group)})
		}
		c.cells = append(c.cells, chordCell{hint: h})
	}
	return c
}

// SetScreen fits the panel to a screen: the headings go when there is no room for them, then what comes last, which is
// counted.
func (c *Chord) SetScreen(width, height int) {
	c.sheet.SetScreen(width, height)
	most := max(1, height-5)
	if c.columnsFor(len(c.cells), most) > c.columns() {
		kept := c.cells[:0]
		for _, cell := range c.cells {
			if cell.heading == "" {
				kept = append(kept, cell)
			}
		}
		c.cells = kept
	}
	room := most * c.columns()
	if len(c.cells) > room {
		left := len(c.cells) - room + 1
		c.cells = append(c.cells[:room-1:room-1], chordCell{heading: fmt.Sprintf("… %d more: F1", left)})
	}
	c.rows = (len(c.cells) + c.columns() - 1) / c.columns()
}

func (c *Chord) columnsFor(cells, rows int) int { return (cells + rows - 1) / rows }

// columns is how many columns there is room for.
func (c *Chord) columns() int { return max(1, (c.screenWidth-2)/chordCellWidth) }

// Place returns the corner of the panel: it ends above the status line.
func (c *Chord) Place() (x, y int) { return 0, max(0, c.screenHeight-1-c.rows-2) }

// Lines returns the panel: as wide as the screen.
func (c *Chord) Lines() []string {
	lines := make([]string, c.rows)
	for y := range lines {
		row := c.row(c.screenWidth)
		for x := range c.columns() {
			if i := x*c.rows + y; i < len(c.cells) {
				c.draw(row, c.cells[i])
			}
		}
		lines[y] = row.String()
	}
	return c.frame(action.Label(c.typed)+" …", "esc leave", c.screenWidth, lines)
}

func (c *Chord) draw(row *widget.Row, cell chordCell) {
	if cell.heading != "" {
		row.Space(1).Fit(themes.Title, safe.Truncate(cell.heading, chordCellWidth-2), chordCellWidth-2).Space(1)
		return
	}
	title := themes.Text
	if cell.hint.ID == "" {
		title = themes.Accent
	}
	key := action.Label(cell.hint.Key)
	row.Space(1).Fit(themes.Shortcut, key, chordKeyWidth).Fit(title, safe.Truncate(cell.hint.Title, chordCellWidth-chordKeyWidth-2), chordCellWidth-chordKeyWidth-2).Space(1)
}

// At returns the hint at a cell of the screen.
func (c *Chord) At(x, y int) (action.Hint, bool) {
	_, top := c.Place()
	line := y - top - 1
	i := (x-1)/chordCellWidth*c.rows + line
	if line < 0 || line >= c.rows || x < 1 || i >= len(c.cells) || c.cells[i].heading != "" {
		return action.Hint{}, false
	}
	return c.cells[i].hint, true
}
