package widget

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/widget/text"
)

// keys is a way to edit by keyboard. There is [plainKeys], which types what is typed, and [vimKeys].
type keys interface {
	// press takes a key and reports whether it was an edit or a motion.
	press(e *Editor, msg tea.KeyPressMsg) bool
	// escape leaves a mode, and reports false when there is none to leave.
	escape(e *Editor) bool
	// selection is what is selected, in order.
	selection(e *Editor) (from, to text.Pos)
	// found says that the selection of the buffer is what a search has found.
	found(e *Editor)
	// moved says that the mouse, or somebody else than press, has moved the cursor; selecting: and selects with it.
	moved(e *Editor, selecting bool)
	// mode names what keys do now, for the foot; empty: they type.
	mode() string
	// steady reports whether the cursor stands on a character instead of between two.
	steady() bool
	// fresh is the same way for another text.
	fresh() keys
	// takes reports whether a key that may be somebody else's is one of this way's own now.
	takes(key string) bool
	// begun are the keys of a command that is not whole yet.
	begun() string
}

// plainKeys is the way of most editors: a key types what it says, shift selects.
type plainKeys struct{}

func (plainKeys) press(e *Editor, msg tea.KeyPressMsg) bool {
	return e.plainKey(msg.String(), msg.Text)
}
func (plainKeys) escape(*Editor) bool                     { return false }
func (plainKeys) selection(e *Editor) (from, to text.Pos) { return e.buffer.Selection() }
func (plainKeys) found(*Editor)                           {}
func (plainKeys) moved(*Editor, bool)                     {}
func (plainKeys) mode() string                            { return "" }
func (plainKeys) steady() bool                            { return false }
func (plainKeys) takes(string) bool                       { return false }
func (plainKeys) begun() string                           { return "" }

func (p plainKeys) fresh() keys { return p }

func (e *Editor) selection() (from, to text.Pos) { return e.keys.selection(e) }

// Escape closes the find line or leaves a mode. It reports false when there is nothing to leave but the editor.
func (e *Editor) Escape() bool {
	if e.find != nil {
		e.EndFind()
		return true
	}
	if !e.keys.escape(e) {
		return false
	}
	e.seen()
	return true
}

// Mode names what keys do now, such as NORMAL; empty where they just type.
func (e *Editor) Mode() string {
	if e.find != nil {
		return ""
	}
	return e.keys.mode()
}

// Steady reports whether letters are keys now, and type nothing.
func (e *Editor) Steady() bool { return e.find == nil && e.keys.steady() }

// Begun are the keys of a command that is not whole yet, such as g in vim's way; Escape gives it up.
func (e *Editor) Begun() string {
	if e.find != nil {
		return ""
	}
	return e.keys.begun()
}

// Shape is the shape that the cursor is to have. It is a block but where vim types.
func (e *Editor) Shape() tea.CursorShape {
	if e.find == nil && e.keys.mode() != "" && !e.keys.steady() {
		return tea.CursorBar
	}
	return tea.CursorBlock
}
