package content

import "fmt"

// SyntaxError says why a text is not JSON.
type SyntaxError struct {
	Offset int64  // of the first byte that cannot be, or of the end
	Msg    string // a sentence without full stop
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s (byte %d)", e.Msg, e.Offset) }

// fail refuses src[i], which is c and stands where a token should begin.
func (s *Scanner) fail(i int, c byte) (Token, int) {
	return s.failWith(i, fmt.Sprintf("expected %s, found %s", s.expected(), quoteByte(c)))
}

func (s *Scanner) failWith(i int, msg string) (Token, int) {
	s.offset += int64(i)
	s.err = &SyntaxError{Offset: s.offset, Msg: msg}
	return Token{Kind: Invalid, Start: s.offset, End: s.offset}, i
}

// breakOff refuses src[i] within a token. What came before it is still given
// out as a piece.
func (s *Scanner) breakOff(kind TokenKind, more bool, src []byte, i int) (Token, int) {
	s.err = &SyntaxError{Offset: s.offset + int64(i), Msg: s.misplaced(src[i])}
	if i == 0 {
		return Token{Kind: Invalid, Start: s.offset, End: s.offset}, 0
	}
	return s.piece(kind, more, i)
}

func (s *Scanner) misplaced(c byte) string {
	found := quoteByte(c)
	switch s.part {
	case inString, inKey:
		return fmt.Sprintf("a string holds the control character %s, which must be escaped", found)
	case inStringEscape, inKeyEscape:
		return fmt.Sprintf("a backslash in a string is followed by %s, which is not an escape", found)
	case inStringHex, inKeyHex:
		return fmt.Sprintf(`expected a hexadecimal digit after \u, found %s`, found)
	case inWord:
		return fmt.Sprintf("expected true, false or null, found %s in the word", found)
	}
	return fmt.Sprintf("expected a digit in a number, found %s", found)
}

func (s *Scanner) unfinished() string {
	switch s.part {
	case outside, numZero, numInt, numFrac, numExp:
		return "the text ends where " + s.expected() + " should follow"
	case inString, inKey, inStringEscape, inKeyEscape, inStringHex, inKeyHex:
		return "the text ends within a string"
	case inWord:
		return "the text ends within true, false or null"
	}
	return "the text ends within a number"
}

func (s *Scanner) expected() string {
	switch s.want {
	case wantValue:
		return "a value"
	case wantElementOrEnd:
		return "a value or ]"
	case wantKeyOrEnd:
		return "a key in quotes or }"
	case wantKey:
		return "a key in quotes"
	case wantColon:
		return "a colon after the key"
	case wantCommaOrEnd:
		if s.levels[len(s.levels)-1].IsObject() {
			return "a comma or } after the member"
		}
		return "a comma or ] after the element"
	}
	return "nothing more after the value"
}

func quoteByte(c byte) string {
	if c >= 0x20 && c < 0x7f {
		return "'" + string(rune(c)) + "'"
	}
	return fmt.Sprintf("byte 0x%02X", c)
}
