package document

import (
	"fmt"

	"parley/httpcore/content"
	"parley/httpcore/content/diff"
	"parley/ui/safe"
)

// texts returns the spans of the sides of a row that are wanted.
func (s section) texts(row diff.Row, want side) (a, b []Span, err error) {
	x, err := s.read(s.result.A, row.A, 0)
	if err != nil {
		return nil, nil, err
	}
	y, err := s.read(s.result.B, row.B, 0)
	if err != nil {
		return nil, nil, err
	}
	if row.Kind == diff.Changed && row.A.Number > 0 && row.B.Number > 0 {
		if x, y, err = s.whereTheyDiffer(row, x, y); err != nil {
			return nil, nil, err
		}
		x.marked, y.marked = diff.Words(x.value, y.value)
	}
	if want != right {
		a = s.spans(row, row.A, x, Removed)
	}
	if want != left {
		b = s.spans(row, row.B, y, Added)
	}
	return a, b, nil
}

// excerpt is what is shown of a line.
type excerpt struct {
	key, value    []byte
	before, after int64 // bytes of the value that are not shown
	marked        []diff.Range
}

// read reads a line, from some byte of its value on.
func (s section) read(src Source, l diff.Line, from int64) (e excerpt, err error) {
	if l.Number == 0 {
		return e, nil
	}
	if e.key, err = piece(src, l.Key.Start, l.Key.End); err != nil {
		return e, err
	}
	e.value, err = piece(src, l.Value.Start+from, l.Value.End)
	e.before = from
	e.after = l.Value.End - l.Value.Start - from - int64(len(e.value))
	return e, err
}

func piece(src Source, start, end int64) ([]byte, error) {
	text := make([]byte, min(end-start, maxLine))
	n, err := content.ReadAt(src, text, start)
	return text[:n], err
}

const (
	// maxCompared is how far into two long lines the first difference is
	// looked for.
	maxCompared = 1 << 20
	// leadIn is how much of a long line is shown before its difference.
	leadIn = 64
)

// whereTheyDiffer shows long lines from where they differ on.
func (s section) whereTheyDiffer(row diff.Row, a, b excerpt) (excerpt, excerpt, error) {
	if a.after == 0 && b.after == 0 {
		return a, b, nil
	}
	at := int64(0)
	for at < maxCompared {
		x, err := piece(s.result.A, row.A.Value.Start+at, row.A.Value.End)
		if err != nil {
			return a, b, err
		}
		y, err := piece(s.result.B, row.B.Value.Start+at, row.B.Value.End)
		if err != nil {
			return a, b, err
		}
		n := 0
		for n < len(x) && n < len(y) && x[n] == y[n] {
			n++
		}
		at += int64(n)
		if n < maxLine {
			break
		}
	}
	if at < maxLine/2 {
		return a, b, nil
	}
	a, err := s.read(s.result.A, row.A, at-leadIn)
	if err != nil {
		return a, b, err
	}
	b, err = s.read(s.result.B, row.B, at-leadIn)
	return a, b, err
}

// spans is the text of a line; words that differ have the role word.
func (s section) spans(row diff.Row, l diff.Line, e excerpt, word Role) []Span {
	if l.Number == 0 {
		return nil
	}
	var out []Span
	if l.Indent > 0 {
		out = append(out, Span{Text: blanks[:min(l.Indent*indentWidth, maxIndent)]})
	}
	keyRole, role := Key, s.valueRole(e.value)
	switch row.Kind {
	case diff.Added, diff.Removed, diff.Moved:
		keyRole, role = kindRoles[row.Kind], kindRoles[row.Kind]
	case diff.Changed:
		role = Plain
		if row.A.Number == 0 || row.B.Number == 0 {
			keyRole, role = word, word
		}
	}
	if l.Key.End > 0 {
		out = append(out, safeSpans(string(e.key), keyRole)...)
		out = append(out, Span{Text: ": ", Role: Punctuation})
	}
	if e.before > 0 {
		out = append(out, Span{Text: fmt.Sprintf("⋯ %d bytes alike ", e.before), Role: Comment})
	}
	out = append(out, s.value(l, e, role, word)...)
	if e.after > 0 {
		out = append(out, Span{Text: fmt.Sprintf(" ⋯ %d bytes more", e.after), Role: Comment})
	}
	if l.Comma {
		out = append(out, Span{Text: ",", Role: Punctuation})
	}
	if note := s.lineEnd(row, l); note != "" {
		out = append(out, Span{Text: note, Role: Comment})
	}
	return out
}

// value is the value of a line, with what differs marked.
func (s section) value(l diff.Line, e excerpt, role, word Role) []Span {
	if s.result.Structural && len(e.value) > 1 && (e.value[0] == '{' || e.value[0] == '[') {
		return []Span{{Text: map[byte]string{'{': "{}", '[': "[]"}[e.value[0]], Role: word}}
	}
	var out []Span
	at := 0
	for _, r := range e.marked {
		out = append(out, safeSpans(string(e.value[at:r.Start]), role)...)
		out = append(out, safeSpans(string(e.value[r.Start:r.End]), word)...)
		at = int(r.End)
	}
	return append(out, safeSpans(string(e.value[at:]), role)...)
}

// valueRole is the role of a value of JSON.
func (s section) valueRole(value []byte) Role {
	if !s.result.Structural || len(value) == 0 {
		return Plain
	}
	switch c := value[0]; {
	case c == '"':
		return String
	case c == '-' || c >= '0' && c <= '9':
		return Number
	case c == 't' || c == 'f' || c == 'n':
		return Literal
	}
	return Punctuation
}

// lineEnd says how a line of text ends where that may be why it differs.
func (s section) lineEnd(row diff.Row, l diff.Line) string {
	switch {
	case s.result.Structural || row.Kind == diff.Same:
		return ""
	case l.End == diff.NoEnd:
		return " (no newline at the end)"
	case row.Kind != diff.Changed || row.A.End == row.B.End || row.A.End == diff.NoEnd || row.B.End == diff.NoEnd:
		return ""
	case l.End == diff.CRLF:
		return " (CRLF)"
	}
	return " (LF)"
}

// safeSpans makes foreign text safe.
func safeSpans(text string, role Role) []Span {
	if text == "" {
		return nil
	}
	if safe.Plain(text, safe.KeepTab) {
		return []Span{{Text: text, Role: role}}
	}
	var out []Span
	for piece := range safe.Spans(text, safe.KeepTab) {
		r := role
		if piece.Mark {
			r = Mark
		}
		out = append(out, Span{Text: piece.Text, Role: r})
	}
	return out
}
