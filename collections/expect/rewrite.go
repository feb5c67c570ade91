package expect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"

	"parley/collections/template"
)

// Names that rewritten expressions use; no one can type them.
const (
	callName = "call a function"
	runName  = "the run"
)

// What is called through callName beside the functions of the table.
const (
	readValue  = "read a value"
	readHeader = "read a header"
	readVar    = "read a variable"
	hasHeader  = "has a header"
	compareOp  = "compare"
	matchOp    = "match"
	truthOf    = "truth"
	step       = "take a step"
)

// rewriter makes an expression read its values and call its functions through a run, and collects unknown names. Expr
// visits children before their parents, so a first walk notes what an identifier is there for.
type rewriter struct {
	*expression
	errors   template.Errors
	called   map[ast.Node]bool
	declared map[string]bool
	// variables are those that are named.
	variables []mention
}

func newRewriter(e *expression) *rewriter {
	return &rewriter{expression: e, called: map[ast.Node]bool{}, declared: map[string]bool{}}
}

type visitor func(*ast.Node)

func (v visitor) Visit(node *ast.Node) { v(node) }

// notes is the first walk.
func (r *rewriter) notes() ast.Visitor {
	return visitor(func(node *ast.Node) {
		switch n := (*node).(type) {
		case *ast.CallNode:
			r.called[n.Callee] = true
		case *ast.VariableDeclaratorNode:
			r.declared[n.Name] = true
		case *ast.MemberNode:
			r.member(node, n)
		case *ast.BinaryNode:
			if n.Operator == "in" && isName(n.Right, "headers") {
				*node = invoke(n, hasHeader, n.Left)
			}
		}
	})
}

func isName(node ast.Node, name string) bool {
	n, ok := node.(*ast.IdentifierNode)
	return ok && n.Value == name
}

// member reads a header, and checks the members of timing and tls.
func (r *rewriter) member(node *ast.Node, n *ast.MemberNode) {
	space, ok := n.Node.(*ast.IdentifierNode)
	if !ok {
		return
	}
	name, isText := n.Property.(*ast.StringNode)
	switch {
	case space.Value == "headers":
		*node = invoke(n, readHeader, n.Property)
		return
	case space.Value == variables && isText:
		r.variable(name.Value, space.Location().From)
		*node = invoke(n, readVar, n.Property)
		return
	}
	known, isSpace := members[space.Value]
	if isSpace && isText && !slices.Contains(known, name.Value) {
		r.unknown("member", space.Value+"."+name.Value, space.Location().From, prefixed(space.Value, known))
	}
}

func prefixed(space string, names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = space + "." + name
	}
	return list
}

// Visit is the second walk.
func (r *rewriter) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		r.identifier(node, n)
	case *ast.CallNode:
		r.function(node, n)
	case *ast.BinaryNode:
		r.binary(node, n)
	case *ast.UnaryNode:
		r.unary(node, n)
	case *ast.PredicateNode:
		n.Node = invoke(n.Node, step, n.Node)
	case *ast.VariableDeclaratorNode:
		n.Value = invoke(n.Value, step, n.Value)
	}
}

func (r *rewriter) identifier(node *ast.Node, n *ast.IdentifierNode) {
	_, isFunction := functions[n.Value]
	switch {
	case r.called[n], r.declared[n.Value], n.Value == callName, n.Value == runName:
	case n.Value == variables:
		r.errors = append(r.errors, r.error(template.KindValue, n.Location().From,
			"`vars` is all variables at once", `write vars.name, or vars["name"]`))
	case isValue(n.Value):
		*node = invoke(n, readValue, &ast.StringNode{Value: n.Value})
	case isFunction:
		r.errors = append(r.errors, r.error(template.KindValue, n.Location().From,
			fmt.Sprintf("`%s` is a function and was not called", n.Value), "write "+functions[n.Value].usage))
	default:
		r.unknown("name", n.Value, n.Location().From, slices.Concat(valueNames, []string{variables}, functionNames()))
	}
}

func (r *rewriter) unknown(what, name string, character int, known []string) {
	near := template.Nearest(name, known)
	hint := "there are " + strings.Join(known, ", ")
	if len(near) > 0 {
		hint = "did you mean `" + strings.Join(near, "`, `") + "`?"
	}
	e := r.error(template.KindUnknown, character, fmt.Sprintf("unknown %s `%s`", what, name), hint)
	e.Name, e.Nearest = name, near
	r.errors = append(r.errors, e)
}

func (r *rewriter) function(node *ast.Node, n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok || callee.Value == callName || r.declared[callee.Value] || slices.Contains(builtin.Names, callee.Value) {
		return
	}
	f, known := functions[callee.Value]
	switch {
	case !known:
		r.unknown("function", callee.Value, callee.Location().From, slices.Concat(functionNames(), builtin.Names))
	case len(n.Arguments) < f.least || len(n.Arguments) > f.most:
		r.errors = append(r.errors, r.error(template.KindSyntax, callee.Location().From,
			fmt.Sprintf("%s was given %d values", callee.Value, len(n.Arguments)), "write "+f.usage))
	default:
		r.constant(callee.Value, n)
		*node = invoke(n, callee.Value, n.Arguments...)
	}
}

// constant finds what is wrong with a query that is written out, before anything is sent.
func (r *rewriter) constant(name string, n *ast.CallNode) {
	text, ok := n.Arguments[0].(*ast.StringNode)
	if !ok {
		return
	}
	if err := checkArgument(name, text.Value); err != nil {
		r.errors = append(r.errors, r.error(template.KindSyntax, text.Location().From, name+": "+err.Error(), ""))
	}
}

// binary makes comparisons exact, and the operands of what is logical true or false.
func (r *rewriter) binary(node *ast.Node, n *ast.BinaryNode) {
	switch n.Operator {
	case "==", "!=", "<", "<=", ">", ">=":
		*node = invoke(n, compareOp, &ast.StringNode{Value: n.Operator}, n.Left, n.Right)
	case "matches":
		*node = invoke(n, matchOp, n.Left, n.Right)
	case "&&", "and", "||", "or":
		n.Left, n.Right = invoke(n.Left, truthOf, n.Left), invoke(n.Right, truthOf, n.Right)
	}
}

func (r *rewriter) unary(node *ast.Node, n *ast.UnaryNode) {
	switch n.Operator {
	case "!", "not":
		n.Node = invoke(n.Node, truthOf, n.Node)
	case "-":
		if c, ok := n.Node.(*ast.CallNode); ok && len(c.Arguments) == 3 {
			name, _ := c.Arguments[1].(*ast.StringNode)
			digits, isText := c.Arguments[2].(*ast.StringNode)
			if name != nil && name.Value == numberName && isText && !strings.HasPrefix(digits.Value, "-") {
				*node = invoke(n, numberName, &ast.StringNode{Value: "-" + digits.Value})
			}
		}
	}
}

// invoke returns a call of one of the run's functions at the place of another node.
func invoke(place ast.Node, name string, args ...ast.Node) ast.Node {
	all := append([]ast.Node{&ast.IdentifierNode{Value: runName}, &ast.StringNode{Value: name}}, args...)
	made := &ast.CallNode{Callee: &ast.IdentifierNode{Value: callName}, Arguments: all}
	made.SetLocation(place.Location())
	return made
}
