package template

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
)

// rewriter makes an expression read variables and call functions through its evaluation, and collects every unknown
// name. Expr visits children before their parents, so a first walk notes which identifiers are called.
type rewriter struct {
	*evaluation
	errors Errors
	// called are the nodes that stand before brackets, members those whose member is read.
	called, members map[ast.Node]bool
	// declared are the names that `let` gives.
	declared map[string]bool
}

func newRewriter(e *evaluation) *rewriter {
	return &rewriter{evaluation: e, called: map[ast.Node]bool{}, members: map[ast.Node]bool{}, declared: map[string]bool{}}
}

type visitor func(*ast.Node)

func (v visitor) Visit(node *ast.Node) { v(node) }

// callees is the first walk.
func (r *rewriter) callees() ast.Visitor {
	return visitor(func(node *ast.Node) {
		switch n := (*node).(type) {
		case *ast.CallNode:
			r.called[n.Callee] = true
		case *ast.MemberNode:
			r.members[n.Node] = true
		case *ast.VariableDeclaratorNode:
			r.declared[n.Name] = true
		}
	})
}

// Visit is the second walk.
func (r *rewriter) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		r.identifier(node, n)
	case *ast.MemberNode:
		r.member(node, n)
	case *ast.CallNode:
		r.function(node, n)
	case *ast.BinaryNode:
		r.anyOf(node, n)
	case *ast.PredicateNode:
		n.Node = invoke(n.Node, stepName, n.Node)
	case *ast.VariableDeclaratorNode:
		n.Value = invoke(n.Value, stepName, n.Value)
	}
}

func (r *rewriter) identifier(node *ast.Node, n *ast.IdentifierNode) {
	switch {
	case r.called[n], r.declared[n.Value], r.members[n] && isNamespace(n.Value):
	case r.Known(n.Value):
		*node = invoke(n, variableName, &ast.StringNode{Value: n.Value})
	case isFunction(n.Value):
		r.uncalled(n, n.Value)
	default:
		r.errors = append(r.errors, r.unknown("variable", n.Value, r.at(n.Location().From), r.names()))
	}
}

// member reads `fake.email` and `$env["a name with - in it"]`.
func (r *rewriter) member(node *ast.Node, n *ast.MemberNode) {
	space, ok := n.Node.(*ast.IdentifierNode)
	if !ok || !isNamespace(space.Value) {
		return
	}
	name, ok := n.Property.(*ast.StringNode)
	switch {
	case !ok:
		r.errors = append(r.errors, r.error(KindSyntax, space.Location().From, space.Value+" takes a name in quotes", ""))
	case space.Value == fakePrefix:
		if !r.called[n] {
			r.uncalled(space, fakePrefix+"."+name.Value)
		}
	case r.Known(name.Value):
		*node = invoke(n, variableName, &ast.StringNode{Value: name.Value})
	default:
		r.errors = append(r.errors, r.unknown("variable", name.Value, r.at(space.Location().From), r.scope.Names()))
	}
}

func (r *rewriter) function(node *ast.Node, n *ast.CallNode) {
	var name string
	place := n.Callee.Location().From
	switch callee := n.Callee.(type) {
	case *ast.IdentifierNode:
		name = callee.Value
		if name == callName || name == variableName || name == stepName || r.declared[name] {
			return
		}
	case *ast.MemberNode:
		space, ok := callee.Node.(*ast.IdentifierNode)
		property, isName := callee.Property.(*ast.StringNode)
		if !ok || space.Value != fakePrefix || !isName {
			return
		}
		name, place = fakePrefix+"."+property.Value, space.Location().From
	default:
		return
	}
	if _, ok := lookupFunction(name); !ok {
		r.errors = append(r.errors, r.unknown("function", name, r.at(place), functionNames()))
		return
	}
	*node = invoke(n, callName, append([]ast.Node{&ast.StringNode{Value: name}}, n.Arguments...)...)
}

func (r *rewriter) uncalled(n ast.Node, name string) {
	usage := name + "()"
	if f, ok := lookupFunction(name); ok {
		usage = f.usage
	}
	r.errors = append(r.errors, r.error(KindValue, n.Location().From, fmt.Sprintf("`%s` is a function and was not called", name), "write "+usage))
}

// names returns all that an identifier could have meant.
func (r *rewriter) names() []string { return slices.Concat(r.scope.Names(), functionNames()) }

// invoke returns a call at the place of another node.
func invoke(place ast.Node, name string, args ...ast.Node) ast.Node {
	call := &ast.CallNode{Callee: &ast.IdentifierNode{Value: name}, Arguments: args}
	call.SetLocation(place.Location())
	return call
}

// isNamespace reports whether a name only has meaning with a member behind it. $env is Expr's own name for all variables.
func isNamespace(name string) bool { return name == fakePrefix || name == "$env" }

func isFunction(name string) bool {
	if _, ok := lookupFunction(name); ok {
		return true
	}
	return name == fakePrefix || slices.Contains(builtin.Names, name)
}
