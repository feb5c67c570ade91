package pane

import (
	"strings"

	"github.com/charmbracelet/colorprofile"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// Span is text in a role. It must be safe to show.
type Span struct {
	Text string
	Role themes.Role
}

func width(spans []Span) int {
	total := 0
	for _, s := range spans {
		total += safe.Width(s.Text)
	}
	return total
}

// Paint writes spans on a surface, cut or filled to exactly cells.
func Paint(styles style.Styles, on themes.Role, cells int, spans ...Span) string {
	var b strings.Builder
	left := cells
	for _, s := range spans {
		if left <= 0 {
			break
		}
		text := s.Text
		if safe.Width(text) > left {
			text = safe.Truncate(text, left)
		}
		b.WriteString(styles.SGR(s.Role, on))
		b.WriteString(text)
		left -= safe.Width(text)
	}
	if left > 0 {
		b.WriteString(styles.SGR(on, on))
		b.WriteString(strings.Repeat(" ", left))
	}
	b.WriteString(style.Reset)
	return b.String()
}

// Spread writes spans at the left and the right end of exactly cells; the right ones give way.
func Spread(styles style.Styles, on themes.Role, cells int, left, right []Span) string {
	gap := cells - width(left) - width(right)
	if gap < 1 {
		return Paint(styles, on, cells, left...)
	}
	spans := append(append([]Span{}, left...), Span{strings.Repeat(" ", gap), on})
	return Paint(styles, on, cells, append(spans, right...)...)
}

// box are the characters of a frame.
type box struct{ topLeft, topRight, bottomLeft, bottomRight, across, down string }

var (
	thin  = box{"╭", "╮", "╰", "╯", "─", "│"}
	heavy = box{"┏", "┓", "┗", "┛", "━", "┃"}
)

// framed is a rectangle with a frame around it: what a pane is drawn in. Inside is two cells narrower and lower.
type framed struct {
	styles        style.Styles
	width, height int
	focused       bool
}

func (f framed) inside() (width, height int) { return max(0, f.width-2), max(0, f.height-2) }

// draw puts the frame around lines, which must be as wide as the inside; missing ones are filled in. title stands in the
// upper line, note at the right end of the lower one.
func (f framed) draw(title, note []Span, lines []string) []string {
	if f.width < 2 || f.height < 2 {
		return f.blank()
	}
	shape, role := thin, themes.Border
	if f.focused {
		role = themes.Focus
		// Without colour, weight tells where focus is.
		if f.styles.Profile() <= colorprofile.ASCII {
			shape = heavy
		}
	}
	inner, rows := f.inside()
	side := f.styles.Paint(role, themes.Background, shape.down)
	out := make([]string, 0, f.height)
	out = append(out, f.edge(role, shape.topLeft, shape.across, shape.topRight, title, nil))
	for i := range rows {
		line := ""
		if i < len(lines) {
			line = lines[i]
		} else {
			line = Paint(f.styles, themes.Background, inner)
		}
		out = append(out, side+line+side)
	}
	return append(out, f.edge(role, shape.bottomLeft, shape.across, shape.bottomRight, nil, note))
}

// edge writes the upper or lower line of the frame with text on it.
func (f framed) edge(role themes.Role, begin, across, end string, left, right []Span) string {
	cells := f.width - 2
	pad := func(spans []Span) []Span {
		if len(spans) == 0 {
			return nil
		}
		return append(append([]Span{{" ", themes.Background}}, spans...), Span{" ", themes.Background})
	}
	left, right = pad(left), pad(right)
	lead := 0
	if len(left) > 0 {
		lead = 1
	}
	gap := cells - lead - width(left) - width(right) - 1
	if gap < 0 {
		right, gap = nil, max(0, cells-lead-width(left))
	} else {
		gap++
	}
	spans := []Span{{begin, role}, {strings.Repeat(across, lead), role}}
	if lead+width(left) > cells {
		left = []Span{}
		gap = cells - lead
	}
	spans = append(spans, left...)
	if len(right) > 0 {
		spans = append(spans, Span{strings.Repeat(across, gap-1), role})
		spans = append(spans, right...)
		spans = append(spans, Span{across, role})
	} else {
		spans = append(spans, Span{strings.Repeat(across, gap), role})
	}
	return Paint(f.styles, themes.Background, f.width, append(spans, Span{end, role})...)
}

func (f framed) blank() []string {
	lines := make([]string, f.height)
	for i := range lines {
		lines[i] = Paint(f.styles, themes.Background, f.width)
	}
	return lines
}

// Text returns one safe line of plain text on the background, cut or filled to exactly cells.
func Text(styles style.Styles, cells int, text string) string {
	return Paint(styles, themes.Background, cells, Span{safe.Line(text), themes.Text})
}

// ShortMethod returns a method for a narrow place: at most five cells, such as "DEL" and "OPT".
func ShortMethod(method string) string {
	switch method {
	case "DELETE":
		return "DEL"
	case "OPTIONS":
		return "OPT"
	default:
		return safe.Truncate(method, 5)
	}
}
