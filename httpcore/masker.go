package httpcore

import (
	"io"
	"strings"
)

// Masker replaces secrets by marks in whatever is shown or kept. It finds each one raw, percent-encoded, JSON-escaped, in
// hexadecimal, and in Base64 (both alphabets) at all three alignments, also where such forms are mixed: a Base64 text
// that was percent-encoded on top, for one.
//
// A secret shorter than six bytes is only looked for raw, percent-encoded and JSON-escaped: its other forms are so short
// that they would be found everywhere. An empty one is not looked for. A Masker never changes once made and may be used
// concurrently; a nil one masks nothing.
type Masker struct {
	needles []needle
	// starts has, for each byte, the needles that a match beginning with it can be of.
	starts [256][]*needle
	// longest bounds the length of a match.
	longest int
	replace func(Secret) string
}

// shortSecret is the length in bytes below which a secret's hexadecimal and Base64 forms are left alone.
const shortSecret = 6

// NewMasker returns a masker that puts replace's result in the place of a secret: Mark for what is kept, Secret.String
// for the screen.
func NewMasker(secrets []Secret, replace func(Secret) string) *Masker {
	m := &Masker{replace: replace}
	for _, secret := range secrets {
		for _, n := range needlesOf(secret) {
			m.needles = append(m.needles, n)
			m.longest = max(m.longest, n.longest())
		}
	}
	for i := range m.needles {
		for _, c := range m.needles[i].starts() {
			m.starts[c] = append(m.starts[c], &m.needles[i])
		}
	}
	return m
}

// Mark is how a secret is written in anything that is kept: `{secret NAME}`.
func Mark(s Secret) string { return "{secret " + s.Name + "}" }

// String returns s with every secret replaced.
func (m *Masker) String(s string) string {
	if m == nil || len(m.needles) == 0 {
		return s
	}
	begin, end, found := m.next(s, 0)
	if found == nil {
		return s
	}
	var b strings.Builder
	done := 0
	for found != nil {
		b.WriteString(s[done:begin])
		b.WriteString(m.replace(*found))
		done = end
		begin, end, found = m.next(s, done)
	}
	b.WriteString(s[done:])
	return b.String()
}

// Bytes returns data with every secret replaced; data itself is not changed, and returned when it holds none.
func (m *Masker) Bytes(data []byte) []byte {
	if m == nil || len(m.needles) == 0 {
		return data
	}
	text := string(data)
	if _, _, found := m.next(text, 0); found == nil {
		return data
	}
	return []byte(m.String(text))
}

// Find returns the first secret that s holds in any form, or nil.
func (m *Masker) Find(s string) *Secret {
	if m == nil {
		return nil
	}
	_, _, found := m.next(s, 0)
	return found
}

// next finds the first match that begins at from or later. Matches that overlap are one, so that no tail of the second
// stays behind.
func (m *Masker) next(s string, from int) (begin, end int, found *Secret) {
	for begin = from; begin < len(s); begin++ {
		length, n := m.match(s[begin:])
		if n == nil {
			continue
		}
		end = m.extend(s, begin+1, begin+length)
		if n.before {
			begin -= base64Before(s[from:begin])
		}
		return begin, end, &n.secret
	}
	return 0, 0, nil
}

// extend returns where matches that begin between from and end, and overlap one another, end together.
func (m *Masker) extend(s string, from, end int) int {
	for i := from; i < end && i < len(s); i++ {
		if more, _ := m.match(s[i:]); i+more > end {
			end = i + more
		}
	}
	return end
}

// match returns the longest match at the beginning of s.
func (m *Masker) match(s string) (length int, found *needle) {
	for _, n := range m.starts[s[0]] {
		if taken := n.match(s); taken > length {
			length, found = taken, n
		}
	}
	return length, found
}

// Writer returns a writer that masks what passes through it to w, also a secret that is split between two writes. Close
// writes what was held back; it does not close w.
func (m *Masker) Writer(w io.Writer) io.WriteCloser { return &maskWriter{masker: m, w: w} }

type maskWriter struct {
	masker *Masker
	w      io.Writer
	held   []byte
	// covered is how much of held belongs to a secret whose mark is written.
	covered int
}

func (w *maskWriter) Write(p []byte) (int, error) {
	if w.masker == nil || len(w.masker.needles) == 0 {
		return w.w.Write(p)
	}
	w.held = append(w.held, p...)
	if err := w.flush(len(w.held) - w.masker.longest); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *maskWriter) Close() error {
	if len(w.held) == 0 {
		return nil
	}
	return w.flush(len(w.held))
}

// flush writes what begins before settled: a match there cannot be cut short by the end of what is held. One that reaches
// further may go on with what is still to come, however long: of that, only where it ends by now is remembered.
func (w *maskWriter) flush(settled int) error {
	if settled <= 0 {
		return nil
	}
	text := string(w.held)
	var out strings.Builder
	done := w.masker.extend(text, 0, w.covered)
	for done < settled {
		begin, end, found := w.masker.next(text, done)
		if found == nil || begin >= settled {
			out.WriteString(text[done:settled])
			done = settled
			break
		}
		out.WriteString(text[done:begin])
		out.WriteString(w.masker.replace(*found))
		done = end
	}
	w.covered = done - settled
	w.held = append(w.held[:0], text[settled:]...)
	_, err := io.WriteString(w.w, out.String())
	return err
}
