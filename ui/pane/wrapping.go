package pane

import (
	tea "charm.land/bubbletea/v2"
)

// wrapper is a section with texts whose long lines can be wrapped.
type wrapper interface{ setWrap(wrap bool) }

// SetWrap says whether the long lines of texts are wrapped. Those of notes always are.
func (r *Request) SetWrap(wrap bool) {
	r.wrap = wrap
	for _, s := range r.sections {
		if w, ok := s.(wrapper); ok {
			w.setWrap(wrap)
		}
	}
}

// toggleWrap is SetWrap for the text that is shown.
func (r *Request) toggleWrap() tea.Cmd {
	if _, ok := r.current().(wrapper); !ok {
		return r.host.Notify(Notice{Level: Info, Text: "the lines of notes are always wrapped"})
	}
	r.SetWrap(!r.wrap)
	return nil
}

// wrapNote tells that lines are wrapped where they need not be.
func (r *Request) wrapNote() string {
	if _, ok := r.current().(wrapper); ok && r.wrap {
		return " · wrapped"
	}
	return ""
}

func (b *bodySection) setWrap(wrap bool) {
	for _, e := range b.texts() {
		e.SetWrap(wrap)
	}
	b.fields.setWrap(wrap)
}

func (h *hooks) setWrap(wrap bool) {
	for _, e := range h.editors {
		e.SetWrap(wrap)
	}
}

func (s *source) setWrap(wrap bool) { s.editor.SetWrap(wrap) }

func (g *grid) setWrap(wrap bool) {
	g.wrap = wrap
	if g.text != nil {
		g.text.SetWrap(wrap)
	}
}
