package content

import "fmt"

// fail refuses src[i], where a token should begin.
func (s *MarkupScanner) fail(i int, msg string) (MarkupToken, int) {
	s.failAt(s.offset+int64(i), msg)
	return s.invalid()
}

// breakOff refuses the byte i bytes on, within a token, of which it returns how
// many came before.
func (s *MarkupScanner) breakOff(i int, msg string) int {
	s.failAt(s.offset+int64(i), msg)
	return i
}

func (s *MarkupScanner) failAt(offset int64, msg string) {
	s.err = &SyntaxError{Offset: offset, Msg: msg}
}

func (s *MarkupScanner) invalid() (MarkupToken, int) {
	return MarkupToken{Kind: MarkupInvalid, Depth: len(s.levels), Start: s.offset, End: s.offset}, 0
}

// expectedEnd names the end tag that the innermost element wants. Names are not
// kept; where the element begins is.
func (s *MarkupScanner) expectedEnd() string {
	if n := len(s.levels); n > 0 {
		return fmt.Sprintf("the end tag of the element at byte %d", s.levels[n-1].Start)
	}
	return "no end tag, since no element is open"
}

// outside reports whether XML allows no text here: there is one element, which
// holds all of it.
func (s *MarkupScanner) outside() bool { return !s.html && len(s.levels) == 0 }

func (s *MarkupScanner) expectedOutside() string {
	if s.tops > 0 {
		return "the end of the text"
	}
	return "an element"
}

func (s *MarkupScanner) expectedInTag() string {
	switch s.mode {
	case afterAttribute:
		return "= and a value after the name of an attribute"
	case afterEquals:
		return "a value in quotes"
	}
	return "an attribute or the end of the tag"
}

var markupNames = [...]string{
	MarkupStart:       "a tag",
	MarkupEnd:         "a tag",
	MarkupAttribute:   "a tag",
	MarkupValue:       "the value of an attribute",
	MarkupEntity:      "an entity",
	MarkupCDATA:       "a CDATA section",
	MarkupComment:     "a comment",
	MarkupInstruction: "a processing instruction",
	MarkupDoctype:     "a document type declaration",
	MarkupRaw:         "a script",
}
