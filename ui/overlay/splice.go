package overlay

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"parley/ui/style"
)

// Splice puts lines into those of a screen of a width, which it changes, with their corner at a cell.
func Splice(screen []string, x, y, width int, lines []string) {
	for i, line := range lines {
		if at := y + i; at >= 0 && at < len(screen) {
			screen[at] = splice(screen[at], line, x, width)
		}
	}
}

// splice puts a piece into a line at a cell. Both hold styles; a wide character that is cut in two becomes spaces. What
// the piece hides leaves nothing behind but the style that holds after it: a line takes any number of pieces without
// growing by more than they are.
func splice(line, piece string, x, width int) string {
	end := x + ansi.StringWidth(piece)
	var spliced strings.Builder
	spliced.Grow(len(line) + len(piece))
	left := cutter{rest: line}
	spliced.WriteString(left.upTo(x))
	spliced.WriteString(strings.Repeat(" ", max(0, x-left.cells)))
	spliced.WriteString(left.linkEnd() + style.Reset + piece)
	if end >= width {
		return spliced.String()
	}
	right := left
	right.past(end)
	spliced.WriteString(right.style + right.link)
	spliced.WriteString(strings.Repeat(" ", min(max(0, right.cells-end), width-end)))
	spliced.WriteString(right.rest)
	spliced.WriteString(strings.Repeat(" ", max(0, width-max(end, right.cells)-ansi.StringWidth(right.rest))))
	return spliced.String()
}

// cutter reads a line from left to right and knows what holds where it stands.
type cutter struct {
	rest  string
	cells int    // read so far
	style string // the SGR sequences since the last reset
	link  string // the OSC 8 sequence of an open hyperlink
}

// upTo returns what fits before a cell, with its escape sequences.
func (c *cutter) upTo(cell int) string {
	line := c.rest
	for c.rest != "" {
		seq, cells, n, _ := ansi.DecodeSequence(c.rest, ansi.NormalState, nil)
		if cells > 0 && c.cells+cells > cell {
			break
		}
		c.take(seq, cells, n)
	}
	return line[:len(line)-len(c.rest)]
}

// past drops what begins before a cell.
func (c *cutter) past(cell int) {
	for c.rest != "" {
		seq, cells, n, _ := ansi.DecodeSequence(c.rest, ansi.NormalState, nil)
		if cells > 0 && c.cells >= cell {
			return
		}
		c.take(seq, cells, n)
	}
}

func (c *cutter) take(seq string, cells, n int) {
	c.rest = c.rest[n:]
	c.cells += cells
	switch {
	case cells > 0:
	case seq == style.Reset || seq == "\x1b[0m":
		c.style = ""
	case ansi.HasCsiPrefix(seq) && strings.HasSuffix(seq, "m"):
		c.style += seq
	case strings.HasPrefix(seq, "\x1b]8;"):
		c.link = seq
		if strings.HasPrefix(seq, "\x1b]8;;\x1b") || strings.HasPrefix(seq, "\x1b]8;;\a") {
			c.link = ""
		}
	}
}

// linkEnd closes the hyperlink that is open.
func (c *cutter) linkEnd() string {
	if c.link == "" {
		return ""
	}
	return ansi.ResetHyperlink()
}
