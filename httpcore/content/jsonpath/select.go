package jsonpath

import (
	"bytes"
	"context"
	"errors"
	"io"

	"parley/httpcore/content"
)

// Node is a value that a query selects, as a range of the source.
type Node struct {
	Start, End int64
	run        *run
}

// Select calls found with each value of src that the query selects, in the order
// of RFC 9535, as soon as it is known, with src still growing if need be. Values
// may be given several times, as the standard has it.
//
// If src is no JSON, what precedes the error is selected from before the
// *content.SyntaxError is returned. An error of found ends the selection, as
// does the end of ctx, and is returned. What a filter cannot compare since it is
// too large ends it with a *TooLargeError.
func (q *Query) Select(ctx context.Context, src content.Source, found func(Node) error) error {
	p := &pages{src: src}
	r := &run{
		cursor: cursor{frontier: newFrontier(ctx, p)},
		memos:  make([]memo, q.memos),
	}
	out := &collector{found: found}
	for {
		switch _, err := r.peek(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		r.root = r.offset()
		clear(r.memos)
		if err := r.eval(q.segments, out); err != nil {
			return err
		}
	}
}

// run is a query that selects from a source.
type run struct {
	cursor
	root     int64 // where the text begins
	path     []step
	memos    []memo // by subquery.memo
	buf      [2][]byte
	patterns map[string]*pattern
	spare    []*marks
	decoded  [2]struct { // the arrays or objects that were compared last
		start int64
		tree  any
	}
	measured struct { // the long value whose length was asked for last
		known         bool
		start, length int64
	}
	children int // that were visited, to look at the context now and then
}

// step is an index, or the complement of the offset of a key.
type step int64

// collector is what becomes of the nodes that are selected.
type collector struct {
	found func(Node) error // nil: they are only counted
	limit int              // how many are enough, if they are counted; 0: all
	n     int
	start int64 // of the first
}

// errEnough ends a selection of which enough is known.
var errEnough = errors.New("enough is known")

// take gives out the value that comes next, and passes it.
func (r *run) take(out *collector) error {
	if _, err := r.peek(); err != nil {
		return unlessEOF(err)
	}
	start := r.offset()
	if out.n == 0 {
		out.start = start
	}
	out.n++
	if out.n == out.limit {
		return errEnough
	}
	if err := r.skip(); err != nil || out.found == nil {
		return err
	}
	return out.found(Node{start, r.offset(), r})
}

// eval applies segments to the value that comes next, and passes it.
func (r *run) eval(segments []segment, out *collector) error {
	switch {
	case len(segments) == 0:
		return r.take(out)
	case segments[0].descends:
		return r.descend(&segments[0], segments[1:], out)
	}
	return r.child(segments[0].selectors, segments[1:], out)
}

// child applies selectors, one after another, to the value that comes next, and
// the segments that follow to what they select.
func (r *run) child(selectors []selector, then []segment, out *collector) error {
	if len(selectors) == 1 {
		return r.apply(selectors[0], then, out)
	}
	if _, err := r.peek(); err != nil {
		return err
	}
	start := r.offset()
	var broken error
	for _, s := range selectors {
		r.seek(start)
		if err := r.apply(s, then, out); err != nil {
			if !r.isBroken(err) {
				return err
			}
			broken = err // what others select before it is still to be given
		}
	}
	return broken
}

// isBroken reports whether err is that the text is no JSON.
func (r *run) isBroken(err error) bool {
	_, ok := err.(*content.SyntaxError)
	return ok && err == r.err
}

// apply applies a selector to the value that comes next, and the segments that
// follow to what it selects.
func (r *run) apply(s selector, then []segment, out *collector) error {
	b, err := r.peek()
	if err != nil {
		return unlessEOF(err)
	}
	if b != '{' && b != '[' {
		return r.skip()
	}
	switch s := s.(type) {
	case *name:
		if b == '{' {
			return r.named(s, then, out)
		}
	case wildcard:
		return r.all(then, out)
	case *filter:
		return r.filtered(s, then, out)
	case index:
		if b == '[' {
			return r.sliced(slice{start: s.at, end: s.at + 1, hasStart: true, hasEnd: s.at != -1, step: 1}, then, out)
		}
	case slice:
		if b == '[' && s.step != 0 {
			return r.sliced(s, then, out)
		}
	}
	return r.skip()
}

func (r *run) named(n *name, then []segment, out *collector) error {
	in := r.enter()
	in.name = n
	for {
		if more, err := in.next(r); !more {
			return err
		}
		var err error
		if in.is {
			err = r.eval(then, out)
		} else {
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (r *run) all(then []segment, out *collector) error {
	in := r.enter()
	for {
		if more, err := in.next(r); !more {
			return err
		}
		if err := r.eval(then, out); err != nil {
			return err
		}
	}
}

func (r *run) filtered(f *filter, then []segment, out *collector) error {
	in := r.enter()
	for {
		if more, err := in.next(r); !more {
			return err
		}
		at := r.offset()
		ok, err := f.test.holds(r, at)
		if err != nil {
			return err
		}
		r.seek(at)
		if ok {
			err = r.eval(then, out)
		} else {
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
}

// descend applies a descending segment to the value that comes next: first to
// the value itself, then to its children.
func (r *run) descend(s *segment, then []segment, out *collector) error {
	b, err := r.peek()
	if err != nil {
		return unlessEOF(err)
	}
	if b != '{' && b != '[' {
		return r.skip()
	}
	start := r.offset()
	var broken error
	if s.reaches(b) {
		err := r.child(s.selectors, then, out)
		switch {
		case r.isBroken(err):
			broken = err // what lies deeper before it is still to be given
		case err != nil:
			return err
		case r.isFlat(start):
			return nil
		}
		r.seek(start)
		if _, err := r.peek(); err != nil {
			return err
		}
	}
	in := r.enter()
	for {
		if more, err := in.next(r); !more {
			if err == nil {
				err = broken
			}
			return err
		}
		if err := r.descend(s, then, out); err != nil {
			return err
		}
	}
}

// reaches reports whether a selector may select a child of an object or array,
// which begins with b.
func (s *segment) reaches(b byte) bool {
	for _, sel := range s.selectors {
		switch sel.(type) {
		case *name:
			if b == '{' {
				return true
			}
		case index, slice:
			if b == '[' {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// isFlat reports that the object or array from start to the cursor holds no
// other. It may not know.
func (r *run) isFlat(start int64) bool {
	if start < r.base {
		return false
	}
	inner := r.win[start-r.base+1 : r.i]
	return bytes.IndexByte(inner, '{') < 0 && bytes.IndexByte(inner, '[') < 0
}
