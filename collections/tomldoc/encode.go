package tomldoc

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// encoder writes values. eol is the line end of the file.
type encoder struct{ eol string }

// value writes v. A string is quoted as like, the source of the string it replaces, is; like may be empty.
func (e encoder) value(v Value, like, indent string) string {
	switch v.Kind {
	case String:
		return e.text(v.Text, like)
	case Array:
		return e.array(v, indent)
	case Table:
		parts := make([]string, len(v.Pairs))
		for i, p := range v.Pairs {
			parts[i] = encodeKey(p.Key) + " = " + e.value(p.Value, "", indent)
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	default:
		return v.Text
	}
}

// array writes a list on one line, but several tables each on a line of their own.
func (e encoder) array(v Value, indent string) string {
	parts := make([]string, len(v.Items))
	tables := 0
	for i, item := range v.Items {
		parts[i] = e.value(item, "", indent+"  ")
		if item.Kind == Table {
			tables++
		}
	}
	if tables < 2 {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	inner := e.eol + indent + "  "
	return "[" + inner + strings.Join(parts, ","+inner) + "," + e.eol + indent + "]"
}

// encodeKey writes one part of a key.
func encodeKey(key string) string {
	bare := func(r rune) bool {
		return r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	if key != "" && strings.TrimFunc(key, bare) == "" {
		return key
	}
	if strings.ContainsAny(key, `"\`) && literal(key, "'", "") {
		return "'" + key + "'"
	}
	return `"` + escape(key, "") + `"`
}

// text writes a string. The quotes of like are kept where they can hold the new content; without like, quotes are
// chosen so that least has to be escaped.
func (e encoder) text(s, like string) string {
	newlines := e.allowedNewlines(like)
	multi := strings.Contains(s, "\n")
	switch {
	case strings.HasPrefix(like, `'''`):
		if literal(s, "'''", newlines) {
			return e.block("'''", s, like)
		}
		return e.block(`"""`, escape(s, newlines), like)
	case strings.HasPrefix(like, `"""`):
		return e.block(`"""`, escape(s, newlines), like)
	case strings.HasPrefix(like, `"`) && (!multi || strings.Contains(like, `\n`)):
		return `"` + escape(s, "") + `"`
	case strings.HasPrefix(like, `'`) && literal(s, "'", ""):
		return "'" + s + "'"
	case multi && literal(s, "'''", newlines):
		return e.block("'''", s, "'''\n")
	case multi:
		return e.block(`"""`, escape(s, newlines), "'''\n")
	case strings.ContainsAny(s, `"\`) && literal(s, "'", ""):
		return "'" + s + "'"
	default:
		return `"` + escape(s, "") + `"`
	}
}

// allowedNewlines returns the line ends that a string may hold unescaped: those of the file and of what it replaces.
func (e encoder) allowedNewlines(like string) string {
	if e.eol == "\r\n" || strings.Contains(like, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// block writes a string of several lines. A newline after the opening quotes is not part of the content; it is there
// if like has one, or if the content would lose its own first one.
func (e encoder) block(quotes, content, like string) string {
	first := ""
	if strings.HasPrefix(like[3:], "\n") || strings.HasPrefix(like[3:], "\r\n") ||
		strings.HasPrefix(content, "\n") || strings.HasPrefix(content, "\r\n") {
		first = e.eol
	}
	return quotes + first + content + quotes
}

// literal reports whether s can stand between quotes as it is. newlines is "" for none, "\n", or "\r\n" for both.
func literal(s, quotes, newlines string) bool {
	if strings.Contains(s, quotes) || strings.HasSuffix(s, "'") {
		return false
	}
	s = strings.ReplaceAll(s, "\t", "")
	if newlines == "\r\n" {
		s = strings.ReplaceAll(s, "\r\n", "")
	}
	if newlines != "" {
		s = strings.ReplaceAll(s, "\n", "")
	}
	return !strings.ContainsFunc(s, isControl)
}

func isControl(r rune) bool { return r < 0x20 || r == 0x7f }

// escape writes s for double quotes. Newlines that are allowed stay as they are, and so may quotes then.
func escape(s, newlines string) string {
	var b strings.Builder
	quotes := 0
	for i, r := range s {
		if r != '"' {
			quotes = 0
		}
		switch {
		case r == '"':
			quotes++
			if newlines == "" || quotes == 3 || i == len(s)-1 {
				b.WriteByte('\\')
				quotes = 0
			}
			b.WriteByte('"')
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\n' && newlines != "", r == '\t' && newlines != "":
			b.WriteRune(r)
		case r == '\r' && newlines == "\r\n" && strings.HasPrefix(s[i:], "\r\n"):
			b.WriteByte('\r')
		case isControl(r):
			b.WriteString(escapeControl(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func escapeControl(r rune) string {
	switch r {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	default:
		return fmt.Sprintf(`\u%04X`, r)
	}
}

// encodable reports whether TOML can hold every string in v; it holds Unicode only.
func encodable(v Value) bool {
	if v.Kind == String && !utf8.ValidString(v.Text) {
		return false
	}
	for _, item := range v.Items {
		if !encodable(item) {
			return false
		}
	}
	for _, p := range v.Pairs {
		if !utf8.ValidString(p.Key) || !encodable(p.Value) {
			return false
		}
	}
	return true
}

// Inline is a value as it stands behind a =.
func Inline(v Value) string { return encoder{eol: "\n"}.value(v, "", "") }
