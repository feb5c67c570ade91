package pane

import (
	"strings"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/widget"
)

// shown returns foreign text safe for one line, and no longer than cells.
func shown(text string, cells int) string { return safe.Truncate(text, cells) }

// message draws a notice with its hint at the top of the inside.
func (r *Response) message(n Notice) []string {
	inner, _ := r.frame.inside()
	lines := []string{widget.NewRow(r.styles, themes.Background, inner).String()}
	for _, part := range []struct {
		text, lead string
		role       themes.Role
	}{{n.Text, "✗ ", themes.Error}, {n.Hint, "  ", themes.Muted}} {
		if part.text == "" {
			continue
		}
		for i, line := range widget.Wrap(part.text, inner-4) {
			lead := part.lead
			if i > 0 {
				lead = "  "
			}
			lines = append(lines, widget.NewRow(r.styles, themes.Background, inner).Space(1).Text(part.role, lead+line).String())
		}
	}
	return lines
}

// evenly fills lines up to the longest, so that in the middle they begin below one another.
func evenly(lines []string) []string {
	most := 0
	for _, line := range lines {
		most = max(most, safe.Width(line))
	}
	for i, line := range lines {
		lines[i] = line + strings.Repeat(" ", most-safe.Width(line))
	}
	return lines
}

// centred draws a few lines in the middle of the inside, the first as a title; what is too wide is wrapped.
func (r *Response) centred(texts ...string) []string {
	inner, height := r.frame.inside()
	var pieces []string
	titles := 0 // how many of the pieces are of the title
	for i, text := range texts {
		if safe.Width(text) <= inner {
			pieces = append(pieces, text)
		} else {
			pieces = append(pieces, widget.Wrap(text, max(1, inner-2))...)
		}
		if i == 0 {
			titles = len(pieces)
		}
	}
	var lines []string
	for range max(0, (height-len(pieces))/2) {
		lines = append(lines, widget.NewRow(r.styles, themes.Background, inner).String())
	}
	for i, text := range pieces {
		role := themes.Muted
		if i < titles {
			role = themes.Text
		}
		lines = append(lines, widget.NewRow(r.styles, themes.Background, inner).
			Space(max(0, (inner-safe.Width(text))/2)).Text(role, text).String())
	}
	return lines[:min(len(lines), height)]
}
