package httpcore

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
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
	for _, spelled := range inJSON(value) {
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			for shift := range 3 {
				needles = append(needles, base64Needle(secret, spelled, alphabet, shift))
			}
		}
	}
	return needles
}

// inJSON returns a value, and how JSON spells it where that is not the same, with the characters of HTML escaped and without:
// the claims of a token are JSON in Base64.
func inJSON(value string) []string {
	spellings := []string{value}
	for _, html := range []bool{true, false} {
		var out strings.Builder
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(html)
		if encoder.Encode(value) != nil {
			continue // a text has no error
		}
		text := strings.TrimSuffix(out.String(), "\n")
		if text = text[1 : len(text)-1]; !slices.Contains(spellings, text) {
			spellings = append(spellings, text)
		}
	}
	return spellings
}

// base64Needle returns the characters that are the same whatever stands around a spelling of the secret, when shift bytes (modulo 3)
// come before it.
func base64Needle(secret Secret, value string, alphabet *base64.Encoding, shift int) needle {
	text := alphabet.EncodeToString([]byte(strings.Repeat("\x00", shift) + value))
	first := (shift*8 + 5) / 6
	last := (shift + len(value)) * 8 / 6
	return needle{secret: secret, text: text[first:last], before: shift > 0, after: (shift+len(value))%3 != 0}
}

// longest bounds the bytes that a match takes: \\u00XX for each, and the characters beside it.
func (n *needle) longest() int { return 7*len(n.text) + 12 }

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

// mayGrow reports whether s, to its end, may be the beginning of a match, or of a longer one than it is.
func (n *needle) mayGrow(s string) bool {
	if len(s) > 1 && len(n.text) > 1 && s[1] != n.text[1] && isPlain(s[0]) && isPlain(s[1]) {
		return false
	}
	return opensEscaped(s, n.text, n.after)
}

// isPlain reports whether a byte can only stand for itself.
func isPlain(c byte) bool { return c != '%' && c != '\\' && c != '+' }

// base64Before returns the length of the Base64 character, perhaps percent-encoded, that s ends with.
func base64Before(s string) int {
	if n := len(s) - 5; n >= 0 {
		if decoded, length := percentTwice(s[n:]); length > 0 && isBase64(decoded[0]) {
			return length
		}
	}
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
