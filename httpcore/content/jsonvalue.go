package content

// beginString reads a string or a key from its opening quote.
func (s *Scanner) beginString(src []byte) (Token, int) {
	switch s.want {
	case wantValue, wantElementOrEnd:
		s.startValue()
		s.want, s.part = s.afterValue(), inString
	case wantKey, wantKeyOrEnd:
		top := &s.levels[len(s.levels)-1]
		top.at, top.keys = ^s.offset, top.keys+1
		s.want, s.part = wantColon, inKey
	default:
		return s.fail(0, '"')
	}
	i := 1
	for i < len(src) && plainInString[src[i]] {
		i++
	}
	return s.text(src, i, false)
}

// text reads on inside a string or key, from src[i].
func (s *Scanner) text(src []byte, i int, more bool) (Token, int) {
	kind := String
	if s.part == inKey || s.part == inKeyEscape || s.part == inKeyHex {
		kind = Key
	}
	for i < len(src) {
		c := src[i]
		switch s.part {
		case inString, inKey:
			if plainInString[c] {
				i++
				continue
			}
			switch {
			case c == '"':
				s.part = outside
				return s.piece(kind, more, i+1)
			case c == '\\':
				s.part += inStringEscape - inString
			default:
				return s.breakOff(kind, more, src, i)
			}
		case inStringEscape, inKeyEscape:
			switch c {
			case 'u':
				s.part += inStringHex - inStringEscape
				s.left = 4
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
				s.part -= inStringEscape - inString
			default:
				return s.breakOff(kind, more, src, i)
			}
		case inStringHex, inKeyHex:
			if !isHex(c) {
				return s.breakOff(kind, more, src, i)
			}
			if s.left--; s.left == 0 {
				s.part -= inStringHex - inString
			}
		}
		i++
	}
	return s.piece(kind, more, i)
}

func (s *Scanner) beginNumber(src []byte, first part) (Token, int) {
	s.startValue()
	s.want, s.part = s.afterValue(), first
	return s.number(src, 1, false)
}

// number reads on inside a number, from src[i], which may be past its end.
func (s *Scanner) number(src []byte, i int, more bool) (Token, int) {
	for ; i < len(src); i++ {
		next := s.part.after(src[i])
		if next == outside {
			if !s.part.endsNumber() {
				return s.breakOff(Number, more, src, i)
			}
			s.part = outside
			break
		}
		s.part = next
	}
	return s.piece(Number, more, i)
}

// after is the grammar of numbers: the part that c leads to, outside if c does
// not belong to the number.
func (p part) after(c byte) part {
	if c >= '0' && c <= '9' {
		switch p {
		case numMinus:
			if c == '0' {
				return numZero
			}
			return numInt
		case numInt:
			return numInt
		case numDot, numFrac:
			return numFrac
		case numE, numESign, numExp:
			return numExp
		}
		return outside
	}
	switch c {
	case '.':
		if p == numZero || p == numInt {
			return numDot
		}
	case 'e', 'E':
		if p == numZero || p == numInt || p == numFrac {
			return numE
		}
	case '+', '-':
		if p == numE {
			return numESign
		}
	}
	return outside
}

func (p part) endsNumber() bool {
	return p == numZero || p == numInt || p == numFrac || p == numExp
}

// beginWord reads true, false or null; rest is what follows the first letter.
func (s *Scanner) beginWord(src []byte, rest string) (Token, int) {
	s.startValue()
	s.want, s.part, s.word = s.afterValue(), inWord, rest
	return s.literal(src, 1, false)
}

func (s *Scanner) literal(src []byte, i int, more bool) (Token, int) {
	for ; i < len(src) && s.word != ""; i++ {
		if src[i] != s.word[0] {
			return s.breakOff(Literal, more, src, i)
		}
		s.word = s.word[1:]
	}
	if s.word == "" {
		s.part = outside
	}
	return s.piece(Literal, more, i)
}

// resume continues the token in which the bytes given before ended. ok is
// false if that token turns out to have ended with them.
func (s *Scanner) resume(src []byte) (t Token, n int, ok bool) {
	if len(src) == 0 {
		return Token{Kind: None, Start: s.offset, End: s.offset}, 0, true
	}
	switch {
	case s.part >= numMinus:
		t, n = s.number(src, 0, true)
	case s.part == inWord:
		t, n = s.literal(src, 0, true)
	default:
		t, n = s.text(src, 0, true)
	}
	return t, n, n > 0 || t.Kind == Invalid
}

var plainInString = func() (plain [256]bool) {
	for c := 0x20; c < 256; c++ {
		plain[c] = c != '"' && c != '\\'
	}
	return plain
}()

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
