package pane

import (
	"parley/collections"
	"parley/ui/widget"
)

// What actions such as "Add a header" do: they bring the request to where one types next.

// starter is a section with one place where one begins to type.
type starter interface{ start() }

// Start shows the side of that title, with focus where one types next in it. The pane is to have focus.
func (r *Request) Start(title string) {
	r.ShowSide(title)
	if s, ok := r.current().(starter); ok && r.current().title() == title && r.held() == nil {
		r.changed(s.start)
	}
	r.current().setFocus(r.frame.focused)
}

// ChooseBody gives the request a body of that kind, and shows where it is written; for none, the side.
func (r *Request) ChooseBody(kind collections.BodyKind) {
	for _, s := range r.sections {
		if b, ok := s.(*bodySection); ok {
			r.ShowSide(b.title())
			r.changed(func() { b.choose(kind) })
			r.Start(b.title())
		}
	}
}

// start opens an empty row, to type its name.
func (g *grid) start() {
	g.leave()
	g.table.Begin()
}

// start is the first value of the chosen type.
func (a *auth) start() {
	a.form.Move(widget.Top)
	if a.request.Auth.IsSet() {
		a.form.Move(widget.Down)
	}
}

// start is the content, or the line of kinds when there is none.
func (b *bodySection) start() {
	b.kinds.focused = b.kind() == collections.BodyNone
	b.setFocus(b.focused)
	if b.tabled() {
		b.fields.start()
	}
}
