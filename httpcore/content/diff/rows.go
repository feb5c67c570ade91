package diff

// Line is a line of one of the bodies: of text as it is, or of the pretty
// layout of JSON.
type Line struct {
	Number int64 // from 1; 0 if there is no line
	Indent int   // how deep it is in objects and arrays
	Key    Range // the name of a member, in quotes; empty for none
	Value  Range // text; a scalar, an empty container, or one bracket
	Comma  bool  // one follows
	End    LineEnd
}

// LineEnd is what ends a line of text.
type LineEnd uint8

// The ends of lines. Those of JSON are NoEnd.
const (
	NoEnd LineEnd = iota
	LF
	CRLF
)

// Row is a line of A beside one of B, or in the place of many.
type Row struct {
	Kind    Kind
	A, B    Line
	Skipped int64 // how many lines are left out here; A and B are empty then
}

// MaxContext is how many lines around a difference a result knows at most.
const MaxContext = 64

// maxRun is how many rows of one difference there are at most, at its start and
// at its end together.
const maxRun = 1000

// Rows lays A and B out beside each other: every difference with so many lines
// around it, and in the place of what is alike beyond that, or too long, one
// row that says how much it is.
func (r *Result) Rows(context int) []Row {
	c := &collator{context: int64(max(0, min(context, MaxContext)))}
	if r.json != nil {
		r.json.rows(c)
	} else {
		r.text.rows(c)
	}
	c.same(true)
	return c.list
}

// collator keeps of many rows those that are to be seen.
type collator struct {
	context int64
	list    []Row
	alike   []segment // rows of Same after the last difference
	total   int64     // of their rows
	before  int64     // of lines left out elsewhere that the next row of them counts
	some    bool      // there has been a difference
}

// segment is some rows of one kind that are made when they are wanted.
type segment struct {
	n    int64
	emit func(from, to int64, out func(Row))
}

// put adds n rows.
func (c *collator) put(kind Kind, n int64, emit func(from, to int64, out func(Row))) {
	if n == 0 {
		return
	}
	if kind == Same {
		c.alike = append(c.alike, segment{n, emit})
		c.total += n
		return
	}
	c.same(false)
	c.some = true
	if n <= maxRun {
		emit(0, n, c.out)
		return
	}
	emit(0, maxRun-c.context, c.out)
	c.list = append(c.list, Row{Kind: kind, Skipped: n - maxRun})
	emit(n-c.context, n, c.out)
}

func (c *collator) out(r Row) { c.list = append(c.list, r) }

// skip counts lines that are alike and not known one by one.
func (c *collator) skip(n int64) { c.before += n }

// same ends a run of what is alike, at a difference or at the end of all.
func (c *collator) same(last bool) {
	head, tail := c.context, c.context
	if !c.some {
		head = 0
	}
	if last {
		tail = 0
	}
	if left := c.total - head - tail; left > 1 || c.before > 0 {
		head, tail = min(head, c.total), min(tail, max(c.total-head, 0))
		c.emit(0, head)
		c.list = append(c.list, Row{Skipped: max(c.total-head-tail, 0) + c.before})
		c.emit(c.total-tail, c.total)
	} else {
		c.emit(0, c.total)
	}
	c.alike, c.total, c.before = c.alike[:0], 0, 0
}

// emit makes some of the rows that are alike.
func (c *collator) emit(from, to int64) {
	base := int64(0)
	for _, s := range c.alike {
		if base < to && base+s.n > from {
			s.emit(max(from-base, 0), min(to-base, s.n), c.out)
		}
		base += s.n
	}
}
