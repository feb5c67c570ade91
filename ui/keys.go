package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// key routes a key press: the keymap says whether it is an action where focus is; what is none belongs to the overlay on
// top, else to the pane with focus.
func (r *Root) key(press tea.KeyPressMsg) tea.Cmd {
	if r.layout.TooSmall {
		return r.keyWithoutScreen(press)
	}
	if id, ok := r.begunElsewhere(press.String()); ok {
		return r.perform(id)
	}
	if r.completionTakes(press.String()) {
		return r.input(func(t typing) tea.Cmd { return t.Key(press) })
	}
	if r.turnChord(press.String()) {
		return nil
	}
	r.chordPage = 0
	id, outcome := r.matcher.Press(press.String(), r.context())
	switch outcome {
	case action.Matched:
		if id != action.Complete {
			r.closeCompletion()
		}
		return r.perform(id)
	case action.Unbound:
		if r.rests() && press.String() != "enter" {
			return nil
		}
		return r.input(func(t typing) tea.Cmd { return t.Key(press) })
	default:
		return nil
	}
}

// begunElsewhere finds the action of a chord whose first key the editor has taken as the beginning of a command of its own,
// such as g in a mode of vim.
func (r *Root) begunElsewhere(key string) (action.ID, bool) {
	e := r.editor()
	if e == nil || e.Begun() == "" || r.matcher.Pending() {
		return "", false
	}
	id, ok := r.keymap.Lookup(e.Begun()+" "+key, r.context())
	if ok {
		e.Escape()
	}
	return id, ok
}

// keyWithoutScreen answers the one key that matters when nothing fits on the screen.
func (r *Root) keyWithoutScreen(press tea.KeyPressMsg) tea.Cmd {
	if press.String() == "ctrl+c" {
		return r.quit()
	}
	return nil
}

func (r *Root) context() action.Context {
	if top := r.overlays.Top(); top != nil {
		return top.Context()
	}
	return r.atRest(r.focused().Context())
}

// typing is what overlays and panes have in common.
type typing interface {
	Do(id action.ID) (tea.Cmd, bool)
	Key(key tea.KeyPressMsg) tea.Cmd
	Paste(text string) tea.Cmd
}

// input gives input to whatever has focus.
func (r *Root) input(give func(typing) tea.Cmd) tea.Cmd {
	if top := r.overlays.Top(); top != nil {
		cmd := give(top)
		r.overlays.Drop()
		return cmd
	}
	return give(r.focused())
}

// perform carries an action out: by what has focus if it is that one's, else by the root. An overlay keeps the actions of
// the screen below it away.
func (r *Root) perform(id action.ID) tea.Cmd {
	if id == action.Undo && r.organised.fresh && r.overlays.Top() == nil {
		return r.run(id) // as the notice about it has promised
	}
	var cmd tea.Cmd
	taken, rests := false, r.rests()
	r.input(func(t typing) tea.Cmd {
		cmd, taken = t.Do(id)
		return nil
	})
	if taken {
		return cmd
	}
	if top, ok := r.overlays.Top().(overlay.Offering); ok {
		switch id {
		case action.Menu:
			return r.menuOn(top)
		case action.Palette:
			return r.palette()
		}
	}
	if r.overlays.Top() != nil && !slices.Contains(overOverlays, id) {
		return nil
	}
	if rests {
		if cmd, done := r.atRestDo(id); done {
			return cmd
		}
	}
	return r.run(id)
}

// chosen carries out an action that was chosen in what lies on top and is closed by that.
func (r *Root) chosen(id action.ID) tea.Cmd {
	r.overlays.Drop()
	return r.perform(id)
}

// overOverlays are the actions that work whatever lies on top.
var overOverlays = []action.ID{action.Quit, action.Interrupt, action.Cut, action.Paste, action.Log}

// run carries out an action of the root, or says why it cannot be done now.
func (r *Root) run(id action.ID) tea.Cmd {
	command, ok := r.commands[id]
	if !ok {
		return nil
	}
	if why := command.Why(); why != "" {
		return r.notify(info(why))
	}
	return command.Run()
}

// whyNot is why an action cannot be done now. What has focus may do what the root could not.
func (r *Root) whyNot(id action.ID) string {
	if p, ok := r.focused().(pane.Offering); ok && slices.Contains(p.Offers(), id) {
		return ""
	}
	return r.commands[id].Why()
}
