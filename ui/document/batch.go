package document

import (
	"parley/httpcore/content"
	"parley/ui/document/lazydfa"
)

// batch is a part of a body that is searched in one go, and what was found.
type batch struct {
	start, end int64
	size       int64   // of the parts that hits are counted by
	counts     []int   // of each part
	froms      []int64 // the end of the last hit before each part, 0 without one
	free       int64   // the end of the last hit, 0 without one
	err        error

	buf []byte
}

// search counts the hits that begin at from or behind it, between start and
// end.
func (b *batch) search(s *Search, from, start, end int64) {
	b.start, b.end, b.free, b.size = start, end, 0, min(segmentSize, s.hits.size)
	if from > start {
		b.free = from
	}
	parts := int((end - start + b.size - 1) / b.size)
	b.counts, b.froms = append(b.counts[:0], make([]int, parts)...), append(b.froms[:0], make([]int64, parts)...)
	known := 0 // parts whose froms are known
	b.err = s.read(&b.buf, from, end, s.stopped, func(h Hit) bool {
		part := int((h.Start - start) / b.size)
		for ; known <= part; known++ {
			b.froms[known] = b.free
		}
		b.counts[part]++
		b.free = h.End
		return true
	})
	for ; known < parts; known++ {
		b.froms[known] = b.free
	}
}

// read calls found with the hits that begin at from or behind it and before to,
// until it returns false or stop returns true. It reads that part at once.
func (s *Search) read(buf *[]byte, from, to int64, stop func() bool, found func(Hit) bool) error {
	start := max(from-int64(s.pattern.lookback()), 0)
	size := s.src.Size()
	end := min(to+int64(s.pattern.overlap()), size)
	if from >= min(to, end) {
		return nil
	}
	if want := int(end - start); cap(*buf) < want {
		*buf = make([]byte, want)
	}
	text := (*buf)[:end-start]
	if _, err := content.ReadAt(s.src, text, start); err != nil {
		return err
	}
	t := lazydfa.Text{Bytes: text, Begins: start == 0, Ends: end == size}
	s.pattern.each(t, int(from-start), int(min(to, end)-start), stop, func(first, last int) bool {
		return found(Hit{Start: start + int64(first), End: start + int64(last)})
	})
	return nil
}
