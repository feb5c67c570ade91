package document

import (
	"bytes"
	"context"
	"sync"

	"parley/httpcore/content"
)

// segmentSize is how many bytes of a body are searched at a time.
const segmentSize = 64 << 10

// Hit is where a search found something, in bytes of the source.
type Hit struct {
	Start, End int64
	// Wrapped says that the search went past the end of the body, or its
	// beginning, to get there.
	Wrapped bool
}

// Search is a search through a body. From its start on it counts the hits in
// the background, following a body that grows, and remembers how many each
// part of the body has, so that any hit is found by searching one part again.
//
// A regular expression is not matched across lines' ends where they part the
// body for searching, nor across such places in lines longer than 64 KiB.
type Search struct {
	src     Source
	pattern *pattern
	cancel  context.CancelFunc
	ended   chan struct{}
	size    int // bytes of a segment

	mu       sync.Mutex
	segments []segmentHits
	count    int64
	done     bool
	err      error
	progress chan struct{} // closed at the next change
}

// segmentHits is a part of the body and what it holds.
type segmentHits struct {
	start, end int64 // where hits begin
	from       int64 // where the first may, behind the last hit of the part before
	count      int
}

// Search starts a search. It ends with Close, or with the document. Several
// may run at once.
func (d *Document) Search(q Query) (*Search, error) {
	p, err := compile(q)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(d.ctx)
	s := &Search{src: d.src, pattern: p, cancel: cancel, ended: make(chan struct{}), size: segmentSize, progress: make(chan struct{})}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx.Err() != nil {
		s.finish(d.ctx.Err())
		close(s.ended)
		return s, nil
	}
	d.work.Go(func() {
		defer close(s.ended)
		s.finish(s.run(ctx, d.changed))
		d.changed()
	})
	return s, nil
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
	return s.count, s.done, s.err
}

// run searches the body from its beginning to its end.
func (s *Search) run(ctx context.Context, changed func()) error {
	buf := make([]byte, s.size+s.pattern.overlap())
	var at, from int64
	for ctx.Err() == nil {
		ended, _ := s.src.Done()
		n, err := content.ReadAt(s.src, buf, at)
		switch {
		case err != nil:
			return err
		case ended && n == 0:
			return nil
		case !ended && n < len(buf): // wait for a whole segment
			if err := s.src.Wait(ctx, at+int64(n)); err != nil {
				return err
			}
			continue
		}
		limit := s.limit(buf[:n], ended)
		seg := segmentHits{start: at, end: at + int64(limit), from: from}
		s.each(seg, buf[:n], func(h Hit) bool {
			seg.count++
			from = h.End
			return true
		})
		s.add(seg)
		at = seg.end
		changed()
	}
	return ctx.Err()
}

// limit is how much of what was read becomes a segment: up to the last line
// end if there is one, so that lines are searched as a whole.
func (s *Search) limit(text []byte, ended bool) int {
	if ended && len(text) <= s.size {
		return len(text)
	}
	text = text[:min(len(text), s.size)]
	if i := bytes.LastIndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// each calls found with the hits of a segment, whose text is given.
func (s *Search) each(seg segmentHits, text []byte, found func(Hit) bool) {
	skip := int(max(seg.from-seg.start, 0))
	limit := int(seg.end - seg.start)
	if s.pattern.expr != nil {
		text = text[:limit]
	}
	if skip >= limit {
		return
	}
	base := seg.start + int64(skip)
	s.pattern.each(text[skip:], limit-skip, func(start, end int) bool {
		return found(Hit{Start: base + int64(start), End: base + int64(end)})
	})
}

func (s *Search) add(seg segmentHits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.segments = append(s.segments, seg)
	s.count += int64(seg.count)
	s.wake()
}

func (s *Search) finish(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done, s.err = err == nil, err
	s.wake()
}

// wake tells those who wait to look again. The caller holds mu.
func (s *Search) wake() {
	close(s.progress)
	s.progress = make(chan struct{})
}
