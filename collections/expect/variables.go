package expect

import (
	"slices"

	"parley/collections/template"
)

// variables is the name that the variables of the request are members of.
const variables = "vars"

// Variable is a variable that an expression names.
type Variable struct {
	Name string
	// At is where that stands; zero when it stands in no file.
	At template.Position
}

// mention is a variable at a character of an expression's code.
type mention struct {
	name      string
	character int
}

// variable notes one.
func (r *rewriter) variable(name string, character int) {
	if !slices.ContainsFunc(r.variables, func(v mention) bool { return v.name == name }) {
		r.variables = append(r.variables, mention{name, character})
	}
}

// Variables are those that the expressions name, each once. A Host that runs the set has to know them.
func (s *Set) Variables() []Variable {
	var list []Variable
	if s == nil {
		return nil
	}
	for _, c := range slices.Concat(s.captures, s.expectations) {
		if c.err != nil {
			continue
		}
		for _, v := range c.expression.variables {
			if !slices.ContainsFunc(list, func(known Variable) bool { return known.Name == v.name }) {
				list = append(list, Variable{v.name, c.expression.at(c.expression.offset(v.character))})
			}
		}
	}
	return list
}

// variable is the value of one, with its numbers as expressions calculate with them.
func (f *facts) variable(name string) (any, error) {
	if f.host.Variable == nil {
		return nil, &template.Error{Kind: template.KindUnavailable, Message: "variables are not to be had here"}
	}
	value, err := f.host.Variable(name)
	if err != nil {
		return nil, err
	}
	return calculable(value), nil
}

// calculable copies a value with the numbers of templates as those of expressions.
func calculable(value any) any {
	switch v := value.(type) {
	case template.Number:
		return numberFrom(string(v))
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = calculable(v[i])
		}
		return list
	case map[string]any:
		tree := make(map[string]any, len(v))
		for key, item := range v {
			tree[key] = calculable(item)
		}
		return tree
	}
	return value
}
