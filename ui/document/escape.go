package document

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"parley/ui/safe"
)

// maxEscapes is how many escapes are read together.
const maxEscapes = 64

// paintEscapes writes the characters that the escapes at the start of b stand
// for, and returns how long the escapes are. They are read together, because
// characters are combined. What stands for none is shown as it is.
func paintEscapes(pen *cellPen, b []byte, role Role, offset int64) int {
	var text []byte
	var from [maxEscapes * utf8.UTFMax]int // where the escape of each byte begins
	used := 0
	for n := 0; n < maxEscapes && used < len(b) && b[used] == '\\'; n++ {
		r, size := unescape(b[used:])
		if r == utf8.RuneError {
			if n == 0 {
				pen.text(b[:size], role, offset)
				return size
			}
			break
		}
		start := len(text)
		text = utf8.AppendRune(text, r)
		for i := start; i < len(text); i++ {
			from[i] = used
		}
		used += size
	}
	for at := 0; at < len(text); {
		n, _ := cluster(string(text[at:]))
		stop := used
		if at+n < len(text) {
			stop = from[at+n]
		}
		shown, as := string(text[at:at+n]), role
		if !safe.Plain(shown, 0) {
			shown, as = safe.Line(shown), Mark
		}
		pen.note(shown, as, offset+int64(from[at]), stop-from[at])
		at += n
	}
	return used
}

// unescape reads an escape of a JSON string. The character is
// [utf8.RuneError] if it is none.
func unescape(b []byte) (r rune, n int) {
	if len(b) < 2 {
		return utf8.RuneError, len(b)
	}
	switch c := b[1]; c {
	case '"', '\\', '/':
		return rune(c), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
	default:
		return utf8.RuneError, 2
	}
	r, ok := hex4(b)
	if !ok {
		return utf8.RuneError, min(len(b), 6)
	}
	if utf16.IsSurrogate(r) {
		low, ok := hex4(b[6:])
		if full := utf16.DecodeRune(r, low); ok && full != utf8.RuneError {
			return full, 12
		}
		return utf8.RuneError, 6
	}
	return r, 6
}

// hex4 reads the digits of a \u escape.
func hex4(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
