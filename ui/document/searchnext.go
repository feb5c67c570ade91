package document

import (
	"context"
	"errors"
	"math"
)

// ErrNotFound is what [Search.Next] and [Search.Previous] report when the body
// holds no hit at all.
var ErrNotFound = errors.New("not found")

// Next returns the first hit that begins at from or behind it, or else the
// first of what there is of the body. It looks from there on itself where hits
// have not been counted yet, and waits while there is none and the body grows,
// so it must not be called where keys are answered.
func (s *Search) Next(ctx context.Context, from int64) (Hit, error) {
	ctx, cancel := s.until(ctx)
	defer cancel()
	for at := from; ; {
		ended, _ := s.src.Done()
		size := s.src.Size()
		h, ok, err := s.first(ctx, at, size)
		if ok || err != nil {
			return h, err
		}
		if h, ok, err = s.first(ctx, 0, min(from, size)); ok || err != nil {
			h.Wrapped = true
			return h, err
		}
		if ended {
			return Hit{}, ErrNotFound
		}
		// A hit may have begun in what there was.
		at = max(from, size-int64(s.pattern.overlap()))
		if err := s.src.Wait(ctx, size); err != nil {
			return Hit{}, err
		}
	}
}

// Previous returns the last hit that begins before from, or else the last of
// what there is of the body. It may take as long as Next does, but does not
// wait.
func (s *Search) Previous(ctx context.Context, from int64) (Hit, error) {
	ctx, cancel := s.until(ctx)
	defer cancel()
	h, ok, err := s.last(ctx, from)
	if ok || err != nil {
		return h, err
	}
	h, ok, err = s.last(ctx, math.MaxInt64)
	switch {
	case err != nil:
		return h, err
	case !ok:
		return h, ErrNotFound
	}
	h.Wrapped = true
	return h, nil
}

// until returns a context that ends with ctx and with the search.
func (s *Search) until(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.ctx, cancel)
	if s.stopped() {
		cancel() // AfterFunc would do it, but later
	}
	return ctx, func() { stop(); cancel() }
}

// known returns what is known of the segment that holds the byte at offset.
func (s *Search) known(offset int64) (hitSegment, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits.at(offset)
}

// first returns the first hit that begins between from and to.
func (s *Search) first(ctx context.Context, from, to int64) (hit Hit, ok bool, err error) {
	err = s.scan(ended(ctx), from, to, func(h Hit) bool {
		if h.Start >= from {
			hit, ok = h, true
		}
		return !ok
	})
	return hit, ok, errors.Join(err, ctx.Err())
}

// last returns the last hit that begins before to.
func (s *Search) last(ctx context.Context, to int64) (hit Hit, ok bool, err error) {
	for to = min(to, s.src.Size()); to > 0 && !ok && err == nil; {
		seg, known := s.known(to - 1)
		if !known {
			seg = hitSegment{start: max(0, to-s.batch), count: 1}
		}
		if seg.count > 0 {
			err = s.scan(ended(ctx), seg.start, to, func(h Hit) bool {
				hit, ok = h, true
				return true
			})
			err = errors.Join(err, ctx.Err())
		}
		to = seg.start
	}
	return hit, ok, err
}

// ended asks whether a context has.
func ended(ctx context.Context) func() bool {
	return func() bool { return ctx.Err() != nil }
}

// maxLook is how often a look that a key waits for may be asked whether to
// stop: some milliseconds.
const maxLook = 64

// look ends by itself.
func look() func() bool {
	asked := 0
	return func() bool {
		asked++
		return asked > maxLook
	}
}

// scan calls found with the hits that begin between from and to, and those
// before from in the same segment, until it returns false or stop returns true.
func (s *Search) scan(stop func() bool, from, to int64, found func(Hit) bool) error {
	var buf []byte
	more := true
	for at := max(from, 0); at < to && more; {
		seg, known := s.known(at)
		if !known {
			seg = hitSegment{end: at + s.batch, count: 1}
		}
		if !known || at-seg.from > s.batch { // a segment of a huge body
			seg.from = at
		}
		for from, end := seg.from, min(seg.end, to); from < end && seg.count > 0 && more; {
			if stop() {
				return nil
			}
			next := min(from+s.batch, end)
			err := s.read(&buf, from, next, stop, func(h Hit) bool {
				next = max(next, h.End)
				more = found(h)
				return more
			})
			if err != nil {
				return err
			}
			from = next
			if !known {
				seg.end = next
			}
		}
		at = seg.end
	}
	return nil
}
