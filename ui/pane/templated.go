package pane

import (
	"strings"

	"parley/collections"
	"parley/ui/widget"
)

// Templated is a Pane in which a text with {{ }} can have focus.
type Templated interface {
	// Template returns the text that has focus, a line of it where it has many, and the byte in it that the cursor stands
	// before; -1 where there is no cursor in a text.
	Template() (text string, cursor int)
}

// Template implements Templated.
func (u *URL) Template() (text string, cursor int) { return lineAtCursor(u.input) }

// Template implements Templated.
func (r *Request) Template() (text string, cursor int) {
	if s, ok := r.current().(interface{ template() (string, int) }); ok && !r.strip.focused {
		return s.template()
	}
	return "", -1
}

// template is of a variable whose value is plain the variable itself: it may stand before others of its name.
func (e *entries) template() (string, int) {
	text, cursor := e.grid.template()
	if e.grid.text != nil {
		return text, cursor
	}
	if row, ok := e.table.Entry(); ok && e.of.name == "Vars" && !strings.Contains(text, "{{") && !strings.ContainsAny(row.Name, "{}") {
		return "{{" + row.Name + "}}", -1
	}
	return text, cursor
}

func (f *formed) template() (string, int) { return lineAtCursor(f.form.Editor()) }

func (b *bodySection) template() (string, int) {
	switch {
	case b.kinds.focused || b.kind() == collections.BodyNone:
		return "", -1
	case b.tabled():
		return b.fields.template()
	default:
		return lineAtCursor(b.editor())
	}
}

// tableTemplate is the cell that is edited, else the one under the cursor.
func tableTemplate(t *widget.Table) (string, int) {
	if editor := t.Editor(); editor != nil {
		return lineAtCursor(editor)
	}
	row, ok := t.Entry()
	if _, column := t.Cursor(); ok && column == widget.ColumnName && strings.Contains(row.Name, "{{") {
		return row.Name, -1
	}
	return row.Value, -1
}

func lineAtCursor(e *widget.Editor) (string, int) {
	if e == nil {
		return "", -1
	}
	text, at := e.Text(), e.Offset()
	start := strings.LastIndexByte(text[:at], '\n') + 1
	line, _, _ := strings.Cut(text[start:], "\n")
	return line, at - start
}
