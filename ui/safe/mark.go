package safe

import "unicode/utf8"

const hexDigits = "0123456789ABCDEF"

// appendMark appends the mark that stands for unit, one hostile character or
// one byte that is not UTF-8.
func appendMark(dst []byte, unit string) []byte {
	c := unit[0]
	switch {
	case c < 0x20:
		return utf8.AppendRune(dst, 0x2400+rune(c))
	case c == 0x7f:
		return append(dst, "␡"...)
	}
	r, n := utf8.DecodeRuneInString(unit)
	if r == utf8.RuneError && n == 1 {
		dst = append(dst, "‹"...)
		dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		return append(dst, "›"...)
	}
	dst = append(dst, "‹U+"...)
	shift := 12
	for r>>shift > 15 {
		shift += 4
	}
	for ; shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[r>>shift&15])
	}
	return append(dst, "›"...)
}
