package lazydfa

import "unicode/utf8"

// Text is what is looked through: a piece of a longer text.
type Text struct {
	Bytes []byte
	// Begins and Ends say that the piece begins and ends where the text does.
	// Else ^ and $ do not hold there.
	Begins, Ends bool
}

// Machine looks for matches. It must not be copied, nor used by several
// goroutines at a time.
type Machine struct {
	forward, back *automaton
}

// NewMachine returns a machine that knows no state yet.
func (r *Regexp) NewMachine() *Machine {
	return &Machine{newAutomaton(r.forward), newAutomaton(r.back)}
}

const (
	// stopWork is how much is done between two questions whether to stop: a
	// fraction of a millisecond. It is counted in instructions looked at, which
	// take the time of some bytes whose states are known.
	stopWork     = 16 << 10
	bytesPerWork = 4
	blockBytes   = 16 << 10
)

// Find returns the leftmost match that begins at from or behind it. It may be
// empty. It looks no further when nothing that begins before limit can match.
// ok is false if there is no match, or when stop, which is asked every now and
// then, returned true. Conditions such as \b see what stands before from. Bytes
// that are no UTF-8 count as U+FFFD each.
func (m *Machine) Find(t Text, from, limit int, stop func() bool) (start, end int, ok bool) {
	end = m.end(t, from, limit, stop)
	if end < 0 {
		return 0, 0, false
	}
	start = m.start(t, from, end, stop)
	return start, end, start >= 0
}

// end returns where the leftmost match ends, or -1.
func (m *Machine) end(t Text, from, limit int, stop func() bool) int {
	a, text := m.forward, t.Bytes
	s := a.start(t.before(from))
	found := -1
	for i := from; i < len(text); {
		part := text[:min(len(text), i+blockBytes)]
		switch {
		case i < limit:
			part = text[:min(len(part), limit)]
		case found < 0 && len(a.states[int(s)/a.stride].threads) == 0:
			return -1 // nothing began before limit
		default:
			part = text[:min(len(part), i+16)]
		}
		if a.work += (len(part) - i) / bytesPerWork; a.work > stopWork && a.stops(stop) {
			return -1
		}
		for i < len(part) {
			class, n := int(0), 1
			if c := part[i]; c < utf8.RuneSelf {
				class = int(a.classes.ascii[c])
			} else {
				var r rune
				r, n = utf8.DecodeRune(text[i:])
				class = a.classes.class(r)
			}
			next := a.table[int(s)+class]
			if next <= 0 {
				if next = a.step(s, class); next < 0 {
					next &= where
					st := &a.states[int(next)/a.stride]
					if st.matched {
						found = i
					}
					if st.dead() {
						return found
					}
				} else if a.work > stopWork && a.stops(stop) {
					return -1
				}
			}
			s = next
			i += n
		}
	}
	if a.matchesAtEnd(s, t.Ends) {
		return len(text)
	}
	return found
}

// start returns where the longest match begins that ends at end, not before
// from, or -1 if it was stopped.
func (m *Machine) start(t Text, from, end int, stop func() bool) int {
	a, text := m.back, t.Bytes
	s := a.start(t.behind(end))
	found := -1
	for i := end; i > from; {
		most := max(from, i-blockBytes)
		if a.work += (i - most) / bytesPerWork; a.work > stopWork && a.stops(stop) {
			return -1
		}
		for i > most {
			class, n := int(0), 1
			if c := text[i-1]; c < utf8.RuneSelf {
				class = int(a.classes.ascii[c])
			} else {
				var r rune
				r, n = utf8.DecodeLastRune(text[from:i])
				class = a.classes.class(r)
			}
			next := a.table[int(s)+class]
			if next <= 0 {
				if next = a.step(s, class); next < 0 {
					next &= where
					st := &a.states[int(next)/a.stride]
					if st.matched {
						found = i
					}
					if st.dead() {
						return found
					}
				} else if a.work > stopWork && a.stops(stop) {
					return -1
				}
			}
			s = next
			i -= n
		}
	}
	// One step more tells whether a match begins at from, after what is before.
	class := a.classes.end()
	if c := t.before(from); c != edge {
		class = a.classes.class(c.rune())
	}
	if next := a.step(s, class); next < 0 && a.states[int(next&where)/a.stride].matched {
		return from
	}
	return found
}

// matchesAtEnd reports whether a match ends where the bytes do.
func (a *automaton) matchesAtEnd(s int32, ends bool) bool {
	class := a.classes.end()
	if !ends {
		class = a.classes.class(' ') // whatever follows; it is not a border
	}
	next := a.step(s, class)
	return next < 0 && a.states[int(next&where)/a.stride].matched
}

// stops asks whether to stop.
func (a *automaton) stops(stop func() bool) bool {
	a.work = 0
	return stop()
}

// before is what stands before a place.
func (t Text) before(at int) context {
	if at == 0 {
		if t.Begins {
			return edge
		}
		return other
	}
	r, _ := utf8.DecodeLastRune(t.Bytes[:at])
	return contextOf(r)
}

// behind is what stands behind a place.
func (t Text) behind(at int) context {
	if at == len(t.Bytes) {
		if t.Ends {
			return edge
		}
		return other
	}
	r, _ := utf8.DecodeRune(t.Bytes[at:])
	return contextOf(r)
}
