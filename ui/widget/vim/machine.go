package vim

import (
	"strconv"

	"parley/ui/widget/text"
)

// Mode is what keys do.
type Mode uint8

// The modes.
const (
	Normal Mode = iota
	Insert
	Visual
	VisualLine
)

var modeNames = [...]string{"NORMAL", "INSERT", "VISUAL", "V-LINE"}

func (m Mode) String() string { return modeNames[m] }

// Key is a key press: its name, and the text that it types, if any.
type Key struct{ Name, Text string }

// Outcome is what a key came to.
type Outcome uint8

// The outcomes.
const (
	Pass    Outcome = iota // the key is not the machine's
	Done                   // it was
	Search                 // a search is to be begun
	NextHit                // the next hit is to be gone to, or the one before
	PrevHit                //
	DoAgain                // the keys of Again are to be given again
)

// Screen measures a text as it is seen.
type Screen interface {
	// Column returns the cell of a place, counted from the start of its line, and ByteAt the place in a line that is
	// nearest to a cell.
	Column(text.Pos) int
	ByteAt(line, column int) int
	// RowColumn returns the cell of a place, counted from the start of its row, of which a line that is wrapped has several.
	RowColumn(text.Pos) int
	// RowsAway returns the place that is nearest to a cell of a row some rows down, or up, as far as there are any.
	RowsAway(p text.Pos, rows, column int) text.Pos
	// Rows is how many rows are seen.
	Rows() int
	// Partner finds the bracket that belongs to the one at a place.
	Partner(text.Pos) (text.Pos, bool)
}

// goal is the column of a line that j and k aim for, and that of a row that gj and gk do. Where nothing is set they begin
// with the cursor's own.
type goal struct {
	set         bool
	column, row int
}

// register holds what was deleted or yanked last.
type register struct {
	text  string
	lines bool // whole lines, without the end of the last
}

// Machine is the state of the keys. The zero value is ready, in normal mode.
type Machine struct {
	// Indent is a level of indentation.
	Indent string

	buffer *text.Buffer
	screen Screen

	mode     Mode
	anchor   text.Pos // where visual mode began
	goal     goal
	register register
	found    found // the last f, t, F or T

	pending pending
	typed   []Key // the keys of the command that is on its way
	changes bool  // it changes the text
	once    bool  // the dot cannot do it again
	last    []Key // the keys of the last change
	again   int   // how often it is to be done again
	replays bool
}

// pending is what is known of a command that is not whole yet.
type pending struct {
	count    int
	operator string
	before   int    // the count before the operator
	wait     string // what needs one more key: f t F T r g, or i and a before a text object
}

// found is what a search for a character looked for.
type found struct{ how, char string }

// mostKeys is up to how many keys a change can have to be done again.
const mostKeys = 10_000

// Mode returns the mode.
func (m *Machine) Mode() Mode { return m.mode }

// Pending shows the keys of a command that is not whole yet.
func (m *Machine) Pending() string {
	p := m.pending
	s := ""
	if p.before > 0 {
		s += strconv.Itoa(p.before)
	}
	s += p.operator
	if p.count > 0 {
		s += strconv.Itoa(p.count)
	}
	return s + p.wait
}

// Fresh returns a machine for another text; what was yanked goes along.
func (m *Machine) Fresh() *Machine { return &Machine{Indent: m.Indent, register: m.register} }

// Key takes a key.
func (m *Machine) Key(b *text.Buffer, s Screen, key Key) Outcome {
	m.buffer, m.screen = b, s
	if m.mode == Insert {
		return Pass
	}
	m.record(key)
	outcome := m.take(key)
	if outcome == Pass {
		m.pending = pending{}
	}
	m.finish()
	return outcome
}

// record keeps a key of a command for the dot.
func (m *Machine) record(key Key) {
	if !m.replays && len(m.typed) <= mostKeys {
		m.typed = append(m.typed, key)
	}
}

// finish looks whether a command has come to its end.
func (m *Machine) finish() {
	if m.mode == Insert || m.pending != (pending{}) {
		return
	}
	if m.changes && !m.replays && !m.once && len(m.typed) <= mostKeys {
		m.last = m.typed
	}
	if m.changes || m.mode == Normal {
		m.typed, m.changes, m.once = nil, false, false
	}
	m.buffer.Release()
	if m.mode == Normal {
		m.rest()
	}
}

// rest puts the cursor on a character: behind the last one there is none.
func (m *Machine) rest() {
	at := m.buffer.Cursor()
	line := m.buffer.Line(at.Line)
	if at.Col >= len(line) && at.Col > 0 {
		at.Col = text.Previous(line, len(line))
		m.buffer.MoveTo(at, false)
	}
}

// Typed tells what was typed in insert mode.
func (m *Machine) Typed(key Key) { m.record(key) }

// Escape leaves a mode or gives up half a command; false when there is nothing to leave.
func (m *Machine) Escape(b *text.Buffer) bool {
	m.buffer = b
	switch {
	case m.mode == Insert:
		m.record(Key{Name: "esc"})
		m.mode, m.pending = Normal, pending{}
		if at := b.Cursor(); at.Col > 0 {
			at.Col = text.Previous(b.Line(at.Line), at.Col)
			b.MoveTo(at, false)
		}
		m.finish()
	case m.mode != Normal:
		m.leaveVisual()
	case m.pending != pending{}:
		m.pending, m.typed = pending{}, nil
	default:
		return false
	}
	return true
}

// Again returns the keys of the last change, as often as they are to be given, and Replay has given them.
func (m *Machine) Again() (keys []Key, times int) { return m.last, m.again }

// Replay says that the keys that come are those of Again, or that they have come.
func (m *Machine) Replay(on bool) { m.replays = on }

// Selection is what is selected, in order.
func (m *Machine) Selection(b *text.Buffer) (from, to text.Pos) {
	from, to = m.anchor, b.Cursor()
	switch {
	case m.mode != Visual && m.mode != VisualLine:
		return to, to
	case from.Line >= b.Lines() || from.Col > len(b.Line(from.Line)): // the text is another
		from = to
	}
	if to.Before(from) {
		from, to = to, from
	}
	if m.mode == VisualLine {
		return text.Pos{Line: from.Line}, text.Pos{Line: to.Line, Col: len(b.Line(to.Line))}
	}
	return from, after(b, to)
}

// after is the place behind the character at a place, which may be the end of a line.
func after(b *text.Buffer, p text.Pos) text.Pos {
	if p.Col >= len(b.Line(p.Line)) {
		return b.LineEnd(p.Line)
	}
	p.Col = text.Next(b.Line(p.Line), p.Col)
	return p
}

// Moved says that the cursor was moved by others; selecting: from an anchor on, which begins visual mode.
func (m *Machine) Moved(b *text.Buffer, anchor text.Pos, selecting bool) {
	m.buffer, m.goal, m.pending = b, goal{}, pending{}
	switch {
	case m.mode == Insert && !selecting:
	case selecting:
		if m.mode == Insert {
			b.Release()
		}
		m.mode, m.anchor = Visual, anchor
	default:
		m.mode = Normal
		m.rest()
	}
}

func (m *Machine) leaveVisual() {
	m.mode, m.pending, m.typed = Normal, pending{}, nil
	m.buffer.MoveTo(m.buffer.Cursor(), false)
	m.rest()
}
