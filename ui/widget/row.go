package widget

import (
	"strings"
	"unsafe"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// Row builds one line of a view, exactly as wide as it is told: what does not fit is cut with an ellipsis, what is
// left over is filled. It changes the pen only where the style changes.
type Row struct {
	styles style.Styles
	on     themes.Role
	pen    string
	width  int
	used   int
	b      []byte
}

// NewRow starts a line of width cells on a surface.
func NewRow(styles style.Styles, on themes.Role, width int) *Row {
	return &Row{styles: styles, on: on, width: max(0, width), b: make([]byte, 0, 2*max(0, width)+160)}
}

// Left is how many cells are free.
func (r *Row) Left() int { return r.width - r.used }

// On puts what follows on another surface.
func (r *Row) On(surface themes.Role) *Row {
	r.on = surface
	return r
}

// Text adds text, made safe; characters that can't be shown appear as marks in the role that marks have.
func (r *Row) Text(role themes.Role, s string) *Row {
	if r.Left() <= 0 || s == "" {
		return r
	}
	if len(s) <= r.Left() && printable(s) {
		return r.cells(role, s, len(s))
	}
	return r.spans(role, r.styles.Drawn(role, s))
}

// Link adds text as Text does, which leads to a web address in terminals that open links.
func (r *Row) Link(role themes.Role, s, address string) *Row {
	start := safe.LinkStart(address)
	if start == "" {
		return r.Text(role, s)
	}
	r.b = append(r.b, start...)
	r.Text(role, s)
	r.b = append(r.b, safe.LinkEnd...)
	return r
}

// Fit adds text that takes width cells, cut or filled.
func (r *Row) Fit(role themes.Role, s string, width int) *Row {
	width = min(width, r.Left())
	if width <= 0 {
		return r
	}
	part := NewRow(r.styles, r.on, width)
	part.Text(role, s)
	part.fill()
	r.b = append(r.b, part.b...)
	r.pen = part.pen
	r.used += width
	return r
}

// Space adds n blanks.
func (r *Row) Space(n int) *Row {
	if n = min(n, r.Left()); n > 0 {
		r.cells(themes.Text, blanks(n), n)
	}
	return r
}

// Right adds text so that it ends where the row does, after at least one blank; it is left out when there is no room.
func (r *Row) Right(role themes.Role, s string) *Row {
	shown := safe.Line(s)
	width := safe.Width(shown)
	if width == 0 || width+1 > r.Left() {
		return r
	}
	return r.Space(r.Left()-width).Text(role, s)
}

// Before writes what leaves the last cells of the row free.
func (r *Row) Before(cells int, write func()) {
	r.width -= cells
	write()
	r.width += cells
}

// Marked adds text of which some characters, named by their bytes in rising order, stand in another role.
func (r *Row) Marked(role, mark themes.Role, s string, at []int) *Row {
	if len(at) == 0 {
		return r.Text(role, s)
	}
	if safe.Width(safe.Line(s)) > r.Left() {
		return r.markedCut(role, mark, s, at)
	}
	start := 0
	for _, i := range at {
		if i < start || i >= len(s) {
			continue
		}
		end := clusterEnd(s, i)
		r.Text(role, s[start:i]).Text(mark, s[i:end])
		start = end
	}
	return r.Text(role, s[start:])
}

// markedCut is Marked for text that does not fit: the ellipsis must come once, at the end.
func (r *Row) markedCut(role, mark themes.Role, s string, at []int) *Row {
	short := safe.Truncate(s, r.Left())
	same := commonPrefix(short, s)
	var inside []int
	for _, i := range at {
		if i < same && clusterEnd(s, i) <= same {
			inside = append(inside, i)
		}
	}
	return r.Marked(role, mark, short, inside)
}

// commonPrefix is how many bytes two strings start with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// String fills the row and ends it. Nothing can be added after that.
func (r *Row) String() string {
	r.fill()
	b := append(r.b, style.Reset...)
	r.b = nil // the string has the bytes for itself now
	return unsafe.String(unsafe.SliceData(b), len(b))
}

func (r *Row) fill() {
	if n := r.Left(); n > 0 {
		r.cells(themes.Text, blanks(n), n)
	}
}

// spans adds text that is long, wide or not safe. The work is bounded by the row, not by the text.
func (r *Row) spans(role themes.Role, s string) *Row {
	const bytesPerCell = 64
	if len(s) > bytesPerCell*(r.Left()+1) || safe.Width(safe.Line(s)) > r.Left() {
		short := safe.Truncate(s, r.Left())
		return r.cells(role, short, safe.Width(short))
	}
	for span := range safe.Spans(s, 0) {
		as := role
		if span.Mark {
			as = themes.Control
		}
		r.cells(as, span.Text, safe.Width(span.Text))
	}
	return r
}

// cells adds text that is safe and fits.
func (r *Row) cells(role themes.Role, s string, width int) *Row {
	if pen := r.styles.SGR(role, r.on); pen != r.pen {
		r.b = append(r.b, pen...)
		r.pen = pen
	}
	r.b = append(r.b, s...)
	r.used += width
	return r
}

// printable reports whether every byte of s is one cell that can't do harm.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

const blankCells = "                                                                                                    "

func blanks(n int) string {
	if n <= len(blankCells) {
		return blankCells[:max(0, n)]
	}
	return strings.Repeat(" ", n)
}
