package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"parley/ui/safe"
)

// printJSON prints a value on stdout. What could act on a terminal is escaped, which means the same in JSON.
func (p *Program) printJSON(v any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return err
	}
	_, err := p.Stdout.Write(escapeUnsafe(text.Bytes()))
	return err
}

// escapeUnsafe writes the characters of a JSON text that are not safe as \u escapes. Outside of strings there are none.
func escapeUnsafe(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1: // a byte that is no text
			out = append(out, `\ufffd`...)
		case r < 0x7F, r > 0x7F && safe.Plain("a"+string(r), 0):
			out = append(out, text[:size]...)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		text = text[size:]
	}
	return out
}
