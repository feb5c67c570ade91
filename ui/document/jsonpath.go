package document

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"parley/httpcore/content"
)

// maxName is how many bytes of a member's name go into a path.
const maxName = 1 << 10

// jsonPath is the JSONPath (RFC 9535) of the value that levels lead to. Names
// that can be are written after a dot, others as normalized paths write them.
func jsonPath(src Source, levels []content.Level) (string, error) {
	var b strings.Builder
	b.WriteByte('$')
	for _, l := range levels {
		at, named := l.Key()
		switch {
		case named:
			name, err := memberName(src, at)
			if err != nil {
				return "", err
			}
			writeName(&b, name)
		case !l.IsObject():
			b.WriteString("[" + strconv.FormatInt(l.Index(), 10) + "]")
		}
	}
	return b.String(), nil
}

// memberName reads the name whose opening quote is at offset.
func memberName(src Source, offset int64) (string, error) {
	buf := make([]byte, maxName)
	n, err := content.ReadAt(src, buf, offset)
	if err != nil {
		return "", err
	}
	t, _ := new(content.Scanner).Next(buf[:n])
	var name string
	if json.Unmarshal(buf[:t.End], &name) != nil {
		return strings.ToValidUTF8(string(buf[1:t.End]), "�") + "…", nil // too long to be read whole
	}
	return name, nil
}

func writeName(b *strings.Builder, name string) {
	if isShorthand(name) {
		b.WriteString("." + name)
		return
	}
	b.WriteString("['")
	for _, r := range name {
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20:
			b.WriteString(escapeControl(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString("']")
}

func escapeControl(r rune) string {
	if i := strings.IndexRune("\b\t\n\f\r", r); i >= 0 {
		return `\` + "btnfr"[i:i+1]
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// isShorthand reports whether a name may be written after a dot.
func isShorthand(name string) bool {
	for i, r := range name {
		if r != '_' && r < 0x80 && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}
