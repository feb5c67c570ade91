package overlay

import (
	"fmt"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/safe"
	"parley/ui/widget"
)

// Chord tells what can follow on the keys that were typed: a panel above the status line, of several pages where there is
// no room for all. It takes no input by itself: the next key goes to the chord.
type Chord struct {
	sheet
	typed string
	hints []chordCell
	cells []chordCell // by columns, page after page
	rows  int         // of a column
	page  int
}

// chordCell is a hint, or the heading of a group; the zero value is left blank.
type chordCell struct {
	hint    action.Hint
	heading string
}

const (
	chordCellWidth = 28 // at least
	chordKeyWidth  = 7
)

// NewChord returns the panel for what was typed, at a page.
func NewChord(typed string, hints []action.Hint, page int) *Chord {
	c := &Chord{typed: typed, page: page}
	var group action.Group
	for _, h := range hints {
		if h.Group != group {
			group = h.Group
			c.hints = append(c.hints, chordCell{heading: string(group)})
		}
		c.hints = append(c.hints, chordCell{hint: h})
	}
	return c
}

// TurnsChord reports whether a key turns the pages of a panel, and which way.
func TurnsChord(key string) (by int, ok bool) {
	switch key {
	case "pgdown":
		return 1, true
	case "pgup":
		return -1, true
	}
	return 0, false
}

// SetScreen fits the panel to a screen: as many rows as fill its columns evenly, and no more than there is room for.
func (c *Chord) SetScreen(width, height int) {
	c.sheet.SetScreen(width, height)
	most := max(2, height-5)
	for c.rows = min(most, (len(c.hints)+c.columns()-1)/c.columns()); ; c.rows++ {
		c.cells = columned(c.hints, c.rows)
		if len(c.cells) <= c.rows*c.columns() || c.rows >= most {
			break
		}
	}
	c.page = ((c.page % c.pages()) + c.pages()) % c.pages()
}

// columned leaves a cell blank where a heading would stand below the last row of a column's hints.
func columned(hints []chordCell, rows int) []chordCell {
	var cells []chordCell
	for _, cell := range hints {
		if cell.heading != "" && len(cells)%rows == rows-1 && rows > 1 {
			cells = append(cells, chordCell{})
		}
		cells = append(cells, cell)
	}
	return cells
}

func (c *Chord) pages() int {
	room := max(1, c.rows*c.columns())
	return max(1, (len(c.cells)+room-1)/room)
}

// columns is how many columns there is room for, cellWidth how wide each is.
func (c *Chord) columns() int { return max(1, (c.screenWidth-2)/chordCellWidth) }

func (c *Chord) cellWidth() int { return (c.screenWidth - 2) / c.columns() }

// cell returns what stands in a row and a column of the page.
func (c *Chord) cell(row, column int) chordCell {
	i := (c.page*c.columns()+column)*c.rows + row
	if row < 0 || row >= c.rows || column < 0 || column >= c.columns() || i >= len(c.cells) {
		return chordCell{}
	}
	return c.cells[i]
}

// Place returns the corner of the panel: it ends above the status line.
func (c *Chord) Place() (x, y int) { return 0, max(0, c.screenHeight-1-c.rows-2) }

// Lines returns the panel: as wide as the screen.
func (c *Chord) Lines() []string {
	lines := make([]string, c.rows)
	for y := range lines {
		row := c.row(c.screenWidth)
		for x := range c.columns() {
			c.draw(row, c.cell(y, x))
		}
		lines[y] = row.String()
	}
	title := action.Label(c.typed) + " …"
	if c.pages() > 1 {
		title += fmt.Sprintf(" %d of %d", c.page+1, c.pages())
	}
	return c.frame(title, c.Tips(), c.screenWidth, lines)
}

// Tips implements Tipping.
func (c *Chord) Tips() []Tip {
	if c.pages() > 1 {
		return []Tip{{"pgdown", "more"}, {"pgup", "back"}, {"esc", "leave"}}
	}
	return []Tip{{"esc", "leave"}}
}

func (c *Chord) draw(row *widget.Row, cell chordCell) {
	room := c.cellWidth()
	if cell.hint.Key == "" {
		row.Space(1).Fit(themes.Title, safe.Truncate(cell.heading, room-2), room-2).Space(1)
		return
	}
	title := themes.Text
	if cell.hint.ID == "" {
		title = themes.Accent
	}
	room -= chordKeyWidth + 2
	row.Space(1).Fit(themes.Shortcut, action.Label(cell.hint.Key), chordKeyWidth).Fit(title, safe.Truncate(cell.hint.Title, room), room).Space(1)
}

// At returns the hint at a cell of the screen.
func (c *Chord) At(x, y int) (action.Hint, bool) {
	_, top := c.Place()
	if x < 1 {
		return action.Hint{}, false
	}
	hint := c.cell(y-top-1, (x-1)/c.cellWidth()).hint
	return hint, hint.Key != ""
}
