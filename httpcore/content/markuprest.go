package content

import "bytes"

// entityPart is where inside an entity the bytes ended.
type entityPart uint8

const (
	noEntity entityPart = iota
	afterAmpersand
	inEntityName
)

// rest returns how many bytes of src still belong to the token that s is in,
// and leaves the token if it ends there.
func (s *MarkupScanner) rest(src []byte) int {
	switch s.part {
	case inMarkupText:
		return s.restOfText(src)
	case inMarkupSpace:
		return s.restWhile(src, isBlankByte)
	case inEntity:
		return s.restOfEntity(src)
	case inLongStart, inLongEnd:
		return s.restOfName(src)
	case inAttribute:
		if s.html {
			return s.restWhile(src, inHTMLAttribute)
		}
		n := s.restWhile(src, inXMLName)
		s.nameHash = nameHash(s.nameHash, src[:n])
		return n
	case inQuoted:
		return s.restOfQuoted(src)
	case inBare:
		return s.restWhile(src, inBareValue)
	case inMarkupComment:
		if !s.html {
			return s.restOfComment(src)
		}
		return s.restUntil(src, '-', 2)
	case inBogusComment:
		return s.restUntil(src, '-', 0)
	case inCDATA:
		return s.restUntil(src, ']', 2)
	case inInstruction:
		return s.restUntil(src, '?', 1)
	}
	return s.restOfDoctype(src)
}

func (s *MarkupScanner) restWhile(src []byte, class uint8) int {
	for i, c := range src {
		if markupBytes[c]&class == 0 {
			s.part = betweenTokens
			return i
		}
	}
	return len(src)
}

func (s *MarkupScanner) restOfText(src []byte) int {
	for i, c := range src {
		if markupBytes[c]&endsText == 0 {
			continue
		}
		if !isControl(c) {
			s.part = betweenTokens
			return i
		}
		if !s.html {
			return s.breakOff(i, "expected text, found "+quoteByte(c)+", which XML forbids")
		}
	}
	return len(src)
}

// isControl reports whether c is a control character that XML forbids.
func isControl(c byte) bool { return c < ' ' && !isSpace[c] }

func (s *MarkupScanner) restOfEntity(src []byte) int {
	for i, c := range src {
		if ended, ok := s.entityByte(c); !ok {
			return s.breakOff(i, "expected ; after the name of an entity, found "+quoteByte(c))
		} else if ended {
			s.part = betweenTokens
			if c == ';' {
				i++
			}
			return i
		}
	}
	return len(src)
}

// entityByte takes a byte behind &. It is not ok if XML does not allow it.
func (s *MarkupScanner) entityByte(c byte) (ended, ok bool) {
	switch {
	case markupBytes[c]&inXMLName != 0, c == '#' && s.entity == afterAmpersand:
		s.entity = inEntityName
		return false, true
	case c == ';' && s.entity == inEntityName:
		s.entity = noEntity
		return true, true
	}
	return true, s.html
}

// restOfName reads on in a name that is too long for one piece.
func (s *MarkupScanner) restOfName(src []byte) int {
	for i, c := range src {
		if s.inName(c) {
			continue
		}
		s.hash = s.hashOf(s.hash, src[:i])
		if !s.endLongName() {
			return s.breakOff(i, "expected "+s.expectedEnd()+", found another end tag")
		}
		return i
	}
	s.hash = s.hashOf(s.hash, src)
	return len(src)
}

// endLongName acts on a long name when all of it is known. It is not ok if it
// ends no element.
func (s *MarkupScanner) endLongName() bool {
	long := s.part
	s.part = betweenTokens
	switch {
	case long == inLongEnd:
		if s.html {
			s.closeHTML(element0, s.hash)
			return true
		}
		return s.closeXML(s.hash)
	case s.pushed && s.over == 0:
		s.levels[len(s.levels)-1].hash = s.hash
	}
	return true
}

func (s *MarkupScanner) restOfQuoted(src []byte) int {
	end := bytes.IndexByte(src, s.quote)
	text := src
	if end >= 0 {
		text = src[:end]
	}
	if !s.html {
		if n, ok := s.checkValue(text, end >= 0); !ok {
			return n
		}
	}
	if end < 0 {
		return len(src)
	}
	s.part = betweenTokens
	return end + 1
}

// checkValue looks for what XML forbids in a value, or in a piece of one.
func (s *MarkupScanner) checkValue(text []byte, ended bool) (int, bool) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '<':
			return s.breakOff(i, "an attribute's value holds '<', which must be written &lt;"), false
		case s.entity != noEntity:
			if _, ok := s.entityByte(c); !ok {
				return s.breakOff(i, "expected ; after the name of an entity, found "+quoteByte(c)), false
			}
		case c == '&':
			s.entity = afterAmpersand
		}
	}
	if ended && s.entity != noEntity {
		return s.breakOff(len(text), "expected ; after the name of an entity, found "+quoteByte(s.quote)), false
	}
	return 0, true
}

// restUntil reads up to > behind so many bytes c.
func (s *MarkupScanner) restUntil(src []byte, c byte, count int) int {
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], '>')
		if i < 0 {
			s.match = uint8(s.run(src, len(src), c, count))
			return len(src)
		}
		at += i
		if s.run(src, at, c, count) == count {
			s.part = betweenTokens
			return at + 1
		}
		at++
	}
}

// restOfComment reads up to the end of a comment of XML, which must not hold two
// hyphens.
func (s *MarkupScanner) restOfComment(src []byte) int {
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case s.match == 2 && c == '>':
			s.part = betweenTokens
			return i + 1
		case s.match == 2:
			return s.breakOff(i, "expected > after two hyphens in a comment, found "+quoteByte(c))
		case c == '-':
			s.match++
		default:
			s.match = 0
			next := bytes.IndexByte(src[i:], '-')
			if next < 0 {
				return len(src)
			}
			i += next - 1
		}
	}
	return len(src)
}

// run returns how many bytes c stand before src[at], up to count, those before
// src included.
func (s *MarkupScanner) run(src []byte, at int, c byte, count int) int {
	n := 0
	for ; n < count; n++ {
		at--
		if at < 0 {
			return min(n+int(s.match), count)
		}
		if src[at] != c {
			break
		}
	}
	return n
}

// restOfDoctype reads up to the > that ends a document type declaration, which
// may stand in neither quotes nor brackets nor, within brackets, comments.
func (s *MarkupScanner) restOfDoctype(src []byte) int {
	const comment = 'c' // in place of a quote
	const opening = "<!--"
	for i, c := range src {
		switch {
		case s.quote == comment:
			switch {
			case c == '-':
				s.match = min(s.match+1, 2)
				continue
			case c == '>' && s.match == 2:
				s.quote = 0
			}
			s.match = 0
		case c == '>' && !s.subset && (s.html || s.quote == 0):
			s.part = betweenTokens
			return i + 1
		case s.quote != 0:
			if c == s.quote {
				s.quote = 0
			}
		case s.subset && c == opening[s.match]:
			if s.match++; s.match == 4 {
				s.match, s.quote = 0, comment
			}
		default:
			s.match = 0
			switch c {
			case '"', '\'':
				s.quote = c
			case '[':
				s.subset = !s.html
			case ']':
				s.subset = false
			case '<':
				s.match = 1
			}
		}
	}
	return len(src)
}
