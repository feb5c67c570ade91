package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/ui/widget/text"
	"parley/ui/widget/vim"
)

// Way is a way to edit by keyboard.
type Way uint8

// The ways: keys type what they say, or they are vim's.
const (
	Plain Way = iota
	Vim
)

// SetWay changes the way of editing. A line of its own is always edited plainly.
func (e *Editor) SetWay(way Way) {
	switch {
	case way == Vim && !e.single:
		e.keys = &vimKeys{machine: &vim.Machine{Indent: e.options.Indent}}
	default:
		e.keys = plainKeys{}
	}
	e.keys.moved(e, false)
	e.seen()
}

// vimKeys edits as vim does.
type vimKeys struct{ machine *vim.Machine }

// vimScreen measures for the machine.
type vimScreen struct{ e *Editor }

func (s vimScreen) Column(p text.Pos) int               { return s.e.column(p) }
func (s vimScreen) ByteAt(line, column int) int         { return s.e.byteAt(line, column) }
func (s vimScreen) RowColumn(p text.Pos) int            { return s.e.columnIn(s.e.rowOf(p), p) }
func (s vimScreen) Rows() int                           { return s.e.rows() }
func (s vimScreen) Partner(p text.Pos) (text.Pos, bool) { return s.e.partner(p) }

func (s vimScreen) RowsAway(p text.Pos, rows, column int) text.Pos {
	r, _ := s.e.away(s.e.rowOf(p), rows)
	return s.e.placeIn(r, column)
}

func (v *vimKeys) press(e *Editor, msg tea.KeyPressMsg) bool {
	return v.give(e, vim.Key{Name: msg.String(), Text: msg.Text})
}

func (v *vimKeys) give(e *Editor, key vim.Key) bool {
	m := v.machine
	if m.Mode() == vim.Insert {
		if key.Name == "esc" {
			return m.Escape(e.buffer)
		}
		m.Typed(key)
		return e.plainKey(key.Name, key.Text)
	}
	switch m.Key(e.buffer, vimScreen{e}, key) {
	case vim.Pass:
		return false
	case vim.Search:
		e.StartFind()
	case vim.NextHit:
		e.FindNext(false)
	case vim.PrevHit:
		e.FindNext(true)
	case vim.DoAgain:
		v.again(e)
	}
	return true
}

// again does the last change again.
func (v *vimKeys) again(e *Editor) {
	keys, times := v.machine.Again()
	keys = slices.Clone(keys)
	v.machine.Replay(true)
	defer v.machine.Replay(false)
	const most = 100_000 // keys
	for range min(times, most/max(1, len(keys))) {
		for _, key := range keys {
			v.give(e, key)
		}
	}
}

func (v *vimKeys) begun() string {
	if v.machine.Mode() == vim.Insert {
		return ""
	}
	return v.machine.Pending()
}

func (v *vimKeys) escape(e *Editor) bool { return v.machine.Escape(e.buffer) }

func (v *vimKeys) selection(e *Editor) (from, to text.Pos) {
	if m := v.machine.Mode(); m == vim.Visual || m == vim.VisualLine {
		return v.machine.Selection(e.buffer)
	}
	return e.buffer.Selection()
}

// found leaves the cursor at the beginning of what was found. While the find line is shown, the hit stays selected.
func (v *vimKeys) found(e *Editor) {
	from, _ := e.buffer.Selection()
	if e.find == nil {
		e.buffer.MoveTo(from, false)
	}
}

func (v *vimKeys) moved(e *Editor, selecting bool) {
	from, to := e.buffer.Selection()
	at := e.buffer.Cursor()
	anchor := from
	if at == from {
		anchor = to
	}
	if selecting && !e.dragging && at == to && from != to { // the cursor is to stand on the last character
		line := e.buffer.Line(to.Line)
		if to.Col == 0 {
			to = text.Pos{Line: to.Line - 1, Col: len(e.buffer.Line(to.Line - 1))}
			line = e.buffer.Line(to.Line)
		}
		e.buffer.MoveTo(text.Pos{Line: to.Line, Col: text.Previous(line, to.Col)}, true)
	}
	v.machine.Moved(e.buffer, anchor, selecting)
}

func (v *vimKeys) mode() string {
	s := v.machine.Mode().String()
	if p := v.machine.Pending(); p != "" {
		s += " " + p
	}
	return s
}

func (v *vimKeys) steady() bool { return v.machine.Mode() != vim.Insert }

// takes keeps the keys that the machine knows, wherever they would be those of actions.
func (v *vimKeys) takes(key string) bool { return v.steady() && v.machine.Knows(key) }

func (v *vimKeys) fresh() keys { return &vimKeys{machine: v.machine.Fresh()} }
