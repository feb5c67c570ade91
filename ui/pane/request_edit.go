package pane

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/widget"
)

// SetWay changes how the texts of the request are edited.
func (r *Request) SetWay(way widget.Way) {
	for _, s := range r.sections {
		if m, ok := s.(interface{ texts() []*widget.Editor }); ok {
			for _, e := range m.texts() {
				e.SetWay(way)
			}
		}
	}
}

func (b *bodySection) texts() []*widget.Editor {
	return []*widget.Editor{b.content, b.graphQL.query, b.graphQL.variables}
}

func (n *notes) texts() []*widget.Editor { return []*widget.Editor{n.editor} }

func (h *hooks) texts() []*widget.Editor {
	var all []*widget.Editor
	for _, event := range collections.HookEvents() {
		all = append(all, h.editors[event])
	}
	return all
}

// later has work done in the background; the command for it goes out with the next event.
func (r *Request) later(work func() func()) {
	r.pending = append(r.pending, r.host.Background(func() func() tea.Cmd {
		then := work()
		return func() tea.Cmd {
			version := r.versions()
			then()
			for _, s := range r.sections {
				if s, ok := s.(interface{ store() }); ok {
					s.store()
				}
			}
			if r.versions() != version {
				r.host.Changed(r)
			}
			return r.work()
		}
	}))
}

// versions changes whenever the request does, whichever section is shown.
func (r *Request) versions() int {
	sum := 0
	for _, s := range r.sections {
		sum += s.version()
	}
	return sum
}

// work returns the commands that wait.
func (r *Request) work() tea.Cmd {
	if len(r.pending) == 0 {
		return nil
	}
	pending := r.pending
	r.pending = nil
	return tea.Batch(pending...)
}

// foot is what stands below the text that is edited: what keys do there, what is wrong with it, and where the cursor is.
func (r *Request) foot() (place, note []Span) {
	if by := r.held(); by != nil {
		return heldFoot(by), nil
	}
	e := r.Editor()
	if e == nil || !r.Context().Has(action.InEditor) {
		return nil, nil
	}
	if mode := e.Mode(); mode != "" && r.frame.focused {
		place = append(place, Span{mode, themes.Accent})
	}
	wrong := e.Complaint()
	if wrong != "" {
		if len(place) > 0 {
			place = append(place, Span{" · ", themes.Faint})
		}
		place = append(place, Span{wrong, themes.Error})
	}
	if at := e.Position(); r.frame.focused {
		note = []Span{{fmt.Sprintf("%d:%d", at.Line+1, e.Column()+1), themes.Faint}}
		if wrong == "" { // beside a complaint there is seldom room for both
			note[0].Text += r.wrapNote()
		}
	}
	return place, note
}

// formattable is a section with a text of JSON.
type formattable interface {
	// json returns the editor of the JSON that has focus, or nil.
	json() *widget.Editor
}

// format lays JSON out anew, as one change.
func (r *Request) format() tea.Cmd {
	of := r.current()
	s, ok := of.(formattable)
	if !ok || s.json() == nil {
		return r.host.Notify(Notice{Level: Info, Text: "only JSON can be formatted: this is none"})
	}
	e := s.json()
	source, at, version := e.Text(), e.Offset(), e.Version()
	work := func() func() tea.Cmd {
		out, place, err := formatJSON(source, "  ", at)
		return func() tea.Cmd {
			if e.Version() != version {
				return r.host.Notify(Notice{Level: Info, Text: "the text has changed while it was formatted", Hint: "try again"})
			}
			return r.formatted(of, e, out, place, err)
		}
	}
	if len(source) <= lintAtOnce {
		return work()()
	}
	return r.host.Background(work)
}

// formatted puts JSON that was laid out anew into its section; another one may be shown by now.
func (r *Request) formatted(of section, e *widget.Editor, out string, place int, err error) tea.Cmd {
	if problem, ok := err.(*jsonProblem); ok {
		e.Go(problem.offset)
		return r.host.Notify(Notice{Level: Warning, Text: problem.Error(), Hint: "the cursor is there"})
	}
	if err != nil {
		return r.host.Notify(Failed(err))
	}
	if out == e.Text() {
		return r.host.Notify(Notice{Level: Info, Text: "it is formatted already"})
	}
	version := of.version()
	of.setText(out)
	e.Go(place)
	if of.version() != version {
		r.host.Changed(r)
	}
	return r.work()
}

// editorOffers are the actions for the footer while text is edited.
func (r *Request) editorOffers(turn []action.ID) []action.ID {
	e := r.Editor()
	switch {
	case e != nil && e.Replacing():
		return []action.ID{action.ReplaceText, action.FindText, action.Undo, action.Escape}
	case e != nil && e.Finding():
		return []action.ID{action.FindText, action.ReplaceText, action.Escape}
	}
	own := []action.ID{action.Escape}
	if e != nil && e.Searchable() {
		own = append(own, action.FindText)
	}
	if s, ok := r.current().(formattable); ok && s.json() != nil {
		own = append(own, action.FormatText)
	}
	return append(append(own, action.External), turn...)
}

// HasText reports whether the body is text that can be edited.
func (r *Request) HasText() bool {
	for _, s := range r.sections {
		if b, ok := s.(*bodySection); ok {
			_, _, text := b.text()
			return text
		}
	}
	return false
}

// Editable reports whether the section that is shown is text that can be searched.
func (r *Request) Editable() bool {
	e := r.Editor()
	return e != nil && e.Searchable() && r.current().context().Has(action.InEditor)
}
