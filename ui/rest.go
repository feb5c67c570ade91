package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/pane"
)

// In a keymap with modes a field that esc has left is at rest: letters are keys, until one goes on to type. What has focus
// knows nothing of that; the body editor has modes of its own.

// atRest is the context of what has focus as long as it rests.
func (r *Root) atRest(in action.Context) action.Context {
	switch {
	case in.Has(action.InEditor) && r.steadyEditor():
		return action.EditorRest
	case !r.resting || !in.Has(action.InText) || in.Has(action.InEditor):
		return in
	case in.Has(action.InURL):
		return action.URLRest
	default:
		return action.Rest
	}
}

// steadyEditor reports whether the editor that has focus takes letters as keys now.
func (r *Root) steadyEditor() bool {
	e, ok := r.focused().(pane.Editing)
	return ok && e.Editor() != nil && e.Editor().Steady()
}

// rests reports whether what has focus takes letters and rests.
func (r *Root) rests() bool {
	return r.overlays.Top() == nil && r.context().Has(action.InRest)
}

// rest leaves the field that has focus, and reports whether there was something to leave.
func (r *Root) rest() bool {
	in := r.focused().Context()
	if !r.keymap.Preset().Modal || r.resting || r.overlays.Top() != nil || !in.Has(action.InText) || in.Has(action.InEditor) {
		return false
	}
	r.resting = true
	return true
}

// typeHere goes on to type where focus is; in a table, in the cell under the cursor.
func (r *Root) typeHere() tea.Cmd {
	r.resting = false
	if r.focused().Context().Has(action.InTable) {
		cmd, _ := r.focused().Do(action.Open)
		return cmd
	}
	return nil
}

// atRestDo carries out what motions do in a field at rest when what has focus has no use for them; false means that the
// action is none of those.
func (r *Root) atRestDo(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Left:
		return r.focused().Key(tea.KeyPressMsg{Code: tea.KeyLeft}), true
	case action.Right:
		return r.focused().Key(tea.KeyPressMsg{Code: tea.KeyRight}), true
	case action.Up:
		r.step(-1)
	case action.Down:
		r.step(1)
	case action.Copy:
		if p, ok := r.focused().(pane.Templated); ok {
			text, _ := p.Template()
			return r.Copy(text, "the text"), true
		}
	default:
		return nil, false
	}
	return nil, true
}
