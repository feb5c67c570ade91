package httpcore

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// needle is one form of a secret, looked for raw or with any of its characters percent-encoded or JSON-escaped.
type needle struct {
	secret Secret
	text   string
	// before and after say that the Base64 character beside the text holds bits of the secret too, and goes with it.
	before, after bool
}

func needlesOf(secret Secret) []needle {
	value := secret.Reveal()
	if value == "" {
		return nil
	}
	needles := []needle{{secret: secret, text: value}}
	if len(value) < shortSecret {
		return needles
	}
	digits := hex.EncodeToString([]byte(value))
	needles = append(needles, needle{secret: secret, text: digits}, needle{secret: secret, text: strings.ToUpper(digits)})
	for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			needles = append(needles, base64Needle(secret, alphabet, shift))
		}
	}
	return needles
}

// base64Needle returns the characters that are the same whatever stands around the secret, when shift bytes (modulo 3)
// come before it.
func base64Needle(secret Secret, alphabet *base64.Encoding, shift int) needle {
	value := secret.Reveal()
	text := alphabet.EncodeToString([]byte(strings.Repeat("\x00", shift) + value))
	first := (shift*8 + 5) / 6
	last := (shift + len(value)) * 8 / 6
	return needle{secret: secret, text: text[first:last], before: shift > 0, after: (shift+len(value))%3 != 0}
}

// longest bounds the bytes that a match takes: \u00XX for each, and the characters beside it.
func (n *needle) longest() int { return 6*len(n.text) + 12 }

// starts returns the bytes that a match can begin with.
func (n *needle) starts() []byte {
	starts := []byte{n.text[0]}
	for _, c := range []byte(`%\+`) {
		if c != n.text[0] {
			starts = append(starts, c)
		}
	}
	return starts
}

// match returns the length of the match at the beginning of s, or 0.
func (n *needle) match(s string) int {
	if len(s) > 1 && len(n.text) > 1 && s[1] != n.text[1] && isPlain(s[0]) && isPlain(s[1]) {
		return 0
	}
	length := matchEscaped(s, n.text)
	if length > 0 && n.after {
		length += base64Char(s[length:])
	}
	return length
}

// isPlain reports whether a byte can only stand for itself.
func isPlain(c byte) bool { return c != '%' && c != '\\' && c != '+' }

// base64Before returns the length of the Base64 character, perhaps percent-encoded, that s ends with.
func base64Before(s string) int {
	if n := len(s) - 3; n >= 0 {
		if decoded, length := percentEscape(s[n:]); length > 0 && isBase64(decoded[0]) {
			return length
		}
	}
	if n := len(s) - 1; n >= 0 && isBase64(s[n]) {
		return 1
	}
	return 0
}

// base64Char returns the length of the Base64 character, perhaps escaped, that s begins with.
func base64Char(s string) int {
	for _, spelled := range spellings {
		if decoded, length := spelled(s); length > 0 && len(decoded) == 1 && isBase64(decoded[0]) {
			return length
		}
	}
	return 0
}

func isBase64(c byte) bool {
	return isLetter(c) || isDigit(c) || strings.IndexByte("+/-_", c) >= 0
}

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
// does not begin so.
var spellings = [...]func(s string) (decoded string, length int){rawByte, percentEscape, plusForSpace, jsonEscape}

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
