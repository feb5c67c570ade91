package pane

import (
	"fmt"
	"strings"

	"parley/collections/env"
	"parley/collections/template"
	"parley/ui/widget"
)

// secretShown stands for the value of a secret, whatever its length.
const secretShown = "••••••"

// completeCode completes the variables and functions of a text with {{ }}, each with its value or what it does.
func completeCode(line string, cursor int, scope template.Scope) widget.Candidates {
	if !strings.Contains(line[:cursor], "{{") {
		return widget.Candidates{From: cursor, To: cursor}
	}
	if scope == nil {
		scope = env.NewScopes()
	}
	found := template.Complete(line, cursor, scope)
	out := widget.Candidates{From: found.Start, To: found.End}
	alone := strings.HasSuffix(strings.TrimRight(line[:found.Start], " "), "{{")
	for _, c := range found.Candidates {
		candidate := codeCandidate(c, scope)
		if alone && !strings.HasSuffix(c.Insert, "(") && !strings.HasSuffix(c.Insert, "}}") {
			candidate.Past = "}}"
		}
		out.List = append(out.List, candidate)
	}
	return out
}

// CodeCompleter completes the variables and functions of a text.
func CodeCompleter(scope template.Scope) widget.Completer {
	return func(line string, cursor int) widget.Candidates { return completeCode(line, cursor, scope) }
}

// Highlighter colours the variables of a text by whether they are known.
func Highlighter(scope template.Scope) func(string) []widget.Span {
	return func(line string) []widget.Span { return variableSpans(line, scope) }
}

func codeCandidate(c template.Candidate, scope template.Scope) widget.Candidate {
	variable, ok := scope.Lookup(c.Label)
	if !ok {
		return widget.Candidate{Text: c.Label, Insert: c.Insert, Detail: c.Detail, Kind: "function"}
	}
	return widget.Candidate{Text: c.Label, Insert: c.Insert, Detail: variableShown(variable), Kind: shortScope(variable.Origin.Scope)}
}

// shortScope names where a variable comes from in few cells.
func shortScope(scope string) string {
	if name, ok := strings.CutPrefix(scope, "environment "); ok {
		return "env " + name
	}
	return scope
}

// variableShown is a variable's value in a few words, as its file says it.
func variableShown(v template.Variable) string {
	const most = 60
	if v.Secret {
		return secretShown
	}
	switch value := v.Value.(type) {
	case nil:
		return "null"
	case string:
		first, _, more := strings.Cut(value[:min(len(value), 4*most)], "\n")
		if more {
			first += " …"
		}
		return first
	case []any:
		return fmt.Sprintf("a list of %d", len(value))
	case map[string]any:
		return fmt.Sprintf("an object of %d", len(value))
	default:
		return fmt.Sprint(value)
	}
}

// complete is the completion of a cell: variables and functions after {{, else what is known of such names and values.
func (e *entries) complete(column widget.Column, entry widget.Entry, cell string, cursor int) widget.Candidates {
	found := completeCode(cell, cursor, e.scope)
	if len(found.List) > 0 || e.known == nil {
		return found
	}
	from, to := 0, len(cell)
	if column == widget.ColumnValue {
		from, to = itemAt(cell, cursor)
	}
	return widget.Candidates{From: from, To: to, List: e.known(column, entry.Name)}
}

// itemAt is where the item of a list with commas begins and ends that has the cursor in it.
func itemAt(value string, cursor int) (from, to int) {
	from = strings.LastIndexByte(value[:cursor], ',') + 1
	for from < cursor && value[from] == ' ' {
		from++
	}
	to = len(value)
	if i := strings.IndexByte(value[cursor:], ','); i >= 0 {
		to = cursor + i
	}
	return from, to
}

// completeLine is the completion of a line of rows that are edited as text.
func (g *grid) completeLine(line string, cursor int) widget.Candidates {
	complete := g.options.table.Complete
	if complete == nil {
		return widget.Candidates{From: cursor, To: cursor}
	}
	row := g.options.text.readLine(line)
	column, from, to := widget.ColumnName, len(line)-len(strings.TrimLeft(line, "~#/ ")), len(line)
	if !row.bare {
		at := strings.IndexByte(line, g.options.text.separator)
		if at >= 0 && cursor > at {
			column, from = widget.ColumnValue, len(line)-len(row.Value)
		} else if at >= 0 {
			to = at
		}
	}
	if cursor < from || cursor > to || from > to {
		return widget.Candidates{From: cursor, To: cursor}
	}
	found := complete(column, row.Entry, line[from:to], cursor-from)
	found.From, found.To = found.From+from, found.To+from
	return found
}

func (b *bodySection) complete(line string, cursor int) widget.Candidates {
	return completeCode(line, cursor, b.scope)
}

// complete is the completion of a field.
func (f *formed) complete(value string, cursor int) widget.Candidates {
	return completeCode(value, cursor, f.scope)
}
