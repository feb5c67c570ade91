package safe

import "io"

// Writer makes everything written through it safe and passes it on. Pieces may
// be cut anywhere: a character that is split across two Writes is kept until
// it is whole.
type Writer struct {
	w       io.Writer
	on, off string
	sc      scanner
	held    []byte // the end of the last Write, not yet judged
	out     []byte
}

// NewWriter returns a Writer to w. on and off are written around each mark,
// SGR sequences for instance; both may be empty.
func NewWriter(w io.Writer, keep Keep, on, off string) *Writer {
	return &Writer{w: w, on: on, off: off, sc: scanner{keep: keep}}
}

// Write makes p safe and writes it. It reports how many bytes of p were taken
// and the error of the writer below.
func (w *Writer) Write(p []byte) (int, error) {
	// A mark is longer than what it stands for, so a large p goes in pieces.
	const piece = 32 << 10
	for done := 0; done < len(p); {
		end := min(done+piece, len(p))
		w.held = append(w.held, p[done:end]...)
		rest := w.convert(view(w.held), false)
		w.held = append(w.held[:0], w.held[len(w.held)-rest:]...)
		if err := w.flush(); err != nil {
			return done, err
		}
		done = end
	}
	return len(p), nil
}

// Close writes what was held back. It does not close the writer below.
func (w *Writer) Close() error {
	w.convert(view(w.held), true)
	w.held = nil
	return w.flush()
}

// convert fills out from s and returns how many bytes at its end must wait.
func (w *Writer) convert(s string, final bool) int {
	for len(s) > 0 {
		n, kind := w.sc.next(s, final)
		if n == 0 {
			return len(s)
		}
		if kind == hostile {
			w.out = append(w.out, w.on...)
			w.out = appendMark(w.out, s[:n])
			w.out = append(w.out, w.off...)
		} else {
			w.out = appendUnit(w.out, s[:n], kind)
		}
		s = s[n:]
	}
	return 0
}

func (w *Writer) flush() error {
	if len(w.out) == 0 {
		return nil
	}
	_, err := w.w.Write(w.out)
	w.out = w.out[:0]
	return err
}
