package document

import (
	"bytes"
	"context"
	"sync"
	"time"

	"parley/httpcore/content"
)

const (
	// maxExact is how long a body may be to be lexed as a whole.
	maxExact = 1 << 20
	// maxExactTime is how long that may take.
	maxExactTime = 20 * time.Second
	// lead is how much before a window is lexed in longer bodies, so that the
	// lexer has a chance to know where it is.
	lead = 16 << 10
	// maxNearTime is how long lexing a stretch may take.
	maxNearTime = 2 * time.Second
	// maxColoured is how many stretches of longer bodies are kept.
	maxColoured = 16
)

// highlighted adds the colours of a language to raw lines. Lexing is slow, so
// it happens in the background: lines come plain at first, and the document
// tells when they have their colours.
type highlighted struct {
	*indexed
	kind   content.Kind
	wanted chan stretch // the last that was seen without colours

	mu    sync.Mutex
	exact *coloured   // the whole body
	near  []*coloured // stretches of it, the newest last
}

type stretch struct{ start, end int64 }

func newHighlighted(src Source, kind content.Kind) *highlighted {
	return &highlighted{indexed: newIndexed(src, newRawCutter), kind: kind, wanted: make(chan stretch, 1)}
}

func (h *highlighted) lines(first, count int64) ([]line, error) {
	lines, err := h.indexed.lines(first, count)
	if len(lines) == 0 {
		return lines, err
	}
	want := stretch{lines[0].offset, end(lines[len(lines)-1])}
	c := h.find(want)
	if c == nil {
		h.ask(want)
		return lines, err
	}
	for i := range lines {
		lines[i].spans = c.paint(lines[i].spans)
	}
	return lines, err
}

// end is the offset behind the last byte that l shows.
func end(l line) int64 {
	last := l.offset
	for _, s := range l.spans {
		last = max(last, s.Offset+int64(s.Len))
	}
	return last
}

// approximate reports whether colours are guesses, because the lexer began in
// the middle.
func (h *highlighted) approximate() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.exact == nil
}

func (h *highlighted) find(s stretch) *coloured {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.exact.covers(s.start, s.end) {
		return h.exact
	}
	for _, c := range h.near {
		if c.covers(s.start, s.end) {
			return c
		}
	}
	return nil
}

// ask has a stretch lexed, instead of any that was asked for and not begun.
func (h *highlighted) ask(s stretch) {
	for {
		select {
		case h.wanted <- s:
			return
		default:
		}
		select {
		case <-h.wanted:
		default:
		}
	}
}

// serve lexes what is asked for until ctx ends.
func (h *highlighted) serve(ctx context.Context, changed func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-h.wanted:
			if h.find(s) == nil && h.lexNear(ctx, s) {
				changed()
			}
		}
	}
}

func (h *highlighted) lexNear(ctx context.Context, s stretch) bool {
	from := max(s.start-lead, 0)
	buf := make([]byte, s.end-from)
	n, err := content.ReadAt(h.src, buf, from)
	if err != nil {
		return false // the index and every window meet it too
	}
	text := buf[:n]
	if i := bytes.IndexByte(text, '\n'); from > 0 && i >= 0 && from+int64(i) < s.start {
		text, from = text[i+1:], from+int64(i)+1
	}
	inTime, cancel := context.WithTimeout(ctx, maxNearTime)
	defer cancel()
	c, err := colour(inTime, h.kind, text, from)
	if ctx.Err() != nil {
		return false
	}
	if err != nil || c == nil { // text without colours is still text, and not tried again
		c = &coloured{start: from, end: from + int64(len(text))}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.near = append(h.near, c); len(h.near) > maxColoured {
		h.near = h.near[1:]
	}
	return true
}

// lexAll lexes a body that is short enough when all of it is there.
func (h *highlighted) lexAll(ctx context.Context, changed func()) {
	for {
		ended, _ := h.src.Done()
		size := h.src.Size()
		if size > maxExact {
			return
		}
		if ended {
			break
		}
		if h.src.Wait(ctx, size) != nil {
			return
		}
	}
	ctx, cancel := context.WithTimeout(ctx, maxExactTime)
	defer cancel()
	text := make([]byte, h.src.Size())
	if _, err := content.ReadAt(h.src, text, 0); err != nil {
		return
	}
	c, err := colour(ctx, h.kind, text, 0)
	if err != nil || c == nil {
		return
	}
	h.mu.Lock()
	h.exact, h.near = c, nil
	h.mu.Unlock()
	changed()
}
