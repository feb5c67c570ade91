package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Next returns where the grapheme cluster that starts at byte i of s ends.
func Next(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	// Two ASCII characters in a row are two clusters, but for CR LF, which no line holds.
	if s[i] < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
		return i + 1
	}
	if end := alone(s, i); end > 0 {
		return end
	}
	cluster, _ := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
	return i + max(1, valid(cluster))
}

// alone returns where the character at byte i of s ends, when it and the one after it are letters that make no cluster with
// one another; else 0. They make up most of large texts.
func alone(s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	if n < 2 && s[i] >= utf8.RuneSelf || !plainLetter(r) {
		return 0
	}
	if i += n; i == len(s) {
		return i
	}
	next, n := utf8.DecodeRuneInString(s[i:])
	if n < 2 && s[i] >= utf8.RuneSelf || !plainLetter(next) {
		return 0
	}
	return i
}

// plainLetter reports whether r is in one of the blocks that hold nothing but what stands alone: Latin, Greek and Cyrillic
// letters, those of Chinese, Japanese and Korean, and their punctuation.
func plainLetter(r rune) bool {
	return r < utf8.RuneSelf || r >= 0xc0 && r < 0x250 || r >= 0x391 && r < 0x483 || r >= 0x4e00 && r < 0xa000 ||
		r >= 0x3001 && r <= 0x301c || r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30fe || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xff01 && r <= 0xff60
}

// valid returns how many bytes of s are UTF-8, from its start. A stray byte is a cluster of its own.
func valid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return len(s)
}

// lookBehind bounds how far back Previous looks for a place that is surely between two clusters.
const lookBehind = 256

// Previous returns where the grapheme cluster that ends at byte i of s starts.
func Previous(s string, i int) int {
	if i <= 1 {
		return 0
	}
	if s[i-1] < utf8.RuneSelf && s[i-2] < utf8.RuneSelf {
		return i - 1
	}
	start := i - 1
	for start > 0 && (i-start < lookBehind || !utf8.RuneStart(s[start])) && (s[start] >= utf8.RuneSelf || s[start-1] >= utf8.RuneSelf) {
		start--
	}
	for {
		end := Next(s, start)
		if end >= i {
			return start
		}
		start = end
	}
}

// Boundary returns the last place between two grapheme clusters at or before byte i of s.
func Boundary(s string, i int) int {
	if i <= 0 || i >= len(s) {
		return i
	}
	if start := Previous(s, i); Next(s, start) > i {
		return start
	}
	return i
}

// class sorts characters for word motions.
type class uint8

const (
	blank class = iota
	word
	other
)

func classOf(s string, i int) class {
	r, _ := utf8.DecodeRuneInString(s[i:])
	switch {
	case unicode.IsSpace(r):
		return blank
	case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return word
	}
	return other
}

// wordRight skips blanks, then one word or one run of punctuation.
func wordRight(s string, i int) int {
	for i < len(s) && classOf(s, i) == blank {
		i = Next(s, i)
	}
	if i == len(s) {
		return i
	}
	for kind := classOf(s, i); i < len(s) && classOf(s, i) == kind; {
		i = Next(s, i)
	}
	return i
}

// wordLeft is the way back. With whole, a word is all that is not blank, as in a shell.
func wordLeft(s string, i int, whole bool) int {
	back := func(while func(class) bool) {
		for i > 0 {
			j := Previous(s, i)
			if !while(classOf(s, j)) {
				return
			}
			i = j
		}
	}
	back(func(c class) bool { return c == blank })
	if i == 0 {
		return 0
	}
	kind := classOf(s, Previous(s, i))
	back(func(c class) bool { return c == kind || whole && c != blank })
	return i
}
