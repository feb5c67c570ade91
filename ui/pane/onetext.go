package pane

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/widget"
)

// oneText is what sections have in common that are one text in an editor.
type oneText struct {
	editor *widget.Editor
	// extension is that of the file which an editor outside gets.
	extension string
	// store has the request say what the text says.
	store func()
}

func (o *oneText) setFocus(f bool)             { o.editor.Focus(f) }
func (o *oneText) cursor() (x, y int, ok bool) { return o.editor.Cursor() }
func (o *oneText) context() action.Context     { return action.Editor }
func (o *oneText) version() int                { return o.editor.Version() }
func (o *oneText) enter(int)                   {}
func (o *oneText) step(int) bool               { return false }
func (o *oneText) selected() string            { return o.editor.Selected() }
func (o *oneText) typing() *widget.Editor      { return o.editor }

func (o *oneText) text() (text, extension string, ok bool) {
	return o.editor.Text(), o.extension, true
}

func (o *oneText) setText(text string) {
	o.editor.SetText(text)
	o.store()
}

func (o *oneText) update(msg tea.Msg) bool {
	defer o.store()
	return o.editor.Update(msg)
}
