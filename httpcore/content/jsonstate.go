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

// State is a place in a text from which a scanner can go on. It is immutable.
type State struct {
	state  state
	levels []Level
}

// State returns where the scanner stands. After an error there is no place to
// go on from, and the state leads back to the error's.
func (s *Scanner) State() State {
	return State{state: s.state, levels: append([]Level(nil), s.levels...)}
}

// Restore puts the scanner where it stood when it gave out st.
func (s *Scanner) Restore(st State) {
	s.state = st.state
	s.levels = append(s.levels[:0], st.levels...)
	s.err = nil
}

// Inside reports whether the state stands within a token.
func (st State) Inside() bool { return st.state.part != outside }

// Levels are the objects and arrays open there, outermost first. It must not
// be changed.
func (st State) Levels() []Level { return st.levels }
