package pane

import (
	tea "charm.land/bubbletea/v2"

	"parley/collections/template"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// formed is what the sections made of one form share.
type formed struct {
	form    *widget.Form
	scope   template.Scope
	changes int
}

func newFormed() formed { return formed{form: widget.NewForm(style.Styles{}, themes.Background)} }

func (f *formed) setScope(scope template.Scope)           { f.scope = scope }
func (f *formed) setSize(w, h int)                        { f.form.SetSize(w, h) }
func (f *formed) setStyles(s style.Styles)                { f.form.SetStyles(s, themes.Background) }
func (f *formed) setFocus(focused bool)                   { f.form.Focus(focused) }
func (f *formed) view() string                            { return f.form.View() }
func (f *formed) cursor() (x, y int, ok bool)             { return f.form.Cursor() }
func (f *formed) version() int                            { return f.changes + f.form.Version() }
func (f *formed) text() (text, extension string, ok bool) { return "", "", false }
func (f *formed) setText(string)                          {}

// highlight colours the variables of a field.
func (f *formed) highlight(value string) []widget.Span { return variableSpans(value, f.scope) }

func (f *formed) context() action.Context {
	if f.form.Editor() != nil {
		return action.Field
	}
	return action.List
}

func (f *formed) selected() string {
	if e := f.form.Editor(); e != nil {
		return e.Selected()
	}
	return ""
}

func (f *formed) enter(by int) {
	if by > 0 {
		f.form.Move(widget.Top)
	} else {
		f.form.Move(widget.Bottom)
	}
}

// step moves to the next field, and reports false at the last.
func (f *formed) step(by int) bool {
	before := f.form.Key()
	motion := widget.Down
	if by < 0 {
		motion = widget.Up
	}
	f.form.Move(motion)
	return f.form.Key() != before
}

func (f *formed) do(id action.ID) bool {
	if e := f.form.Editor(); e != nil && (id == action.Undo || id == action.Redo) {
		return editText(e, id)
	}
	switch id {
	case action.Toggle, action.Right, action.Open:
		return f.form.Update(tea.KeyPressMsg{Code: tea.KeyRight})
	case action.Left:
		return f.form.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
	}
	if motion, ok := motions[id]; ok {
		f.form.Move(motion)
		return true
	}
	return false
}

// seekField puts the cursor on a field.
func (f *formed) seekField(key string) { f.form.Select(key) }
