package ui

import (
	"fmt"
	"io"
	"strings"

	"parley/ui/safe"
	"parley/ui/widget"
)

// finding is one thing that doctor tells: whether it is as it should be, a sentence, and what to do about it.
type finding struct{ mark, text, hint string }

// good is as it should be, bad is not, and of what is unsure a terminal has not said or cannot be asked.
func good(format string, args ...any) finding {
	return finding{"✓", fmt.Sprintf(format, args...), ""}
}

func bad(hint, format string, args ...any) finding {
	return finding{"✗", fmt.Sprintf(format, args...), hint}
}

func unsure(hint, format string, args ...any) finding {
	return finding{"–", fmt.Sprintf(format, args...), hint}
}

// chapter is what doctor tells of one thing.
type chapter struct {
	title string
	list  []finding
}

// writeFindings writes chapters as lines, of at most cells; 0: as long as they are.
func writeFindings(out io.Writer, cells int, chapters ...chapter) error {
	var b strings.Builder
	for i, c := range chapters {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(c.title + "\n")
		for _, f := range c.list {
			indent(&b, cells, "  "+f.mark+" ", "    ", f.text)
			if f.hint != "" {
				indent(&b, cells, "      ", "      ", f.hint)
			}
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// indent writes a text that goes on below its beginning.
func indent(b *strings.Builder, cells int, start, below, text string) {
	lines := []string{safe.Line(text)}
	if room := cells - len(below) - 1; cells > 0 && room > 16 {
		lines = widget.Wrap(lines[0], room)
	}
	for i, line := range lines {
		if i > 0 {
			start = below
		}
		b.WriteString(start + line + "\n")
	}
}
