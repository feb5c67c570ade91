package template

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// Condition is an expression that is true or false, and stands without brackets. Beside the variables it knows `env`, the
// name of the environment in use, unless a variable has that name; with several, `env == "x"` is true for each of them, so
// that `env != "prod"` keeps away from prod whatever is laid over it.
type Condition struct {
	Source       string
	Locate       Locator
	Environments []string
}

// environmentName is what a condition calls the environment.
const environmentName = "env"

// text is the condition as a text that is nothing but code.
func (c Condition) text() *Text {
	code := strings.TrimSpace(c.Source)
	at := strings.Index(c.Source, code)
	part := Part{Start: at, End: at + len(code), Code: code, CodeAt: at, IsCode: true}
	return &Text{Source: c.Source, Parts: []Part{part}, locate: c.Locate}
}

// Holds evaluates a condition.
func (r *Resolver) Holds(ctx context.Context, c Condition) (bool, error) {
	within, text := r.within(c), c.text()
	found := within.code(ctx, text, text.Parts[0])
	r.secrets = within.secrets
	if found.err != nil {
		return false, found.err
	}
	switch found.value {
	case true, "true": // a variable of --var or of data is a text
		return true, nil
	case false, "false":
		return false, nil
	}
	return false, &Error{
		Kind: KindValue, Position: text.PositionAt(text.Parts[0].Start),
		Message: fmt.Sprintf("`%s` is neither true nor false", shorten(text.Parts[0].Code)), Advice: "compare it with what it should be",
	}
}

// CheckCondition returns what is wrong with a condition as far as that shows without running anything.
func CheckCondition(c Condition, scope Scope) error {
	text := c.text()
	return Check(text, text.Parts[0], withEnvironment{scope, c.Environments})
}

// within is a resolver that knows the environment too.
func (r *Resolver) within(c Condition) *Resolver {
	within := *r
	within.scope = withEnvironment{r.scope, c.Environments}
	return &within
}

// withEnvironment is a scope with the environment as the outermost variable.
type withEnvironment struct {
	Scope
	environments []string
}

// Lookup implements [Scope].
func (s withEnvironment) Lookup(name string) (Variable, bool) {
	found, ok := s.Scope.Lookup(name)
	if ok || name != environmentName {
		return found, ok
	}
	return Variable{
		Name: environmentName, Value: strings.Join(s.environments, ","), Literal: true, Origin: Origin{Scope: "the environment in use"},
	}, true
}

// Names implements [Scope].
func (s withEnvironment) Names() []string {
	return append(slices.Clone(s.Scope.Names()), environmentName)
}

// several returns the environments in use where a name stands for more than one.
func (s withEnvironment) several(name string) []string {
	if _, own := s.Scope.Lookup(name); own || name != environmentName || len(s.environments) < 2 {
		return nil
	}
	return s.environments
}

// anyOf makes a comparison of the environment with a name one with each that is in use.
func (r *rewriter) anyOf(node *ast.Node, n *ast.BinaryNode) {
	scope, ok := r.scope.(withEnvironment)
	if !ok || n.Operator != "==" && n.Operator != "!=" {
		return
	}
	names, other := scope.several(readName(n.Left)), n.Right
	if names == nil {
		names, other = scope.several(readName(n.Right)), n.Left
	}
	if names == nil {
		return
	}
	list := &ast.ArrayNode{}
	for _, name := range names {
		list.Nodes = append(list.Nodes, &ast.StringNode{Value: name})
	}
	var made ast.Node = &ast.BinaryNode{Operator: "in", Left: other, Right: list}
	if n.Operator == "!=" {
		made = &ast.UnaryNode{Operator: "not", Node: made}
	}
	made.SetLocation(n.Location())
	*node = made
}

// readName is the name of the variable that a node reads; "" when it is something else.
func readName(node ast.Node) string {
	call, ok := node.(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return ""
	}
	callee, _ := call.Callee.(*ast.IdentifierNode)
	name, _ := call.Arguments[0].(*ast.StringNode)
	if callee == nil || name == nil || callee.Value != variableName {
		return ""
	}
	return name.Value
}
