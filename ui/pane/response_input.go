package pane

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/widget"
)

// Do implements Pane.
func (r *Response) Do(id action.ID) (tea.Cmd, bool) {
	if r.strip.focused {
		return nil, r.doStrip(id)
	}
	if id == action.Look && r.strip.at == sideBody && r.events.log != nil && !r.body.typing() && r.lookAtEvents() {
		return nil, true
	}
	if r.strip.at == sideBody && !r.listsEvents() {
		return r.body.do(id)
	}
	if cmd, taken := r.doPast(id); taken {
		return cmd, true
	}
	if p := r.text(); p != nil && p.do(id) {
		return nil, true
	}
	switch id {
	case action.Left, action.Right:
		r.Turn(sign(motions[id]))
	case action.Open, action.Toggle:
		if r.strip.at != sideAttempts {
			return nil, false
		}
		r.unfold()
	case action.Copy:
		return r.copySide(), true
	default:
		motion, ok := motions[id]
		if ok {
			r.headers.Move(motion)
		}
		return nil, ok
	}
	return nil, true
}

func sign(m widget.Motion) int {
	if m == widget.Left {
		return -1
	}
	return 1
}

// doStrip moves along the sides.
func (r *Response) doStrip(id action.ID) bool {
	switch id {
	case action.Left, action.Up:
		r.Turn(-1)
	case action.Right:
		r.Turn(1)
	case action.Down, action.Open:
		r.strip.focused = false
	default:
		return false
	}
	return true
}

// copySide copies the value under the cursor; of the request as it left and of a text without values, all of it.
func (r *Response) copySide() tea.Cmd {
	if r.strip.at == sideSent {
		return r.host.Copy(r.sentText(), "the request as it left")
	}
	if p := r.text(); p != nil {
		if line, ok := p.current(); ok && line.copy != "" {
			return r.host.Copy(line.copy, line.what)
		}
		return r.host.Copy(p.text(), "all of "+r.strip.titles[r.strip.at])
	}
	if r.response() != nil {
		fields := r.fields() // what is copied was asked for: it is not masked
		if line, _ := r.headers.Cursor(); line < len(fields) {
			return r.host.Copy(fields[line].Value, fields[line].Name)
		}
	}
	return nil
}

// Key implements Pane.
func (r *Response) Key(key tea.KeyPressMsg) tea.Cmd {
	switch p := r.text(); {
	case r.strip.focused:
	case r.strip.at == sideBody && !r.listsEvents():
		return r.body.key(key)
	case p != nil:
		p.key(key)
	}
	return nil
}

// Paste implements Pane.
func (r *Response) Paste(text string) tea.Cmd {
	if r.strip.at == sideBody && !r.listsEvents() {
		return r.body.paste(text)
	}
	if p := r.text(); p != nil {
		p.paste(text)
	}
	return nil
}

// Rule implements Ruled.
func (r *Response) Rule(x int) bool {
	_, title := r.strip.hit(x - stripStart)
	return !title
}

// Mouse implements Pane.
func (r *Response) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	if _, clicked := event.(tea.MouseClickMsg); clicked && y == 0 {
		if i, ok := r.strip.hit(x - stripStart); ok {
			r.choose(i)
		}
		return nil
	}
	at := widget.MouseAt(event, x-1, y-1)
	if r.listsEvents() {
		r.events.mouse(widget.MouseAt(at, x-1, y-1-len(r.complaint())))
		return nil
	}
	if r.strip.at == sideBody {
		return r.body.mouse(widget.MouseAt(at, x-1, y-1-len(r.complaint())))
	}
	if p := r.text(); p != nil {
		p.mouse(at)
		click, clicked := event.(tea.MouseClickMsg)
		switch {
		case !clicked || click.Button != tea.MouseLeft:
		case r.onPast():
			return r.clickPast(x - 1)
		case r.strip.at == sideAttempts:
			r.unfold()
		}
		return nil
	}
	r.headers.Update(at)
	return nil
}
