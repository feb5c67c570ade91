package pane

import (
	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/style"
	"parley/ui/widget"
)

// graphQL edits a GraphQL body: the query, its variables as JSON, and which operation of the query is meant. Where there
// is room, all three are seen; else the one that has focus.
type graphQL struct {
	query, variables, operation *widget.Editor
	lint                        lint
	at                          int // which of them has focus
	styles                      style.Styles
	w, h                        int
}

var graphQLTitles = [...]string{"Query", "Variables, as JSON", "Operation"}

func newGraphQL(highlight, light func(string) []widget.Span, complete widget.Completer, work later) *graphQL {
	g := &graphQL{}
	g.query = widget.NewEditor(style.Styles{}, widget.EditorOptions{Placeholder: "query { … }", Numbers: true, Highlight: highlight, Complete: complete, Later: work})
	g.variables = widget.NewEditor(style.Styles{}, widget.EditorOptions{Placeholder: "{ }", Numbers: true, Highlight: light, Complete: complete, Later: work})
	g.operation = widget.NewInput(style.Styles{}, widget.EditorOptions{Placeholder: "its name, when the query has several"})
	g.query.SetPairs(codePairs)
	g.variables.SetPairs(jsonPairs)
	g.lint = lint{editor: g.variables, later: work}
	return g
}

// graphQLWord tells what a query reads as something else than a name.
func graphQLWord(word string) (themes.Role, bool) {
	switch word {
	case "true", "false", "null":
		return themes.Literal, true
	case "query", "mutation", "subscription", "fragment", "on":
		return themes.Keyword, true
	}
	return 0, false
}

func (g *graphQL) editors() [3]*widget.Editor {
	return [3]*widget.Editor{g.query, g.variables, g.operation}
}

// editor is the one that has focus.
func (g *graphQL) editor() *widget.Editor { return g.editors()[g.at] }

func (g *graphQL) set(body collections.GraphQL) {
	g.at = 0
	g.query.Reset(body.Query.Text)
	g.variables.Reset(body.Variables.Text)
	g.operation.Reset(body.Operation.Text)
	g.lint.renew()
	g.mark()
}

// store writes what the editors say. The query makes the body one of GraphQL, so that it stays when it is empty.
func (g *graphQL) store(body *collections.GraphQL) {
	keepText(&body.Query, g.query.Text())
	setText(&body.Variables, g.variables.Text())
	setText(&body.Operation, g.operation.Text())
	g.mark()
}

// mark shows where the variables are no JSON.
func (g *graphQL) mark() { g.lint.check(true) }

// roomy reports whether all three are seen.
func (g *graphQL) roomy() bool { return g.h >= 9 }

// rows returns how many lines the query and the variables have.
func (g *graphQL) rows() (query, variables int) {
	rest := g.h - 3 // the titles, and the operation
	query = rest * 3 / 5
	return query, rest - query
}

func (g *graphQL) setSize(w, h int) {
	g.w, g.h = w, h
	if !g.roomy() {
		for _, e := range g.editors() {
			e.SetSize(w, max(0, h-1))
		}
		g.operation.SetSize(w, min(1, max(0, h-1)))
		return
	}
	query, variables := g.rows()
	g.query.SetSize(w, query)
	g.variables.SetSize(w, variables)
	g.operation.SetSize(max(0, w-len(graphQLTitles[2])-3), 1)
}

func (g *graphQL) setStyles(s style.Styles) {
	g.styles = s
	for _, e := range g.editors() {
		e.SetStyles(s, themes.Background)
	}
}

func (g *graphQL) focus(focused bool) {
	for i, e := range g.editors() {
		e.Focus(focused && i == g.at)
	}
}

// step moves the focus, and reports false at either end.
func (g *graphQL) step(by int) bool {
	if g.at+by < 0 || g.at+by >= len(graphQLTitles) {
		return false
	}
	g.at += by
	return true
}

func (g *graphQL) title(i int) string {
	role := themes.Muted
	if i == g.at {
		role = themes.Accent
	}
	row := widget.NewRow(g.styles, themes.Background, g.w).Space(1).Text(role, graphQLTitles[i])
	if i == 0 || !g.roomy() {
		row.Right(themes.Faint, "alt+↓ alt+↑ the next ")
	}
	return row.String()
}

func (g *graphQL) view() string {
	if !g.roomy() {
		view := g.title(g.at) + "\n" + g.editor().View()
		if g.at == 2 {
			for range g.h - 2 {
				view += "\n" + widget.NewRow(g.styles, themes.Background, g.w).String()
			}
		}
		return view
	}
	role := themes.Muted
	if g.at == 2 {
		role = themes.Accent
	}
	label := widget.NewRow(g.styles, themes.Background, len(graphQLTitles[2])+3).Space(1).Text(role, graphQLTitles[2]).String()
	return g.title(0) + "\n" + g.query.View() + "\n" + g.title(1) + "\n" + g.variables.View() + "\n" + label + g.operation.View()
}

func (g *graphQL) cursor() (x, y int, ok bool) {
	x, y, ok = g.editor().Cursor()
	query, variables := g.rows()
	switch {
	case !g.roomy(), g.at == 0:
		y++
	case g.at == 1:
		y += query + 2
	default:
		x += len(graphQLTitles[2]) + 3
		y = query + variables + 2
	}
	return x, y, ok
}

// update gives an event to the editor that has focus, or to the one under the mouse.
func (g *graphQL) update(msg tea.Msg) bool {
	event, ok := msg.(tea.MouseMsg)
	if !ok {
		return g.editor().Update(msg)
	}
	at := event.Mouse()
	query, variables := g.rows()
	top := 1
	if _, clicked := event.(tea.MouseClickMsg); clicked && g.roomy() {
		switch {
		case at.Y <= query:
			g.at = 0
		case at.Y <= query+1+variables:
			g.at = 1
		default:
			g.at = 2
		}
		g.focus(true)
	}
	switch {
	case !g.roomy():
	case g.at == 1:
		top = query + 2
	case g.at == 2:
		at.X -= len(graphQLTitles[2]) + 3
		top = query + variables + 2
	}
	return g.editor().Update(widget.MouseAt(event, at.X, at.Y-top))
}

func (g *graphQL) version() int {
	sum := 0
	for _, e := range g.editors() {
		sum += e.Version()
	}
	return sum
}
