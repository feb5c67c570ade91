package httpcore

import "strings"

// Masker replaces secrets by marks in whatever is shown or kept. It finds each one raw, percent-encoded, JSON-escaped, in
// hexadecimal, and in Base64 (both alphabets) at all three alignments, also where such forms are mixed: a Base64 text
// that was percent-encoded on top, for one.
//
// A secret shorter than six bytes is only looked for raw, percent-encoded and JSON-escaped: its other forms are so short
// that they would be found everywhere. An empty one is not looked for. A Masker never changes once made and may be used
// concurrently; a nil one masks nothing.
type Masker struct {
	needles []needle
	// starts has, for each byte, the needles that a match beginning with it can be of; nil when there are no needles.
	starts *[256][]*needle
	// longest bounds the length of a match.
	longest int
	// before says that some match takes the Base64 character before it along.
	before  bool
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
			m.before = m.before || n.before
		}
	}
	if len(m.needles) == 0 {
		return m // most requests have no secret
	}
	m.starts = &[256][]*needle{}
	for i := range m.needles {
		for _, c := range m.needles[i].starts() {
			m.starts[c] = append(m.starts[c], &m.needles[i])
		}
	}
	return m
}

// Mark is how a secret is written in anything that is kept: `{secret NAME}`.
func Mark(s Secret) string { return markPrefix + s.Name + "}" }

// markPrefix begins every mark.
const markPrefix = "{secret "

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
	if m.starts == nil {
		return 0, nil
	}
	for _, n := range m.starts[s[0]] {
		if taken := n.match(s); taken > length {
			length, found = taken, n
		}
	}
	return length, found
}

// withBefore returns the length of s without the Base64 character at its end, which goes with a match that follows.
func (m *Masker) withBefore(s string) int {
	if !m.before {
		return len(s)
	}
	return len(s) - base64Before(s)
}

// open returns where in s a match may begin that what follows s could complete, or make longer; len(s) when nowhere.
func (m *Masker) open(s string) int {
	if m.starts == nil {
		return len(s)
	}
	for i := max(0, len(s)-m.longest); i < len(s); i++ {
		for _, n := range m.starts[s[i]] {
			if n.mayGrow(s[i:]) {
				return m.withBefore(s[:i])
			}
		}
	}
	return m.withBefore(s)
}
