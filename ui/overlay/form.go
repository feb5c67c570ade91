package overlay

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// FormOptions say what a form asks.
type FormOptions struct {
	Title  string
	Fields []widget.Field
	// Accept is what enter does, as in "save".
	Accept string
	// Check refuses what was filled in, with the field that is wrong and why; it may be nil.
	Check func(value func(key string) string) (field string, err error)
	// Answer takes what was filled in.
	Answer func(value func(key string) string) tea.Cmd
	// Cancel hears that the form was closed without an answer; it may be nil.
	Cancel func()
}

// Form asks for several values at once.
type Form struct {
	sheet
	options FormOptions
	form    *widget.Form
	problem string
}

const formWidth = 76

// NewForm returns a form with the cursor on its first field.
func NewForm(options FormOptions) *Form {
	f := &Form{options: options}
	f.form = widget.NewForm(f.styles, themes.Raised, options.Fields...)
	f.form.Focus(true)
	return f
}

func (f *Form) size() (width, height int) { return f.fit(formWidth, len(f.options.Fields)+6) }

// margin is how many blank lines stand above the fields, and below what is wrong with them: none on a low screen, where
// fields need the room.
func (f *Form) margin() int {
	if _, height := f.size(); height < len(f.options.Fields)+6 {
		return 0
	}
	return 1
}

// SetScreen implements Overlay.
func (f *Form) SetScreen(width, height int) {
	f.sheet.SetScreen(width, height)
	w, h := f.size()
	f.form.SetSize(w-2, max(1, h-3-2*f.margin()))
}

// SetStyles implements Overlay.
func (f *Form) SetStyles(styles style.Styles) {
	f.sheet.SetStyles(styles)
	f.form.SetStyles(styles, themes.Raised)
}

// Place implements Overlay.
func (f *Form) Place() (x, y int) { return f.place(f.size()) }

// Lines implements Overlay.
func (f *Form) Lines() []string {
	w, _ := f.size()
	margin := slices.Repeat([]string{f.row(w).String()}, f.margin())
	lines := slices.Concat(margin, split(f.form.View()), []string{f.row(w).Space(1).Text(themes.Error, f.problem).String()}, margin)
	return f.frame(f.options.Title, f.Tips(), w, lines)
}

// Tips implements Tipping.
func (f *Form) Tips() []Tip {
	tips := []Tip{{"enter", f.options.Accept}}
	if len(f.options.Fields) > 1 {
		tips = append(tips, Tip{"tab", "next field"})
	}
	return append(tips, Tip{"esc", "cancel"})
}

// Cursor implements Overlay.
func (f *Form) Cursor() *tea.Cursor {
	x, y, ok := f.form.Cursor()
	return inside(x, y+f.margin(), ok)
}

// Editor returns the editor of the field that has focus, nil when it is not typed.
func (f *Form) Editor() *widget.Editor { return f.form.Editor() }

// Context implements Overlay.
func (f *Form) Context() action.Context {
	if f.form.Editor() != nil {
		return action.Field
	}
	return action.Bare
}

// Do implements Overlay.
func (f *Form) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape, action.Interrupt:
		f.cancel()
	case action.Next:
		f.form.Move(widget.Down)
	case action.Previous:
		f.form.Move(widget.Up)
	case action.Save, action.Send:
		return f.answer(), true
	default:
		return nil, false
	}
	return nil, true
}

// Key implements Overlay.
func (f *Form) Key(key tea.KeyPressMsg) tea.Cmd {
	f.problem = ""
	switch name := key.String(); {
	case f.form.Editor() != nil && f.form.Editor().Takes(name):
		f.form.Update(key)
	case name == "enter":
		return f.answer()
	case name == "space" && f.form.Editor() == nil:
		f.form.Move(widget.Right)
	default:
		f.form.Update(key)
	}
	return nil
}

func (f *Form) cancel() {
	f.close()
	if f.options.Cancel != nil {
		f.options.Cancel()
	}
}

func (f *Form) answer() tea.Cmd {
	if f.options.Check != nil {
		if field, err := f.options.Check(f.form.Value); err != nil {
			f.form.Select(field)
			f.problem = err.Error()
			return nil
		}
	}
	f.close()
	return f.options.Answer(f.form.Value)
}

// Paste implements Overlay.
func (f *Form) Paste(text string) tea.Cmd {
	f.form.Update(tea.PasteMsg{Content: text})
	return nil
}

// Selected returns what is selected in the field, and whether anything is.
func (f *Form) Selected() (string, bool) {
	e := f.form.Editor()
	if e == nil {
		return "", false
	}
	return e.Selected(), e.Selected() != ""
}

// Mouse implements Overlay. A click beside the form cancels.
func (f *Form) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	w, h := f.size()
	if _, clicked := event.(tea.MouseClickMsg); clicked && (x < 0 || y < 0 || x >= w || y >= h) {
		f.cancel()
		return nil
	}
	f.form.Update(widget.MouseAt(event, x-1, y-1-f.margin()))
	return nil
}
