package ui

import (
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
	panel := overlay.NewChord(typed, r.keymap.Follow(typed, r.context()))
	panel.SetStyles(r.styles)
	panel.SetScreen(r.width, r.height)
	return panel
}

// clickedChord types the key that was clicked; a click elsewhere gives the chord up.
func (r *Root) clickedChord(event tea.MouseMsg) tea.Cmd {
	panel := r.chord()
	click, ok := event.(tea.MouseClickMsg)
	if !ok {
		return nil
	}
	hint, found := panel.At(click.X, click.Y)
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
