package document

import (
	"context"
	"errors"
)

// Ordinal tells which hit of the body one is, counted from 1. known is false
// where the search has not come that far yet.
func (s *Search) Ordinal(ctx context.Context, h Hit) (n int64, known bool, err error) {
	seg, ok := s.known(h.Start)
	if !ok {
		return 0, false, nil
	}
	n = s.before(seg.start)
	err = s.scan(ended(ctx), seg.start, seg.end, func(other Hit) bool {
		if other.Start <= h.Start {
			n++
		}
		return other.Start < h.Start
	})
	err = errors.Join(err, ctx.Err())
	return n, err == nil, err
}

// before is how many hits begin in the segments before the one at start.
func (s *Search) before(start int64) (n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if start >= s.hits.end {
		return s.hits.count
	}
	for _, part := range s.hits.parts[:start/s.hits.size] {
		n += int64(part.count)
	}
	return n
}
