package pane

import (
	"slices"

	"parley/collections/template"
)

// SetScope says which variables there are. What is shown is coloured anew only when their names are others: it is told at
// every change of the request.
func (r *Request) SetScope(scope template.Scope) {
	same := sameNames(r.scope, scope)
	r.scope = scope
	for _, s := range r.sections {
		s.setScope(scope)
		if l, ok := s.(interface{ relight() }); ok && !same {
			l.relight()
		}
	}
}

// SetScope says which variables there are.
func (u *URL) SetScope(scope template.Scope) {
	if !sameNames(u.scope, scope) {
		u.input.Relight()
	}
	u.scope = scope
	u.note()
}

// sameNames reports whether two scopes know the same variables.
func sameNames(a, b template.Scope) bool {
	return a != nil && b != nil && slices.Equal(a.Names(), b.Names())
}

func (g *grid) relight() {
	g.table.Relight()
	if g.text != nil {
		g.text.Relight()
	}
}

func (f *formed) relight() { f.form.Relight() }

func (b *bodySection) relight() {
	b.content.Relight()
	b.path.Relight()
	b.fields.relight()
	for _, e := range b.graphQL.editors() {
		e.Relight()
	}
}
