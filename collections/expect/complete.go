package expect

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/builtin"
)

// Completion are ways to go on with an expression. Each takes the place of the bytes from From to To.
type Completion struct {
	From, To   int
	Candidates []Candidate
}

// Candidate is one way to go on.
type Candidate struct {
	Text   string // what is shown, and compared with what is typed
	Insert string // what is put in; Text when it is empty
	Detail string // what it stands for, in a few words
}

// maxMembers bounds how many members of an object are listed.
const maxMembers = 1000

// Complete returns what may stand at the cursor, a byte of the expression: values, functions and the members of what is
// named before a dot, those of JSON as the response has them; inside the brackets of headers and cookie, their names.
// variables are those of the request.
func (s Seen) Complete(expression string, cursor int, variables []string) Completion {
	if quote, inside := openQuote(expression[:cursor]); inside {
		return s.quoted(expression, quote, cursor)
	}
	path := pathBefore(expression[:cursor])
	c := Completion{From: cursor - len(path), To: cursor + wordLength(expression[cursor:])}
	dot := strings.LastIndexByte(path, '.')
	switch {
	case path != "" && !startsName(path[0]), strings.HasSuffix(expression[:cursor], "]"):
		// It is a number, a member of what nobody knows, or whole.
	case dot < 0:
		c.Candidates = beginnings(path)
	case strings.HasSuffix(path[:dot], "?"):
		c.Candidates = perhaps(path[:dot-1], s.members(path[:dot-1], variables))
	default:
		c.Candidates = s.members(path[:dot], variables)
	}
	return c
}

// beginnings are what an expression can begin with. Those of Expr are many, and listed once a letter is there.
func beginnings(typed string) []Candidate {
	var list []Candidate
	for _, v := range values {
		list = append(list, Candidate{Text: v.name, Detail: v.means})
	}
	list = append(list, Candidate{Text: variables, Insert: variables + ".", Detail: "variables, as the request was sent with them"})
	for _, name := range functionNames() {
		list = append(list, Candidate{Text: name + "(…)", Insert: name + "(", Detail: functions[name].usage})
	}
	if typed == "" {
		return list
	}
	for _, name := range builtin.Names {
		list = append(list, Candidate{Text: name + "(…)", Insert: name + "(", Detail: "Expr"})
	}
	return list
}

// members are those of what a path names.
func (s Seen) members(path string, known []string) []Candidate {
	if fixed, ok := members[path]; ok {
		return membersOf(path, fixed)
	}
	switch path {
	case variables:
		return membersOf(path, known)
	case "headers":
		return membersOf(path, s.headers)
	}
	switch value := s.at(path).(type) {
	case map[string]any:
		var list []Candidate
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if len(list) == maxMembers {
				break
			}
			list = append(list, Candidate{Text: path + member(name), Detail: kindOf(value[name])})
		}
		return list
	case []any:
		if len(value) > 0 {
			return []Candidate{{Text: path + "[0]", Detail: "the first of " + strconv.Itoa(len(value))}, {Text: path + "[-1]", Detail: "the last"}}
		}
	}
	return nil
}

// perhaps asks for members of what may be nil.
func perhaps(path string, members []Candidate) []Candidate {
	var list []Candidate
	for _, c := range members {
		if rest := c.Text[len(path):]; rest[0] == '.' {
			c.Text = path + "?" + rest
			list = append(list, c)
		}
	}
	return list
}

func membersOf(path string, names []string) []Candidate {
	list := make([]Candidate, len(names))
	for i, name := range names {
		list[i] = Candidate{Text: path + member(name)}
	}
	return list
}

// kindOf tells what a value of JSON is. Values are not told: there may be secrets among them.
func kindOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case string:
		return "text"
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case map[string]any:
		return fmt.Sprintf("an object of %d", len(v))
	}
	return "a number"
}

// quoted completes the name of a header or a cookie in its quotes.
func (s Seen) quoted(expression string, quote, cursor int) Completion {
	c := Completion{From: quote + 1, To: cursor}
	before := strings.TrimRight(expression[:quote], " ")
	var names []string
	end := ")"
	switch {
	case strings.HasSuffix(before, "headers["):
		names, end = s.headers, "]"
	case strings.HasSuffix(before, "headers("):
		names = s.headers
	case strings.HasSuffix(before, "cookie("):
		names = s.cookies
	}
	end = expression[quote:quote+1] + end
	if closing := strings.IndexByte(expression[cursor:], expression[quote]); closing >= 0 {
		c.To, end = cursor+closing, ""
	}
	for _, name := range names {
		c.Candidates = append(c.Candidates, Candidate{Text: name, Insert: name + end})
	}
	return c
}
