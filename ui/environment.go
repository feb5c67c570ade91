package ui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/widget"
)

// variableRow is a variable of an environment with the file it stands in.
type variableRow struct {
	collections.Entry
	local bool
}

// showVariables lists the variables of an environment, as they are written; below each the shared value that a local one
// stands before.
func (r *Root) showVariables(environment string) tea.Cmd {
	var screen *overlay.Screen
	var listed []variableRow
	var dropped []variableRow
	of := func(do func(variableRow) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(listed) {
				return nil
			}
			return do(listed[row])
		}
	}
	put := func(v variableRow, said string) tea.Cmd {
		return r.changeEnvironments(screen, said, func(c *collections.Collection) error { return c.PutVariable(environment, v.local, v.Entry) })
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Variables of the environment " + environment, Titles: [3]string{"Name", "Value, as written", "Where"},
		Empty: "This environment has no variables yet: a adds one.",
		Tips: r.keysOf(
			keyWord{action.Open, "edit"}, keyWord{action.ItemNew, "add"}, keyWord{action.ItemDelete, "delete"}, keyWord{action.Toggle, "on or off"},
			keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			listed = r.variablesOf(environment)
			return drawnVariables(listed)
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open:    of(func(v variableRow) tea.Cmd { return r.editVariable(environment, v, put) }),
			action.ItemNew: func(int) tea.Cmd { return r.editVariable(environment, variableRow{}, put) },
			action.ItemDelete: of(func(v variableRow) tea.Cmd {
				dropped = append(dropped, v)
				back := action.Label(r.keymap.Best(action.Undo, action.Screen, nil))
				return r.changeEnvironments(screen, v.Name+" is deleted; "+back+" brings it back", func(c *collections.Collection) error {
					return c.DropVariable(environment, v.local, v.Name)
				})
			}),
			action.Undo: func(int) tea.Cmd {
				if len(dropped) == 0 {
					return r.notify(info("nothing was deleted here"))
				}
				v := dropped[len(dropped)-1]
				dropped = dropped[:len(dropped)-1]
				return put(v, v.Name+" is back")
			},
			action.Toggle: of(func(v variableRow) tea.Cmd {
				said := v.Name + " is off"
				if v.Off {
					said = v.Name + " is on"
				}
				v.Off = !v.Off
				return put(v, said)
			}),
			action.Copy: of(func(v variableRow) tea.Cmd { return r.Copy(v.Value.Text, "the value of "+v.Name) }),
		},
	})
	r.overlays.Push(screen)
	return nil
}

// variablesOf lists what an environment says, as it is known now.
func (r *Root) variablesOf(environment string) []variableRow {
	var list []variableRow
	for _, e := range r.work.Collection.Environments {
		if e.Name != environment {
			continue
		}
		local := collections.EnvironmentFile(environment, true)
		for _, v := range e.Vars {
			list = append(list, variableRow{v, v.Pos.File == local})
			for _, hidden := range e.Hidden {
				if hidden.Name == v.Name {
					list = append(list, variableRow{hidden, false})
				}
			}
		}
	}
	return list
}

func drawnVariables(list []variableRow) []widget.Entry {
	rows := make([]widget.Entry, len(list))
	for i, v := range list {
		rows[i] = widget.Entry{Name: v.Name, Value: written(v.Value), Note: template.Position(v.Pos).String()}
		if v.Off {
			rows[i].Name = "~" + v.Name
		}
		if i > 0 && list[i-1].Name == v.Name {
			rows[i].Name = "  shared " + v.Name
		}
	}
	return rows
}

// written is a value on a line.
func written(v collections.Value) string {
	switch v.Kind {
	case tomldoc.Array:
		return "[ a list ]"
	case tomldoc.Table:
		return "{ a table }"
	}
	return strings.ReplaceAll(v.Text, "\n", "↵")
}

// The files that a variable can stand in.
const (
	inShared = "shared"
	inLocal  = "local"
)

// editVariable asks for a variable, and puts it into the file that was chosen.
func (r *Root) editVariable(environment string, v variableRow, put func(variableRow, string) tea.Cmd) tea.Cmd {
	if k := v.Value.Kind; k == tomldoc.Array || k == tomldoc.Table || strings.Contains(v.Value.Text, "\n") {
		return r.notify(info(v.Name + " is more than a line: edit " + template.Position(v.Pos).String()))
	}
	where := inShared
	if v.local {
		where = inLocal
	}
	fields := []widget.Field{
		{
			Key: "value", Label: "Value", Value: v.Value.Text, Help: "may hold {{ }}, such as {{ secret(\"name\") }}",
			Highlight: pane.Highlighter(r.tab().scope), Complete: pane.CodeCompleter(r.tab().scope),
		},
		{Key: "where", Label: "File", Kind: widget.FieldSelect, Options: []string{inShared, inLocal}, Value: where, Help: "local: your own value, which git ignores"},
	}
	title := "Edit " + v.Name
	if v.Name == "" {
		title = "Add a variable to " + environment
		fields = append([]widget.Field{{Key: "name", Label: "Name", Placeholder: "base_url"}}, fields...)
	}
	name := func(value func(string) string) string {
		if v.Name != "" {
			return v.Name
		}
		return strings.TrimSpace(value("name"))
	}
	r.overlays.Push(overlay.NewForm(overlay.FormOptions{
		Title: title, Accept: "save", Fields: fields,
		Check: func(value func(string) string) (string, error) {
			if name(value) == "" {
				return "name", errors.New("a variable needs a name")
			}
			return "", nil
		},
		Answer: func(value func(string) string) tea.Cmd {
			next := variableRow{collections.Entry{Name: name(value), Value: v.Value, Off: v.Off}, value("where") == inLocal}
			if value("value") != v.Value.Text || !v.Value.IsSet() {
				next.Value = collections.Str(value("value"))
			}
			return put(next, next.Name+" is saved in "+collections.EnvironmentFile(environment, next.local))
		},
	}))
	return nil
}
