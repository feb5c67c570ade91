package pane

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/widget"
)

// troubled is a section that can hold what the file cannot say yet, such as half a line. Until that is right, what it and
// the others say cannot be brought together: the others can be looked at, and nothing that was typed is lost.
type troubled interface {
	section
	// problem says what is wrong; empty for nothing.
	problem() string
	// remedy says in a few words what cannot be read, and mend puts the cursor there.
	remedy() string
	mend()
}

// Problem is what is wrong with what was typed and says nothing yet; empty for nothing.
func (r *Request) Problem() string {
	if s := r.troubled(); s != nil {
		return s.problem()
	}
	return ""
}

// ShowProblem shows what is wrong.
func (r *Request) ShowProblem() {
	s := r.troubled()
	if s == nil {
		return
	}
	r.strip.focused = false
	r.choose(slices.IndexFunc(r.sections, func(other section) bool { return other == section(s) }))
	s.mend()
}

func (r *Request) troubled() troubled {
	for _, s := range r.sections {
		if s, ok := s.(troubled); ok && s.problem() != "" {
			return s
		}
	}
	return nil
}

// held returns the section whose trouble keeps the one that is shown from being edited; nil when there is none. A row that
// is not whole keeps only the text from being edited, which would take it away.
func (r *Request) held() troubled {
	s := r.troubled()
	if s == nil || section(s) == r.current() {
		return nil
	}
	_, text := s.(*source)
	if _, shown := r.current().(*source); !text && !shown {
		return nil
	}
	return s
}

// heldFoot says why nothing can be edited, and what to do.
func heldFoot(by troubled) []Span {
	return []Span{{"read-only: " + by.remedy(), themes.Error}, {" · enter goes there", themes.Faint}}
}

func (r *Request) tellHeld() tea.Cmd {
	by := r.held()
	return r.host.Notify(Notice{Level: Warning, Text: "nothing was changed: " + by.remedy(), Hint: "enter goes there; put it right first"})
}

// heldMotions are those that change nothing on any side.
var heldMotions = []action.ID{
	action.Up, action.Down, action.Top, action.Bottom, action.HalfUp, action.HalfDown, action.PageUp, action.PageDown,
}

// heldChanges are the actions that would change something.
var heldChanges = []action.ID{
	action.Left, action.Right, action.Toggle, action.RowAdd, action.RowDelete, action.RowUp, action.RowDown, action.RowsAsText,
	action.External, action.FormatText, action.Undo, action.Redo, action.Cut, action.Paste,
}

// doHeld looks around on a side that cannot be edited.
func (r *Request) doHeld(id action.ID) (tea.Cmd, bool) {
	switch {
	case id == action.Open:
		r.ShowProblem()
		return nil, true
	case slices.Contains(heldMotions, id):
		return nil, r.current().do(id)
	case slices.Contains(heldChanges, id):
		return r.tellHeld(), true
	default:
		return nil, false
	}
}

// heldMouse scrolls; a click says why it does nothing else.
func (r *Request) heldMouse(event tea.MouseMsg, x, y int) tea.Cmd {
	switch event.(type) {
	case tea.MouseWheelMsg:
		r.current().update(widget.MouseAt(event, x-1, y-1))
	case tea.MouseClickMsg:
		r.strip.focused = false
		return r.tellHeld()
	}
	return nil
}
