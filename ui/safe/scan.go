package safe

import (
	"unicode"
	"unicode/utf8"
)

// kind says how a unit of source text is shown.
type kind uint8

const (
	plain   kind = iota // as it is
	lineEnd             // CR LF, shown as one newline
	hostile             // replaced by a mark
)

const (
	zwnj = '\u200c'
	zwj  = '\u200d'

	// maxStacked is how many combining characters may stand on one base.
	// Real scripts stay below; more of them paint over neighbouring lines.
	maxStacked = 8
)

// scanner cuts text into units. It remembers what stands before the next
// unit, because joiners, selectors and combining characters are harmless after
// the right character and a trick after any other.
type scanner struct {
	keep    Keep
	prev    rune // last rune shown as itself, 0 at a start or after a mark
	stacked int  // combining characters since the last base
}

// next measures the first unit of s. When final is false and s ends before the
// unit can be judged, n is 0: more input is needed.
func (sc *scanner) next(s string, final bool) (n int, k kind) {
	if n = printableASCII(s); n > 0 {
		sc.prev, sc.stacked = rune(s[n-1]), 0
		return n, plain
	}
	if c := s[0]; c < utf8.RuneSelf {
		return sc.control(c, s, final)
	}
	if !final && !utf8.FullRuneInString(s) {
		return 0, plain
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		sc.prev, sc.stacked = 0, 0
		return 1, hostile
	}
	if plainLetter(r) {
		sc.prev, sc.stacked = r, 0
		return n, plain
	}
	if r == zwj || r == zwnj {
		rest := s[n:]
		if !final && !utf8.FullRuneInString(rest) {
			return 0, plain
		}
		follower, _ := utf8.DecodeRuneInString(rest)
		return n, sc.settle(r, joins(sc.prev) && joined(follower))
	}
	return n, sc.settle(r, sc.harmless(r))
}

// plainLetter reports whether r is in one of the blocks that hold nothing but
// letters and make up most of large texts. It only saves the slower tests.
func plainLetter(r rune) bool {
	return r >= 0xae && r < 0x300 || r >= 0x400 && r < 0x483 || r >= 0x4e00 && r < 0xa000 || r >= 0xac00 && r <= 0xd7a3
}

// settle records the verdict over r.
func (sc *scanner) settle(r rune, ok bool) kind {
	switch {
	case !ok:
		sc.prev, sc.stacked = 0, 0
		return hostile
	case combines(r):
		sc.stacked++
	default:
		sc.stacked = 0
	}
	sc.prev = r
	return plain
}

func (sc *scanner) control(c byte, s string, final bool) (int, kind) {
	sc.stacked = 0
	switch {
	case c == '\n' && sc.keep&KeepNewline != 0, c == '\t' && sc.keep&KeepTab != 0:
		sc.prev = 0
		return 1, plain
	case c == '\r' && sc.keep&KeepNewline != 0:
		if len(s) == 1 && !final {
			return 0, plain
		}
		if len(s) > 1 && s[1] == '\n' {
			sc.prev = 0
			return 2, lineEnd
		}
	}
	sc.prev = 0
	return 1, hostile
}

func (sc *scanner) harmless(r rune) bool {
	switch {
	case r < 0xa0:
		return false // C1
	case r < 0x300:
		return r != 0xad // a soft hyphen is invisible
	case unicode.Is(invisible, r), unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // the latter are drawn over what follows
	case unicode.Is(unicode.Variation_Selector, r):
		return sc.prev > ' ' && !unicode.Is(unicode.Variation_Selector, sc.prev) &&
			(r < 0xe0100 || unicode.Is(unicode.Han, sc.prev))
	case combines(r):
		return sc.prev != 0 && sc.stacked < maxStacked
	case r >= lightSkin && r <= darkSkin:
		return unicode.Is(unicode.So, sc.prev)
	}
	return true
}

const (
	lightSkin = '\U0001f3fb'
	darkSkin  = '\U0001f3ff'
)

// combines reports whether r is drawn with the character before it.
func combines(r rune) bool {
	return unicode.Is(unicode.M, r) || r == 0xff9e || r == 0xff9f
}

// joins reports whether a joiner may follow r, joined whether r may follow a
// joiner: letters of scripts that need them, and parts of emoji.
func joins(r rune) bool {
	return r >= 0xa0 && unicode.In(r, unicode.L, unicode.M, unicode.So, unicode.Sk)
}

func joined(r rune) bool {
	return r >= 0xa0 && r != utf8.RuneError && unicode.In(r, unicode.L, unicode.So) && !unicode.Is(invisible, r)
}

// printableASCII returns how many bytes at the start of s are 0x20 to 0x7e.
func printableASCII(s string) int {
	for i := range len(s) {
		if c := s[i]; c-0x20 > 0x7e-0x20 {
			return i
		}
	}
	return len(s)
}

// invisible holds characters that show nothing of themselves but change what
// stands around them or hide data: direction controls (UAX #9), format
// characters, fillers, line separators, tags, noncharacters.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, // combining grapheme joiner
		{0x061c, 0x061c, 1}, // Arabic letter mark
		{0x115f, 0x1160, 1}, // Hangul fillers
		{0x17b4, 0x17b5, 1}, // Khmer inherent vowels
		{0x180e, 0x180e, 1}, // Mongolian vowel separator
		{0x200b, 0x200f, 1}, // zero width space, joiners, LRM, RLM
		{0x2028, 0x202e, 1}, // separators, embeddings and overrides
		{0x2060, 0x206f, 1}, // word joiner, operators, isolates, deprecated
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xfdd0, 0xfdef, 1}, // noncharacters
		{0xfeff, 0xfeff, 1}, // byte order mark
		{0xffa0, 0xffa0, 1}, // halfwidth Hangul filler
		{0xfff0, 0xfffb, 1}, // unassigned, interlinear annotation
		{0xfffe, 0xffff, 1}, // noncharacters
	},
	R32: []unicode.Range32{
		{0x13430, 0x1343f, 1}, // Egyptian hieroglyph format controls
		{0x1bca0, 0x1bca3, 1}, // shorthand format controls
		{0x1d173, 0x1d17a, 1}, // musical format controls
		{0xe0000, 0xe00ff, 1}, // tags
		{0xe01f0, 0xe0fff, 1}, // default ignorable, unassigned
	},
}
