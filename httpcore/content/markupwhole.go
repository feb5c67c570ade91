package content

import "slices"

// MarkupTag is a whole tag.
type MarkupTag struct {
	Kind       MarkupKind // MarkupStart or MarkupEnd
	Ends       MarkupKind // MarkupTagEnd or MarkupEmptyEnd
	Display    Display    // of the element it begins or ends
	Depth      int        // elements around that one
	Start, End int64
	Gaps       int // bytes of white space between its tokens
}

// Tag reads a whole tag at once, in less time than Next takes for its tokens,
// and puts it into t. It returns false, and nothing is read, if src does not
// hold all of one, or if the tag is none of those that are common: what has
// values over several lines, a long name, attributes in an end tag, or an error.
func (s *MarkupScanner) Tag(src []byte, t *MarkupTag) bool {
	if len(src) < len("<a>") || src[0] != '<' || s.mode != inContent || s.part != betweenTokens || s.err != nil {
		return false
	}
	if src[1] == '/' {
		return s.wholeEndTag(src, t)
	}
	if !s.startsElement(src[1]) || len(s.levels) == MaxMarkupDepth || s.outside() {
		return false
	}
	name, hash := s.shortName(src, len("<"))
	w := wholeTag{src: src, html: s.html}
	end := w.attributes(name)
	if end == 0 {
		return false
	}
	element := element0
	if s.html {
		element = htmlElementNamed(src[1:name])
		s.closeBefore(element)
	}
	t.Kind, t.Ends, t.Display = MarkupStart, MarkupTagEnd, element.display()
	t.Depth, t.Gaps = len(s.levels), w.gaps
	s.open(element, hash)
	if w.slash {
		t.Ends = MarkupEmptyEnd
		s.closeSlashed()
	}
	s.endOfTag()
	s.behind(end, t)
	return true
}

func (s *MarkupScanner) wholeEndTag(src []byte, t *MarkupTag) bool {
	if !isNameStart(src[2]) {
		return false
	}
	name, hash := s.shortName(src, len("</"))
	if name == 0 || name == len(src) || src[name] != '>' {
		return false
	}
	t.Display = Block
	if s.html {
		t.Display = s.closeHTML(htmlElementNamed(src[2:name]), hash)
	} else if !s.closeXML(hash) {
		return false
	}
	s.pushed = false
	t.Kind, t.Ends, t.Depth, t.Gaps = MarkupEnd, MarkupTagEnd, len(s.levels), 0
	s.behind(name+1, t)
	return true
}

// behind goes behind a tag of n bytes.
func (s *MarkupScanner) behind(n int, t *MarkupTag) {
	t.Start = s.offset
	s.offset += int64(n)
	t.End = s.offset
}

// shortName returns the end of the name that begins at src[from] and its hash.
// The end is 0 if the name is long or may go on behind src.
func (s *MarkupScanner) shortName(src []byte, from int) (end int, hash uint32) {
	class, fold := inXMLName, byte(0)
	if s.html {
		class, fold = inHTMLName, 'a'-'A'
	}
	hash = firstHash
	for i := from; i < len(src) && i < from+maxMarkupName; i++ {
		c := src[i]
		if markupBytes[c]&class == 0 {
			return i, hash
		}
		if c >= 'A' && c <= 'Z' {
			c += fold
		}
		hash = (hash ^ uint32(c)) * hashPrime
	}
	return 0, 0
}

// wholeTag looks through a start tag.
type wholeTag struct {
	src   []byte
	html  bool
	gaps  int
	slash bool // it ends with a slash of its own
	count int  // of attributes, in XML
	names [8]uint64
}

// attributes returns the end of the tag, whose name ends at src[i]; 0 if it is
// not a common one.
func (w *wholeTag) attributes(i int) int {
	for i > 0 && i < len(w.src) {
		switch c := w.src[i]; {
		case c == '>':
			return i + 1
		case c == '/':
			if i+1 < len(w.src) && w.src[i+1] == '>' {
				w.slash = true
				return i + 2
			}
			return 0
		case isSpace[c]:
			w.gaps++
			i++
		default:
			i = w.attribute(i)
		}
	}
	return 0
}

// attribute returns the end of the attribute that begins at src[i].
func (w *wholeTag) attribute(i int) int {
	class := inHTMLAttribute
	if !w.html {
		if class = inXMLName; !isNameStart(w.src[i]) {
			return 0
		}
	}
	start := i
	for i < len(w.src) && markupBytes[w.src[i]]&class != 0 {
		i++
	}
	switch {
	case i == start, i+1 >= len(w.src), !w.html && !w.addName(w.src[start:i]):
		return 0
	case w.src[i] == '=':
		return w.value(i + 1)
	case w.html:
		return i
	}
	return 0
}

// addName notes the name of an attribute. It returns false if there was one of
// that name, or too many to tell.
func (w *wholeTag) addName(name []byte) bool {
	hash := nameHash(firstNameHash, name)
	if w.count == len(w.names) || slices.Contains(w.names[:w.count], hash) {
		return false
	}
	w.names[w.count] = hash
	w.count++
	return true
}

// value returns the end of the value that begins at src[i].
func (w *wholeTag) value(i int) int {
	quote := w.src[i]
	if quote != '"' && quote != '\'' {
		return w.bareValue(i)
	}
	for i++; i < len(w.src); i++ {
		c := w.src[i]
		switch {
		case markupBytes[c]&endsValue == 0:
		case c == quote:
			return i + 1
		case c == '\n':
			return 0
		case w.html || c == '"' || c == '\'':
		case c != '&':
			return 0
		default:
			if i = w.entity(i); i == 0 {
				return 0
			}
		}
	}
	return 0
}

// bareValue returns the end of a value without quotes.
func (w *wholeTag) bareValue(i int) int {
	start := i
	for w.html && i < len(w.src) && markupBytes[w.src[i]]&inBareValue != 0 {
		i++
	}
	if i == start || i == len(w.src) {
		return 0
	}
	return i
}

// entity returns where the ; of the entity is that begins at src[i].
func (w *wholeTag) entity(i int) int {
	i++
	if i < len(w.src) && w.src[i] == '#' {
		i++
	}
	start := i
	for i < len(w.src) && markupBytes[w.src[i]]&inXMLName != 0 {
		i++
	}
	if i == start || i == len(w.src) || w.src[i] != ';' {
		return 0
	}
	return i
}
