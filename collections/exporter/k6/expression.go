package k6

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// maxSafe is the largest number that JavaScript counts to.
const maxSafe = 1<<53 - 1

// errDeep refuses what nests deeper than any expectation does.
var errDeep = errors.New("it nests too deeply")

// expression writes an expression of package expect in JavaScript, about the response `r`. The error says what cannot be
// written.
func expression(source string) (string, error) {
	if strings.Count(source, "(")+strings.Count(source, "[")+strings.Count(source, "{") > 100 || len(source) > 4<<10 {
		return "", errDeep
	}
	tree, err := parser.Parse(source)
	if err != nil {
		return "", errors.New("it holds what only Parley reads")
	}
	return (&translation{}).node(tree.Node)
}

// translation counts how deep it is in predicates.
type translation struct{ depth int }

func unknown(what string) (string, error) {
	return "", fmt.Errorf("%s has no counterpart", what)
}

func (t *translation) node(node ast.Node) (string, error) {
	switch n := node.(type) {
	case *ast.NilNode:
		return "null", nil
	case *ast.BoolNode:
		return strconv.FormatBool(n.Value), nil
	case *ast.StringNode:
		return quote(n.Value), nil
	case *ast.IntegerNode:
		if n.Value > maxSafe || n.Value < -maxSafe {
			return "", fmt.Errorf("%d is beyond what JavaScript counts to", n.Value)
		}
		return strconv.Itoa(n.Value), nil
	case *ast.FloatNode:
		return strconv.FormatFloat(n.Value, 'g', -1, 64), nil
	case *ast.IdentifierNode:
		return identifier(n.Value)
	case *ast.PointerNode:
		if n.Name != "" {
			return unknown("#" + n.Name)
		}
		return t.pointer(), nil
	case *ast.UnaryNode:
		return t.unary(n)
	case *ast.BinaryNode:
		return t.binary(n)
	case *ast.ChainNode:
		return t.node(n.Node)
	case *ast.MemberNode:
		return t.member(n)
	case *ast.ConditionalNode:
		return t.joined("(%s ? %s : %s)", n.Cond, n.Exp1, n.Exp2)
	case *ast.ArrayNode:
		return t.list("[", "]", n.Nodes)
	case *ast.BuiltinNode:
		return t.function(n.Name, n.Arguments)
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok {
			return t.function(callee.Value, n.Arguments)
		}
	}
	return unknown("a part of it")
}

func (t *translation) pointer() string { return fmt.Sprintf("item%d", t.depth) }

// joined writes nodes into a format.
func (t *translation) joined(format string, nodes ...ast.Node) (string, error) {
	texts := make([]any, len(nodes))
	for i, node := range nodes {
		text, err := t.node(node)
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return fmt.Sprintf(format, texts...), nil
}

func (t *translation) list(open, end string, nodes []ast.Node) (string, error) {
	texts := make([]string, len(nodes))
	for i, node := range nodes {
		text, err := t.node(node)
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return open + strings.Join(texts, ", ") + end, nil
}

var identifiers = map[string]string{
	"status": "r.status", "ok": "(r.status < 400)", "url": "r.url", "body": "r.body", "json": "r.json()",
	"elapsed": "(r.timings.sending + r.timings.waiting)",
}

func identifier(name string) (string, error) {
	if js := identifiers[name]; js != "" {
		return js, nil
	}
	return unknown(name)
}

var timings = map[string]string{
	"total": "r.timings.duration", "ttfb": "(r.timings.sending + r.timings.waiting)", "connect": "r.timings.connecting",
	"tls": "r.timings.tls_handshaking", "send": "r.timings.sending", "wait": "r.timings.waiting", "receive": "r.timings.receiving",
}

func (t *translation) unary(n *ast.UnaryNode) (string, error) {
	switch n.Operator {
	case "not", "!":
		return t.joined("!truth(%s)", n.Node)
	case "-", "+":
		return t.joined("("+n.Operator+"%s)", n.Node)
	}
	return unknown("the operator " + n.Operator)
}

var operators = map[string]string{
	"and": "(truth(%s) && truth(%s))", "&&": "(truth(%s) && truth(%s))", "or": "(truth(%s) || truth(%s))", "||": "(truth(%s) || truth(%s))",
	"==": "same(%s, %s)", "!=": "!same(%s, %s)",
	"<": "ordered(%s, %s, (a, b) => a < b)", "<=": "ordered(%s, %s, (a, b) => a <= b)",
	">": "ordered(%s, %s, (a, b) => a > b)", ">=": "ordered(%s, %s, (a, b) => a >= b)",
	"+": "(%s + %s)", "-": "(%s - %s)", "*": "(%s * %s)", "/": "(%s / %s)", "%": "(%s %% %s)", "??": "(%s ?? %s)",
	"contains": "text(%s).includes(%s)", "startsWith": "text(%s).startsWith(%s)", "endsWith": "text(%s).endsWith(%s)",
	"in": "within(%s, %s)",
}

func (t *translation) binary(n *ast.BinaryNode) (string, error) {
	if n.Operator == "matches" {
		pattern, err := t.pattern(n.Right)
		if err != nil {
			return "", err
		}
		return t.joined(strings.ReplaceAll(pattern, "%", "%%")+".test(text(%s))", n.Left)
	}
	if format := operators[n.Operator]; format != "" {
		return t.joined(format, n.Left, n.Right)
	}
	return unknown("the operator " + n.Operator)
}

// pattern is a regular expression that both understand alike: without Go's flags, classes and anchors of its own.
func (t *translation) pattern(node ast.Node) (string, error) {
	n, ok := node.(*ast.StringNode)
	if !ok {
		return unknown("a pattern that is calculated")
	}
	for _, own := range []string{"(?", "[[:", `\A`, `\z`, `\Q`, `\p`, `\P`, `\x{`, `\C`} {
		if strings.Contains(n.Value, own) {
			return unknown("the pattern " + n.Value)
		}
	}
	return "new RegExp(" + quote(n.Value) + ")", nil
}

func (t *translation) member(n *ast.MemberNode) (string, error) {
	name, isName := n.Property.(*ast.StringNode)
	if of, ok := n.Node.(*ast.IdentifierNode); ok {
		switch {
		case of.Value == "headers" && isName:
			return "header(r, " + quote(name.Value) + ")", nil
		case of.Value == "timing" && isName && timings[name.Value] != "":
			return timings[name.Value], nil
		}
	}
	if n.Method {
		return unknown("a method")
	}
	object, err := t.node(n.Node)
	if err != nil {
		return "", err
	}
	optional := ""
	if n.Optional {
		optional = "?."
	}
	if isName {
		return object + optional + bracket(quote(name.Value)), nil
	}
	at, err := t.node(n.Property)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(at, "-") || strings.HasPrefix(at, "(-") {
		if !n.Optional {
			optional = "."
		}
		return object + optional + "at(" + at + ")", nil
	}
	return object + optional + bracket(at), nil
}

func bracket(s string) string { return "[" + s + "]" }

var predicates = map[string]string{
	"all": "%s.every((%s) => truth(%s))", "any": "%s.some((%s) => truth(%s))", "none": "!%s.some((%s) => truth(%s))",
	"filter": "%s.filter((%s) => truth(%s))", "map": "%s.map((%s) => %s)", "find": "%s.find((%s) => truth(%s))",
	"count": "%s.filter((%s) => truth(%s)).length",
}

var functions = map[string]string{
	"len": "size(%s)", "lower": "text(%s).toLowerCase()", "upper": "text(%s).toUpperCase()", "trim": "text(%s).trim()",
	"abs": "Math.abs(%s)", "string": "String(%s)",
}

func (t *translation) function(name string, arguments []ast.Node) (string, error) {
	if format := predicates[name]; format != "" && len(arguments) == 2 {
		return t.predicate(format, arguments)
	}
	if format := functions[name]; format != "" && len(arguments) == 1 {
		return t.joined(format, arguments[0])
	}
	argument := ""
	if len(arguments) > 0 {
		if n, ok := arguments[0].(*ast.StringNode); ok {
			argument = n.Value
		}
	}
	switch {
	case name == "duration" && argument != "":
		d, err := time.ParseDuration(argument)
		return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'g', -1, 64), err
	case name == "cookie" && argument != "":
		return "cookie(r, " + quote(argument) + ")", nil
	case name == "regex" && len(arguments) > 0:
		return t.regex(arguments)
	case (name == "jsonpath" || name == "jq") && argument != "":
		return selection(name, argument)
	}
	return unknown(name + "()")
}

func (t *translation) predicate(format string, arguments []ast.Node) (string, error) {
	list, err := t.node(arguments[0])
	if err != nil {
		return "", err
	}
	predicate, ok := arguments[1].(*ast.PredicateNode)
	if !ok {
		return unknown("a part of it")
	}
	t.depth++
	defer func() { t.depth-- }()
	body, err := t.node(predicate.Node)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(format, list, t.pointer(), body), nil
}

func (t *translation) regex(arguments []ast.Node) (string, error) {
	pattern, err := t.pattern(arguments[0])
	if err != nil {
		return "", err
	}
	subject := "r.body"
	if len(arguments) > 1 {
		if subject, err = t.node(arguments[1]); err != nil {
			return "", err
		}
	}
	return "regex(text(" + subject + "), " + pattern + ")", nil
}

// selection writes a path that only goes down: $.a.b[0] or .a.b[0].
func selection(language, path string) (string, error) {
	rest, js := path, "r.json()"
	if language == "jsonpath" {
		rest = strings.TrimPrefix(rest, "$")
	}
	for rest != "" && rest != "." {
		var name string
		switch {
		case rest[0] == '.':
			name, rest = cutName(rest[1:])
			if name == "" {
				return unknown(path)
			}
			js += bracket(quote(name))
		case rest[0] == '[':
			index, after, ok := strings.Cut(rest[1:], "]")
			if _, err := strconv.ParseUint(index, 10, 31); !ok || err != nil {
				return unknown(path)
			}
			js, rest = js+bracket(index), after
		default:
			return unknown(path)
		}
	}
	return js, nil
}

func cutName(s string) (name, rest string) {
	end := 0
	for end < len(s) && isIdentifier(s[:end+1]) {
		end++
	}
	return s[:end], s[end:]
}
