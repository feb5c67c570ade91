package expect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"parley/httpcore/content"
	"parley/httpcore/content/diff"
)

// explainer finds out why an expression is not true by evaluating its parts.
type explainer struct {
	*expression
	ctx   context.Context
	facts *facts
	lines []string
}

// maxLines bounds an explanation.
const maxLines = 40

func (e *expression) explain(ctx context.Context, f *facts) []string {
	x := &explainer{expression: e, ctx: ctx, facts: f}
	x.failing(e.original)
	if len(x.lines) > maxLines {
		x.lines = append(x.lines[:maxLines], "…")
	}
	return x.lines
}

// value evaluates a part.
func (x *explainer) value(node ast.Node) (any, bool) {
	p, err := x.build(node.String(), newRewriter(x.expression))
	if err != nil {
		return nil, false
	}
	value, err := x.runProgram(x.ctx, p, x.facts)
	return value, err == nil
}

func (x *explainer) say(format string, args ...any) {
	if line := fmt.Sprintf(format, args...); !slices.Contains(x.lines, line) {
		x.lines = append(x.lines, line)
	}
}

// failing tells about a node that is false, or fails.
func (x *explainer) failing(node ast.Node) {
	switch n := node.(type) {
	case *ast.BinaryNode:
		x.binary(n)
	case *ast.UnaryNode:
		x.part(n.Node)
	case *ast.ConditionalNode:
		x.part(n.Cond)
		if answer, ok := x.value(n.Cond); ok && answer == true {
			x.failing(n.Exp1)
		} else if ok {
			x.failing(n.Exp2)
		}
	default:
		x.part(node)
	}
}

// binary tells of && only the side that fails, of || both, and of a comparison what is on either side.
func (x *explainer) binary(n *ast.BinaryNode) {
	switch n.Operator {
	case "&&", "and":
		side := n.Right
		if left, ok := x.value(n.Left); !ok || left != true {
			side = n.Left
		}
		if _, nested := side.(*ast.BinaryNode); !nested || !isLogical(side) {
			x.say("%s is not true", x.shown(side))
		}
		x.failing(side)
	case "||", "or":
		x.failing(n.Left)
		x.failing(n.Right)
	case "==":
		if !x.compared(n) {
			x.sides(n)
		}
	default:
		x.sides(n)
	}
}

func isLogical(node ast.Node) bool {
	n, ok := node.(*ast.BinaryNode)
	return ok && slices.Contains([]string{"&&", "and", "||", "or"}, n.Operator)
}

func (x *explainer) sides(n *ast.BinaryNode) {
	x.part(n.Left)
	x.part(n.Right)
}

// part tells the value of a part, and of what it is calculated from.
func (x *explainer) part(node ast.Node) {
	if isLiteral(node) {
		return
	}
	if value, ok := x.value(node); ok {
		x.say("%s is %s", x.shown(node), Show(value))
	}
	switch n := node.(type) {
	case *ast.IdentifierNode:
		if n.Value == "ok" {
			x.say("status is %d", x.facts.response.Status)
		}
	case *ast.CallNode:
		x.reasons(n)
	case *ast.BinaryNode:
		x.sides(n)
	case *ast.UnaryNode:
		x.part(n.Node)
	case *ast.BuiltinNode:
		for _, argument := range n.Arguments {
			if _, isLoop := argument.(*ast.PredicateNode); !isLoop {
				x.part(argument)
			}
		}
	}
}

// reasons tells why a function that checks the body says no.
func (x *explainer) reasons(n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return
	}
	var args []any
	if callee.Value == "schema" {
		args = append(args, x.file())
	}
	for _, argument := range n.Arguments {
		value, ok := x.value(argument)
		if !ok {
			return
		}
		args = append(args, value)
	}
	if v := x.facts.verdicts[judgedKey(callee.Value, args)]; !v.passed {
		x.lines = append(x.lines, v.reasons...)
	}
}

// shown is a part as a person would write it.
func (x *explainer) shown(node ast.Node) string { return shorten(node.String()) }

func isLiteral(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.NilNode, *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.StringNode, *ast.ConstantNode, *ast.BytesNode:
		return true
	case *ast.UnaryNode:
		return isLiteral(n.Node)
	case *ast.ArrayNode:
		return !slices.ContainsFunc(n.Nodes, func(item ast.Node) bool { return !isLiteral(item) })
	case *ast.MapNode:
		return !slices.ContainsFunc(n.Pairs, func(item ast.Node) bool { return !isLiteral(item) })
	case *ast.PairNode:
		return isLiteral(n.Key) && isLiteral(n.Value)
	case *ast.BinaryNode:
		return n.Operator == ".." && isLiteral(n.Left) && isLiteral(n.Right)
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		return ok && callee.Value == numberName && len(n.Arguments) == 1 && isLiteral(n.Arguments[0])
	case *ast.BuiltinNode:
		return (n.Name == "duration" || n.Name == "date") && len(n.Arguments) == 1 && isLiteral(n.Arguments[0])
	}
	return false
}

// long is the length from which on a value is told by what differs.
const long = 80

// compared tells how two long texts, lists or objects differ.
func (x *explainer) compared(n *ast.BinaryNode) bool {
	left, ok := x.value(n.Left)
	right, also := x.value(n.Right)
	if !ok || !also {
		return false
	}
	a, b := laidOut(left), laidOut(right)
	if len(a) <= long && len(b) <= long || len(a) > diff.MaxSize || len(b) > diff.MaxSize {
		return false
	}
	_, text := left.(string)
	_, textToo := right.(string)
	if text != textToo {
		return false
	}
	// From what it should be to what it is; the literal says what it should be.
	from, to, names := b, a, [2]string{x.shown(n.Right), x.shown(n.Left)}
	if isLiteral(n.Left) {
		from, to, names = a, b, [2]string{x.shown(n.Left), x.shown(n.Right)}
	}
	result, err := diff.Compare(x.ctx, sourceOf(from), sourceOf(to), diff.Options{})
	if err != nil || result.Equal() {
		return false
	}
	x.say("- %s", names[0])
	x.say("+ %s", names[1])
	x.lines = append(x.lines, diffLines(result, from, to)...)
	return true
}

func laidOut(value any) string { return Text(plain(value)) }

func sourceOf(text string) content.Source {
	return content.NewSource(strings.NewReader(text), int64(len(text)))
}

// diffLines are the lines of a comparison, at most as many as an explanation has.
func diffLines(result *diff.Result, from, to string) []string {
	var lines []string
	line := func(sign string, l diff.Line, text string) {
		if l.Number == 0 {
			return
		}
		content := strings.Repeat("  ", l.Indent)
		if l.Key.End > l.Key.Start {
			content += text[l.Key.Start:l.Key.End] + ": "
		}
		lines = append(lines, sign+" "+cut(content+strings.TrimRight(text[l.Value.Start:l.Value.End], "\r\n")))
	}
	for _, row := range result.Rows(1) {
		switch {
		case len(lines) > maxLines:
			return lines
		case row.Skipped > 0:
			lines = append(lines, fmt.Sprintf("  … %d alike", row.Skipped))
		case row.Kind == diff.Same:
			line(" ", row.B, to)
		default:
			line("-", row.A, from)
			line("+", row.B, to)
		}
	}
	return lines
}
