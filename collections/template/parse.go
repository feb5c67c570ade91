package template

import "strings"

// Text is a string that has been split into literal text and the code between brackets.
type Text struct {
	Source string
	// Parts cover Source without gaps.
	Parts []Part
	// Err is set when brackets are opened and never closed; the parts hold them as literal text.
	Err *Error

	locate Locator
}

// Part is a piece of literal text, or code with its brackets. Start and End are byte offsets in the source.
type Part struct {
	Start, End int
	// Code is what stands between the brackets, without white space around it.
	Code string
	// CodeAt is the byte offset of Code in the source.
	CodeAt int
	IsCode bool
}

// Parse splits source. It calls no function and looks up nothing but names, so it is cheap enough for every key press.
// The names that known accepts win over the lexical rules of expressions; it may be nil, and so may locate.
func Parse(source string, locate Locator, known func(name string) bool) *Text {
	text := &Text{Source: source, locate: locate}
	for i := 0; i < len(source); {
		n := strings.Index(source[i:], opening)
		if n < 0 {
			text.literal(i, len(source))
			break
		}
		start := i + n
		code := start + len(opening)
		end := closeOf(source[code:], known)
		if end < 0 {
			text.literal(i, len(source))
			text.Err = text.unclosed(start)
			break
		}
		text.literal(i, start)
		i = code + end + len(closing)
		text.code(start, i)
	}
	return text
}

// HasCode reports whether there is anything to resolve.
func (t *Text) HasCode() bool {
	for _, part := range t.Parts {
		if part.IsCode {
			return true
		}
	}
	return false
}

// PositionAt returns the place of a byte offset of the source.
func (t *Text) PositionAt(offset int) Position {
	if t.locate == nil {
		return Position{}
	}
	return t.locate(offset)
}

func (t *Text) literal(start, end int) {
	if start < end {
		t.Parts = append(t.Parts, Part{Start: start, End: end})
	}
}

func (t *Text) code(start, end int) {
	inner := t.Source[start+len(opening) : end-len(closing)]
	code := strings.TrimSpace(inner)
	at := start + len(opening)
	if code != "" {
		at += strings.Index(inner, code)
	}
	t.Parts = append(t.Parts, Part{Start: start, End: end, Code: code, CodeAt: at, IsCode: true})
}

func (t *Text) unclosed(start int) *Error {
	return &Error{
		Kind:     KindSyntax,
		Position: t.PositionAt(start),
		Message:  "`{{` is never closed",
		Advice:   "close it with `}}`, or write {{\"{{\"}} for the two characters themselves",
	}
}
