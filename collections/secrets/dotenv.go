package secrets

import (
	"fmt"
	"strings"

	"parley/httpcore"
)

// variablePrefix begins the names of environment variables for secrets.
const variablePrefix = "PARLEY_SECRET_"

// DotenvError is a line that is not NAME=VALUE. It does not quote the line, which may hold a secret.
type DotenvError struct {
	File    string
	Line    int
	Message string
}

// Error is FILE:LINE: message.
func (e *DotenvError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

// Hint says how a line looks.
func (*DotenvError) Hint() string { return `lines are NAME=VALUE, NAME="VALUE" or NAME='VALUE'` }

// ReadDotenv reads the secrets of a .env file. A line is NAME=VALUE, perhaps after "export"; "#" begins a comment. Within
// double quotes \n, \r, \t, \", \\ and \$ are escapes; single quotes and backquotes take everything as it is; all three may
// hold line breaks. $NAME is not replaced. PARLEY_SECRET_ before a name is left out; of one name the last line counts, and
// one without a value is passed over.
func ReadDotenv(file, text string) ([]httpcore.Secret, error) {
	r := &dotenv{file: file, rest: strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), line: 1}
	var list []httpcore.Secret
	at := map[string]int{}
	for r.rest != "" {
		name, value, err := r.entry()
		if err != nil {
			return nil, err
		}
		if name == "" || value == "" {
			continue
		}
		secret := httpcore.NewSecret(name, value)
		if err := Check(secret); err != nil {
			return nil, err
		}
		if i, ok := at[name]; ok {
			list[i] = secret
			continue
		}
		at[name] = len(list)
		list = append(list, secret)
	}
	return list, nil
}

type dotenv struct {
	file, rest string
	line       int
}

func (r *dotenv) fail(line int, message string) error {
	return &DotenvError{r.file, line, message}
}

// take cuts n bytes off, and counts their lines.
func (r *dotenv) take(n int) string {
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	r.line += strings.Count(taken, "\n")
	return taken
}

// endOfLine is where the line ends, without its line break.
func (r *dotenv) endOfLine() int {
	if end := strings.IndexByte(r.rest, '\n'); end >= 0 {
		return end
	}
	return len(r.rest)
}

// entry reads a line; one that says nothing has no name.
func (r *dotenv) entry() (name, value string, err error) {
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
	name = strings.TrimPrefix(name, variablePrefix)
	if name == "" || strings.ContainsAny(name, " \t\"'`#") {
		return "", "", r.fail(r.line, "there is no name before the =")
	}
	value, err = r.value()
	return name, value, err
}

func (r *dotenv) value() (string, error) {
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

func (r *dotenv) quoted() (string, error) {
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
