package content

import (
	"bytes"
	"strings"
)

const (
	// maxMarkupName is how long the name of an element may be to be given out
	// in one piece.
	maxMarkupName = 256
	// MaxMarkupRest is how many bytes [MarkupScanner.Next] may want to see again.
	MaxMarkupRest = maxMarkupName + 3
)

// byteOrderMark may stand before markup. It counts as white space.
const byteOrderMark = "\ufeff"

// content reads what stands between tags.
func (s *MarkupScanner) content(src []byte) (MarkupToken, int) {
	switch c := src[0]; {
	case c == '<':
		return s.angle(src)
	case c == '&' && !s.outside():
		return s.reference(src)
	case isSpace[c]:
		return s.token(inMarkupSpace, src, 1)
	case s.offset == 0 && c == byteOrderMark[0]:
		if head := string(src[:min(len(src), len(byteOrderMark))]); head == byteOrderMark {
			return s.token(inMarkupSpace, src, len(head))
		} else if strings.HasPrefix(byteOrderMark, head) && !s.last {
			return s.none(0)
		}
	case !s.html && isControl(c):
		return s.fail(0, "expected text, found "+quoteByte(c)+", which XML forbids")
	}
	if s.outside() {
		return s.fail(0, "expected "+s.expectedOutside()+", found "+quoteByte(src[0]))
	}
	return s.token(inMarkupText, src, 1)
}

// reference reads what begins with &.
func (s *MarkupScanner) reference(src []byte) (MarkupToken, int) {
	if len(src) == 1 && !s.last {
		return s.none(0)
	}
	if len(src) > 1 && (isNameStart(src[1]) || src[1] == '#') {
		s.entity = afterAmpersand
		return s.token(inEntity, src, 1)
	}
	if s.html {
		return s.token(inMarkupText, src, 1)
	}
	return s.fail(0, "expected &amp; or another entity, found a single &")
}

// angle reads what begins with <.
func (s *MarkupScanner) angle(src []byte) (MarkupToken, int) {
	if len(src) == 1 {
		if !s.last {
			return s.none(0)
		}
		return s.strayAngle(src, "the text ends within a tag")
	}
	switch c := src[1]; {
	case c == '/':
		return s.endTag(src)
	case c == '!':
		return s.declaration(src)
	case c == '?' && !s.html:
		s.match = 0
		return s.token(inInstruction, src, 2)
	case c == '?':
		return s.token(inBogusComment, src, 2)
	case s.startsElement(c):
		return s.startTag(src)
	default:
		return s.strayAngle(src, "expected the name of an element after <, found "+quoteByte(c))
	}
}

// strayAngle is a < that begins nothing: text in HTML.
func (s *MarkupScanner) strayAngle(src []byte, msg string) (MarkupToken, int) {
	if s.html {
		return s.token(inMarkupText, src, 1)
	}
	return s.fail(min(1, len(src)), msg)
}

// declaration reads what begins with <!.
func (s *MarkupScanner) declaration(src []byte) (MarkupToken, int) {
	const comment, cdata, doctype = "<!--", "<![CDATA[", "<!DOCTYPE"
	for _, opening := range []string{comment, cdata, doctype} {
		head := src[:min(len(src), len(opening))]
		whole := len(head) == len(opening)
		switch {
		case !s.begins(opening, head), !whole && s.last:
			continue
		case !whole:
			return s.none(0)
		}
		s.match = 0
		switch opening {
		case comment:
			if s.html {
				s.match = 2 // <!--> is a comment
			}
			return s.token(inMarkupComment, src, len(opening))
		case cdata:
			if s.outside() {
				return s.fail(0, "expected "+s.expectedOutside()+", found a CDATA section")
			}
			return s.token(inCDATA, src, len(opening))
		}
		s.quote, s.subset = 0, false
		return s.token(inDoctype, src, len(opening))
	}
	if s.html {
		return s.token(inBogusComment, src, 2)
	}
	return s.fail(2, "expected a comment, a CDATA section or a document type after <!")
}

// begins reports whether what is opening begins with head.
func (s *MarkupScanner) begins(opening string, head []byte) bool {
	if s.html {
		return strings.EqualFold(opening[:len(head)], string(head))
	}
	return strings.HasPrefix(opening, string(head))
}

// startTag reads < and a name. The name comes in one piece unless it is very
// long, so that one knows the element as soon as it begins.
func (s *MarkupScanner) startTag(src []byte) (MarkupToken, int) {
	n, whole := s.name(src, 1)
	switch {
	case n == 0:
		return s.none(0)
	case s.outside() && s.tops > 0:
		return s.fail(0, "expected the end of the text, found another element")
	case !s.html && len(s.levels) == MaxMarkupDepth:
		return s.fail(0, "elements are nested more than 1000 deep")
	}
	s.names = s.names[:0]
	var element htmlElement
	if s.html && whole {
		element = htmlElementNamed(src[1:n])
		s.closeBefore(element)
	}
	hash := s.hashOf(firstHash, src[1:n])
	depth := len(s.levels)
	told := s.told
	s.open(element, hash)
	s.mode, s.part = inTag, betweenTokens
	if !whole {
		s.part, s.hash = inLongStart, hash
	}
	t, n := s.piece(MarkupStart, false, n)
	t.Depth, t.Display, t.TooDeep = depth, element.display(), s.told && !told
	return t, n
}

// endTag reads </ and a name.
func (s *MarkupScanner) endTag(src []byte) (MarkupToken, int) {
	switch {
	case len(src) == 2 && !s.last:
		return s.none(0)
	case len(src) == 2 && s.html:
		return s.token(inMarkupText, src, 2)
	case len(src) == 2 || !isNameStart(src[2]):
		if s.html {
			return s.token(inBogusComment, src, 2)
		}
		return s.fail(0, "expected "+s.expectedEnd()+", found </ without a name")
	}
	n, whole := s.name(src, 2)
	if n == 0 {
		return s.none(0)
	}
	hash := s.hashOf(firstHash, src[2:n])
	display := Block
	if s.html {
		element := element0
		if whole {
			element = htmlElementNamed(src[2:n])
		}
		display = s.closeHTML(element, hash)
	} else if whole && !s.closeXML(hash) {
		return s.fail(0, "expected "+s.expectedEnd()+", found another end tag")
	}
	s.mode, s.part, s.pushed = inEndTag, betweenTokens, false
	if !whole {
		s.part, s.hash = inLongEnd, hash
	}
	t, n := s.piece(MarkupEnd, false, n)
	t.Display = display
	return t, n
}

// name returns the end of the name that begins at src[from]: 0 if it cannot be
// told yet. A name that is too long is not whole, wherever src ends.
func (s *MarkupScanner) name(src []byte, from int) (end int, whole bool) {
	most := from + maxMarkupName
	for i := from; i < len(src) && i <= most; i++ {
		if !s.inName(src[i]) {
			return i, true
		}
	}
	switch {
	case len(src) > most:
		return most, false
	case s.last:
		return len(src), true
	}
	return 0, false
}

// rawContent reads up to the end tag of a script or the like.
func (s *MarkupScanner) rawContent(src []byte) (MarkupToken, int) {
	more := s.part == inRaw
	end := len(s.tagged.rawName()) + 2
	at := 0
	for at < len(src) {
		i := bytes.IndexByte(src[at:], '<')
		if i < 0 {
			at = len(src)
			break
		}
		at += i
		head := src[at:min(len(src), at+end)]
		if !bytes.EqualFold(head, []byte("</" + s.tagged.rawName())[:len(head)]) {
			at++
			continue
		}
		if len(src) <= at+end && !s.last {
			break // what follows decides
		}
		if len(src) > at+end && !s.inName(src[at+end]) {
			s.mode, s.part = inContent, betweenTokens
			break
		}
		at++
	}
	switch {
	case at > 0:
		if s.mode == inRawContent {
			s.part = inRaw
		}
		return s.piece(MarkupRaw, more, at)
	case s.mode == inContent:
		return s.content(src)
	}
	return s.none(0)
}
