package ui

import (
	"strings"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/pane"
	"parley/ui/safe"
	"parley/ui/widget"
)

// noticeMost is how many lines a notice gets: it covers what is above the status line as long as it is up.
const noticeMost = 4

// noticeLines draws a notice, its hint behind it if there is room, else below. It never covers the line one types in: what
// has no room then is in the log.
func (r *Root) noticeLines(n *pane.Notice, width int) []string {
	mark := " " + levelMarks[n.Level] + " "
	text, hint := safe.Line(strings.ReplaceAll(n.Text, "\n", "; ")), safe.Line(n.Hint)
	if safe.Width(text)+safe.Width(hint)+6 <= width {
		return []string{pane.Paint(r.styles, themes.Surface, width,
			pane.Span{Text: mark + text, Role: noticeRole(n.Level)}, pane.Span{Text: "  " + hint, Role: themes.Muted})}
	}
	most := max(1, min(noticeMost, r.belowCursor()))
	type line struct {
		text string
		role themes.Role
	}
	var all []line
	add := func(text string, role themes.Role) {
		for _, piece := range widget.Wrap(text, width-4) {
			if text != "" {
				all = append(all, line{mark + piece, role})
				mark = "   "
			}
		}
	}
	add(text, noticeRole(n.Level))
	add(hint, themes.Muted)
	lines := make([]string, 0, most)
	for i, l := range all[:min(most, len(all))] {
		if i == most-1 && len(all) > most {
			lines = append(lines, r.noticeLine(l.text, l.role, width))
			break
		}
		lines = append(lines, pane.Paint(r.styles, themes.Surface, width, pane.Span{Text: l.text, Role: l.role}))
	}
	return lines
}

// noticeLine is a notice cut to one line, with the key that shows all of it.
func (r *Root) noticeLine(text string, role themes.Role, width int) string {
	more := ""
	if key := r.keymap.Best(action.Log, r.context(), nil); key != "" {
		more = action.Label(key) + " shows all "
	}
	room := width - safe.Width(more)
	if room < width/2 {
		room, more = width, ""
	}
	return pane.Paint(r.styles, themes.Surface, width,
		pane.Span{Text: safe.Truncate(text, room-2) + "… ", Role: role}, pane.Span{Text: more, Role: themes.Muted})
}

// belowCursor is how many lines at the foot of the screen are below the one that is typed in.
func (r *Root) belowCursor() int {
	cursor := r.cursor()
	if cursor == nil {
		return r.height
	}
	return max(0, r.height-1-cursor.Y)
}
