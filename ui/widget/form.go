package widget

import (
	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// FieldKind is how a field is filled in.
type FieldKind uint8

// The kinds.
const (
	FieldText FieldKind = iota
	FieldSecret
	FieldSelect // one of Options
	FieldToggle // "true" or "false"
)

// Field is a line of a form.
type Field struct {
	Key         string // names the field; unique in the form
	Label, Help string
	Kind        FieldKind
	Options     []string
	Value       string
	Placeholder string // what is meant when the field is empty
	// Check says what is wrong with a value; nil takes any. A duration is a text field that checks for one.
	Check func(value string) error
	// Highlight colours the value of a text field, as an editor's line.
	Highlight func(value string) []Span
	// Complete tells how to go on in a text field, as an editor's.
	Complete Completer
}

// Form shows labelled fields, one a line, and a word of help about the one that has focus in the last.
type Form struct {
	styles  style.Styles
	on      themes.Role
	fields  []Field
	editors []*Editor // of text fields; nil for the others
	scroll  scroll
	label   int // width of the labels
	version int
	focused bool
	w, h    int
	view    string
}

// NewForm returns a form on a surface.
func NewForm(styles style.Styles, on themes.Role, fields ...Field) *Form {
	f := &Form{styles: styles, on: on}
	f.SetFields(fields...)
	return f
}

// SetFields replaces the fields. The cursor stays on the field of the same key, if there is one.
func (f *Form) SetFields(fields ...Field) {
	key := f.Key()
	f.fields, f.editors = fields, make([]*Editor, len(fields))
	f.label, f.version = 0, f.version+1
	line := 0
	for i, field := range fields {
		f.label = max(f.label, safe.Width(safe.Line(field.Label)))
		if field.Kind == FieldText || field.Kind == FieldSecret {
			f.editors[i] = newFieldEditor(f.styles, field)
		}
		if field.Key == key {
			line = i
		}
	}
	f.scroll.cursor = line
	f.laid()
}

func newFieldEditor(styles style.Styles, field Field) *Editor {
	options := EditorOptions{Placeholder: field.Placeholder, Highlight: field.Highlight, Complete: field.Complete}
	if field.Kind == FieldSecret {
		options.Mask = "•"
	}
	e := NewInput(styles, options)
	e.Reset(field.Value)
	return e
}

// Key returns the key of the field that has the cursor.
func (f *Form) Key() string {
	if f.scroll.cursor >= len(f.fields) {
		return ""
	}
	return f.fields[f.scroll.cursor].Key
}

// Select puts the cursor on a field.
func (f *Form) Select(key string) {
	for i, field := range f.fields {
		if field.Key == key {
			f.to(i)
		}
	}
}

// Value returns what a field holds.
func (f *Form) Value(key string) string {
	for i, field := range f.fields {
		if field.Key == key {
			return f.value(i)
		}
	}
	return ""
}

func (f *Form) value(i int) string {
	if f.editors[i] != nil {
		return f.editors[i].Text()
	}
	return f.fields[i].Value
}

// Version changes whenever a value does.
func (f *Form) Version() int {
	sum := f.version
	for _, e := range f.editors {
		if e != nil {
			sum += e.Version()
		}
	}
	return sum
}

// Err returns the first field whose value is wrong, and why; an empty key means that there is none.
func (f *Form) Err() (key string, err error) {
	for i, field := range f.fields {
		if err := f.wrong(i); err != nil {
			return field.Key, err
		}
	}
	return "", nil
}

func (f *Form) wrong(i int) error {
	if f.fields[i].Check == nil {
		return nil
	}
	return f.fields[i].Check(f.value(i))
}

// Editor returns the editor of the field that has the cursor; nil when its value is not typed.
func (f *Form) Editor() *Editor {
	if f.scroll.cursor >= len(f.editors) {
		return nil
	}
	return f.editors[f.scroll.cursor]
}

// Cursor returns the cell of the cursor while the field is one of text.
func (f *Form) Cursor() (x, y int, ok bool) {
	e := f.Editor()
	if e == nil {
		return 0, 0, false
	}
	x, _, ok = e.Cursor()
	y = f.scroll.cursor - f.scroll.top
	x += f.start()
	return x, y, ok && x < f.w && y >= 0 && y < f.rows()
}

// Move moves the cursor between fields; left and right choose.
func (f *Form) Move(m Motion) {
	switch m {
	case Left:
		f.choose(-1)
	case Right:
		f.choose(1)
	default:
		f.scroll.move(m)
		f.to(f.scroll.cursor)
	}
}

func (f *Form) to(line int) {
	f.scroll.to(line)
	for i, e := range f.editors {
		if e != nil {
			e.Focus(f.focused && i == f.scroll.cursor)
		}
	}
	f.view = ""
}

// choose takes the next value of a field that is not typed, and reports whether it is one.
func (f *Form) choose(by int) bool {
	if f.scroll.cursor >= len(f.fields) {
		return false
	}
	field := &f.fields[f.scroll.cursor]
	switch {
	case field.Kind == FieldToggle:
		if field.Value == "true" {
			field.Value = "false"
		} else {
			field.Value = "true"
		}
	case field.Kind == FieldSelect && len(field.Options) > 0:
		n := len(field.Options)
		field.Value = field.Options[((f.option(field)+by)%n+n)%n]
	default:
		return false
	}
	f.version++
	f.view = ""
	return true
}

// option is the index of a field's value among its options; before the first when it is none of them.
func (f *Form) option(field *Field) int {
	for i, o := range field.Options {
		if o == field.Value {
			return i
		}
	}
	return -1
}

// Update takes what is typed, keys that choose, and the mouse, and reports whether it was its business. Tab goes
// through the fields and is left to others at the last.
func (f *Form) Update(msg tea.Msg) bool {
	f.view = ""
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return f.key(msg)
	case tea.MouseWheelMsg:
		return f.scroll.turn(msg)
	case tea.MouseClickMsg:
		return f.click(msg)
	}
	e := f.Editor()
	return e != nil && e.Update(msg)
}

func (f *Form) key(msg tea.KeyPressMsg) bool {
	e := f.Editor()
	if e != nil && e.Takes(msg.String()) {
		return e.Update(msg)
	}
	switch key := msg.String(); key {
	case "up", "shift+tab":
		return f.step(-1)
	case "down", "tab":
		return f.step(1)
	case "enter":
		return e == nil && f.choose(1) || f.step(1)
	case "space", "right":
		if e == nil {
			return f.choose(1)
		}
	case "left":
		if e == nil {
			return f.choose(-1)
		}
	}
	return e != nil && e.Update(msg)
}

func (f *Form) step(by int) bool {
	to := f.scroll.cursor + by
	if to < 0 || to >= len(f.fields) {
		return false
	}
	f.to(to)
	return true
}

func (f *Form) click(msg tea.MouseClickMsg) bool {
	line, ok := f.scroll.at(msg.Y)
	if !ok || !points(msg.Button) {
		return false
	}
	f.to(line)
	if e := f.Editor(); e != nil {
		msg.X, msg.Y = msg.X-f.start(), 0
		return e.Update(msg)
	}
	if msg.X >= f.start() && msg.Button == tea.MouseLeft {
		f.choose(1)
	}
	return true
}

// SetSize says how many cells there are.
func (f *Form) SetSize(w, h int) {
	f.w, f.h = max(0, w), max(0, h)
	f.laid()
}

// SetStyles replaces the styles.
func (f *Form) SetStyles(styles style.Styles, on themes.Role) {
	f.styles, f.on, f.view = styles, on, ""
	for _, e := range f.editors {
		if e != nil {
			e.SetStyles(styles, themes.Surface)
		}
	}
}

// Focus says whether the form has focus.
func (f *Form) Focus(focused bool) {
	f.focused = focused
	f.to(f.scroll.cursor)
}

// rows is how many lines fields have; the last is for help when there is room for it.
func (f *Form) rows() int {
	if f.h > 2 {
		return f.h - 1
	}
	return f.h
}

// start is the first cell of the values.
func (f *Form) start() int { return min(f.label, f.w/2) + 3 }

func (f *Form) laid() {
	f.scroll.resize(len(f.fields), f.rows())
	for _, e := range f.editors {
		if e != nil {
			e.SetSize(max(1, min(60, f.w-f.start()-1)), 1)
		}
	}
	f.to(f.scroll.cursor)
}
