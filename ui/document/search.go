package document

import (
	"context"
	"runtime"
	"sync"

	"parley/httpcore/content"
)

// Hit is where a search found something, in bytes of the source.
type Hit struct {
	Start, End int64
	// Wrapped says that the search went past the end of the body, or its
	// beginning, to get there.
	Wrapped bool
}

// Search is a search through a body. From its start on it counts the hits in
// the background, on all cores and following a body that grows, and remembers
// how many each part of the body has, so that any hit is found by searching one
// part again. Its memory is bounded at any number of hits and size of the body.
//
// A match of a regular expression that is longer than 64 KiB may be found in
// part.
type Search struct {
	src     Source
	pattern *pattern
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	ended   chan struct{}
	batch   int64 // bytes that one goroutine searches at a time

	mu   sync.Mutex
	hits hitTable
	done bool
	err  error
}

const (
	// segmentSize is how many bytes of a body are counted as one, at first.
	segmentSize = 64 << 10
	batchSize   = 512 << 10
	// maxSearchers is how many goroutines search one body at most.
	maxSearchers = 4
)

// Search starts a search in what a mode shows. It ends with Close, or with the
// document. Several may run at once.
func (d *Document) Search(mode Mode, q Query) (*Search, error) {
	kind := d.Kind()
	p, err := compile(q, mode != Raw && mode != Hex && (kind == content.JSON || kind == content.NDJSON))
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	s := newSearch(d.ctx, d.View(mode).src, p, segmentSize, batchSize)
	if d.ctx.Err() != nil {
		s.finish(d.ctx.Err())
		close(s.ended)
		return s, nil
	}
	d.work.Go(func() {
		defer close(s.ended)
		s.finish(s.run(d.changed))
		d.changed()
	})
	return s, nil
}

func newSearch(ctx context.Context, src Source, p *pattern, segment, batch int64) *Search {
	ctx, cancel := context.WithCancel(ctx)
	return &Search{
		src: src, pattern: p, ctx: ctx, cancel: cancel, ended: make(chan struct{}),
		batch: batch, hits: hitTable{size: segment},
	}
}

// Close ends the search and waits for it.
func (s *Search) Close() {
	s.cancel()
	<-s.ended
}

// Count is how many hits there are so far, whether the whole body has been
// searched, and why it could not be.
func (s *Search) Count() (n int64, done bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits.count + int64(s.hits.tail.count), s.done, s.err
}

func (s *Search) finish(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done, s.err = err == nil, err
}

// stopped reports whether the search has been closed.
func (s *Search) stopped() bool { return s.ctx.Err() != nil }

// run searches the body from its beginning to its end. Where more may follow,
// only what more would not change is counted for good; the rest is counted
// anew each time.
func (s *Search) run(changed func()) error {
	searchers := min(runtime.GOMAXPROCS(0), maxSearchers)
	batches := make([]batch, searchers)
	defer changed()
	for !s.stopped() {
		ended, _ := s.src.Done() // asked first: the size is the last one after it
		size := s.src.Size()
		sure := size
		if !ended {
			sure = max(0, size-int64(s.pattern.overlap())) / s.batch * s.batch
		}
		at := s.hits.end
		switch {
		case at < sure:
			if err := s.countBatches(batches, at, sure); err != nil {
				return err
			}
			changed()
			continue
		case ended:
			return nil
		}
		if err := s.countTail(&batches[0], at, size); err != nil {
			return err
		}
		changed()
		if err := s.src.Wait(s.ctx, size); err != nil {
			return err
		}
	}
	return s.ctx.Err()
}

// countBatches counts the hits from a place on, a batch on each goroutine.
func (s *Search) countBatches(batches []batch, at, end int64) error {
	var work sync.WaitGroup
	used := 0
	for i := range batches {
		if at >= end {
			break
		}
		b, from, to := &batches[i], at, min(at+s.batch, end)
		work.Go(func() { b.search(s, from, from, to) })
		at = to
		used++
	}
	work.Wait()
	for i := range batches[:used] {
		b := &batches[i]
		if free := s.hits.free; free > b.start && b.err == nil {
			b.search(s, free, b.start, b.end) // the last hit before it reached in
		}
		if b.err != nil {
			return b.err
		}
		if s.stopped() {
			return s.ctx.Err()
		}
		s.mu.Lock()
		s.hits.add(b)
		s.mu.Unlock()
	}
	return nil
}

// countTail counts the hits behind those that are counted for good.
func (s *Search) countTail(b *batch, at, end int64) error {
	if b.search(s, max(at, s.hits.free), at, end); b.err != nil {
		return b.err
	}
	if s.stopped() {
		return s.ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits.setTail(b)
	return nil
}
