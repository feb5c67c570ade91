package widget

import (
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

// vertical are the keys that move by rows.
var vertical = map[string]struct {
	rows      int
	selecting bool
}{
	"up": {-1, false}, "down": {1, false}, "shift+up": {-1, true}, "shift+down": {1, true},
}

// plainKey takes a key as most editors do.
func (e *Editor) plainKey(key, typed string) bool {
	if e.verticalKey(key) {
		return true
	}
	if m, ok := motions[key]; ok {
		e.move(m, false)
		return true
	}
	if m, ok := selections[key]; ok {
		e.move(m, true)
		return true
	}
	e.edge = text.Pos{}
	if m, ok := deletions[key]; ok {
		e.delete(key, m)
	} else {
		return e.typed(key, typed)
	}
	return true
}

// move takes the cursor along a motion, to the beginning or the end of its row before that of its line.
func (e *Editor) move(m text.Motion, selecting bool) {
	if !e.wrap || !e.toRowEdge(m, selecting) {
		e.edge = text.Pos{}
		e.buffer.Move(m, selecting)
	}
}

// delete is a deletion; ctrl+k at the end of a line takes the line end, as in a shell's editor.
func (e *Editor) delete(key string, m text.Motion) {
	at := e.buffer.Cursor()
	if m == text.CharLeft && e.buffer.DeletePair() {
		return
	}
	if key == "ctrl+k" && at.Col == len(e.buffer.Line(at.Line)) {
		m = text.CharRight
	}
	e.buffer.Delete(m)
}

func (e *Editor) verticalKey(key string) bool {
	if e.single {
		return false
	}
	rows, selecting := 0, false
	if v, ok := vertical[key]; ok {
		rows, selecting = v.rows, v.selecting
	} else {
		switch key {
		case "pgup", "shift+pgup":
			rows, selecting = -max(1, e.rows()), key != "pgup"
		case "pgdown", "shift+pgdown":
			rows, selecting = max(1, e.rows()), key != "pgdown"
		default:
			return false
		}
		e.scroll(rows)
	}
	e.moveRows(rows, selecting)
	return true
}

// typed handles what changes the text.
func (e *Editor) typed(key, typed string) bool {
	switch {
	case key == "enter" && !e.single:
		e.buffer.Newline(e.options.Indent)
	case key == "tab" && !e.single:
		e.buffer.Indent(e.options.Indent)
	case key == "shift+tab" && !e.single:
		e.buffer.Dedent(e.options.Indent)
	case e.typedPair(typed):
	case (key == "}" || key == "]" || key == ")") && !e.single:
		e.buffer.Close(key, e.options.Indent)
	case key == "space" || key == "shift+space":
		e.buffer.Insert(" ")
	case typed != "":
		e.buffer.Insert(e.fit(typed))
	default:
		return false
	}
	return true
}
