// Package dotenv reads .env files, as dotenv of Node and Python's python-dotenv write them.
//
// A line is NAME=VALUE, perhaps after "export"; "#" begins a comment, at the beginning or after a blank. Within double
// quotes \n, \r, \t, \", \\ and \$ are escapes; single quotes and backquotes take everything as it is; all three may hold
// line breaks. $NAME is not replaced: a value is what is written. Of one name the last line counts. Nothing here writes.
package dotenv

import (
	"fmt"
	"strings"
)

// Var is a variable, with the line that it begins on.
type Var struct {
	Name, Value string
	Line        int
}

// Error is a line that is not NAME=VALUE. It does not quote the line, which may hold a secret.
type Error struct {
	File    string
	Line    int
	Message string
}

// Error is FILE:LINE: message.
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

// Hint says how a line looks.
func (*Error) Hint() string { return `lines are NAME=VALUE, NAME="VALUE" or NAME='VALUE'` }

// Parse reads a file's text. Variables come in the order of the file, each once; a line that cannot be read is an error, and
// the lines after it are read all the same.
func Parse(file, text string) ([]Var, []*Error) {
	r := &parser{file: file, rest: strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), line: 1}
	var list []Var
	var faults []*Error
	at := map[string]int{}
	for r.rest != "" {
		before := *r
		name, value, err := r.entry()
		switch i, known := at[name]; {
		case err != nil:
			faults = append(faults, err)
			*r = before
			r.take(min(len(r.rest), r.endOfLine()+1))
		case name == "":
		case known:
			list[i] = Var{name, value, before.line}
		default:
			at[name] = len(list)
			list = append(list, Var{name, value, before.line})
		}
	}
	return list, faults
}

// parser walks through the text.
type parser struct {
	file, rest string
	line       int
}

func (r *parser) fail(line int, message string) *Error {
	return &Error{r.file, line, message}
}

// take cuts n bytes off, and counts their lines.
func (r *parser) take(n int) string {
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	r.line += strings.Count(taken, "\n")
	return taken
}

// endOfLine is where the line ends, without its line break.
func (r *parser) endOfLine() int {
	if end := strings.IndexByte(r.rest, '\n'); end >= 0 {
		return end
	}
	return len(r.rest)
}

// entry reads a line; one that says nothing has no name.
func (r *parser) entry() (name, value string, err *Error) {
	line := strings.TrimSpace(r.rest[:r.endOfLine()])
	if line == "" || line[0] == '#' {
		r.take(min(len(r.rest), r.endOfLine()+1))
		return "", "", nil
	}
	before, _, found := strings.Cut(r.rest[:r.endOfLine()], "=")
	if !found {
		return "", "", r.fail(r.line, "there is no = in it")
	}
	r.take(len(before) + 1)
	name = strings.TrimSpace(before)
	if after, ok := strings.CutPrefix(name, "export "); ok {
		name = strings.TrimSpace(after)
	}
	if name == "" || strings.ContainsAny(name, " \t\"'`#") {
		return "", "", r.fail(r.line, "there is no name before the =")
	}
	value, err = r.value()
	return name, value, err
}

func (r *parser) value() (string, *Error) {
	r.take(len(r.rest) - len(strings.TrimLeft(r.rest, " \t")))
	if r.rest != "" && strings.IndexByte("\"'`", r.rest[0]) >= 0 {
		return r.quoted()
	}
	value := r.take(r.endOfLine())
	if at := comment(value); at >= 0 {
		value = value[:at]
	}
	return strings.TrimSpace(value), nil
}

// comment is where a comment begins in what is not quoted, -1 where none does: at a # after a blank, or at the beginning.
func comment(s string) int {
	for i := range len(s) {
		if s[i] == '#' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t') {
			return i
		}
	}
	return -1
}

func (r *parser) quoted() (string, *Error) {
	began, quote := r.line, r.rest[0]
	end := 1
	for end < len(r.rest) && r.rest[end] != quote {
		if quote == '"' && r.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(r.rest) {
		return "", r.fail(began, "the quote is not closed")
	}
	value := r.take(end + 1)
	value = value[1 : len(value)-1]
	rest := strings.TrimSpace(r.take(r.endOfLine()))
	if rest != "" && rest[0] != '#' {
		return "", r.fail(r.line, "there is something behind the quote")
	}
	if quote == '"' {
		value = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\"`, `"`, `\\`, `\`, `\$`, "$").Replace(value)
	}
	return value, nil
}
