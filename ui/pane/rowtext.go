package pane

import (
	"encoding/json"
	"strings"

	"parley/ui/widget"
)

// rowText is how the rows of a table are written as text, one on a line: name, separator, value. A row that is switched off
// has a ~ before its name. What could be read as something else is written as a JSON string.
type rowText struct {
	separator byte
	// before and after are written around the separator, and are no part of name and value when they are read.
	before, after string
}

var (
	headerText     = rowText{separator: ':', after: " "}
	pairText       = rowText{separator: '='}
	expressionText = rowText{separator: '=', before: " ", after: " "}
)

// offMarks switch a line off: as the files say it, as shells do and as Postman does.
var offMarks = []string{"~", "#", "//"}

// write returns the rows as text.
func (f rowText) write(rows []widget.Entry) string {
	var b strings.Builder
	for _, row := range rows {
		if row.Off {
			b.WriteString(offMarks[0])
		}
		b.WriteString(f.name(row.Name))
		b.WriteString(f.before)
		b.WriteByte(f.separator)
		if row.Value != "" {
			b.WriteString(f.after)
			b.WriteString(lineValue(row.Value))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// name is spelled plainly unless that would be read as something else.
func (f rowText) name(name string) string {
	plain := name == strings.TrimSpace(name) && !strings.HasPrefix(name, `"`) && !strings.ContainsAny(name, "\r\n\t"+string(f.separator))
	for _, mark := range offMarks {
		plain = plain && !strings.HasPrefix(name, mark)
	}
	if plain {
		return name
	}
	return quoted(name)
}

// lineValue is spelled plainly unless it has more lines than one, or would be read as one that has.
func lineValue(value string) string {
	if manyLines(value) {
		return quoted(value)
	}
	return value
}

// manyLines reports whether a value cannot stand on a line as it is: it has several, or it is the spelling of one that
// cannot.
func manyLines(value string) bool {
	if strings.ContainsAny(value, "\r\n") {
		return true
	}
	inner, ok := unquoted(value)
	return ok && manyLines(inner)
}

func quoted(s string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(s) != nil {
		return s // a string can always be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func unquoted(s string) (string, bool) {
	var text string
	if len(s) < 2 || s[0] != '"' || json.Unmarshal([]byte(s), &text) != nil {
		return "", false
	}
	return text, true
}

// readRow is a row with the line of the text that it was read from, counted from 0.
type readRow struct {
	widget.Entry
	line int
	// bare says that the line has no separator: all of it is the name.
	bare bool
}

// read returns the rows of a text. Every text has some: what has no separator is a name alone.
func (f rowText) read(text string) []readRow {
	var rows []readRow
	n := -1
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		row := f.readLine(line)
		row.line = n
		rows = append(rows, row)
	}
	return rows
}

func (f rowText) readLine(line string) readRow {
	var row readRow
	line = strings.TrimLeft(line, " \t")
	for _, mark := range offMarks {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			row.Off, line = true, strings.TrimLeft(rest, " ")
			break
		}
	}
	name, value, ok := f.cut(line)
	row.Name, row.bare = name, !ok
	row.Value = strings.TrimPrefix(value, f.after)
	if inner, ok := unquoted(row.Value); ok && manyLines(inner) {
		row.Value = inner
	}
	return row
}

// cut parts a line at its separator, or at a tab as in what is copied from a sheet.
func (f rowText) cut(line string) (name, value string, ok bool) {
	if end := jsonStringEnd(line); end > 0 {
		rest := strings.TrimLeft(line[end:], " ")
		if inner, ok := unquoted(line[:end]); ok && (rest == "" || rest[0] == f.separator || rest[0] == '\t') {
			return inner, rest[min(1, len(rest)):], rest != ""
		}
	}
	at := strings.IndexAny(line, "\t"+string(f.separator))
	if at < 0 {
		return strings.TrimSpace(line), "", false
	}
	return strings.TrimSpace(line[:at]), line[at+1:], true
}

// jsonStringEnd returns where the string ends that a line begins with, or 0.
func jsonStringEnd(line string) int {
	if line == "" || line[0] != '"' {
		return 0
	}
	return stringEnd(line, 0)
}

// keepBeside gives rows that were read from text what the text does not say of them: note and place of the row that had
// the same name and value before, else of the next one that had the name.
func keepBeside(rows, before []widget.Entry) {
	type key struct{ name, value string }
	exact, named, taken := map[key][]int{}, map[string][]int{}, make([]bool, len(before))
	for i, row := range before {
		exact[key{row.Name, row.Value}] = append(exact[key{row.Name, row.Value}], i)
		named[row.Name] = append(named[row.Name], i)
	}
	next := func(list []int) (int, []int) {
		for len(list) > 0 && taken[list[0]] {
			list = list[1:]
		}
		if len(list) == 0 {
			return -1, nil
		}
		taken[list[0]] = true
		return list[0], list[1:]
	}
	found := make([]int, len(rows))
	for i, row := range rows {
		k := key{row.Name, row.Value}
		found[i], exact[k] = next(exact[k])
	}
	for i, row := range rows {
		if found[i] < 0 {
			found[i], named[row.Name] = next(named[row.Name])
		}
		if found[i] >= 0 {
			rows[i].Note, rows[i].Place = before[found[i]].Note, before[found[i]].Place
		}
	}
}
