package document

import (
	"context"
	"sync"
)

// lineSource is where a view gets its lines from.
type lineSource interface {
	// size is how many lines are known, and whether that is all of them.
	size() (lines int64, done bool)
	lines(first, count int64) ([]line, error)
	numbered(number int64) (int64, error)
	lineAt(offset int64) (int64, error)
	lineNear(offset int64) int64 // roughly, at no cost
}

// View is one way to look at a document. The pretty view of a body of which too
// little has come to tell its kind may come to be laid out differently.
type View struct {
	src   Source
	lines func() lineSource // with nothing folded
	// build fills an index in the background until stop is called.
	build func(*indexed) (stop context.CancelFunc)

	mu      sync.Mutex
	folding folding
}

// always is for views whose lines come from one place.
func always(from lineSource) func() lineSource {
	return func() lineSource { return from }
}

// Numbered reports whether lines are counted for those who read: those of the
// hex view tell their offset instead, those of a tree stand for many, and those
// of a difference have two numbers.
func (v *View) Numbered() bool {
	switch v.lines().(type) {
	case *hexLines, *differing, *branch:
		return false
	}
	return true
}

// Pos is a place to look from: a row of a line. The zero value is the top.
type Pos struct {
	Line int64 // index of the line, from 0
	Row  int   // which of its rows, when lines wrap
}

// Window is what is seen from some place.
type Window struct {
	Header []Row // stay at the top, above what is seen: the titles of a table
	Rows   []Row
	Lines  int64 // how many lines are known by now
	Done   bool  // that is all of them, or all that can be read
	// Approximate says that colours are guesses, because a long text was lexed
	// from the middle on, or are still to come.
	Approximate bool
}

// Lines is how many lines are known, and whether that is all, or all that can
// be read: the window at its end meets the error. It grows while the index is
// being built.
func (v *View) Lines() (n int64, done bool) { return v.shown().size() }

// Window returns what is seen from at. There are fewer rows than the layout's
// height only near the end of what is known. The error is the source's.
func (v *View) Window(at Pos, l Layout) (Window, error) {
	var w Window
	if err := v.head(&w, l); err != nil {
		return w, err
	}
	next, skip := at.Line, at.Row
	for batch := l.batch(); len(w.Rows) < l.Height; batch = l.Height - len(w.Rows) {
		lines, err := v.shown().lines(next, int64(batch))
		if err == nil {
			err = l.Marks.mark(lines)
		}
		for _, ln := range lines {
			rows := l.rows(ln)
			w.Rows = append(w.Rows, rows[min(skip, len(rows)-1):]...)
			skip = 0
		}
		next += int64(len(lines))
		if err != nil || len(lines) < batch {
			v.describe(&w, next)
			return w.cut(l.Height), err
		}
	}
	v.describe(&w, next)
	return w.cut(l.Height), nil
}

// head adds the rows that stay at the top.
func (v *View) head(w *Window, l Layout) error {
	titled, ok := v.lines().(*shaped)
	if !ok {
		return nil
	}
	header := titled.header()
	if header == nil {
		return nil
	}
	lines := []line{*header}
	err := l.Marks.mark(lines)
	w.Header = l.rows(lines[0])
	return err
}

// batch is how many lines are asked for at first. When lines wrap, a few may
// fill the window.
func (l Layout) batch() int {
	if l.Wrap {
		return min(l.Height, 4)
	}
	return l.Height
}

// describe says what is known of the view, in which there are at least so many
// lines.
func (v *View) describe(w *Window, lines int64) {
	w.Lines, w.Done = v.shown().size()
	w.Lines = max(w.Lines, lines)
	if h, ok := v.lines().(*highlighted); ok {
		w.Approximate = h.approximate()
	}
}

func (w Window) cut(height int) Window {
	w.Rows = w.Rows[:min(len(w.Rows), max(height, 0))]
	return w
}

// maxMove is how many rows Move moves at most.
const maxMove = 1000

// Move returns the place that is some rows below from, or above if rows is
// negative, as far as lines are known. It does not go further than 1000 rows:
// AtNumber, AtOffset and End do.
func (v *View) Move(from Pos, rows int, l Layout) (Pos, error) {
	rows = max(min(rows, maxMove), -maxMove)
	if rows < 0 {
		return v.up(from, -rows, l)
	}
	return v.down(from, rows, l)
}

func (v *View) down(from Pos, rows int, l Layout) (Pos, error) {
	lines, err := v.shown().lines(from.Line, int64(rows)+1)
	rows += from.Row
	at := from
	for _, ln := range lines {
		n := len(l.rows(ln))
		at = Pos{Line: ln.index, Row: min(rows, n-1)}
		if rows < n {
			break
		}
		rows -= n
	}
	return at, err
}

func (v *View) up(from Pos, rows int, l Layout) (Pos, error) {
	if rows <= from.Row {
		return Pos{from.Line, from.Row - rows}, nil
	}
	rows -= from.Row
	first := max(from.Line-int64(rows), 0)
	lines, err := v.shown().lines(first, from.Line-first)
	for i := len(lines) - 1; i >= 0; i-- {
		n := len(l.rows(lines[i]))
		if rows <= n {
			return Pos{Line: lines[i].index, Row: n - rows}, err
		}
		rows -= n
	}
	return Pos{Line: first}, err
}

// End returns the lowest place from which the window is full.
func (v *View) End(l Layout) (Pos, error) {
	n, _ := v.shown().size()
	return v.up(Pos{Line: n}, l.Height, l)
}

// AtNumber returns the line that people call number, counted from 1, or the
// last that is known.
func (v *View) AtNumber(number int64) (Pos, error) {
	index, err := v.shown().numbered(number)
	return Pos{Line: index}, err
}

// AtOffset returns the row that shows the byte of the source at offset, or the
// last that is known.
func (v *View) AtOffset(offset int64, l Layout) (Pos, error) {
	index, err := v.shown().lineAt(offset)
	if err != nil {
		return Pos{Line: index}, err
	}
	lines, err := v.shown().lines(index, 1)
	at := Pos{Line: index}
	for _, ln := range lines {
		for _, row := range l.rows(ln) {
			if row.Offset <= offset {
				at.Row = row.Sub
			}
		}
	}
	return at, err
}

// LineRange is the part of the source that a line shows, for copying. It is
// empty if the line is not known.
func (v *View) LineRange(index int64) (Range, error) {
	lines, err := v.shown().lines(index, 1)
	if err != nil || len(lines) == 0 {
		return Range{}, err
	}
	r := Range{lines[0].offset, lines[0].offset}
	for _, s := range lines[0].spans {
		if s.Len > 0 {
			r.Start, r.End = min(r.Start, s.Offset), max(r.End, s.Offset+int64(s.Len))
		}
	}
	return r, nil
}

// AtPercent returns the row that shows the byte at some percentage of what is
// there of the source.
func (v *View) AtPercent(percent float64, l Layout) (Pos, error) {
	return v.AtOffset(int64(float64(v.src.Size())*min(max(percent, 0), 100)/100), l)
}
