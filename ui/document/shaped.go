package document

import (
	"context"
	"sync"

	"parley/httpcore/content"
)

// shape is how a body falls into lines and what each shows. It is told from
// the body's first bytes.
type shape interface {
	// cuts names what the cutter depends on: shapes of which it is the same
	// cut the same lines.
	cuts() string
	// newCutter makes cutters that say where lines begin.
	newCutter() cutter
	// paint adds the spans of a line to those of the cutter. text begins with
	// the line's bytes; whole says that none is missing.
	paint(l *line, text []byte, whole bool)
	// header is the line that stays at the top, nil for none.
	header() *line
}

const (
	// headSample is how many bytes a shape is told from at once, maxSample how
	// many in the background.
	headSample = 64 << 10
	maxSample  = 1 << 20
	// maxRecord is how many bytes of a line are looked at to show it.
	maxRecord = 64 << 10
)

// shaped are lines cut and painted by a shape, which may change while the
// first bytes of a body come in.
type shaped struct {
	src  Source
	tell func(head []byte, ended bool) shape // nil while it can't be told, and if there is none

	mu    sync.Mutex
	seen  int64 // bytes that the shape was told from
	all   bool  // there are no others
	shape shape
	index *indexed
}

func newShaped(src Source, tell func([]byte, bool) shape) *shaped {
	s := &shaped{src: src, tell: tell}
	s.look(headSample)
	return s
}

// look tells the shape from up to most bytes, if that is more than before.
// What can't be read is met again by whoever shows the body.
func (s *shaped) look(most int64) {
	seen, all := s.progress()
	ended, _ := s.src.Done()
	size := s.src.Size()
	if all || min(size, most) <= seen && !ended {
		return
	}
	head := make([]byte, min(size, most))
	n, err := content.ReadAt(s.src, head, 0)
	if err != nil {
		return
	}
	all = ended && int64(n) == size
	told := s.tell(head[:n], all)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all || int64(n) < s.seen {
		return // another has seen more by now
	}
	s.seen, s.all = int64(n), all
	if told == nil {
		return
	}
	if s.shape == nil || s.shape.cuts() != told.cuts() {
		s.index = newIndexed(s.src, told.newCutter)
	}
	s.shape = told
}

// progress is how many bytes the shape was told from, and whether that is all.
func (s *shaped) progress() (seen int64, all bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen, s.all
}

// known reports whether there is a shape, after another look if there is more
// to see.
func (s *shaped) known() bool {
	if sh, _ := s.now(); sh != nil {
		return true
	}
	seen, all := s.progress()
	ended, _ := s.src.Done()
	if !all && seen < headSample && (ended || s.src.Size() >= seen+seen/4) {
		s.look(headSample)
	}
	sh, _ := s.now()
	return sh != nil
}

func (s *shaped) now() (shape, *indexed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shape, s.index
}

// run looks again whenever there is a quarter more to see, and builds the
// index, until the source ends or ctx does.
func (s *shaped) run(ctx context.Context, changed func()) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var builds sync.WaitGroup
	defer builds.Wait()
	var built *indexed
	stop := func() {}
	for ctx.Err() == nil {
		ended, _ := s.src.Done()
		size := s.src.Size()
		s.look(maxSample)
		if _, x := s.now(); x != nil && x != built {
			stop()
			var building context.Context
			building, stop = context.WithCancel(ctx)
			built = x
			builds.Go(func() {
				_ = x.build(building, changed) // a window meets the error too
				changed()
			})
		}
		changed()
		if ended || size >= maxSample || s.src.Wait(ctx, min(size+size/4, maxSample-1)) != nil {
			break
		}
	}
	builds.Wait()
	stop()
}

func (s *shaped) size() (int64, bool) {
	if _, x := s.now(); x != nil {
		return x.size()
	}
	return 0, false
}

func (s *shaped) numbered(number int64) (int64, error) {
	if _, x := s.now(); x != nil {
		return x.numbered(number)
	}
	return 0, nil
}

func (s *shaped) lineAt(offset int64) (int64, error) {
	if _, x := s.now(); x != nil {
		return x.lineAt(offset)
	}
	return 0, nil
}

func (s *shaped) lineNear(offset int64) int64 {
	if _, x := s.now(); x != nil {
		return x.lineNear(offset)
	}
	return 0
}

func (s *shaped) header() *line {
	if sh, _ := s.now(); sh != nil {
		return sh.header()
	}
	return nil
}

func (s *shaped) lines(first, count int64) ([]line, error) {
	sh, x := s.now()
	if x == nil || count <= 0 {
		_, err := content.ReadAt(s.src, make([]byte, 1), 0)
		return nil, err
	}
	lines, err := x.lines(first, count+1) // one more, to know where the last ends
	r := reach{src: s.src}
	for i := range lines {
		if int64(i) == count {
			return lines[:count], err
		}
		stop := s.src.Size()
		if i+1 < len(lines) {
			stop = lines[i+1].offset
		}
		text, readErr := r.at(lines[i].offset, min(stop-lines[i].offset, maxRecord))
		if readErr != nil {
			return lines[:i], readErr
		}
		sh.paint(&lines[i], text, lines[i].offset+int64(len(text)) == stop)
	}
	return lines, err
}

// indexOf returns the index that lines are found by, nil if there is none.
func indexOf(lines lineSource) *indexed {
	switch lines := lines.(type) {
	case *indexed:
		return lines
	case *branch:
		return lines.of
	case *shaped:
		_, x := lines.now()
		return x
	}
	return nil
}

// reach reads short pieces of a source that lie close together.
type reach struct {
	src   Source
	buf   []byte
	start int64
}

// at returns n bytes at offset, or fewer if there are no more.
func (r *reach) at(offset, n int64) ([]byte, error) {
	if from := offset - r.start; from >= 0 && from+n <= int64(len(r.buf)) {
		return r.buf[from : from+n], nil
	}
	if r.buf == nil {
		r.buf = make([]byte, 0, maxRecord)
	}
	k, err := content.ReadAt(r.src, r.buf[:cap(r.buf)], offset)
	r.buf, r.start = r.buf[:k], offset
	return r.buf[:min(int64(k), n)], err
}

// never reports whether all was seen that a shape is told from, and there is
// none.
func (s *shaped) never() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shape == nil && (s.all || s.seen >= maxSample)
}
