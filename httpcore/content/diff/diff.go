package diff

import (
	"context"
	"time"

	"parley/httpcore/content"
	"parley/httpcore/content/jsonpath"
)

const (
	// MaxSize is how many bytes a body may have to be compared as JSON. Both
	// are held in memory for as long as the result is.
	MaxSize = 16 << 20
	// MaxValues is how many values there may be in either.
	MaxValues = 1 << 20
	// maxChanges is how many changes are told apart. Where there would be
	// more, objects and arrays are said to have changed as a whole.
	maxChanges = 20000
)

// Kind is what became of a part of A on its way to B.
type Kind uint8

// The kinds.
const (
	Same Kind = iota
	Added
	Removed
	Changed
	Moved // an element that is elsewhere in its array, or a member where their order counts
)

var kindNames = [...]string{"same", "added", "removed", "changed", "moved"}

// String is the kind's name for people.
func (k Kind) String() string { return kindNames[k] }

// Range is the part of a source from Start up to End, in bytes.
type Range struct{ Start, End int64 }

// Options say what counts as a difference. The zero value compares exactly.
type Options struct {
	// Ignore selects values of JSON that do not count, nor whether they are
	// there.
	Ignore []*jsonpath.Query
	// AnyOrder says that the order of the elements of arrays does not count.
	AnyOrder bool
	// MemberOrder says that the order of the members of objects counts.
	MemberOrder bool
	Tolerance   Tolerance
}

// Tolerance is how far apart values may be and still be the same.
type Tolerance struct {
	Absolute float64       // of numbers
	Relative float64       // of numbers, as a share of the larger one
	Time     time.Duration // of strings that both are RFC 3339 or HTTP dates
}

func (t Tolerance) numbers() bool { return t.Absolute > 0 || t.Relative > 0 }
func (t Tolerance) any() bool     { return t.numbers() || t.Time > 0 }

// Result is how B differs from A.
type Result struct {
	A, B content.Source
	// Structural says that the bodies were compared as JSON.
	Structural bool
	// Note says why they were not, or where the answer is coarse. It is a
	// sentence without full stop, or empty.
	Note string

	json *structure
	text *lines
}

// Compare compares two bodies. It waits for the end of those that still arrive.
// The error is that of a source, of an Ignore or of ctx.
func Compare(ctx context.Context, a, b content.Source, o Options) (*Result, error) {
	r := &Result{A: a, B: b}
	for _, src := range []content.Source{a, b} {
		if err := ended(ctx, src); err != nil {
			return nil, err
		}
	}
	s, note, err := parseBoth(ctx, a, b, o)
	if err != nil {
		return nil, err
	}
	if s == nil {
		r.Note = note
		return r, r.byLine(ctx)
	}
	s.compare(ctx)
	r.Structural, r.json = true, s
	if s.coarse {
		r.Note = "there are too many differences to tell all of them apart"
	}
	return r, ctx.Err()
}

// ended waits until a source has ended. Why it ended early is not asked: what
// came of it is compared.
func ended(ctx context.Context, src content.Source) error {
	for {
		if done, _ := src.Done(); done {
			return ctx.Err()
		}
		if err := src.Wait(ctx, src.Size()); err != nil {
			return err
		}
	}
}

// Equal reports whether there is no difference.
func (r *Result) Equal() bool {
	if r.json != nil {
		return r.json.changed == 0
	}
	return r.text.equal()
}

// Change is one difference.
type Change struct {
	Kind Kind
	// Path is the JSONPath of the value, in B unless it was removed; From is
	// that in A where it is another. Both are empty in text.
	Path, From string
	// A and B are the ranges of the value in the sources, empty where it is
	// missing. In text they are those of lines.
	A, B Range
	// LineA and LineB are the numbers of the lines at which they begin, in
	// text; of JSON, those of its pretty layout.
	LineA, LineB int64
}

// Changes are the differences, in the order of B as far as they are in it.
func (r *Result) Changes() []Change {
	if r.json != nil {
		return r.json.changes()
	}
	return r.text.changes()
}
