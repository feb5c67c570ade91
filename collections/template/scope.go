package template

// Variable is a named value with the place it comes from.
type Variable struct {
	Name string
	// Value is a string, a Number, a bool, nil, or a []any or map[string]any of these.
	Value any
	// Literal values are used as they are: a `{{` in them means nothing. Whatever a server or a process said is literal.
	Literal bool
	// Secret values are masked wherever the result is shown or kept.
	Secret bool
	Origin Origin
	// Locate tells places in Value when that is a string; nil when it stands at Origin.Position character for character.
	Locate Locator
}

// text parses a string of the variable's value.
func (v Variable) text(value string, known func(string) bool) *Text {
	locate := v.Locate
	if whole, ok := v.Value.(string); locate == nil || !ok || whole != value {
		locate = v.Origin.Position.In(value)
	}
	return Parse(value, locate, known)
}

// Number is a number as it was spelled in its source, so that 1.0, 1e3 and twenty digits are sent as written.
type Number string

// Scope knows the variables that a text may use. Lookup returns the nearest variable of that name.
type Scope interface {
	Lookup(name string) (Variable, bool)
	// Names returns the names that Lookup knows, each once, nearest scope first.
	Names() []string
}
