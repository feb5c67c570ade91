package jsonpath

import (
	"context"
	"io"
	"sort"

	"parley/httpcore/content"
)

const (
	// longValue is how long arrays and objects are whose ends are remembered.
	longValue = 64 << 10
	// maxEnds is how many ends are remembered; past that, they are looked for.
	maxEnds = 1 << 15
)

// frontier is how far the source is known to be JSON. What lies before it can
// be read without looking for errors.
type frontier struct {
	ctx   context.Context
	pages *pages
	scan  content.Scanner
	at    int64 // all before it is JSON
	start int64 // of the text: behind a byte order mark
	begun bool
	err   error // why it cannot go on: io.EOF at the end, *content.SyntaxError

	opened []int64         // starts of what is open where the page begins
	ends   map[int64]int64 // by start, of long arrays and objects
}

func newFrontier(ctx context.Context, p *pages) *frontier {
	return &frontier{ctx: ctx, pages: p, scan: *content.NewStreamScanner(), ends: map[int64]int64{}}
}

// advance moves the frontier on, waiting for more of the source if need be. At
// the end of the source, or of what is JSON, it returns why.
func (f *frontier) advance() error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	if f.err != nil {
		return f.err
	}
	if !f.begun {
		if err := f.begin(); err != nil {
			return err
		}
	}
	size, err := f.await(f.at)
	if err != nil {
		return err
	}
	if size <= f.at {
		return f.finish()
	}
	src, err := f.pages.at(f.at, size)
	if err != nil {
		return err
	}
	f.read(src)
	if f.at = f.scan.Offset(); f.scan.Err() != nil {
		f.err = f.scan.Err()
		f.at = f.err.(*content.SyntaxError).Offset
	}
	return nil
}

// await returns how long the source is once it is longer than size or at its
// end.
func (f *frontier) await(size int64) (int64, error) {
	now := f.pages.src.Size()
	if now > size {
		return now, nil
	}
	err := f.pages.src.Wait(f.ctx, size)
	return f.pages.src.Size(), err
}

// finish says why there is no more: the end, or an error.
func (f *frontier) finish() error {
	if _, err := f.pages.src.Done(); err != nil {
		return err // the body broke off
	}
	if f.err = f.scan.Finish(); f.err == nil {
		f.err = io.EOF
	}
	return f.err
}

// begin skips a byte order mark and a guard.
func (f *frontier) begin() error {
	head := make([]byte, 0, content.MaxPreamble)
	mark, guard, more := content.Preamble(head)
	for more {
		n := int64(len(head))
		size, err := f.await(n)
		if err != nil {
			return err
		}
		if size <= n {
			break
		}
		src, err := f.pages.at(n, n+1)
		if err != nil {
			return err
		}
		head = append(head, src[0])
		mark, guard, more = content.Preamble(head)
	}
	f.at = int64(mark + guard)
	f.scan.Skip(f.at)
	f.begun, f.start = true, f.at
	return nil
}

// read scans src and notes the ends of what began before it.
func (f *frontier) read(src []byte) {
	f.opened = f.opened[:0]
	for _, l := range f.scan.Levels() {
		f.opened = append(f.opened, l.Start)
	}
	for len(src) > 0 {
		t, n := f.scan.Next(src)
		src = src[n:]
		switch t.Kind {
		case content.Invalid:
			return
		case content.EndObject, content.EndArray:
			if depth := f.scan.Depth(); depth < len(f.opened) {
				f.closed(f.opened[depth], t.End)
				f.opened = f.opened[:depth]
			}
		}
	}
}

func (f *frontier) closed(start, end int64) {
	if end-start >= longValue && len(f.ends) < maxEnds {
		f.ends[start] = end
	}
}

// endOf returns where the array or object that begins at start ends, if that is
// remembered or the frontier is within it and can go to its end.
func (f *frontier) endOf(start int64) (end int64, ok bool, err error) {
	for {
		if end, ok := f.ends[start]; ok {
			return end, true, nil
		}
		levels := f.scan.Levels()
		i := sort.Search(len(levels), func(i int) bool { return levels[i].Start >= start })
		if i == len(levels) || levels[i].Start != start {
			return 0, false, nil
		}
		if err := f.advance(); err != nil {
			return 0, false, err
		}
	}
}
