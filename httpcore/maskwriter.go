package httpcore

import (
	"io"
	"slices"
)

// Writer returns a writer that masks what passes through it to w, also a secret that is split between two writes. Close
// writes what was held back; it does not close w. Only what may be the beginning of a secret is held back.
func (m *Masker) Writer(w io.Writer) io.WriteCloser {
	return &maskWriter{flow: maskFlow{masker: m}, w: w}
}

type maskWriter struct {
	flow maskFlow
	w    io.Writer
}

func (w *maskWriter) Write(p []byte) (int, error) {
	w.flow.content(p)
	return len(p), w.pass()
}

func (w *maskWriter) Close() error {
	w.flow.end()
	return w.pass()
}

func (w *maskWriter) pass() error {
	settled := w.flow.take()
	if len(settled) == 0 {
		return nil
	}
	_, err := w.w.Write(settled)
	return err
}

// maskFlow masks text that comes in pieces.
type maskFlow struct {
	masker *Masker
	out    []byte
	held   []byte
	// covered is how much of held belongs to a secret whose mark is written.
	covered int
	// inserts are between the bytes of held, and no part of the text.
	inserts []insert
}

// insert is what stands before held[at:].
type insert struct {
	at   int
	data []byte
}

// content takes the next piece of the text.
func (f *maskFlow) content(p []byte) {
	if f.masker == nil || len(f.masker.needles) == 0 {
		f.out = append(f.out, p...)
		return
	}
	f.held = append(f.held, p...)
	f.settle(f.masker.open(string(f.held)))
}

// between takes what stands between two pieces of the text, such as the framing of a chunk: a secret may go on behind it.
func (f *maskFlow) between(p []byte) {
	if len(f.held) == 0 {
		f.out = append(f.out, p...)
		return
	}
	f.inserts = append(f.inserts, insert{len(f.held), slices.Clone(p)})
}

// end settles what was held back.
func (f *maskFlow) end() { f.settle(len(f.held)) }

// take returns what has been settled since the last time. It is valid until the next piece.
func (f *maskFlow) take() []byte {
	out := f.out
	f.out = f.out[:0]
	return out
}

// settle puts out what begins before settled: a match there can't be cut short by the end of what is held. One that
// reaches further may go on with what is still to come, however long: of that, only where it ends by now is remembered.
func (f *maskFlow) settle(settled int) {
	text := string(f.held)
	done := f.masker.extend(text, 0, f.covered)
	f.insertUpTo(done)
	for done < settled {
		begin, end, found := f.masker.next(text, done)
		if found == nil || begin >= settled {
			f.literal(text, done, settled)
			done = settled
			break
		}
		f.literal(text, done, begin)
		f.out = append(f.out, f.masker.replace(*found)...)
		f.insertUpTo(end)
		done = end
	}
	f.covered = done - settled
	f.held = append(f.held[:0], text[settled:]...)
	for i := range f.inserts {
		f.inserts[i].at -= settled
	}
}

// literal puts out text[from:to], with what stands between.
func (f *maskFlow) literal(text string, from, to int) {
	for len(f.inserts) > 0 && f.inserts[0].at <= to {
		at := max(from, f.inserts[0].at)
		f.out = append(f.out, text[from:at]...)
		from = at
		f.insertUpTo(at)
	}
	f.out = append(f.out, text[from:to]...)
}

// insertUpTo puts out what stands before the given place.
func (f *maskFlow) insertUpTo(at int) {
	for len(f.inserts) > 0 && f.inserts[0].at <= at {
		f.out = append(f.out, f.inserts[0].data...)
		f.inserts = f.inserts[1:]
	}
}
