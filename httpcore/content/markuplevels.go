package content

import (
	"math"
	"slices"
	"strings"
)

// Element is an element that is open at some place of a text.
type Element struct {
	Start    int64  // offset of the < of its start tag
	Index    uint32 // which of its parent's elements it is, from 1
	Nth      uint32 // which of those of its name, from 1; 0 if that is not known
	children uint32
	hash     uint32 // of its name
	kind     htmlElement
}

// Children is how many elements it holds so far.
func (e Element) Children() uint32 { return e.children }

// begin sets each field by itself: to copy what has just been written in parts
// would have to wait for it.
func (e *Element) begin(start int64, index, nth, hash uint32, kind htmlElement) {
	e.Start, e.Index, e.Nth, e.children, e.hash, e.kind = start, index, nth, 0, hash, kind
}

// siblings counts the elements within another by their names, as far as those
// that come first go, so that the place of an element is known without going
// back.
type siblings [6]named

type named struct{ hash, count uint32 }

// add counts an element, and returns which of its name it is: 0 if that is not
// known.
func (c *siblings) add(hash uint32) (nth uint32) {
	for i := range c {
		n := &c[i]
		if n.count == 0 {
			n.hash = hash
		}
		if n.hash == hash {
			n.count++
			return n.count
		}
	}
	return 0
}

// open opens an element, unless it is one that holds nothing.
func (s *MarkupScanner) open(kind htmlElement, hash uint32) {
	count, names := &s.tops, &s.roots
	n := len(s.levels)
	if n > 0 {
		count, names = &s.levels[n-1].children, &s.within[n-1]
	}
	if *count < math.MaxUint32 {
		*count++
	}
	index, nth := *count, names.add(hash)
	s.opened.begin(s.offset, index, nth, hash, kind)
	s.tagged = kind
	s.pushed = !kind.isEmpty()
	switch {
	case !s.pushed:
	case n == MaxMarkupDepth:
		s.over++
		s.told = true
	default:
		s.levels = append(s.levels, Element{})
		s.levels[n].begin(s.offset, index, nth, hash, kind)
		s.within = append(s.within, siblings{})
	}
}

// closedElements are those that were closed last. All but the first are still
// behind the open ones.
type closedElements struct {
	first    Element
	from, to int // their depths
}

// pop closes all elements but the first n.
func (s *MarkupScanner) pop(n int) {
	if n < len(s.levels) {
		s.closed = closedElements{first: s.levels[n], from: n, to: len(s.levels)}
		s.levels, s.within = s.levels[:n], s.within[:n]
	}
}

// closeXML closes the innermost element if it has the name.
func (s *MarkupScanner) closeXML(hash uint32) bool {
	n := len(s.levels)
	if n == 0 || s.levels[n-1].hash != hash {
		return false
	}
	s.pop(n - 1)
	return true
}

const (
	firstHash = 2166136261 // FNV-1a
	hashPrime = 16777619
)

// hashOf goes on with the hash of a name. HTML's names have no case.
func (s *MarkupScanner) hashOf(hash uint32, name []byte) uint32 {
	for _, c := range name {
		if s.html && c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		hash = (hash ^ uint32(c)) * hashPrime
	}
	return hash
}

// inName reports whether c goes on in the name of an element.
func (s *MarkupScanner) inName(c byte) bool {
	if s.html {
		return markupBytes[c]&inHTMLName != 0
	}
	return markupBytes[c]&inXMLName != 0
}

func (s *MarkupScanner) isBlank(c byte) bool { return isSpace[c] || s.html && c == '\f' }

func isNameStart(c byte) bool { return markupBytes[c]&startsName != 0 }

// startsElement reports whether c may follow < in a start tag.
func (s *MarkupScanner) startsElement(c byte) bool {
	return isNameStart(c) && (!s.html || c < 0x80 && c != '_' && c != ':')
}

// What a byte may be in markup. All that is not ASCII is allowed in names.
const (
	inXMLName uint8 = 1 << iota
	startsName
	inHTMLName
	inHTMLAttribute
	inBareValue
	isBlankByte
	endsText
	endsValue // perhaps
)

var markupBytes = func() (classes [256]uint8) {
	for c := range classes {
		switch {
		case c >= 0x80, c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == ':':
			classes[c] = inXMLName | startsName
		case c >= '0' && c <= '9', c == '-', c == '.':
			classes[c] = inXMLName
		}
		space := isSpace[c] || c == '\f'
		if !space && c != '>' {
			classes[c] |= inBareValue
			if c != '/' {
				classes[c] |= inHTMLName
				if c != '=' {
					classes[c] |= inHTMLAttribute
				}
			}
		}
		if isSpace[c] {
			classes[c] |= isBlankByte
		}
		if c == '<' || c == '&' || c < ' ' && c != '\t' {
			classes[c] |= endsText
		}
		if strings.IndexByte("\"'<&\n", byte(c)) >= 0 {
			classes[c] |= endsValue
		}
	}
	return classes
}()

// maxMarkupAttributes is how many attributes of a tag are told apart.
const maxMarkupAttributes = 32

const firstNameHash = 14695981039346656037 // FNV-1a

// nameHash goes on with the hash of the name of an attribute.
func nameHash(hash uint64, name []byte) uint64 {
	for _, c := range name {
		hash = (hash ^ uint64(c)) * 1099511628211
	}
	return hash
}

// addName notes the attribute whose name has been read. It returns false if the
// tag has one of that name already.
func (s *MarkupScanner) addName() bool {
	if slices.Contains(s.names, s.nameHash) {
		return false
	}
	if len(s.names) < maxMarkupAttributes {
		s.names = append(s.names, s.nameHash)
	}
	return true
}

// MarkupState is a place in a text from which a scanner can go on. It is
// immutable.
type MarkupState struct {
	state  markupState
	levels []Element
	within []siblings
	names  []uint64
}

// State returns where the scanner stands.
func (s *MarkupScanner) State() MarkupState {
	var names []uint64
	if s.InStartTag() {
		names = append(names, s.names...)
	}
	return MarkupState{
		state:  s.markupState,
		levels: append([]Element(nil), s.levels...),
		within: append([]siblings(nil), s.within...),
		names:  names,
	}
}

// Restore puts the scanner where it stood when it gave out st.
func (s *MarkupScanner) Restore(st MarkupState) {
	s.markupState = st.state
	s.levels = append(s.levels[:0], st.levels...)
	s.within = append(s.within[:0], st.within...)
	s.names = append(s.names[:0], st.names...)
	s.err, s.last, s.closed = nil, false, closedElements{}
}

// Inside reports whether the state stands within a token.
func (st MarkupState) Inside() bool { return st.state.part != betweenTokens }

// InAttribute reports whether the state stands within the attribute that begins
// at start, or where its value may follow.
func (st MarkupState) InAttribute(start int64) bool {
	s := &st.state
	if s.attribute != start {
		return false
	}
	return s.mode == afterAttribute || s.mode == afterEquals || s.part == inQuoted || s.part == inBare
}

// Levels are the elements open there, outermost first. It must not be changed.
func (st MarkupState) Levels() []Element { return st.levels }
