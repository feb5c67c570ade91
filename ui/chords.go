package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
)

// chord is the panel that tells what can follow on what was typed, or nil when no chord is half typed.
func (r *Root) chord() *overlay.Chord {
	typed := r.matcher.Typed()
	if typed == "" || r.layout.TooSmall {
		return nil
	}
	panel := overlay.NewChord(typed, r.keymap.Follow(typed, r.context()), r.chordPage)
	panel.SetStyles(r.styles)
	panel.SetScreen(r.width, r.height)
	return panel
}

// turnChord turns to another page of what can follow, and reports whether the key does that. A key that goes on with the
// chord does not.
func (r *Root) turnChord(key string) bool {
	by, ok := overlay.TurnsChord(key)
	if !ok || !r.matcher.Pending() || slices.ContainsFunc(r.keymap.Follow(r.matcher.Typed(), r.context()), func(h action.Hint) bool { return h.Key == key }) {
		return false
	}
	r.chordPage += by
	return true
}

// clickedChord types the key that was clicked; a click elsewhere gives the chord up. The wheel turns the pages.
func (r *Root) clickedChord(event tea.MouseMsg) tea.Cmd {
	panel := r.chord()
	if wheel, ok := event.(tea.MouseWheelMsg); ok {
		switch wheel.Button {
		case tea.MouseWheelDown:
			r.turnChord("pgdown")
		case tea.MouseWheelUp:
			r.turnChord("pgup")
		}
		return nil
	}
	click, ok := event.(tea.MouseClickMsg)
	if !ok {
		return nil
	}
	if r.layout.Status.Contains(click.X, click.Y) {
		return r.clickStatus(click.X)
	}
	hint, found := panel.At(click.X, click.Y)
	r.chordPage = 0
	if !found || click.Button != tea.MouseLeft {
		r.matcher.Release()
		return nil
	}
	id, outcome := r.matcher.Press(hint.Key, r.context())
	if outcome == action.Matched {
		return r.perform(id)
	}
	return nil
}
