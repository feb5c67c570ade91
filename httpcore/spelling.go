package httpcore

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// matchEscaped returns how much of s spells text, each character raw or escaped; 0 when s does not begin with text. A
// character may be read in more than one way ("%25" is a "%" raw, or escaped), so all ways are followed side by side.
func matchEscaped(s, text string) int {
	ways := make([]way, 1, 8)
	longest := 0
	for len(ways) > 0 {
		at := takeFirst(&ways)
		if at.matched == len(text) {
			longest = max(longest, at.read)
			continue
		}
		for _, spelled := range spellings {
			decoded, length := spelled(s[at.read:])
			if length == 0 || !strings.HasPrefix(text[at.matched:], decoded) {
				continue
			}
			next := way{read: at.read + length, matched: at.matched + len(decoded)}
			if !slices.Contains(ways, next) {
				ways = append(ways, next)
			}
		}
	}
	return longest
}

// opensEscaped reports whether s, all of it, may be how the spelling of text begins. With after, what comes behind a whole
// spelling belongs to it too.
func opensEscaped(s, text string, after bool) bool {
	ways := make([]way, 1, 8)
	for len(ways) > 0 {
		at := takeFirst(&ways)
		rest := s[at.read:]
		if at.matched == len(text) {
			if after && (rest == "" || isCutEscape(rest)) {
				return true
			}
			continue
		}
		if rest == "" || isCutEscape(rest) {
			return true
		}
		for _, spelled := range spellings {
			decoded, length := spelled(rest)
			if length == 0 || !strings.HasPrefix(text[at.matched:], decoded) {
				continue
			}
			next := way{read: at.read + length, matched: at.matched + len(decoded)}
			if !slices.Contains(ways, next) {
				ways = append(ways, next)
			}
		}
	}
	return false
}

// isCutEscape reports whether s may be an escape whose end is still to come.
func isCutEscape(s string) bool {
	switch {
	case s[0] == '%':
		return len(s) < 3 || len(s) < 5 && s[:3] == "%25"
	case s[0] != '\\':
		return false
	case len(s) == 1:
		return true
	case s[1] == '\\':
		return len(s) == 2 || len(s) == 3 && s[2] == '\\' || len(s) < 7 && s[2] == 'u'
	case s[1] != 'u':
		return false
	case len(s) < 6:
		return true
	}
	unit, ok := unicodeEscape(s)
	return ok && utf16.IsSurrogate(unit) && len(s) < 12
}

// way is a partial reading: how much of the source, standing for how much of the secret.
type way struct{ read, matched int }

// takeFirst removes the way that has matched least; taken in that order, equal ways meet and are followed once.
func takeFirst(ways *[]way) way {
	first := 0
	for i, w := range *ways {
		if w.matched < (*ways)[first].matched {
			first = i
		}
	}
	taken := (*ways)[first]
	*ways = slices.Delete(*ways, first, first+1)
	return taken
}

// spellings are the ways to write a character. Each returns what s begins with, decoded, and its length in s, 0 when s
// does not begin so. An escape may have been escaped again: a URL in the query of another, JSON in a string of JSON, the
// parameters that OAuth 1 signs.
var spellings = [...]func(s string) (decoded string, length int){
	rawByte, percentEscape, plusForSpace, jsonEscape, percentTwice, plusEscaped, jsonTwice,
}

func rawByte(s string) (string, int) {
	if s == "" {
		return "", 0
	}
	return s[:1], 1
}

func plusForSpace(s string) (string, int) {
	if s == "" || s[0] != '+' {
		return "", 0
	}
	return " ", 1
}

func percentEscape(s string) (string, int) {
	if len(s) < 3 || s[0] != '%' || !isHex(s[1]) || !isHex(s[2]) {
		return "", 0
	}
	return string([]byte{fromHex(s[1])<<4 | fromHex(s[2])}), 3
}

// percentTwice reads %25XX.
func percentTwice(s string) (string, int) {
	if len(s) < 5 || s[:3] != "%25" {
		return "", 0
	}
	decoded, length := percentEscape("%" + s[3:5])
	if length == 0 {
		return "", 0
	}
	return decoded, 5
}

// plusEscaped reads the plus that stands for a space where it was escaped on top.
func plusEscaped(s string) (string, int) {
	if decoded, length := percentEscape(s); decoded == "+" {
		return " ", length
	}
	return "", 0
}

// jsonTwice reads an escape whose backslash is escaped, and its character too where that needs it.
func jsonTwice(s string) (string, int) {
	if len(s) < 3 || s[:2] != `\\` {
		return "", 0
	}
	if len(s) > 3 && s[2] == '\\' && strings.IndexByte(`"\/`, s[3]) >= 0 {
		return s[3:4], 4
	}
	decoded, length := jsonEscape(s[1:])
	if length != 2 && length != 6 {
		return "", 0
	}
	return decoded, length + 1
}

func jsonEscape(s string) (string, int) {
	if len(s) < 2 || s[0] != '\\' {
		return "", 0
	}
	if i := strings.IndexByte(`"\/bfnrt`, s[1]); i >= 0 {
		return "\"\\/\b\f\n\r\t"[i : i+1], 2
	}
	unit, ok := unicodeEscape(s)
	if !ok {
		return "", 0
	}
	if !utf16.IsSurrogate(unit) {
		return string(unit), 6
	}
	low, ok := unicodeEscape(s[6:])
	if pair := utf16.DecodeRune(unit, low); ok && pair != utf8.RuneError {
		return string(pair), 12
	}
	return "", 0
}

// unicodeEscape reads \uXXXX.
func unicodeEscape(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var unit rune
	for _, c := range []byte(s[2:6]) {
		if !isHex(c) {
			return 0, false
		}
		unit = unit<<4 | rune(fromHex(c))
	}
	return unit, true
}
