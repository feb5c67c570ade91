package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/widget/text"
)

// SetPairs says which brackets and quotes close by themselves, as in `{}[]""`; none if it is empty.
func (e *Editor) SetPairs(pairs string) { e.pairs = pairs }

// typedPair types a character that opens or closes a pair, and reports whether it was one. Inside a string nothing closes
// by itself, but for the string.
func (e *Editor) typedPair(c string) bool {
	i := strings.Index(e.pairs, c)
	if e.pairs == "" || len(c) != 1 || i < 0 {
		return false
	}
	at := e.buffer.Cursor()
	inside := e.inString(at)
	if closes := i%2 == 1 || c == `"`; closes && (!inside || c == `"` && !escaped(e.buffer.Line(at.Line), at.Col)) && e.buffer.StepOver(c) {
		return true
	}
	if from, to := e.buffer.Selection(); from != to || inside || i%2 == 1 && c != `"` || !e.roomToClose(at, c) {
		return false
	}
	e.buffer.InsertPair(c, e.pairs[i|1:i|1+1])
	return true
}

// roomToClose reports whether something that is opened at a place is likely to be closed there too: nothing that it could
// be meant to be around begins there.
func (e *Editor) roomToClose(at text.Pos, c string) bool {
	line := e.buffer.Line(at.Line)
	if at.Col < len(line) && !strings.Contains(" \t\r,;:)]}", line[at.Col:at.Col+1]) {
		return false
	}
	if c != `"` || at.Col == 0 {
		return true
	}
	before := line[at.Col-1]
	return strings.IndexByte(" \t([{,:=!", before) >= 0
}

// inString reports whether a place is within a string, as far as the highlighter knows.
func (e *Editor) inString(at text.Pos) bool {
	line := e.buffer.Line(at.Line)
	if at.Col == 0 {
		return false
	}
	for _, s := range e.light(at.Line, line, at.Col-1, at.Col) {
		if s.From >= at.Col || s.To < at.Col || s.Role != themes.String && s.Role != themes.Key && s.Role != themes.Comment {
			continue
		}
		if at.Col < s.To {
			return true
		}
		return s.Role == themes.Comment || s.To-s.From == 1 || line[s.To-1] != line[s.From] || escaped(line, s.To-1)
	}
	return false
}

// escaped reports whether the byte at a place has a backslash before it that counts.
func escaped(line string, col int) bool {
	n := 0
	for n < col && line[col-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}
