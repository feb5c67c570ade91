package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// hold is the mouse where it was last while a pane is dragged in. A terminal tells of a mouse that moves; what is selected
// goes on beyond the edge of a pane as long as the button is held there, as if it did.
type hold struct {
	event   tea.MouseMsg
	ticking bool
}

// holdTick moves a held mouse once more.
type holdTick struct{}

const (
	// holdBeat is how soon a pane goes on, holdMost how many rows at once, when the mouse is far beyond its edge.
	holdBeat = 50 * time.Millisecond
	holdMost = 8
)

// dragIn moves the mouse in the pane that a drag began in.
func (r *Root) dragIn(event tea.MouseMsg) tea.Cmd {
	p := *r.dragging
	cmd := r.mouseIn(p, event)
	switch event.(type) {
	case tea.MouseMotionMsg:
		r.hold.event = event
	case tea.MouseReleaseMsg:
		r.dragging = nil
		return cmd
	default:
		return cmd
	}
	if r.beyond(p, event) == 0 || r.hold.ticking {
		return cmd
	}
	r.hold.ticking = true
	return tea.Batch(cmd, holdOn())
}

func holdOn() tea.Cmd { return tea.Tick(holdBeat, func(time.Time) tea.Msg { return holdTick{} }) }

// held goes on with a drag beyond the edge, until the button is let go or there is nothing more to see.
func (r *Root) held() tea.Cmd {
	r.hold.ticking = false
	if r.dragging == nil || r.blurred || r.overlays.Top() != nil {
		return nil
	}
	p := *r.dragging
	before := slices.Clone(r.pane(p).Lines())
	var cmds []tea.Cmd
	for range min(r.beyond(p, r.hold.event), holdMost) {
		cmds = append(cmds, r.mouseIn(p, r.hold.event))
	}
	if len(cmds) > 0 && !slices.Equal(before, r.pane(p).Lines()) {
		r.hold.ticking = true
		cmds = append(cmds, holdOn())
	}
	return tea.Batch(cmds...)
}

// beyond is how many rows the mouse is beyond what scrolls in a part: its first row and its last one are its edges.
func (r *Root) beyond(p part, event tea.MouseMsg) int {
	rect, y := r.layout.of(p), event.Mouse().Y
	return max(0, rect.Y+1-y, y-(rect.Y+rect.H-2))
}
