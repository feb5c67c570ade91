package jsonpath

import "fmt"

// word reads true, false, null or a function.
func (p *parser) word() (any, error) {
	start := p.at
	for c := p.peek(); c >= 'a' && c <= 'z' || c == '_' || isDigit(c); c = p.peek() {
		p.at++
	}
	word := p.text[start:p.at]
	if p.peek() != '(' {
		switch word {
		case "true":
			return &literal{value{kind: trueValue}}, nil
		case "false":
			return &literal{value{kind: falseValue}}, nil
		case "null":
			return &literal{value{kind: nullValue}}, nil
		}
		p.at = start
		return nil, p.fail("a query with @ or $, a literal, a function, ! or (")
	}
	for i := range functions {
		if functions[i].name == word {
			return p.call(start, &functions[i])
		}
	}
	return nil, p.failAt(start, "there is no function "+word+"; there are length, count, match, search and value")
}

// function is one of the functions of RFC 9535, section 2.4.
type function struct {
	name      string
	arguments int
	build     func(c *call) (any, error)
}

var functions = [...]function{
	{"length", 1, func(c *call) (any, error) {
		of, err := c.value(0)
		return &length{of}, err
	}},
	{"count", 1, func(c *call) (any, error) {
		q, err := c.nodes(0)
		return &count{q}, err
	}},
	{"value", 1, func(c *call) (any, error) {
		q, err := c.nodes(0)
		return &theValue{q}, err
	}},
	{"match", 2, func(c *call) (any, error) { return c.matches(true) }},
	{"search", 2, func(c *call) (any, error) { return c.matches(false) }},
}

// call is a function with its arguments, as terms, and where they begin.
type call struct {
	p     *parser
	terms []any
	at    []int
}

func (p *parser) call(start int, f *function) (term any, err error) {
	p.at++
	c := &call{p: p}
	err = p.nested(func() error { return p.arguments(c) })
	switch {
	case err != nil:
		return nil, err
	case len(c.terms) != f.arguments:
		return nil, p.failAt(start, fmt.Sprintf("%s takes %d argument%s, not %d", f.name, f.arguments, plural(f.arguments), len(c.terms)))
	}
	return f.build(c)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func (p *parser) arguments(c *call) error {
	p.blanks()
	if p.accept(")") {
		return nil
	}
	for {
		c.at = append(c.at, p.at)
		term, err := p.argument()
		if err != nil {
			return err
		}
		c.terms = append(c.terms, term)
		p.blanks()
		if p.accept(")") {
			return nil
		}
		if err := p.expect(",", "a comma or )"); err != nil {
			return err
		}
		p.blanks()
	}
}

// argument reads a term, or a condition, which no function takes.
func (p *parser) argument() (any, error) {
	start := p.at
	if c := p.peek(); c != '!' && c != '(' {
		term, err := p.term()
		if err != nil {
			return nil, err
		}
		end := p.at
		p.blanks()
		if c := p.peek(); c == ',' || c == ')' || c == 0 {
			p.at = end
			return term, nil
		}
	}
	p.at = start
	return p.condition()
}

// value is an argument that must be a value.
func (c *call) value(i int) (operand, error) {
	switch c.terms[i].(type) {
	case *subquery, operand:
		return c.p.operand(c.at[i], c.terms[i])
	}
	return nil, c.p.failAt(c.at[i], "expected a value, found a condition")
}

// nodes is an argument that must be a query.
func (c *call) nodes(i int) (*subquery, error) {
	if q, ok := c.terms[i].(*subquery); ok {
		return q, nil
	}
	return nil, c.p.failAt(c.at[i], "expected a query with @ or $")
}

func (c *call) matches(whole bool) (any, error) {
	text, err := c.value(0)
	if err != nil {
		return nil, err
	}
	expr, err := c.value(1)
	if err != nil {
		return nil, err
	}
	m := &matches{text: text, pattern: expr, whole: whole}
	if l, ok := expr.(*literal); ok && l.is.kind == stringValue {
		m.fixed = compilePattern(string(l.is.text), whole)
	}
	return m, nil
}
