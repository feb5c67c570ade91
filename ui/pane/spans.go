package pane

import (
	"strings"

	"parley/themes"
	"parley/ui/widget"
	"parley/ui/widget/text"
)

// jsonSpans colours one line of JSON as it is typed: strings never go over the end of a line, so a line can be read
// without those before it.
func jsonSpans(line string) []widget.Span {
	var spans []widget.Span
	add := func(from, to int, role themes.Role) {
		spans = append(spans, widget.Span{From: from, To: to, Role: role})
	}
	for i := 0; i < len(line); {
		end := i + 1
		switch c := line[i]; {
		case c == '"':
			end = stringEnd(line, i)
			role := themes.String
			if strings.HasPrefix(strings.TrimLeft(line[end:], " \t"), ":") {
				role = themes.Key
			}
			add(i, end, role)
		case c == '-' || c >= '0' && c <= '9':
			end = i + runOf(line[i:], "+-.0123456789eE")
			add(i, end, themes.Number)
		case c >= 'a' && c <= 'z':
			end = i + runOf(line[i:], "abcdefghijklmnopqrstuvwxyz")
			role := themes.Invalid
			if word := line[i:end]; word == "true" || word == "false" || word == "null" {
				role = themes.Literal
			}
			add(i, end, role)
		case strings.IndexByte("{}[]:,", c) >= 0:
			add(i, end, themes.Punctuation)
		}
		i = end
	}
	return spans
}

// stringEnd returns the end of the string that begins at i, or that of the line when it is not closed.
func stringEnd(line string, i int) int {
	for i++; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(line)
}

// endsInString reports whether a part of JSON, which begins within a string or not, ends within one.
func endsInString(inside bool, part string) bool {
	for i := 0; i < len(part); i++ {
		switch part[i] {
		case '\\':
			if inside {
				i++
			}
		case '"':
			inside = !inside
		}
	}
	return inside
}

// runOf is how many bytes of s at its beginning are in set, at least one.
func runOf(s, set string) int {
	for i := range len(s) {
		if strings.IndexByte(set, s[i]) < 0 {
			return max(1, i)
		}
	}
	return len(s)
}

// overlay puts spans on top of others, which are cut where they are covered. Both are in order and do not overlap
// themselves.
func overlay(under, over []widget.Span) []widget.Span {
	if len(over) == 0 {
		return under
	}
	var out []widget.Span
	i, covered := 0, 0
	for _, s := range under {
		s.From = max(s.From, covered)
		for i < len(over) && over[i].From < s.To {
			if s.From < over[i].From {
				out = append(out, widget.Span{From: s.From, To: over[i].From, Role: s.Role})
			}
			out = append(out, over[i])
			covered = over[i].To
			s.From = max(s.From, covered)
			i++
		}
		if s.From < s.To {
			out = append(out, s)
		}
	}
	return append(out, over[i:]...)
}

// position returns the line and the byte in it of a byte of a text.
func position(s string, offset int) text.Pos {
	before := s[:max(0, min(offset, len(s)))]
	return text.Pos{Line: strings.Count(before, "\n"), Col: len(before) - 1 - strings.LastIndexByte(before, '\n')}
}
