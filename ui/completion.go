package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/widget"
)

// editor returns the editor that has focus, nil when nothing is typed now.
func (r *Root) editor() *widget.Editor {
	var focused any = r.focused()
	if top := r.overlays.Top(); top != nil {
		focused = top
	}
	if e, ok := focused.(pane.Editing); ok {
		return e.Editor()
	}
	return nil
}

// completionTakes reports whether a key is for the list of completions.
func (r *Root) completionTakes(key string) bool {
	if r.matcher.Pending() {
		return false
	}
	e := r.editor()
	return e != nil && e.Takes(key)
}

// closeCompletion closes the list: something else is done than typing.
func (r *Root) closeCompletion() {
	if e := r.editor(); e != nil {
		e.CloseCompletion()
	}
}

// complete lists all ways to go on at the cursor.
func (r *Root) complete() tea.Cmd {
	if r.overlays.Top() == nil {
		if cmd, taken := r.focused().Do(action.Complete); taken {
			return cmd
		}
	}
	if e := r.editor(); e == nil || !e.Complete() {
		return r.notify(info("there is nothing to complete here"))
	}
	return nil
}

// completion returns the list of completions and its place on the screen: below the cursor, or above where there is more
// room. It stays on its side while it gets shorter.
func (r *Root) completion() (list *widget.Completion, at Rect, lines []string) {
	e := r.editor()
	if e == nil || r.layout.TooSmall {
		return nil, Rect{}, nil
	}
	cursor := r.cursor()
	if list = e.Completion(); list == nil || cursor == nil {
		return nil, Rect{}, nil
	}
	// The texts stand below the one that they complete, as long as there is room beside it for what is said of them.
	const enough = 72
	at.X = max(0, cursor.X-list.Typed()-2)
	width := min(r.width, max(enough, r.width-at.X))
	above, below := cursor.Y, r.height-cursor.Y-2
	if below >= widget.CompletionHeight || below >= above {
		lines = list.Lines(r.styles, width, below)
		at.Y = cursor.Y + 1
	} else {
		lines = list.Lines(r.styles, width, above)
		at.Y = cursor.Y - len(lines)
	}
	if len(lines) == 0 {
		return nil, Rect{}, nil
	}
	at.W, at.H = list.Width(), len(lines)
	at.X = max(0, min(at.X, r.width-at.W))
	return list, at, lines
}

// spliceCompletion draws the list over the lines of the screen.
func (r *Root) spliceCompletion(screen []string) {
	_, at, lines := r.completion()
	overlay.Splice(screen, at.X, at.Y, r.width, lines)
}

// mouseCompletion takes a mouse event on the list: a click accepts, the wheel scrolls.
func (r *Root) mouseCompletion(event tea.MouseMsg) (cmd tea.Cmd, taken bool) {
	list, at, _ := r.completion()
	mouse := event.Mouse()
	if list == nil || !at.Contains(mouse.X, mouse.Y) {
		return nil, false
	}
	switch event := event.(type) {
	case tea.MouseWheelMsg:
		list.Wheel(event)
	case tea.MouseClickMsg:
		if mouse.Button == tea.MouseLeft && list.Point(mouse.Y-at.Y) {
			return r.input(func(t typing) tea.Cmd { return t.Key(tea.KeyPressMsg{Code: tea.KeyEnter}) }), true
		}
	}
	return nil, true
}
