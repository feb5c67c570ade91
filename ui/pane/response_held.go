package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// held is what was seen of the body before, as long as nothing can be seen of the one that has taken its place: its first
// lines are read off the screen's goroutine, and an empty pane in between would flicker.
type held struct {
	lines         []string
	width, height int
}

// hold keeps what is seen of the body. Settle ends that at the latest.
func (r *Response) hold() {
	r.held = held{}
	if r.strip.at != sideBody || r.body.body == nil || r.listsEvents() || r.body.pictured() {
		return
	}
	w, h := r.frame.inside()
	r.held = held{append(r.complaint(), r.body.lines()...), w, h}
}

// Settle shows what there is of the body, be it nothing.
func (r *Response) Settle() { r.held = held{} }

// holding returns what is shown in the place of lines, as long as these are blank.
func (r *Response) holding(lines []string) []string {
	if r.held.lines == nil {
		return lines
	}
	w, h := r.frame.inside()
	if r.held.width != w || r.held.height != h || !blank(lines) {
		r.Settle()
		return lines
	}
	return r.held.lines
}

func blank(lines []string) bool {
	for _, line := range lines {
		if strings.TrimSpace(ansi.Strip(line)) != "" {
			return false
		}
	}
	return true
}
