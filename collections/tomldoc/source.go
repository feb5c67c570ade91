package tomldoc

import (
	"strings"
	"unicode/utf8"
)

// sourceIndex returns where in the source text of a string, quotes included, the byte at offset of its content stands.
func sourceIndex(raw string, offset int) int {
	i := 1
	multi := strings.HasPrefix(raw, `"""`) || strings.HasPrefix(raw, "'''")
	if multi {
		i = 3
		if strings.HasPrefix(raw[i:], "\r\n") {
			i += 2
		} else if strings.HasPrefix(raw[i:], "\n") {
			i++
		}
	}
	if !strings.HasPrefix(raw, `"`) {
		return min(i+offset, len(raw))
	}
	for done := 0; i < len(raw); {
		if raw[i] == '\\' && multi {
			if skipped := skipContinuation(raw, i); skipped > i {
				i = skipped
				continue
			}
		}
		if done >= offset {
			break
		}
		n, size := escapeWidth(raw, i)
		done, i = done+n, i+size
	}
	return min(i, len(raw))
}

// skipContinuation skips a backslash at the end of a line and the white space that it takes with it.
func skipContinuation(raw string, i int) int {
	rest := strings.TrimLeft(raw[i+1:], " \t\r")
	if !strings.HasPrefix(rest, "\n") {
		return i
	}
	return len(raw) - len(strings.TrimLeft(rest, " \t\r\n"))
}

// escapeWidth returns how many bytes of content the source at i makes, and from how many bytes.
func escapeWidth(raw string, i int) (content, source int) {
	if raw[i] != '\\' || i+1 >= len(raw) {
		return 1, 1
	}
	digits := 0
	switch raw[i+1] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return 1, 2
	}
	var r rune
	for _, c := range raw[min(i+2, len(raw)):min(i+2+digits, len(raw))] {
		r = r<<4 | hexDigit(c)
	}
	return utf8.RuneLen(r), 2 + digits
}

func hexDigit(c rune) rune {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	default:
		return c - '0'
	}
}
