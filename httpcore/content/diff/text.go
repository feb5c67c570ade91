package diff

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"

	"parley/httpcore/content"
)

// maxLines is how many lines are compared one by one on either side, beside
// those at the start and at the end that are alike anyway.
const maxLines = 200000

// lines is the comparison of two texts.
type lines struct {
	a, b   *table
	prefix int64 // lines that are alike before the tables
	suffix int64 // and after
	steps  []run
	whole  *Change // the difference, when it is not told line by line
}

// run is a run of lines of one kind.
type run struct {
	kind Kind
	a, b int // in the tables
	n    int
}

// table is a part of a text, as lines.
type table struct {
	starts []int64 // of the lines, and the end of the last
	hashes []uint64
	ends   []LineEnd
}

func (t *table) line(i int, before int64) Line {
	return Line{
		Number: before + int64(i) + 1, Value: Range{t.starts[i], t.starts[i+1] - t.ends[i].size()}, End: t.ends[i],
	}
}

func (e LineEnd) size() int64 { return int64(e) }

// byLine compares two texts line by line.
func (r *Result) byLine(ctx context.Context) error {
	r.text = &lines{a: &table{}, b: &table{}}
	switch isBinary, err := binary(r.A, r.B); {
	case err != nil:
		return err
	case isBinary:
		return r.byByte(ctx)
	}
	m, err := edges(ctx, r.A, r.B)
	if err != nil {
		return err
	}
	r.text.prefix, r.text.suffix = m.before, m.after
	seed := maphash.MakeSeed()
	fit := true
	for _, side := range []struct {
		src   content.Source
		end   int64
		table *table
	}{{r.A, m.endA, r.text.a}, {r.B, m.endB, r.text.b}} {
		ok, err := side.table.read(ctx, side.src, m.start, side.end, seed)
		if err != nil {
			return err
		}
		fit = fit && ok
	}
	if !fit {
		r.tooLong(m)
		return nil
	}
	if err := r.text.align(ctx, r); err != nil {
		return err
	}
	return ctx.Err()
}

// tooLong says of all that lies between the edges that it differs.
func (r *Result) tooLong(m middle) {
	r.text.a, r.text.b = &table{}, &table{}
	r.text.whole = &Change{Kind: Changed, A: Range{m.start, m.endA}, B: Range{m.start, m.endB}, LineA: m.before + 1, LineB: m.before + 1}
	r.add(fmt.Sprintf("more than %d lines lie between the first difference and the last, too many to tell them apart", maxLines))
}

// add adds a sentence to the note.
func (r *Result) add(note string) {
	if r.Note != "" {
		r.Note += "; "
	}
	r.Note += note
}

// binary reports whether one of two bodies is no text: has a zero byte near its
// beginning.
func binary(a, b content.Source) (bool, error) {
	head := make([]byte, 8<<10)
	for _, src := range []content.Source{a, b} {
		n, err := content.ReadAt(src, head, 0)
		if err != nil {
			return false, err
		}
		if bytes.IndexByte(head[:n], 0) >= 0 {
			return true, nil
		}
	}
	return false, nil
}

// byByte compares what is no text.
func (r *Result) byByte(ctx context.Context) error {
	at, _, err := commonPrefix(ctx, r.A, r.B)
	if err != nil {
		return err
	}
	r.Note = "compared byte by byte: this is no text"
	if at == r.A.Size() && at == r.B.Size() {
		return nil
	}
	r.Note += fmt.Sprintf(", and differs from byte %d on", at)
	r.text.whole = &Change{Kind: Changed, A: Range{at, r.A.Size()}, B: Range{at, r.B.Size()}}
	return nil
}

// read fills the table with a part of a source. ok is false if that has too
// many lines.
func (t *table) read(ctx context.Context, src content.Source, start, end int64, seed maphash.Seed) (ok bool, err error) {
	var h maphash.Hash
	h.SetSeed(seed)
	inLine, cr := false, false
	t.starts = append(t.starts, start)
	err = pieces(ctx, src, start, end, func(at int64, text []byte) error {
		for len(text) > 0 && len(t.hashes) <= maxLines {
			i := bytes.IndexByte(text, '\n')
			if i < 0 {
				h.Write(text)
				inLine, cr = true, text[len(text)-1] == '\r'
				return nil
			}
			if i > 0 {
				cr = text[i-1] == '\r'
			}
			h.Write(text[:i+1])
			at += int64(i) + 1
			text = text[i+1:]
			t.add(&h, at, cr)
			inLine, cr = false, false
		}
		return nil
	})
	if inLine {
		t.starts = append(t.starts, end)
		t.hashes = append(t.hashes, h.Sum64())
		t.ends = append(t.ends, NoEnd)
	}
	return len(t.hashes) <= maxLines, err
}

func (t *table) add(h *maphash.Hash, next int64, cr bool) {
	t.starts = append(t.starts, next)
	t.hashes = append(t.hashes, h.Sum64())
	if cr {
		t.ends = append(t.ends, CRLF)
	} else {
		t.ends = append(t.ends, LF)
	}
	h.Reset()
}

// equal reports whether no line differs.
func (l *lines) equal() bool {
	for _, s := range l.steps {
		if s.kind != Same {
			return false
		}
	}
	return l.whole == nil
}

func (l *lines) changes() []Change {
	if l.whole != nil {
		return []Change{*l.whole}
	}
	var list []Change
	for _, s := range l.steps {
		if s.kind == Same {
			continue
		}
		c := Change{Kind: s.kind}
		if s.kind != Added {
			c.A, c.LineA = Range{l.a.starts[s.a], l.a.starts[s.a+s.n]}, l.prefix+int64(s.a)+1
		}
		if s.kind != Removed {
			c.B, c.LineB = Range{l.b.starts[s.b], l.b.starts[s.b+s.n]}, l.prefix+int64(s.b)+1
		}
		list = append(list, c)
	}
	return list
}

func (l *lines) rows(c *collator) {
	c.skip(l.prefix)
	if l.whole != nil {
		c.same(false)
		c.some = true
		c.list = append(c.list, Row{Kind: Changed, Skipped: 1})
	}
	for _, s := range l.steps {
		c.put(s.kind, int64(s.n), func(from, to int64, out func(Row)) {
			for i := int(from); i < int(to); i++ {
				row := Row{Kind: s.kind}
				if s.kind != Added {
					row.A = l.a.line(s.a+i, l.prefix)
				}
				if s.kind != Removed {
					row.B = l.b.line(s.b+i, l.prefix)
				}
				out(row)
			}
		})
	}
	if l.suffix > 0 {
		c.skip(l.suffix)
	}
}
