package pane

import (
	"slices"
	"strings"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
	"parley/ui/widget"
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
	row := widget.NewRow(styles, on, cells)
	for _, s := range spans {
		row.Text(s.Role, s.Text)
	}
	return row.String()
}

// Spread writes spans at the left and the right end of exactly cells; the right ones give way.
func Spread(styles style.Styles, on themes.Role, cells int, left, right []Span) string {
	gap := cells - width(left) - width(right)
	if gap < 1 {
		return Paint(styles, on, cells, left...)
	}
	row := widget.NewRow(styles, on, cells)
	for _, s := range left {
		row.Text(s.Role, s.Text)
	}
	row.Space(gap)
	for _, s := range right {
		row.Text(s.Role, s.Text)
	}
	return row.String()
}

// The rule in the upper line of a pane. Weight tells where focus is, so that it is seen without colour, too.
const (
	rule        = "─"
	focusedRule = "━"
	fence       = "│"
)

// framed is a rectangle with a rule above, in which titles stand, and a line for notes below: what a pane is drawn in.
// Inside is two cells narrower, for the air at either side, and two lines lower. A fence stands in the place of the air
// where another pane is beside this one.
type framed struct {
	styles        style.Styles
	width, height int
	focused       bool
	fences        fences

	last drawn
}

// fences are the sides of a pane on which another one stands that it has to be told apart from.
type fences struct{ left, right bool }

// drawn is what a frame looked like last, and what of. Panes are drawn after every message, and most have not changed.
type drawn struct {
	styles        style.Styles
	width, height int
	focused       bool
	fences        fences
	text          edges
	lines, out    []string
}

func (f *framed) inside() (width, height int) { return max(0, f.width-2), max(0, f.height-2) }

// edges is the text above and below what is inside.
type edges struct{ title, status, place, note []Span }

// tell adds to the note what there is to tell.
func (e *edges) tell(spans ...Span) {
	if len(spans) > 0 && len(e.note) > 0 {
		e.note = append(e.note, Span{" · ", themes.Faint})
	}
	e.note = append(e.note, spans...)
}

func (e edges) equal(other edges) bool {
	return slices.Equal(e.title, other.title) && slices.Equal(e.status, other.status) &&
		slices.Equal(e.place, other.place) && slices.Equal(e.note, other.note)
}

// roomForPlace is how many cells are left beside the note in the lower edge of a frame.
func (e edges) roomForPlace(width int) int { return width - 4 - padded(e.note) - 3 }

// draw puts the frame around lines, which must be as wide as the inside; missing ones are filled in. title and status
// stand in the upper line, place and note in the lower one.
func (f *framed) draw(text edges, lines []string) []string {
	l := &f.last
	if l.out == nil || l.styles != f.styles || l.width != f.width || l.height != f.height || l.focused != f.focused || l.fences != f.fences ||
		!l.text.equal(text) || !slices.Equal(l.lines, lines) {
		*l = drawn{f.styles, f.width, f.height, f.focused, f.fences, text, lines, f.redraw(text, lines)}
	}
	return l.out
}

func (f *framed) redraw(text edges, lines []string) []string {
	if f.width < 4 || f.height < 2 {
		return f.blank()
	}
	across, role := rule, themes.Border
	if f.focused {
		across, role = focusedRule, themes.Focus
	}
	_, rows := f.inside()
	left, right := f.side(f.fences.left), f.side(f.fences.right)
	out := make([]string, 0, f.height)
	out = append(out, f.edge(role, across, text.title, text.status))
	out = f.between(out, left, right, lines, rows)
	return append(out, f.edge(role, " ", text.place, text.note))
}

// side is what stands at one end of every line.
func (f *framed) side(fenced bool) string {
	if fenced {
		return f.styles.Paint(themes.Border, themes.Background, fence)
	}
	return f.styles.Paint(themes.Text, themes.Background, " ")
}

// between appends the lines with a side at either end. They share one string: there are many of them at every key.
func (f *framed) between(out []string, left, right string, lines []string, rows int) []string {
	inner, _ := f.inside()
	blank, size := "", 0
	if len(lines) < rows {
		blank = widget.NewRow(f.styles, themes.Background, inner).String()
	}
	line := func(i int) string {
		if i < len(lines) {
			return lines[i]
		}
		return blank
	}
	for i := range rows {
		size += len(line(i)) + len(left) + len(right)
	}
	var b strings.Builder
	b.Grow(size)
	for i := range rows {
		b.WriteString(left)
		b.WriteString(line(i))
		b.WriteString(right)
	}
	whole, at := b.String(), 0
	for i := range rows {
		end := at + len(line(i)) + len(left) + len(right)
		out = append(out, whole[at:end])
		at = end
	}
	return out
}

// edge writes the upper or lower line of the frame, with text at its left and right end; the right one gives way, and what
// of the left one does not fit is cut. Fences go on through it.
func (f *framed) edge(role themes.Role, across string, left, right []Span) string {
	room := f.width - 4 // between the ends and one character of the rule beside each
	if len(right) > 0 && padded(left)+padded(right) > room {
		right = nil
	}
	gap := max(0, room-padded(left)-padded(right))
	middle := widget.NewRow(f.styles, themes.Background, room)
	write := func(spans []Span) {
		if len(spans) == 0 {
			return
		}
		middle.Space(1)
		for _, s := range spans {
			middle.Text(s.Role, s.Text)
		}
		middle.Space(1)
	}
	write(left)
	middle.Text(role, strings.Repeat(across, gap))
	write(right)
	rule := func(cells string) string { return f.styles.Paint(role, themes.Background, cells) }
	begin, end := rule(across+across), rule(across+across)
	if f.fences.left {
		begin = f.side(true) + rule(across)
	}
	if f.fences.right {
		end = rule(across) + f.side(true)
	}
	return begin + middle.String() + end
}

// padded is the width of spans with a blank at either end.
func padded(spans []Span) int {
	if len(spans) == 0 {
		return 0
	}
	return width(spans) + 2
}

func (f *framed) blank() []string {
	lines := make([]string, f.height)
	for i := range lines {
		lines[i] = widget.NewRow(f.styles, themes.Background, f.width).String()
	}
	return lines
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
