package action

// Outcome is what a key press came to.
type Outcome uint8

// The outcomes.
const (
	Unbound  Outcome = iota // no action: the key belongs to whatever has focus
	Matched                 // an action
	Pending                 // the start of a chord; more must come
	Dropped                 // the second key of a chord that does not exist; it goes nowhere, least of all into text
	Released                // esc gave up a half-typed chord
)

// Matcher turns key presses into actions, one key at a time.
type Matcher struct {
	keymap  Keymap
	pending bool
}

// NewMatcher follows the keys of a keymap.
func NewMatcher(k Keymap) *Matcher { return &Matcher{keymap: k} }

// Press takes the next key, as tea.KeyPressMsg.String spells it, in the context of what has focus.
func (m *Matcher) Press(key string, in Context) (ID, Outcome) {
	if m.pending {
		m.pending = false
		return m.second(key, in)
	}
	if key == Prefix {
		m.pending = true
		return "", Pending
	}
	if id, ok := m.keymap.Lookup(key, in); ok {
		return id, Matched
	}
	return "", Unbound
}

func (m *Matcher) second(key string, in Context) (ID, Outcome) {
	if key == "esc" {
		return "", Released
	}
	if id, ok := m.keymap.Lookup(Prefix+" "+settle(key), in); ok {
		return id, Matched
	}
	return "", Dropped
}

// Pending reports whether a chord is half typed.
func (m *Matcher) Pending() bool { return m.pending }
