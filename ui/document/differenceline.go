package document

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"parley/httpcore/content/diff"
)

// kindSigns tell what became of a line without colours.
var kindSigns = [...]string{diff.Same: " ", diff.Added: "+", diff.Removed: "-", diff.Changed: "~", diff.Moved: ">"}

var kindRoles = [...]Role{diff.Same: Plain, diff.Added: Added, diff.Removed: Removed, diff.Changed: Changed, diff.Moved: Moved}

// spans is the text of a line.
func (x *differing) spans(e entry) ([]Span, error) {
	s := x.of.sections[e.section]
	switch e.row {
	case titleRow:
		return []Span{{Text: s.title, Role: Keyword}}, nil
	case noteRow:
		return []Span{{Text: s.note, Role: Comment}}, nil
	}
	row := s.rows[e.row]
	if row.Skipped > 0 {
		return []Span{{Text: strings.Repeat(" ", x.of.digits+1) + skipped(row), Role: Comment}}, nil
	}
	a, b, err := s.texts(row, e.side)
	if err != nil {
		return nil, err
	}
	if x.half > 0 {
		spans := x.column(row.Kind, row.A, a)
		spans = append(spans, Span{Text: " │ ", Role: Punctuation})
		return append(spans, x.column(row.Kind, row.B, b)...), nil
	}
	kind, text := row.Kind, b
	switch {
	case e.side == left:
		kind, text = diff.Removed, a
	case kind == diff.Changed:
		kind = diff.Added
	}
	numbers := x.number(row.A) + " " + x.number(row.B)
	if kind == diff.Removed {
		numbers = x.number(row.A) + " " + x.number(diff.Line{})
	} else if kind == diff.Added {
		numbers = x.number(diff.Line{}) + " " + x.number(row.B)
	}
	return append([]Span{{Text: numbers + " ", Role: Offset}, {Text: kindSigns[kind] + " ", Role: kindRoles[kind]}}, text...), nil
}

// skipped says what is left out.
func skipped(row diff.Row) string {
	lines := "lines"
	if row.Skipped == 1 {
		lines = "line"
	}
	switch row.Kind {
	case diff.Same:
		return fmt.Sprintf("⋯ %d %s alike", row.Skipped, lines)
	case diff.Changed:
		return "⋯ all of it differs"
	}
	return fmt.Sprintf("⋯ %d more %s %s", row.Skipped, lines, row.Kind)
}

func (x *differing) number(l diff.Line) string {
	if l.Number == 0 {
		return strings.Repeat(" ", x.of.digits)
	}
	text := strconv.FormatInt(l.Number, 10)
	return strings.Repeat(" ", x.of.digits-len(text)) + text
}

// column is one side of a row, exactly as wide as a column.
func (x *differing) column(kind diff.Kind, l diff.Line, text []Span) []Span {
	if l.Number == 0 {
		return []Span{{Text: strings.Repeat(" ", x.of.digits+3+x.half)}}
	}
	spans := []Span{{Text: x.number(l) + " ", Role: Offset}, {Text: kindSigns[kind] + " ", Role: kindRoles[kind]}}
	width := x.half
	for i, s := range text {
		s.Text = strings.ReplaceAll(s.Text, "\t", "    ")
		w := ansi.StringWidth(s.Text)
		if more := i+1 < len(text); w > width || w == width && more {
			s.Text = ansi.Truncate(s.Text, width-1, "") + "…"
			if width == 0 {
				s.Text = ""
			}
			spans, width = append(spans, s), width-ansi.StringWidth(s.Text)
			break
		}
		spans, width = append(spans, s), width-w
	}
	return append(spans, Span{Text: strings.Repeat(" ", max(width, 0))})
}
