package pane

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// notes is the section of what a person wrote about a request.
type notes struct {
	oneText
	request *collections.Request
}

func newNotes(work later) *notes {
	n := &notes{request: &collections.Request{}}
	n.oneText = oneText{
		editor:    widget.NewEditor(style.Styles{}, widget.EditorOptions{Placeholder: "What is this request for? What does it need?", Later: work}),
		extension: ".md",
		store:     func() { setText(&n.request.Notes, n.editor.Text()) },
	}
	n.editor.SetWrap(true)
	return n
}

func (n *notes) title() string { return "Notes" }

// count tells how many lines there are.
func (n *notes) count() string {
	text := strings.TrimSpace(n.request.Notes.Text)
	if text == "" {
		return ""
	}
	return strconv.Itoa(1 + strings.Count(text, "\n"))
}

func (n *notes) setRequest(q *collections.Request) {
	n.request = q
	n.editor.Reset(q.Notes.Text)
}

func (n *notes) setScope(template.Scope)  {}
func (n *notes) setSize(w, h int)         { n.editor.SetSize(w, h) }
func (n *notes) setStyles(s style.Styles) { n.editor.SetStyles(s, themes.Background) }
func (n *notes) view() string             { return n.editor.View() }

func (n *notes) do(id action.ID) bool {
	defer n.store()
	if (id == action.Next || id == action.Previous) && !n.editor.Finding() {
		return false // only the body is text in which tabs matter
	}
	return editText(n.editor, id)
}

// setText puts a text into a value, unless it says that already; no text is no value.
func setText(v *collections.Value, text string) {
	switch {
	case v.Text == text:
	case text == "":
		*v = collections.Value{}
	default:
		*v = collections.Str(text)
	}
}

// editText carries out the actions that every editor of text has.
func editText(e *widget.Editor, id action.ID) bool {
	switch id {
	case action.Undo:
		e.Undo()
	case action.Redo:
		e.Redo()
	case action.Escape:
		return e.Escape()
	case action.FindText:
		e.StartFind()
	case action.ReplaceText:
		e.StartReplace()
	case action.Next:
		return e.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	case action.Previous:
		return e.Update(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	default:
		return false
	}
	return true
}
