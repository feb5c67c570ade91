package content

// MaxMarkupDepth is how many elements of XML or HTML may be open at once. XML
// beyond it is refused; of HTML, which is never wrong, the elements beyond are
// only counted.
const MaxMarkupDepth = 1000

// MarkupKind is the kind of a token of XML or HTML.
type MarkupKind uint8

const (
	MarkupNone        MarkupKind = iota // more bytes are needed
	MarkupStart                         // < and the name of a start tag
	MarkupEnd                           // </ and the name of an end tag
	MarkupTagEnd                        // > of either
	MarkupEmptyEnd                      // /> of either
	MarkupAttribute                     // an attribute's name
	MarkupEquals                        // the = behind it; in HTML also a stray / or = in a tag
	MarkupValue                         // an attribute's value, with its quotes if it has any
	MarkupText                          // text with the blanks in and after it, up to a line end
	MarkupSpace                         // white space that does not follow text on its line
	MarkupEntity                        // &name; or &#number;
	MarkupRaw                           // what script, style, textarea and the like hold
	MarkupCDATA                         // a CDATA section, brackets included
	MarkupComment                       // a comment, or what HTML takes for one
	MarkupInstruction                   // a processing instruction
	MarkupDoctype                       // a document type declaration, whatever it holds
	MarkupInvalid                       // MarkupScanner.Err says why; nothing follows
)

// MarkupToken is a token of XML or HTML, or a piece of one, as a range of the
// source in bytes. Pieces are those of [Token]; the first of a tag holds at
// least its brackets and a byte of the name.
type MarkupToken struct {
	Kind    MarkupKind
	More    bool    // continues the token before
	Gap     bool    // white space within a tag stands before it
	Display Display // of the element that a tag begins or ends
	TooDeep bool    // the first start tag that is not nested because of MaxMarkupDepth
	Depth   int     // elements around the token, and around the element of a tag

	Start, End int64
}

// MarkupScanner reads XML 1.0 or HTML, without allocating per token.
//
// XML is read strictly as far as tags, attributes, references, comments and what
// stands around the one element go; entities that a document type declares are
// believed to be declared, of the attributes of a tag the first
// maxMarkupAttributes are told apart, and whether strings are valid UTF-8 is a
// matter of showing them. HTML is never wrong:
// end tags that may be left out are known, and what is no tag is text.
type MarkupScanner struct {
	markupState
	levels []Element
	within []siblings // what each of levels holds
	names  []uint64   // of XML: the hashes of the tag's attributes, as far as told apart
	closed closedElements
	err    *SyntaxError
	last   bool // no bytes follow those given to Next
}

// markupState is everything but the open elements, so that it can be copied.
type markupState struct {
	offset    int64
	html      bool
	mode      markupMode
	part      markupPart
	gap       bool // white space was skipped in a tag
	quote     byte // of the value or declaration that is being read
	match     uint8
	subset    bool // within the brackets of a document type declaration
	entity    entityPart
	pushed    bool        // the tag that is being read has opened an element
	tagged    htmlElement // and which, in HTML
	hash      uint32      // of a name too long to be read at once
	over      int64       // HTML elements open beyond MaxMarkupDepth
	told      bool        // that there are such
	tops      uint32      // elements with none around them
	roots     siblings
	opened    Element
	attribute int64  // where the one read last began
	valueAt   int64  // where the value read last began
	nameHash  uint64 // of that attribute, in XML
}

// markupMode is what the grammar allows next.
type markupMode uint8

const (
	inContent      markupMode = iota
	inRawContent              // up to the end tag of a script
	inTag                     // an attribute, or the end of the tag
	afterAttribute            // =, or what inTag allows in HTML
	afterEquals               // a value
	inEndTag                  // the end of an end tag
)

// markupPart is where inside a token the bytes ended.
type markupPart uint8

const (
	betweenTokens markupPart = iota
	inMarkupText
	inMarkupSpace
	inEntity
	inLongStart
	inLongEnd
	inAttribute
	inQuoted
	inBare
	inRaw
	inMarkupComment
	inBogusComment
	inCDATA
	inInstruction
	inDoctype
	markupParts
)

var kindOfPart = [markupParts]MarkupKind{
	inMarkupText:    MarkupText,
	inMarkupSpace:   MarkupSpace,
	inEntity:        MarkupEntity,
	inLongStart:     MarkupStart,
	inLongEnd:       MarkupEnd,
	inAttribute:     MarkupAttribute,
	inQuoted:        MarkupValue,
	inBare:          MarkupValue,
	inRaw:           MarkupRaw,
	inMarkupComment: MarkupComment,
	inBogusComment:  MarkupComment,
	inCDATA:         MarkupCDATA,
	inInstruction:   MarkupInstruction,
	inDoctype:       MarkupDoctype,
}

// NewXMLScanner returns a scanner of an XML text that starts at offset 0.
func NewXMLScanner() *MarkupScanner { return &MarkupScanner{} }

// NewHTMLScanner returns a scanner of HTML that starts at offset 0.
func NewHTMLScanner() *MarkupScanner {
	return &MarkupScanner{markupState: markupState{html: true}}
}

// Offset is where the next token is looked for.
func (s *MarkupScanner) Offset() int64 { return s.offset }

// Depth is how many elements are open, up to MaxMarkupDepth.
func (s *MarkupScanner) Depth() int { return len(s.levels) }

// Levels are the open elements, outermost first. The slice is valid until the
// next call.
func (s *MarkupScanner) Levels() []Element { return s.levels }

// InStartTag reports whether the next token is of a start tag that has begun.
func (s *MarkupScanner) InStartTag() bool {
	return s.mode == inTag || s.mode == afterAttribute || s.mode == afterEquals
}

// Attribute is the offset of the attribute whose name was read last.
func (s *MarkupScanner) Attribute() int64 { return s.attribute }

// Value is the offset of the value of an attribute that was read last.
func (s *MarkupScanner) Value() int64 { return s.valueAt }

// Opened is the element whose start tag was read last, even if it holds nothing.
func (s *MarkupScanner) Opened() Element { return s.opened }

// Closed is the element with so many others around it that the tag read last
// has closed.
func (s *MarkupScanner) Closed(depth int) (e Element, ok bool) {
	switch c := &s.closed; {
	case depth == c.from && c.from < c.to:
		return c.first, true
	case depth > c.from && depth < c.to:
		return s.levels[:c.to][depth], true // nothing has taken its place yet
	}
	return Element{}, false
}

// Inside reports whether the bytes given so far ended within a token.
func (s *MarkupScanner) Inside() bool { return s.part != betweenTokens }

// Err is why the text is not XML, nil while it may be. HTML has no errors.
func (s *MarkupScanner) Err() error {
	if s.err == nil {
		return nil
	}
	return s.err
}

// Last says that no bytes will follow those that Next is given from now on.
func (s *MarkupScanner) Last() { s.last = true }

// Finish says that the text has ended, and why that is too early if it is.
func (s *MarkupScanner) Finish() error {
	if s.html || s.err != nil {
		return s.Err()
	}
	switch {
	case s.part != betweenTokens && s.part != inMarkupText && s.part != inMarkupSpace:
		s.failAt(s.offset, "the text ends within "+markupNames[kindOfPart[s.part]])
	case s.mode != inContent:
		s.failAt(s.offset, "the text ends within a tag")
	case len(s.levels) > 0:
		s.failAt(s.offset, "the text ends where "+s.expectedEnd()+" should follow")
	}
	return s.Err()
}

// Next returns the first token of src and how many bytes of src it used. src
// must begin at Offset. A token of kind MarkupNone means that more bytes are
// needed: those of src that were not used, [MaxMarkupRest] of them at most, and
// what follows them.
func (s *MarkupScanner) Next(src []byte) (MarkupToken, int) {
	if s.err != nil {
		return s.invalid()
	}
	if s.part != betweenTokens {
		if t, n, ok := s.resume(src); ok {
			return t, n
		}
	}
	if len(src) == 0 {
		return s.none(0)
	}
	switch s.mode {
	case inContent:
		return s.content(src)
	case inRawContent:
		return s.rawContent(src)
	}
	return s.tag(src)
}

// resume goes on in the token that the bytes before ended in. It is not ok if
// the token has no more bytes.
func (s *MarkupScanner) resume(src []byte) (t MarkupToken, n int, ok bool) {
	if s.part == inRaw {
		t, n = s.rawContent(src)
		return t, n, true
	}
	part := s.part
	n = s.rest(src)
	switch {
	case n > 0:
		t, n = s.piece(kindOfPart[part], true, n)
		return t, n, true
	case s.err != nil:
		t, n = s.invalid()
		return t, n, true
	}
	return t, 0, false
}

// token begins a token of part whose first from bytes are known to belong to it.
func (s *MarkupScanner) token(part markupPart, src []byte, from int) (MarkupToken, int) {
	s.part = part
	s.offset += int64(from) // what rest refuses is told from there
	n := s.rest(src[from:])
	s.offset -= int64(from)
	return s.piece(kindOfPart[part], false, from+n)
}

func (s *MarkupScanner) piece(kind MarkupKind, more bool, n int) (MarkupToken, int) {
	s.offset += int64(n)
	t := MarkupToken{Kind: kind, More: more, Gap: s.gap, Depth: len(s.levels), Start: s.offset - int64(n), End: s.offset}
	s.gap = false
	return t, n
}

// none says that more bytes are needed than src, of which n are used.
func (s *MarkupScanner) none(n int) (MarkupToken, int) {
	s.offset += int64(n)
	return MarkupToken{Kind: MarkupNone, Depth: len(s.levels), Start: s.offset, End: s.offset}, n
}
