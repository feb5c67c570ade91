package pane

import "parley/ui/widget"

// complete completes the URL.
func (u *URL) complete(line string, cursor int) widget.Candidates {
	return completeCode(line, cursor, u.scope)
}
