package widget

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/widget/text"
)

// motions are the keys that move the cursor; with shift they select.
var motions = map[string]text.Motion{
	"left": text.CharLeft, "right": text.CharRight,
	"ctrl+left": text.WordLeft, "alt+b": text.WordLeft, "ctrl+right": text.WordRight, "alt+f": text.WordRight,
	"home": text.LineStart, "ctrl+a": text.LineStart, "end": text.LineEnd, "ctrl+e": text.LineEnd,
	"ctrl+home": text.TextStart, "ctrl+end": text.TextEnd,
}

var selections = map[string]text.Motion{
	"shift+left": text.CharLeft, "shift+right": text.CharRight,
	"ctrl+shift+left": text.WordLeft, "ctrl+shift+right": text.WordRight,
	"shift+home": text.LineStart, "shift+end": text.LineEnd,
	"ctrl+shift+home": text.TextStart, "ctrl+shift+end": text.TextEnd,
}

// deletions are the keys that delete up to where a motion leads.
var deletions = map[string]text.Motion{
	"backspace": text.CharLeft, "ctrl+h": text.CharLeft, "shift+backspace": text.CharLeft, "delete": text.CharRight,
	"ctrl+w": text.ShellWordLeft, "alt+backspace": text.WordLeft, "ctrl+backspace": text.WordLeft,
	"alt+d": text.WordRight, "ctrl+delete": text.WordRight,
	"ctrl+u": text.LineFirst, "ctrl+k": text.LineEnd,
}

// vertical are the keys that move by lines, as a number of lines or, when 0, a page.
var vertical = map[string]struct {
	lines     int
	selecting bool
}{
	"up": {-1, false}, "down": {1, false}, "shift+up": {-1, true}, "shift+down": {1, true},
}

func (e *Editor) key(msg tea.KeyPressMsg) bool {
	key := msg.String()
	if m, ok := motions[key]; ok {
		e.buffer.Move(m, false)
	} else if m, ok := selections[key]; ok {
		e.buffer.Move(m, true)
	} else if m, ok := deletions[key]; ok {
		e.delete(key, m)
	} else if !e.verticalKey(key) && !e.typed(msg, key) {
		return false
	}
	e.seen()
	return true
}

// delete is a deletion; ctrl+k at the end of a line takes the line end, as in a shell's editor.
func (e *Editor) delete(key string, m text.Motion) {
	at := e.buffer.Cursor()
	if key == "ctrl+k" && at.Col == len(e.buffer.Line(at.Line)) {
		m = text.CharRight
	}
	e.buffer.Delete(m)
}

func (e *Editor) verticalKey(key string) bool {
	if e.single {
		return false
	}
	lines, selecting := 0, false
	if v, ok := vertical[key]; ok {
		lines, selecting = v.lines, v.selecting
	} else {
		switch key {
		case "pgup", "shift+pgup":
			lines, selecting = -max(1, e.h), key != "pgup"
		case "pgdown", "shift+pgdown":
			lines, selecting = max(1, e.h), key != "pgdown"
		default:
			return false
		}
		e.top = max(0, min(e.top+lines, e.buffer.Lines()-e.h))
	}
	e.buffer.MoveLines(lines, selecting, e.column, func(line, column int) int { return e.byteAt(line, column) })
	return true
}

// typed handles what changes the text.
func (e *Editor) typed(msg tea.KeyPressMsg, key string) bool {
	switch {
	case key == "enter" && !e.single:
		e.buffer.Newline(e.options.Indent)
	case key == "tab" && !e.single:
		e.buffer.Indent(e.options.Indent)
	case key == "shift+tab" && !e.single:
		e.buffer.Dedent(e.options.Indent)
	case (key == "}" || key == "]" || key == ")") && !e.single:
		e.buffer.Close(key, e.options.Indent)
	case key == "space" || key == "shift+space":
		e.buffer.Insert(" ")
	case msg.Text != "":
		e.buffer.Insert(e.fit(msg.Text))
	default:
		return false
	}
	return true
}

// mouse puts the cursor, drags a selection and scrolls.
func (e *Editor) mouse(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if msg.Button != tea.MouseLeft {
			return false
		}
		e.dragging = true
		e.buffer.MoveTo(e.at(msg.X, msg.Y), msg.Mod&tea.ModShift != 0)
		e.seen()
	case tea.MouseMotionMsg:
		if !e.dragging || msg.Button != tea.MouseLeft {
			return false
		}
		e.buffer.MoveTo(e.at(msg.X, msg.Y), true)
		e.seen()
	case tea.MouseReleaseMsg:
		e.dragging = false
	case tea.MouseWheelMsg:
		return e.wheel(msg)
	default:
		return false
	}
	return true
}

func (e *Editor) wheel(msg tea.MouseWheelMsg) bool {
	switch msg.Button {
	case tea.MouseWheelUp:
		e.top = max(0, e.top-wheelStep)
	case tea.MouseWheelDown:
		e.top = max(0, min(e.top+wheelStep, e.buffer.Lines()-e.h))
	case tea.MouseWheelLeft:
		e.left = max(0, e.left-2*wheelStep)
	case tea.MouseWheelRight:
		e.left += 2 * wheelStep
	default:
		return false
	}
	e.touch()
	return true
}

// at returns the place of a cell; above and below the view it is a line further, so that dragging scrolls.
func (e *Editor) at(x, y int) text.Pos {
	line := max(0, min(e.top+max(-1, min(y, e.h)), e.buffer.Lines()-1))
	return text.Pos{Line: line, Col: e.byteAt(line, e.left+max(0, x-e.gutter()))}
}
