package widget

import (
	"strings"

	"parley/themes"
)

// View returns w by h cells.
func (f *Form) View() string {
	if f.view != "" || f.h == 0 {
		return f.view
	}
	lines := make([]string, f.h)
	for y := range lines {
		if y < f.rows() {
			lines[y] = f.row(y)
		} else {
			lines[y] = f.help()
		}
	}
	f.view = strings.Join(lines, "\n")
	return f.view
}

func (f *Form) row(y int) string {
	line, ok := f.scroll.at(y)
	row := NewRow(f.styles, f.on, f.w)
	if !ok {
		return row.String()
	}
	field, cursor := &f.fields[line], line == f.scroll.cursor && f.focused
	cursorSign(row, cursor)
	label := themes.Muted
	if cursor {
		label = themes.Text
	}
	row.Fit(label, field.Label, f.start()-3).Space(2)
	f.shown(row, line, cursor)
	if err := f.wrong(line); err != nil {
		row.Space(2).Text(themes.Error, err.Error())
	}
	return row.String()
}

// shown adds a field's value.
func (f *Form) shown(row *Row, line int, cursor bool) {
	field := &f.fields[line]
	role := themes.Text
	if cursor {
		role = themes.Active
	}
	switch field.Kind {
	case FieldToggle:
		sign := "☐ no"
		if field.Value == "true" {
			sign = "☑ yes"
		}
		row.Text(role, sign)
	case FieldSelect:
		value := field.Value
		if value == "" {
			value = field.Placeholder
		}
		row.Text(themes.Muted, "‹ ").Text(role, value).Text(themes.Muted, " ›")
	default:
		e := f.editors[line]
		if e.w > row.Left() {
			return
		}
		row.b = append(row.b, e.View()...)
		row.pen = ""
		row.used += e.w
	}
}

// help is what is wrong with the field that has the cursor, else what it is for, and how it is chosen.
func (f *Form) help() string {
	row := NewRow(f.styles, f.on, f.w).Space(1)
	if f.scroll.cursor >= len(f.fields) || !f.focused {
		return row.String()
	}
	if err := f.wrong(f.scroll.cursor); err != nil {
		return row.Text(themes.Error, err.Error()).String()
	}
	field := &f.fields[f.scroll.cursor]
	if field.Kind == FieldSelect {
		row.Text(themes.Muted, "← → choose")
		if field.Help != "" {
			row.Text(themes.Muted, " · ")
		}
	}
	return row.Text(themes.Muted, field.Help).String()
}
