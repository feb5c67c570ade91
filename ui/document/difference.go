package document

import (
	"slices"
	"sort"
	"strings"

	"parley/httpcore/content"
	"parley/httpcore/content/diff"
	"parley/ui/safe"
)

// Section is a part of a difference, under a title.
type Section struct {
	Title  string // one line; "" for none
	Result *diff.Result
}

// Difference shows how bodies differ, in two ways: [Difference.Unified] and
// [Difference.SideBySide]. What is alike is left out but for some lines around
// what is not. It never changes; its sources must stay readable.
//
// What became of a line is told by its role and by a mark before it, so that it
// can be read without colours: + added, - removed, ~ changed, > moved.
type Difference struct {
	sections []section
	digits   int // of the largest line number
	equal    bool
}

type section struct {
	title, note string
	result      *diff.Result
	rows        []diff.Row
}

// NewDifference lays sections out, with so many lines around each change.
func NewDifference(sections []Section, context int) *Difference {
	d := &Difference{equal: true, digits: 2}
	for _, s := range sections {
		rows := s.Result.Rows(context)
		d.equal = d.equal && s.Result.Equal()
		d.sections = append(d.sections, section{safe.Line(s.Title), safe.Line(s.Result.Note), s.Result, rows})
		for _, row := range rows {
			d.digits = max(d.digits, digits(row.A.Number), digits(row.B.Number))
		}
	}
	return d
}

func digits(n int64) (count int) {
	for ; n > 0; n /= 10 {
		count++
	}
	return count
}

// Equal reports whether nothing differs.
func (d *Difference) Equal() bool { return d.equal }

// SideBySideWidth is how many cells it takes to read two columns.
const SideBySideWidth = 120

// Unified returns a view of one column: what is gone above what is new.
func (d *Difference) Unified() *View { return d.view(&differing{of: d}, unified) }

// SideBySide returns a view of two columns that together fill so many cells.
// Lines that are longer are cut.
func (d *Difference) SideBySide(width int) *View {
	// Between the columns there is a line, and before each its number and mark.
	half := max((width-3)/2-d.digits-3, 1)
	return d.view(&differing{of: d, half: half}, beside)
}

func (d *Difference) view(lines *differing, entries func([]entry, int, section) []entry) *View {
	for i, s := range d.sections {
		if s.title != "" {
			lines.entries = append(lines.entries, entry{section: i, row: titleRow})
		}
		if s.note != "" {
			lines.entries = append(lines.entries, entry{section: i, row: noteRow})
		}
		lines.entries = entries(lines.entries, i, s)
	}
	lines.findChanges()
	return &View{src: content.NewSource(strings.NewReader(""), 0), lines: always(lines)}
}

// entry is a line of the view.
type entry struct {
	section, row int // row is an index, or one of those below 0
	side         side
}

const (
	titleRow = -1
	noteRow  = -2
)

type side uint8

const (
	both side = iota
	left
	right
)

// beside makes a line of each row.
func beside(list []entry, section int, s section) []entry {
	for i := range s.rows {
		list = append(list, entry{section: section, row: i})
	}
	return list
}

// unified makes a line of each row that is alike on both sides, and two of one
// that is not: of those that follow each other, first what is gone.
func unified(list []entry, section int, s section) []entry {
	for i := 0; i < len(s.rows); {
		end := i + 1
		if !twofold(s.rows[i]) {
			list = append(list, entry{section: section, row: i, side: right})
			i = end
			continue
		}
		for end < len(s.rows) && twofold(s.rows[end]) && s.rows[end].Kind == s.rows[i].Kind {
			end++
		}
		for k := i; k < end; k++ {
			if s.rows[k].A.Number > 0 {
				list = append(list, entry{section: section, row: k, side: left})
			}
		}
		for k := i; k < end; k++ {
			if s.rows[k].B.Number > 0 {
				list = append(list, entry{section: section, row: k, side: right})
			}
		}
		i = end
	}
	return list
}

// twofold reports whether a row has two sides to tell of.
func twofold(row diff.Row) bool {
	return row.Skipped == 0 && row.Kind != diff.Same && row.Kind != diff.Moved
}

// differing are the lines of a view of a difference.
type differing struct {
	of      *Difference
	entries []entry
	changes []int64 // lines at which changes begin
	half    int     // cells of a column's text; 0 for a unified view
}

func (x *differing) kind(e entry) diff.Kind {
	if e.row < 0 {
		return diff.Same
	}
	return x.of.sections[e.section].rows[e.row].Kind
}

// findChanges notes where runs of lines begin that are not alike.
func (x *differing) findChanges() {
	before := diff.Same
	for i, e := range x.entries {
		kind := x.kind(e)
		if kind != diff.Same && before == diff.Same {
			x.changes = append(x.changes, int64(i))
		}
		before = kind
	}
}

// Change returns the place of the next change after at, or with back of the
// last before it; ok is false if there is none, or the view shows no
// difference.
func (v *View) Change(at Pos, back bool) (pos Pos, ok bool) {
	x, is := v.lines().(*differing)
	if !is {
		return at, false
	}
	i := sort.Search(len(x.changes), func(i int) bool { return x.changes[i] > at.Line })
	if back {
		i, _ = slices.BinarySearch(x.changes, at.Line)
		i--
	}
	if i < 0 || i >= len(x.changes) {
		return at, false
	}
	return Pos{Line: x.changes[i]}, true
}

func (x *differing) size() (int64, bool) { return int64(len(x.entries)), true }

// Lines of a difference have two numbers, which they show themselves; their
// place is their index.
func (x *differing) numbered(number int64) (int64, error) { return x.lineAt(number - 1) }
func (x *differing) lineNear(offset int64) int64          { return offset }

func (x *differing) lineAt(offset int64) (int64, error) {
	return max(min(offset, int64(len(x.entries))-1), 0), nil
}

func (x *differing) lines(first, count int64) ([]line, error) {
	end := min(first+count, int64(len(x.entries)))
	var lines []line
	for i := max(first, 0); i < end; i++ {
		spans, err := x.spans(x.entries[i])
		if err != nil {
			return lines, err
		}
		lines = append(lines, line{index: i, offset: i, spans: spans})
	}
	return lines, nil
}
