package jsonpath

import (
	"unicode/utf16"
	"unicode/utf8"
)

// unquote appends what a string of JSON, quotes included, stands for. Half of a
// surrogate pair stands for U+FFFD, as in encoding/json.
func unquote(dst, quoted []byte) []byte {
	text := quoted[1 : len(quoted)-1]
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			dst = append(dst, text[i])
			continue
		}
		i++
		switch text[i] {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r := hexRune(text[i+1:])
			i += 4
			if low := text[i+1:]; utf16.IsSurrogate(r) && len(low) >= 6 && low[0] == '\\' && low[1] == 'u' {
				if pair := utf16.DecodeRune(r, hexRune(low[2:])); pair != utf8.RuneError {
					r, i = pair, i+6
				}
			}
			dst = utf8.AppendRune(dst, r) // U+FFFD for half of a pair
		default:
			dst = append(dst, text[i])
		}
	}
	return dst
}

// hexRune reads four hexadecimal digits.
func hexRune(digits []byte) (r rune) {
	for _, c := range digits[:4] {
		r = r<<4 | rune(c&0xf)
		if c > '9' {
			r += 9
		}
	}
	return r
}
