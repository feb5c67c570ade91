package example

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escape writes what stands in a line above a body: every byte of it comes back, and most stay as they are.
func escape(s string) string { return escapeBytes(s, "") }

// escapeWord is escape for what ends at a space.
func escapeWord(s string) string { return escapeBytes(s, " ") }

// escapeName is escape for what ends at a colon.
func escapeName(s string) string { return escapeBytes(s, " :") }

func escapeBytes(s, never string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		edge := i == 0 || i+size == len(s)
		switch {
		case r == utf8.RuneError && size == 1, unicode.IsControl(r), strings.ContainsRune(never, r),
			unicode.IsSpace(r) && edge,
			r == '\\' && i+1 < len(s) && s[i+1] == 'x',
			r == '#' && i == 0 && strings.HasPrefix(s, "###"):
			for _, c := range []byte(s[i : i+size]) {
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// unescape undoes all of them. What only looks like an escape stays.
func unescape(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, `\x`)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		c, err := strconv.ParseUint(after[:min(2, len(after))], 16, 8)
		if err != nil || len(after) < 2 {
			b.WriteString(`\x`)
			s = after
			continue
		}
		b.WriteByte(byte(c))
		s = after[2:]
	}
}
