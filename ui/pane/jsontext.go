package pane

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/collections/template"
	"parley/httpcore/content"
	"parley/ui/widget/text"
)

// A body of JSON may hold {{ }}, within strings and in the place of keys and values. To read it, every such place is taken
// for JSON of the same length: what the scanner says of that is true of the body, byte for byte.

// jsonProblem is why a text is no JSON.
type jsonProblem struct {
	offset  int
	message string
	at      text.Pos
	// line and column are counted from 1, in characters.
	line, column int
}

func (p *jsonProblem) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", p.line, p.column, p.message)
}

// checkJSON returns why a text is no JSON, or nil: also where that depends on what a variable is.
func checkJSON(s string) *jsonProblem {
	masked, codes := maskCode(s)
	var scanner content.Scanner
	for src := masked; ; {
		token, n := scanner.Next(src)
		if src = src[n:]; token.Kind == content.Invalid || token.Kind == content.None {
			break
		}
	}
	err := scanner.Finish()
	if err == nil {
		return nil
	}
	problem := problemOf(s, err)
	if problem == nil || besideCode(s, codes, problem.offset) {
		return nil
	}
	return problem
}

func problemOf(s string, err error) *jsonProblem {
	wrong, ok := errors.AsType[*content.SyntaxError](err)
	if !ok {
		return nil
	}
	offset := max(0, min(int(wrong.Offset), len(s)))
	at := position(s, offset)
	return &jsonProblem{
		offset: offset, message: wrong.Msg, at: at, line: at.Line + 1,
		column: utf8.RuneCountInString(s[offset-at.Col:offset]) + 1,
	}
}

// besideCode reports whether a place is in code, or next to it: what a variable holds may make it right.
func besideCode(s string, codes []template.Part, offset int) bool {
	for _, c := range codes {
		if offset >= c.Start && (offset < c.End || strings.TrimSpace(s[c.End:offset]) == "") {
			return true
		}
	}
	return false
}

// maskCode puts JSON of the same length in the place of code: a letter a byte in strings, a string where a key belongs,
// and a number elsewhere.
func maskCode(s string) ([]byte, []template.Part) {
	masked := []byte(s)
	if !strings.Contains(s, "{{") {
		return masked, nil
	}
	var codes []template.Part
	var state maskState
	for _, part := range template.Parse(s, nil, nil).Parts {
		if !part.IsCode {
			state.read(s[part.Start:part.End])
			continue
		}
		codes = append(codes, part)
		fill := byte('1')
		if state.inString {
			fill = 'x'
		}
		for i := part.Start; i < part.End; i++ {
			masked[i] = fill
		}
		if state.wantsKey() {
			masked[part.Start], masked[part.End-1] = '"', '"'
		}
		state.last = fill
	}
	return masked, codes
}

// maskState is where in JSON code stands.
type maskState struct {
	inString, escaped bool
	open              []byte // the brackets that are
	last              byte   // what came last, other than blanks
}

// wantsKey reports whether a key comes next.
func (m *maskState) wantsKey() bool {
	inObject := len(m.open) > 0 && m.open[len(m.open)-1] == '{'
	return !m.inString && inObject && (m.last == '{' || m.last == ',')
}

func (m *maskState) read(s string) {
	for i := range len(s) {
		c := s[i]
		switch {
		case m.inString:
			m.inString = m.escaped || c != '"'
			m.escaped = c == '\\' && !m.escaped
			m.last = '"'
			continue
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		case c == '"':
			m.inString = true
		case (c == '{' || c == '[') && len(m.open) < content.MaxDepth:
			m.open = append(m.open, c)
		case (c == '}' || c == ']') && len(m.open) > 0:
			m.open = m.open[:len(m.open)-1]
		}
		m.last = c
	}
}

// formatJSON lays JSON out in lines. Numbers, keys and their order, duplicates, escapes and {{ }} stay as they are. The
// place that was at a byte of the text is at the one that is returned.
func formatJSON(s, indent string, at int) (string, int, error) {
	masked, _ := maskCode(s)
	var scanner content.Scanner
	out := layout{indent: indent, at: at}
	out.b.Grow(len(s) + len(s)/4)
	for src := masked; ; {
		token, n := scanner.Next(src)
		if src = src[n:]; token.Kind == content.Invalid || token.Kind == content.None {
			break
		}
		out.token(token, s[token.Start:token.End])
	}
	if err := scanner.Finish(); err != nil {
		if problem := problemOf(s, err); problem != nil {
			return "", 0, problem
		}
		return "", 0, err
	}
	if strings.HasSuffix(s, "\n") {
		out.b.WriteByte('\n')
	}
	return out.b.String(), out.place(), nil
}

// layout writes tokens in lines.
type layout struct {
	b      strings.Builder
	indent string
	depth  int
	empty  bool // what was opened last has nothing in it yet
	at     int  // a place in the text before
	found  int  // the same place now, and one more; 0 before it is known
}

func (l *layout) token(t content.Token, s string) {
	switch {
	case t.Kind == content.EndObject || t.Kind == content.EndArray:
		l.depth--
		if !l.empty {
			l.line()
		}
	case l.empty:
		l.line()
	}
	l.empty = t.Kind == content.BeginObject || t.Kind == content.BeginArray
	if l.found == 0 && l.at < int(t.End) {
		l.found = l.b.Len() + max(0, l.at-int(t.Start)) + 1
	}
	l.b.WriteString(s)
	switch t.Kind {
	case content.BeginObject, content.BeginArray:
		l.depth++
	case content.Comma:
		l.line()
	case content.Colon:
		l.b.WriteByte(' ')
	}
}

func (l *layout) line() {
	l.b.WriteByte('\n')
	for range l.depth {
		l.b.WriteString(l.indent)
	}
}

func (l *layout) place() int {
	if l.found == 0 {
		return l.b.Len()
	}
	return l.found - 1
}
