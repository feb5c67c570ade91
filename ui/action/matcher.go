package action

// Outcome is what a key press came to.
type Outcome uint8

// The outcomes.
const (
	Unbound  Outcome = iota // no action: the key belongs to whatever has focus
	Matched                 // an action
	Pending                 // the start of a chord; more must come
	Dropped                 // a key on a chord that does not exist; it goes nowhere, least of all into text
	Released                // esc gave up a half-typed chord
)

// Matcher turns key presses into actions, one key at a time.
type Matcher struct {
	keymap Keymap
	typed  string // of a chord, as far as it is typed
	first  string
}

// NewMatcher follows the keys of a keymap.
func NewMatcher(k Keymap) *Matcher { return &Matcher{keymap: k} }

// Press takes the next key, as tea.KeyPressMsg.String spells it, in the context of what has focus.
func (m *Matcher) Press(key string, in Context) (ID, Outcome) {
	before := m.typed
	m.typed = ""
	switch {
	case before == "":
		m.first = key
	case key == "esc":
		return "", Released
	default:
		key = before + " " + settle(m.first, key)
	}
	if id, ok := m.keymap.Lookup(key, in); ok {
		return id, Matched
	}
	if m.keymap.Begins(key, in) {
		m.typed = key
		return "", Pending
	}
	if before != "" {
		return "", Dropped
	}
	return "", Unbound
}

// Typed is the beginning of a chord that was typed, empty when there is none.
func (m *Matcher) Typed() string { return m.typed }

// Pending reports whether a chord is half typed.
func (m *Matcher) Pending() bool { return m.typed != "" }

// Release gives up a half-typed chord.
func (m *Matcher) Release() { m.typed = "" }
