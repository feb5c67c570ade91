package content

// MaxDepth is how deep JSON may nest. RFC 8259 section 9 allows a limit; this
// one is encoding/json's, so both accept the same texts.
const MaxDepth = 10000

// TokenKind is the kind of a JSON token.
type TokenKind uint8

const (
	None TokenKind = iota // the bytes given are used up
	BeginObject
	EndObject
	BeginArray
	EndArray
	Colon
	Comma
	Key // the string that names a member
	String
	Number
	Literal // true, false or null
	Invalid // Scanner.Err says why; nothing follows
)

// Token is a token of JSON, or a piece of one, as a range of the source in
// bytes. A token that runs past the bytes the scanner was given comes in
// pieces, the first with More false, those after it with More true.
type Token struct {
	Kind       TokenKind
	More       bool // continues the token before
	Start, End int64
}

// Scanner reads JSON (RFC 8259) strictly, as encoding/json does, and without
// allocating per token. The zero value is ready to read one text from offset 0.
//
// Like encoding/json it does not ask whether strings are valid UTF-8: that is
// a matter of showing them.
type Scanner struct {
	state
	levels  []Level
	nesting nesting // of the last state given out
	err     *SyntaxError
}

// state is everything but the nesting, so that it can be copied.
type state struct {
	offset int64
	values int64 // top-level values begun
	want   want
	part   part
	left   uint8 // hex digits of an escape still to come
	word   string
	stream bool
}

// want is what the grammar allows next.
type want uint8

const (
	wantValue want = iota
	wantElementOrEnd
	wantKeyOrEnd
	wantKey
	wantColon
	wantCommaOrEnd
	wantNothing
)

// part is where inside a token the bytes ended.
type part uint8

const (
	outside part = iota
	inString
	inKey
	inStringEscape
	inKeyEscape
	inStringHex
	inKeyHex
	inWord
	numMinus
	numZero
	numInt
	numDot
	numFrac
	numE
	numESign
	numExp
)

// NewStreamScanner returns a scanner of any number of texts one after another,
// separated by white space or nothing: NDJSON, JSON Lines, concatenated JSON.
func NewStreamScanner() *Scanner { return &Scanner{state: state{stream: true}} }

// Offset is where the next token is looked for.
func (s *Scanner) Offset() int64 { return s.offset }

// Depth is how many objects and arrays are open.
func (s *Scanner) Depth() int { return len(s.levels) }

// Levels are the open objects and arrays, outermost first. The slice is valid
// until the next call.
func (s *Scanner) Levels() []Level { return s.levels }

// Closed is the object or array that the token read last has closed. It is
// valid until the next call, and if that token closes one.
func (s *Scanner) Closed() Level {
	if n := len(s.levels); n < cap(s.levels) {
		return s.levels[:n+1][n]
	}
	return Level{}
}

// Values is how many top-level values have begun.
func (s *Scanner) Values() int64 { return s.values }

// Inside reports whether the bytes given so far ended within a token.
func (s *Scanner) Inside() bool { return s.part != outside }

// Err is why the text is not JSON, nil while it may be.
func (s *Scanner) Err() error {
	if s.err == nil {
		return nil
	}
	return s.err
}

// Skip leaves out n bytes that are no part of the text, a byte order mark for
// instance. It must not be called within a token.
func (s *Scanner) Skip(n int64) { s.offset += n }

// Next returns the first token of src and how many bytes of src it used, white
// space before the token included. src must begin at Offset. A token of kind
// None means that all of src was used and more is needed.
func (s *Scanner) Next(src []byte) (Token, int) {
	if s.err != nil {
		return Token{Kind: Invalid, Start: s.err.Offset, End: s.err.Offset}, 0
	}
	if s.part != outside {
		if t, n, ok := s.resume(src); ok {
			return t, n
		}
	}
	if len(src) > 0 && src[0] > ' ' {
		return s.begin(src)
	}
	i := 0
	for i < len(src) && isSpace[src[i]] {
		i++
	}
	s.offset += int64(i)
	if i == len(src) {
		return Token{Kind: None, Start: s.offset, End: s.offset}, i
	}
	t, n := s.begin(src[i:])
	return t, i + n
}

// Finish says that the text has ended, and why that is too early if it is.
func (s *Scanner) Finish() error {
	switch s.part {
	case outside, numZero, numInt, numFrac, numExp:
		if len(s.levels) == 0 && (s.want == wantNothing || s.stream) {
			return s.Err()
		}
	}
	if s.err == nil {
		s.err = &SyntaxError{Offset: s.offset, Msg: s.unfinished()}
	}
	return s.err
}

// begin reads the token that starts at src[0].
func (s *Scanner) begin(src []byte) (Token, int) {
	c := src[0]
	switch c {
	case '"':
		return s.beginString(src)
	case ',':
		return s.comma()
	case ':':
		if s.want != wantColon {
			return s.fail(0, c)
		}
		s.want = wantValue
		return s.take(Colon)
	case '}', ']':
		return s.close(c)
	}
	if s.want != wantValue && s.want != wantElementOrEnd {
		return s.fail(0, c)
	}
	switch c {
	case '{', '[':
		return s.open(c)
	case '-':
		return s.beginNumber(src, numMinus)
	case '0':
		return s.beginNumber(src, numZero)
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return s.beginNumber(src, numInt)
	case 't':
		return s.beginWord(src, "rue")
	case 'f':
		return s.beginWord(src, "alse")
	case 'n':
		return s.beginWord(src, "ull")
	}
	return s.fail(0, c)
}

// take returns a token of one byte.
func (s *Scanner) take(kind TokenKind) (Token, int) {
	s.offset++
	return Token{Kind: kind, Start: s.offset - 1, End: s.offset}, 1
}

// piece returns a token, or a piece of one, of n bytes.
func (s *Scanner) piece(kind TokenKind, more bool, n int) (Token, int) {
	s.offset += int64(n)
	return Token{Kind: kind, More: more, Start: s.offset - int64(n), End: s.offset}, n
}

func (s *Scanner) open(c byte) (Token, int) {
	if len(s.levels) == MaxDepth {
		return s.failWith(0, "objects and arrays are nested more than 10000 deep")
	}
	s.startValue()
	if c == '{' {
		s.levels = append(s.levels, Level{Start: s.offset, at: noKey})
		s.want = wantKeyOrEnd
		return s.take(BeginObject)
	}
	s.levels = append(s.levels, Level{Start: s.offset})
	s.want = wantElementOrEnd
	return s.take(BeginArray)
}

func (s *Scanner) close(c byte) (Token, int) {
	if len(s.levels) == 0 {
		return s.fail(0, c)
	}
	object := s.levels[len(s.levels)-1].IsObject()
	switch {
	case object != (c == '}'):
		return s.fail(0, c)
	case s.want != wantCommaOrEnd && s.want != wantElementOrEnd && s.want != wantKeyOrEnd:
		return s.fail(0, c)
	}
	s.levels = s.levels[:len(s.levels)-1]
	s.want = s.afterValue()
	if object {
		return s.take(EndObject)
	}
	return s.take(EndArray)
}

func (s *Scanner) comma() (Token, int) {
	if s.want != wantCommaOrEnd {
		return s.fail(0, ',')
	}
	if top := &s.levels[len(s.levels)-1]; top.IsObject() {
		s.want = wantKey
	} else {
		top.at++
		s.want = wantValue
	}
	return s.take(Comma)
}

// startValue counts a top-level value.
func (s *Scanner) startValue() {
	if len(s.levels) == 0 {
		s.values++
	}
}

// afterValue is what is wanted when the value that begins or ends here is over.
func (s *Scanner) afterValue() want {
	switch {
	case len(s.levels) > 0:
		return wantCommaOrEnd
	case s.stream:
		return wantValue
	}
	return wantNothing
}

var isSpace = [256]bool{' ': true, '\t': true, '\n': true, '\r': true}
