package document

import "strconv"

const (
	// maxColumns is how many columns a table has. What is beyond is counted.
	maxColumns = 500
	// maxCell is how wide a column gets, unless it is the only one.
	maxCell, maxLoneCell = 40, 400
	// gap is how many cells lie between columns.
	gap = 2
	// sampleRows is how many records columns are told from.
	sampleRows = 1000
)

// column is a column of a table.
type column struct {
	key    string // what tells it from others
	title  cellPen
	width  int
	cells  int // seen in the sample
	digits int // of these, numbers
}

// right reports whether what a column shows stands on its right.
func (c *column) right() bool { return c.digits > 0 && c.digits == c.cells }

// columns are the columns of a table, in the order in which they were met.
type columns struct {
	list  []column
	byKey map[string]int
	more  bool // there are others
}

func newColumns() *columns { return &columns{byKey: map[string]int{}} }

// at returns the column of a key, or -1.
func (t *columns) at(key []byte) int {
	if i, ok := t.byKey[string(key)]; ok {
		return i
	}
	return -1
}

// add returns the column of a key that was not met before, or -1 if there are
// too many.
func (t *columns) add(key []byte) int {
	if len(t.list) == maxColumns {
		t.more = true
		return -1
	}
	t.byKey[string(key)] = len(t.list)
	t.list = append(t.list, column{key: string(key), title: cellPen{most: maxCell}})
	return len(t.list) - 1
}

// meet notes a cell of the sample. A null says nothing about its column.
func (t *columns) meet(i int, pen *cellPen, role Role) {
	c := &t.list[i]
	c.width = max(c.width, min(pen.used, pen.most))
	switch role {
	case Number:
		c.digits++
		c.cells++
	case Literal:
	default:
		c.cells++
	}
}

// fit makes columns as wide as their titles and cells ask for.
func (t *columns) fit() {
	most := t.most()
	for i := range t.list {
		c := &t.list[i]
		c.width = max(min(max(c.width, c.title.used), most), 1)
	}
}

func (t *columns) most() int {
	if len(t.list) == 1 {
		return maxLoneCell
	}
	return maxCell
}

// header is the line of the titles.
func (t *columns) header(offset int64) *line {
	l := &line{offset: offset, single: true}
	row := rowPen{columns: t, line: l}
	for i := range t.list {
		row.put(i, &t.list[i].title)
	}
	return l
}

// rowPen writes cells into their columns, from left to right.
type rowPen struct {
	columns *columns
	line    *line
	blank   int // cells still to be left blank
	next    int // column
}

// put writes the cell of column i, which must come after all before.
func (r *rowPen) put(i int, cell *cellPen) {
	for ; r.next < i; r.next++ {
		r.blank += r.columns.list[r.next].width + gap
	}
	c := &r.columns.list[i]
	pad := max(c.width-cell.used, 0)
	if c.right() {
		r.blank += pad
	}
	if len(cell.spans) > 0 {
		r.line.spans = blank(r.line.spans, r.blank, r.line.offset)
		r.line.spans = append(r.line.spans, cell.spans...)
		r.blank = 0
	}
	if r.blank += gap; !c.right() {
		r.blank += pad
	}
	r.next = i + 1
}

// extra says behind the last column how many cells have none.
func (r *rowPen) extra(n int, open bool) {
	if n == 0 {
		return
	}
	for ; r.next < len(r.columns.list); r.next++ {
		r.blank += r.columns.list[r.next].width + gap
	}
	text := "+" + strconv.Itoa(n)
	if open {
		text += " or"
	}
	r.line.spans = blank(r.line.spans, r.blank, r.line.offset)
	r.line.spans = append(r.line.spans, Span{Text: text + " more", Role: Comment, Offset: r.line.offset})
}
