package vim

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/ui/widget/text"
)

// known are the characters that are keys outside insert mode.
const known = "0123456789hjklwbeWBE^$gGftFT;,%{}dcy><xXrJpPuoOiaIAvVDCSYs/nN."

// Knows reports whether a key means something now, outside insert mode.
func (m *Machine) Knows(key string) bool {
	switch key {
	case "ctrl+r", "ctrl+d", "ctrl+u":
		return true
	}
	return utf8.RuneCountInString(key) == 1 && (m.pending.wait != "" || m.pending.operator != "" || strings.Contains(known, key)) ||
		m.pending.wait != "" && key == "space"
}

// take adds a key to the command that is on its way.
func (m *Machine) take(key Key) Outcome {
	name := key.Name
	if key.Text != "" {
		name = key.Text
	}
	p := &m.pending
	switch {
	case p.wait != "":
		return m.waited(name)
	case len(name) == 1 && (name >= "1" && name <= "9" || name == "0" && p.count > 0):
		p.count = min(p.count*10+int(name[0]-'0'), mostTimes)
		return Done
	case p.operator != "" || m.mode != Normal:
		if outcome, ok := m.operand(name); ok {
			return outcome
		}
	}
	if len(name) == 1 && strings.Contains("ftFTg", name) || name == "r" && p.operator == "" {
		p.wait = name
		return Done
	}
	if motion, ok := m.motion(name); ok {
		m.apply(motion)
		return Done
	}
	if p.operator != "" {
		*p = pending{}
		return Done
	}
	if m.mode != Normal {
		return m.visual(name)
	}
	return m.command(name)
}

// mostTimes bounds the count of a command, also where one was typed before the operator and one behind it: a motion is
// carried out that often before the next key is looked at.
const mostTimes = 99_999

// times is the count of the command, at least one; counted says whether one was typed.
func (p pending) times() int { return min(mostTimes, max(1, p.before)*max(1, p.count)) }

func (p pending) counted() bool { return p.before > 0 || p.count > 0 }

// waited takes the key that completes another one.
func (m *Machine) waited(name string) Outcome {
	p := &m.pending
	wait := p.wait
	p.wait = ""
	switch wait {
	case "g":
		if name == "g" {
			line := 0
			if p.counted() {
				line = p.times() - 1
			}
			m.apply(m.toLine(line))
			return Done
		}
		if motion, ok := m.rowMotion(name); ok {
			m.apply(motion)
			return Done
		}
	case "r":
		switch {
		case name != "enter" && isName(name):
		case m.mode != Normal && name != "enter":
			m.replaceSelected(name)
			return Done
		case m.mode == Normal:
			m.replaceChars(name)
			return Done
		}
	case "i", "a":
		if from, to, lines, ok := m.object(wait == "a", name); ok {
			m.onObject(from, to, lines)
			return Done
		}
	default:
		if !isName(name) {
			m.found = found{wait, name}
			if motion, ok := m.findChar(wait, name, false); ok {
				m.apply(motion)
				return Done
			}
		}
	}
	*p = pending{}
	return Done
}

// isName tells the name of a key from a character of several bytes.
func isName(name string) bool { return len(name) > 1 && name[0] < 0x80 }

// operand takes a key that means something else after an operator or in visual mode.
func (m *Machine) operand(name string) (Outcome, bool) {
	p := &m.pending
	switch {
	case name == "i" || name == "a":
		p.wait = name
		return Done, true
	case p.operator != "" && name == p.operator:
		at := m.buffer.Cursor().Line
		m.operate(p.operator, text.Pos{Line: at}, text.Pos{Line: min(at+p.times(), m.buffer.Lines()) - 1}, true)
		m.pending = pending{}
		return Done, true
	}
	return Done, false
}

// apply moves the cursor, or does to what a motion passes over what the operator says.
func (m *Machine) apply(motion motion) {
	p := m.pending
	m.pending = pending{}
	if !motion.vertical {
		m.goal = goal{}
	}
	if p.operator == "" {
		m.buffer.MoveTo(motion.to, false)
		if m.mode == Normal {
			m.rest()
		}
		return
	}
	from, to := m.buffer.Cursor(), motion.to
	if to.Before(from) {
		from, to = to, from
	}
	switch {
	case motion.lines:
	case motion.inclusive:
		to = m.within(to)
	case motion.paragraph && to.Col == 0 && to.Line > from.Line:
		to = text.Pos{Line: to.Line - 1, Col: len(m.buffer.Line(to.Line - 1))}
		if from.Col <= len(indentOf(m.buffer.Line(from.Line))) {
			motion.lines = true
		}
	}
	m.operate(p.operator, from, to, motion.lines)
}

// within is the place behind the character at a place, on the same line.
func (m *Machine) within(p text.Pos) text.Pos {
	p.Col = text.Next(m.buffer.Line(p.Line), p.Col)
	return p
}

// onObject selects a text object, or does to it what the operator says.
func (m *Machine) onObject(from, to text.Pos, lines bool) {
	p := m.pending
	m.pending = pending{}
	m.goal = goal{}
	if p.operator != "" {
		m.operate(p.operator, from, to, lines)
		return
	}
	m.anchor = from
	if lines {
		m.mode = VisualLine
	} else if from.Before(to) && to.Col > 0 {
		to.Col = text.Previous(m.buffer.Line(to.Line), to.Col)
	}
	m.buffer.MoveTo(to, false)
}

// command does what a key of normal mode says.
func (m *Machine) command(name string) Outcome {
	p := m.pending
	n := p.times()
	at := m.buffer.Cursor()
	line := m.buffer.Line(at.Line)
	done := func() Outcome {
		m.pending = pending{}
		return Done
	}
	switch name {
	case "d", "c", "y", ">", "<":
		m.pending = pending{operator: name, before: p.count}
		return Done
	case "D", "C", "x", "X", "s", "delete":
		m.short(name, n)
	case "S":
		m.operate("c", at, text.Pos{Line: min(at.Line+n, m.buffer.Lines()) - 1}, true)
	case "Y":
		m.operate("y", at, text.Pos{Line: min(at.Line+n, m.buffer.Lines()) - 1}, true)
	case "i":
		m.insertAt(at)
	case "a":
		m.insertAt(m.within(at))
	case "I":
		m.insertAt(text.Pos{Line: at.Line, Col: len(indentOf(line))})
	case "A":
		m.insertAt(text.Pos{Line: at.Line, Col: len(line)})
	case "o", "O":
		m.openLine(name == "O")
	case "J":
		m.join(max(2, n))
	case "p", "P":
		m.put(name == "P", n)
	case "v", "V":
		m.mode, m.anchor = Visual, at
		if name == "V" {
			m.mode = VisualLine
		}
	case "u", "ctrl+r":
		for range n {
			if name == "u" {
				m.buffer.Undo()
			} else {
				m.buffer.Redo()
			}
		}
	case ".":
		m.pending, m.typed = pending{}, nil
		m.again = min(n, 1000)
		return DoAgain
	default:
		return m.searching(name)
	}
	return done()
}

// searching takes the keys of a search, which is somebody else's business.
func (m *Machine) searching(name string) Outcome {
	outcome := Pass
	switch name {
	case "/":
		outcome = Search
	case "n":
		outcome = NextHit
	case "N":
		outcome = PrevHit
	default:
		// What types something types nothing here.
		if !isName(name) || name == "enter" || name == "backspace" {
			outcome = Done
		}
	}
	m.pending = pending{}
	return outcome
}

// visual does what a key of visual mode says.
func (m *Machine) visual(name string) Outcome {
	lines := m.mode == VisualLine
	from, to := m.Selection(m.buffer)
	if !lines && to.Col == 0 && to.Line > from.Line && name != "d" && name != "x" && name != "c" {
		to = text.Pos{Line: to.Line - 1, Col: len(m.buffer.Line(to.Line - 1))}
	}
	operate := func(operator string, lines bool) Outcome {
		m.mode, m.pending = Normal, pending{}
		m.typed, m.once = m.alike(operator, from, to, lines)
		m.operate(operator, from, to, lines)
		return Done
	}
	switch name {
	case "d", "x", "delete", "backspace":
		return operate("d", lines)
	case "c", "s":
		return operate("c", lines)
	case "D", "X":
		return operate("d", true)
	case "C", "S", "R":
		return operate("c", true)
	case "y":
		return operate("y", lines)
	case "Y":
		return operate("y", true)
	case ">", "<":
		return operate(name, true)
	case "J":
		m.mode, m.once = Normal, true
		m.buffer.MoveTo(from, false)
		m.join(max(2, to.Line-from.Line+1))
	case "p", "P":
		kept := m.register
		operate("d", lines)
		deleted := m.register
		m.register = kept
		m.putOver(lines)
		m.register, m.once = deleted, true
	case "o":
		at := m.buffer.Cursor()
		m.buffer.MoveTo(m.anchor, false)
		m.anchor = at
	case "v", "V":
		want := Visual
		if name == "V" {
			want = VisualLine
		}
		if m.mode == want {
			m.leaveVisual()
		} else {
			m.mode = want
		}
	default:
		return m.searching(name)
	}
	m.pending = pending{}
	return Done
}

// alike returns the keys that do in normal mode to as much text what is done to a selection, for the dot; once says that
// there are none.
func (m *Machine) alike(operator string, from, to text.Pos, lines bool) (keys []Key, once bool) {
	n, motion := to.Line-from.Line+1, operator
	if !lines {
		if from.Line != to.Line {
			return nil, true
		}
		n, motion = 0, "l"
		for line := m.buffer.Line(from.Line); from.Col < to.Col; n++ {
			from.Col = text.Next(line, from.Col)
		}
	}
	for _, key := range strconv.Itoa(n) + operator + motion {
		keys = append(keys, Key{Text: string(key)})
	}
	return keys, false
}
