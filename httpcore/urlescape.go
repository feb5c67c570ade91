package httpcore

import "strings"

// escapeSet names the ASCII characters that a part of a URL percent-encodes besides controls, DEL and all that is not
// ASCII (WHATWG URL, section 1.3). A "%" is in none: escapes stay as typed.
type escapeSet string

const (
	inFragment escapeSet = " \"<>`"
	inQuery    escapeSet = " \"#<>'" // the special-query set
	inPath     escapeSet = " \"#<>?^`{}"
	inUserinfo escapeSet = inPath + "/:;=@[\\]|"
)

const upperHex = "0123456789ABCDEF"

// escape percent-encodes the bytes of s that are in the set. A byte that is not UTF-8 is encoded as it is, so that a
// Location in Latin-1 leads back to the very bytes its server meant.
func escape(s string, set escapeSet) string {
	return escapeWhen(s, func(c byte) bool {
		return c < 0x20 || c > 0x7E || strings.IndexByte(string(set), c) >= 0
	})
}

// escapeSegment percent-encodes everything but RFC 3986's unreserved characters, so that a value stays one segment.
func escapeSegment(s string) string {
	return escapeWhen(s, func(c byte) bool {
		return !isLetter(c) && !isDigit(c) && strings.IndexByte("-._~", c) < 0
	})
}

func escapeWhen(s string, encode func(byte) bool) string {
	first := 0
	for first < len(s) && !encode(s[first]) {
		first++
	}
	if first == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:first])
	for _, c := range []byte(s[first:]) {
		if encode(c) {
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unescape decodes percent-escapes; a "%" that begins none stays.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b.WriteByte(fromHex(s[i+1])<<4 | fromHex(s[i+2]))
			i += 2
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func fromHex(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
