package document

import (
	"bytes"
	"strings"
)

// caseless is ASCII text to be found whatever the case of its letters, without a
// copy of what it is looked for in.
type caseless struct {
	text         string // in lower case
	rare         int    // which of its bytes is looked for first
	lower, upper byte   // that byte
}

// common are the bytes of text and JSON that one meets most, the most frequent
// last.
const common = "jqxzwkv9876543fybghpmucdl-_/s.nr21iot0a e:,\""

func newCaseless(text string) *caseless {
	f := &caseless{text: strings.ToLower(text)}
	for i := range len(f.text) {
		if strings.IndexByte(common, f.text[i]) < strings.IndexByte(common, f.text[f.rare]) {
			f.rare = i
		}
	}
	f.lower = f.text[f.rare]
	f.upper = f.lower
	if f.lower-'a' < 26 {
		f.upper -= 'a' - 'A'
	}
	return f
}

const (
	// Text is looked through in blocks, small ones first, so that a byte that
	// comes in one case only is not looked for in the other again and again.
	firstBlock = 256
	lastBlock  = 64 << 10
)

// index returns where the text first is, or -1.
func (f *caseless) index(text []byte) int {
	last := len(text) - len(f.text) + f.rare + 1 // where the rare byte cannot be
	for from, block := f.rare, firstBlock; from < last; block = min(2*block, lastBlock) {
		to := min(from+block, last)
		if i := f.inBlock(text, from, to); i >= 0 {
			return i
		}
		from = to
	}
	return -1
}

// inBlock looks for places where the rare byte is at from or behind it and
// before to.
func (f *caseless) inBlock(text []byte, from, to int) int {
	lower, upper := next(text, f.lower, from, to), to
	if f.upper != f.lower {
		upper = next(text, f.upper, from, to)
	}
	for {
		at := min(lower, upper)
		if at == to {
			return -1
		}
		if start := at - f.rare; f.is(text[start : start+len(f.text)]) {
			return start
		}
		if at == lower {
			lower = next(text, f.lower, at+1, to)
		} else {
			upper = next(text, f.upper, at+1, to)
		}
	}
}

// next returns where c first is at from or behind it, or else to.
func next(text []byte, c byte, from, to int) int {
	if i := bytes.IndexByte(text[from:to], c); i >= 0 {
		return from + i
	}
	return to
}

func (f *caseless) is(text []byte) bool {
	for i, c := range text {
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		if c != f.text[i] {
			return false
		}
	}
	return true
}
