package document

import "parley/httpcore/content"

// feeder cuts source bytes into lines. It is fed the source in pieces of any
// size; the lines do not depend on where the pieces end.
type feeder interface {
	// feed takes the next bytes of the source. out gets the lines; it may be
	// nil, when they are only counted. Once out is done, so is the feeder.
	feed(src []byte, out *sink)
	// finish says that the source has ended.
	finish(out *sink)
}

// cutter is a feeder that can begin anywhere.
type cutter interface {
	feeder
	// mark returns where the cutter stands, restore puts it there. place is a
	// mark that one cannot go on from, but cheaper.
	mark() mark
	place() mark
	restore(mark)
}

// mark is a place in the source from which a cutter can go on.
type mark struct {
	offset int64 // of the next byte
	lines  int64 // begun before offset
	number int64 // of the current line
	col    int32 // source bytes in the current line
	prev   content.TokenKind
	phase  phase
	token  int64    // where the current JSON token began
	depth  int32    // of the current line: how many nodes are open around it
	kind   lineKind // of the current line
	tops   int64    // texts begun
	json   content.State
	markup *markupMark
	parts  *partState // of a multipart body
}

// phase is what a cutter is about.
type phase uint8

const (
	inText      phase = iota // raw text
	atLineStart              // raw text whose next byte begins a line
	beforeJSON               // where a byte order mark or a guard may stand

	// In what follows, the place in a line tells by itself what it shows.
	inJSON
	inBroken // what is no JSON, among records
	beforeRecord
	atField
	inField
	inQuotes
	afterQuote // in quotes, which may have ended
	inMarkup   // the place tells it together with the layout
	beforePair
	inPair
	inPercent // of a pair: behind a percent sign
	inHex     // and the first digit
	outsideParts
	inBytes // of a part, whose end says how many there are
)

// skips reports whether the bytes between two places of the same line, col
// bytes into it, add nothing to what is shown.
func (p phase) skips() bool { return p >= inJSON }

// cost is roughly how many bytes of memory m takes, what it shares with the
// mark before left out.
func (m *mark) cost(before *mark) int {
	switch {
	case m.markup != nil:
		return 560 + 80*len(m.markup.scan.Levels())
	case m.parts != nil:
		return 272
	}
	return 208 + m.json.Cost(before.json)
}

const (
	// maxLine is how many bytes of source a line may show before it is
	// continued on the next.
	maxLine = 4096
	// slack is how far a cut may be put off to fall on a good place.
	slack = 256
)

// fits returns how many bytes of text still belong to a line that shows col
// bytes already. A cut falls before an ASCII character, so no grapheme cluster
// is broken; where none comes, before the next character, and in what is not
// UTF-8 anywhere. It depends on nothing but col and the bytes, so that every
// walk over the source cuts at the same places.
func fits(col int, text []byte) int {
	if col+len(text) <= maxLine {
		return len(text)
	}
	for i := max(maxLine-col, 0); i < len(text); i++ {
		c, at := text[i], col+i
		if c < 0x80 || at >= maxLine+slack && c >= 0xc0 || at >= maxLine+slack+4 {
			return i
		}
	}
	return len(text)
}
