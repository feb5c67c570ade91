package content

// tag reads what stands within a tag behind its name.
func (s *MarkupScanner) tag(src []byte) (MarkupToken, int) {
	i := 0
	for i < len(src) && s.isBlank(src[i]) {
		i++
	}
	s.gap = s.gap || i > 0
	if i == len(src) {
		return s.none(i)
	}
	s.offset += int64(i)
	t, n := s.tagToken(src[i:])
	return t, i + n
}

func (s *MarkupScanner) tagToken(src []byte) (MarkupToken, int) {
	switch c := src[0]; {
	case c == '>':
		if s.mode == afterAttribute || s.mode == afterEquals {
			if !s.html {
				return s.fail(0, "expected "+s.expectedInTag()+", found '>'")
			}
		}
		s.endOfTag()
		return s.piece(MarkupTagEnd, false, 1)
	case c == '/' && s.mode != afterEquals:
		return s.slash(src)
	case s.mode == inEndTag && !s.html:
		return s.fail(0, "expected > after the name of an end tag, found "+quoteByte(c))
	case s.mode == afterEquals:
		return s.value(src)
	case c == '=' && (s.html || s.mode == afterAttribute):
		if s.mode == afterAttribute {
			if !s.html && !s.addName() {
				s.failAt(s.attribute, "the tag has an attribute of this name already")
				return s.invalid()
			}
			s.mode = afterEquals
		}
		return s.piece(MarkupEquals, false, 1)
	case !s.html && (s.mode == afterAttribute || !isNameStart(c)):
		return s.fail(0, "expected "+s.expectedInTag()+", found "+quoteByte(c))
	}
	s.attribute = s.offset
	s.nameHash = nameHash(firstNameHash, src[:1])
	if s.mode != inEndTag {
		s.mode = afterAttribute
	}
	return s.token(inAttribute, src, 1)
}

// slash reads what begins with / in a tag.
func (s *MarkupScanner) slash(src []byte) (MarkupToken, int) {
	switch {
	case len(src) == 1 && !s.last:
		return s.none(0)
	case len(src) > 1 && src[1] == '>' && (s.html || s.mode == inTag):
		s.closeSlashed()
		s.endOfTag()
		return s.piece(MarkupEmptyEnd, false, 2)
	case s.html:
		if s.mode == afterAttribute {
			s.mode = inTag
		}
		return s.piece(MarkupEquals, false, 1)
	}
	return s.fail(0, "expected "+s.expectedInTag()+", found '/'")
}

// closeSlashed closes the element whose tag ends with a slash. HTML's own
// elements are not closed like that.
func (s *MarkupScanner) closeSlashed() {
	switch {
	case !s.pushed || s.tagged != element0:
	case s.over > 0:
		s.over--
	default:
		s.pop(len(s.levels) - 1)
	}
}

func (s *MarkupScanner) endOfTag() {
	s.mode = inContent
	if s.pushed && s.tagged.rawName() != "" {
		s.mode = inRawContent
	}
	s.pushed = false
}

// value reads an attribute's value.
func (s *MarkupScanner) value(src []byte) (MarkupToken, int) {
	s.mode, s.valueAt = inTag, s.offset
	switch c := src[0]; {
	case c == '"' || c == '\'':
		s.quote, s.entity = c, noEntity
		return s.token(inQuoted, src, 1)
	case s.html:
		return s.token(inBare, src, 1)
	default:
		s.mode = afterEquals
		return s.fail(0, "expected a value in quotes, found "+quoteByte(c))
	}
}
