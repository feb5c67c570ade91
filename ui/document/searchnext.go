package document

import (
	"context"
	"errors"
	"math"
	"sort"

	"parley/httpcore/content"
)

// ErrNotFound is what [Search.Next] and [Search.Previous] report when the body
// holds no hit at all.
var ErrNotFound = errors.New("not found")

// Next returns the first hit that begins at from or behind it, or else the
// first of the body. It waits for the search to get far enough, so it must not
// be called where keys are answered.
func (s *Search) Next(ctx context.Context, from int64) (Hit, error) {
	for i := s.reached(from); ; i++ {
		seg, ok, err := s.segment(ctx, i)
		if err != nil {
			return Hit{}, err
		}
		if !ok {
			break
		}
		if h, ok, err := s.first(seg, from); ok || err != nil {
			return h, err
		}
	}
	for i := 0; ; i++ {
		seg, ok, err := s.segment(ctx, i)
		if err != nil {
			return Hit{}, err
		}
		if !ok {
			return Hit{}, ErrNotFound
		}
		if h, ok, err := s.first(seg, 0); ok || err != nil {
			h.Wrapped = true
			return h, err
		}
	}
}

// Previous returns the last hit that begins before from, or else the last of
// the body. It waits as Next does.
func (s *Search) Previous(ctx context.Context, from int64) (Hit, error) {
	h, ok, err := s.lastBefore(ctx, from)
	if ok || err != nil {
		return h, err
	}
	h, ok, err = s.lastBefore(ctx, math.MaxInt64)
	switch {
	case err != nil:
		return h, err
	case !ok:
		return h, ErrNotFound
	}
	h.Wrapped = true
	return h, nil
}

// lastBefore waits until everything before from has been searched and goes
// back from there.
func (s *Search) lastBefore(ctx context.Context, from int64) (Hit, bool, error) {
	i := s.reached(from)
	for {
		seg, ok, err := s.segment(ctx, i)
		if err != nil {
			return Hit{}, false, err
		}
		if !ok || seg.end > from {
			break
		}
		i++
	}
	for ; i >= 0; i-- {
		seg, ok, err := s.segment(ctx, i)
		if err != nil {
			return Hit{}, false, err
		}
		if !ok {
			continue
		}
		if h, ok, err := s.last(seg, from); ok || err != nil {
			return h, ok, err
		}
	}
	return Hit{}, false, nil
}

// reached is the index of the segment that holds the byte at offset, or of the
// one after all that are known.
func (s *Search) reached(offset int64) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sort.Search(len(s.segments), func(i int) bool { return s.segments[i].end > offset })
}

// segment returns a part of the body, waiting until it has been searched. ok is
// false if the body has no such part.
func (s *Search) segment(ctx context.Context, i int) (seg segmentHits, ok bool, err error) {
	for {
		s.mu.Lock()
		progress, done, err := s.progress, s.done, s.err
		if i < len(s.segments) {
			seg = s.segments[i]
			s.mu.Unlock()
			return seg, true, nil
		}
		s.mu.Unlock()
		if done || err != nil {
			return seg, false, err
		}
		select {
		case <-progress:
		case <-ctx.Done():
			return seg, false, ctx.Err()
		}
	}
}

// first returns the first hit of a segment that begins at from or behind it.
func (s *Search) first(seg segmentHits, from int64) (hit Hit, ok bool, err error) {
	err = s.again(seg, func(h Hit) bool {
		if h.Start >= from {
			hit, ok = h, true
		}
		return !ok
	})
	return hit, ok, err
}

// last returns the last hit of a segment that begins before from.
func (s *Search) last(seg segmentHits, from int64) (hit Hit, ok bool, err error) {
	err = s.again(seg, func(h Hit) bool {
		if h.Start < from {
			hit, ok = h, true
		}
		return h.Start < from
	})
	return hit, ok, err
}

// again searches a segment once more, if it is known to hold something.
func (s *Search) again(seg segmentHits, found func(Hit) bool) error {
	if seg.count == 0 {
		return nil
	}
	text := make([]byte, seg.end-seg.start+int64(s.pattern.overlap()))
	n, err := content.ReadAt(s.src, text, seg.start)
	if err == nil {
		s.each(seg, text[:n], found)
	}
	return err
}
