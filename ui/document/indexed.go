package document

import (
	"context"

	"parley/httpcore/content"
)

// indexed finds the lines that a cutter makes of a source.
type indexed struct {
	src       Source
	newCutter func() cutter
	nests     bool // the cutters are nesters
	index     *index
	step      int // bytes read at a time
}

func newIndexed(src Source, newCutter func() cutter) *indexed {
	first := newCutter()
	_, nests := first.(nester)
	return &indexed{src: src, newCutter: newCutter, nests: nests, index: newIndex(first.mark()), step: stride}
}

// build fills the index until the source has ended or ctx does. changed is
// called after every step.
func (x *indexed) build(ctx context.Context, changed func()) error {
	c := x.newCutter()
	buf := make([]byte, x.step)
	offset := c.place().offset
	for ctx.Err() == nil {
		ended, _ := x.src.Done() // asked first: what is read after it is all there is
		n, err := content.ReadAt(x.src, buf, offset)
		switch {
		case err != nil:
			x.index.stop()
			return err
		case n > 0:
			c.feed(buf[:n], nil)
			offset += int64(n)
			if x.index.due(offset) {
				x.index.add(c.mark())
			}
			x.index.advance(c.place(), false)
		case ended:
			c.finish(nil)
			x.index.advance(c.place(), true)
			changed()
			return nil
		default:
			if err := x.src.Wait(ctx, offset); err != nil {
				if ctx.Err() == nil {
					x.index.stop()
				}
				return err
			}
			continue
		}
		changed()
	}
	return ctx.Err()
}

func (x *indexed) size() (int64, bool) { return x.index.size() }

// lines returns up to count lines from the one with index first on.
func (x *indexed) lines(first, count int64) ([]line, error) {
	out := &sink{first: first, count: count}
	m := x.index.beforeLine(first)
	c, err := x.walk(m, out, x.src.Size())
	if f, ok := c.(folder); ok && out.open {
		f.unfinished(out)
	}
	out.end()
	return out.lines, err
}

// numbered returns the index of the line with a number, or of the last that is
// known.
func (x *indexed) numbered(number int64) (int64, error) {
	m := x.index.beforeNumber(max(number, 1))
	out := &sink{number: max(number, 1), found: max(m.lines-1, 0)}
	_, err := x.walk(m, out, x.src.Size())
	return out.found, err
}

// lineAt returns the index of the line that shows the byte at offset, or of
// the last that is known.
func (x *indexed) lineAt(offset int64) (int64, error) {
	if _, ahead := x.newCutter().(interface{ looksAhead() }); ahead {
		m := x.index.beforeOffset(offset)
		out := &sink{until: &offset, found: max(m.lines-1, 0)}
		_, err := x.walk(m, out, x.src.Size())
		return out.found, err
	}
	c, err := x.upTo(offset)
	return max(c.place().lines-1, 0), err
}

// lineNear returns the index of a line close before the byte at offset.
func (x *indexed) lineNear(offset int64) int64 {
	m := x.index.beforeOffset(offset)
	return max(m.lines-1, 0)
}

// upTo returns a cutter that has just taken the byte at offset.
func (x *indexed) upTo(offset int64) (cutter, error) {
	c, err := x.walk(x.index.beforeOffset(offset), nil, min(offset+1, x.src.Size()))
	if err != nil {
		return c, err
	}
	switch c := c.(type) {
	case *markupCutter:
		err = c.readOn(x.src)
	case *jsonCutter:
		err = c.decide(x.src)
	}
	return c, err
}

// walk feeds a cutter from m on, until out is done or the source ends or end
// is reached.
func (x *indexed) walk(m mark, out *sink, end int64) (cutter, error) {
	c := x.newCutter()
	c.restore(m)
	if out != nil {
		out.cutter = c
	}
	buf := make([]byte, min(int64(x.step), max(end-m.offset, 0)))
	ended, _ := x.src.Done()
	for left := x.index.reach(); left > 0 && (out == nil || !out.done); left -= len(buf) {
		offset := c.place().offset
		n, err := content.ReadAt(x.src, buf[:max(min(int64(len(buf)), end-offset), 0)], offset)
		if err != nil {
			return c, err
		}
		if n == 0 {
			if out != nil && ended && offset == x.src.Size() {
				c.finish(out)
			}
			break
		}
		c.feed(buf[:n], out)
		if out != nil {
			x.skip(c)
		}
	}
	return c, nil
}

// skip takes c over what may be gigabytes and shows nothing: white space
// between tokens, the rest of a record.
func (x *indexed) skip(c cutter) {
	at := c.place()
	m := x.index.beforeLine(at.lines)
	if m.offset <= at.offset || m.lines != at.lines || m.col != at.col || !at.phase.skips() || (m.phase == inBytes) != (at.phase == inBytes) {
		return
	}
	if markup, ok := c.(*markupCutter); !ok || markup.standsAs(m) {
		c.restore(m)
	}
}
