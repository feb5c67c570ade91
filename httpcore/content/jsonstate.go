package content

import "math"

// Level is an object or array that is open at some place of a text.
type Level struct {
	Start int64 // offset of its bracket
	// at is the index of the current element of an array; of an object, the
	// complement of the offset of the current key, so that one field
	// suffices.
	at   int64
	keys int64 // of an object, how many have begun
}

// noKey is Level.at of an object before its first key.
const noKey = math.MinInt64

// IsObject tells objects from arrays.
func (l Level) IsObject() bool { return l.at < 0 }

// Index is the zero-based index of the current element of an array.
func (l Level) Index() int64 { return max(l.at, 0) }

// Keys is how many keys of an object have begun.
func (l Level) Keys() int64 { return l.keys }

// Key is the offset of the opening quote of an object's current key, which is
// missing before the first.
func (l Level) Key() (offset int64, ok bool) {
	if l.at >= 0 || l.at == noKey {
		return 0, false
	}
	return ^l.at, true
}

// State is a place in a text from which a scanner can go on. It is immutable,
// and shares memory with the state that its scanner gave out before.
type State struct {
	state   state
	nesting nesting
}

// State returns where the scanner stands. After an error there is no place to
// go on from, and the state leads back to the error's.
func (s *Scanner) State() State {
	s.nesting = pack(s.levels, s.nesting)
	return State{state: s.state, nesting: s.nesting}
}

// Restore puts the scanner where it stood when it gave out st.
func (s *Scanner) Restore(st State) {
	s.state, s.nesting = st.state, st.nesting
	s.levels = st.nesting.unpack(s.levels[:0])
	s.err = nil
}

// Inside reports whether the state stands within a token.
func (st State) Inside() bool { return st.state.part != outside }

// Depth is how many objects and arrays are open there.
func (st State) Depth() int { return st.nesting.depth }

// Level returns the one that so many others are around.
func (st State) Level(depth int) (Level, bool) { return st.nesting.at(depth) }

// Cost is roughly how many bytes of memory the state takes behind a pointer,
// what it shares with another left out.
func (st State) Cost(before State) int { return st.nesting.cost(before.nesting) }
