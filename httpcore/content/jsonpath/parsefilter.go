package jsonpath

// condition reads a logical expression.
func (p *parser) condition() (c condition, err error) {
	err = p.nested(func() error {
		var all []condition
		for {
			one, err := p.conjunction()
			if err != nil {
				return err
			}
			all = append(all, one)
			if !p.acceptAfterBlanks("||") {
				break
			}
		}
		if c = all[0]; len(all) > 1 {
			c = &anyOf{all}
		}
		return nil
	})
	return c, err
}

func (p *parser) conjunction() (condition, error) {
	var all []condition
	for {
		one, err := p.basic()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if !p.acceptAfterBlanks("&&") {
			break
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return &allOf{all}, nil
}

// acceptAfterBlanks takes an operator and the blanks around it, or nothing.
func (p *parser) acceptAfterBlanks(token string) bool {
	before := p.at
	p.blanks()
	if !p.accept(token) {
		p.at = before
		return false
	}
	p.blanks()
	return true
}

// basic reads a parenthesis, a comparison or a test.
func (p *parser) basic() (condition, error) {
	if p.accept("!") {
		p.blanks()
		c, err := p.negated()
		return &not{c}, err
	}
	if p.peek() == '(' {
		return p.parenthesis()
	}
	start := p.at
	left, err := p.term()
	if err != nil {
		return nil, err
	}
	if op := p.operator(); op != "" {
		return p.comparison(start, left, op)
	}
	return p.test(start, left)
}

// negated reads what may stand after an exclamation mark.
func (p *parser) negated() (condition, error) {
	if p.peek() == '(' {
		return p.parenthesis()
	}
	start := p.at
	t, err := p.term()
	if err != nil {
		return nil, err
	}
	return p.test(start, t)
}

func (p *parser) parenthesis() (condition, error) {
	p.at++
	p.blanks()
	c, err := p.condition()
	if err != nil {
		return nil, err
	}
	p.blanks()
	return c, p.expect(")", "an operator or )")
}

// operator takes a comparison operator and the blanks around it, or nothing.
func (p *parser) operator() operator {
	for _, op := range []operator{equal, notEqual, lessOrEqual, greaterOrEqual, less, greater} {
		if p.acceptAfterBlanks(string(op)) {
			return op
		}
	}
	return ""
}

func (p *parser) comparison(start int, left any, op operator) (condition, error) {
	l, err := p.operand(start, left)
	if err != nil {
		return nil, err
	}
	start = p.at
	right, err := p.term()
	if err != nil {
		return nil, err
	}
	r, err := p.operand(start, right)
	return &comparison{l, r, op}, err
}

// operand makes a term what can be compared.
func (p *parser) operand(start int, term any) (operand, error) {
	switch t := term.(type) {
	case *subquery:
		if !t.singular() {
			return nil, p.failAt(start, "a query that may select several nodes cannot be compared; value() takes the only one")
		}
		return t, nil
	case operand:
		return t, nil
	}
	return nil, p.failAt(start, "match and search are true or false by themselves and cannot be compared")
}

// test makes a term what holds or does not.
func (p *parser) test(start int, term any) (condition, error) {
	switch t := term.(type) {
	case *subquery:
		return &exists{t}, nil
	case condition:
		return t, nil
	case *literal:
		return nil, p.afterOperand(start, "a literal")
	}
	return nil, p.afterOperand(start, "the value of this function")
}

func (p *parser) afterOperand(start int, what string) error {
	at := p.at
	p.blanks()
	if p.at < len(p.text) {
		return p.failAt(p.at, "expected a comparison, since "+what+" is no condition by itself")
	}
	p.at = at
	return p.failAt(start, what+" is no condition by itself; compare it")
}

// term reads a literal, a query or a function: a *literal, a *subquery, another
// operand or a condition.
func (p *parser) term() (any, error) {
	c := p.peek()
	switch {
	case c == '@' || c == '$':
		return p.subquery()
	case c == '\'' || c == '"':
		text, err := p.quoted()
		return &literal{value{kind: stringValue, text: []byte(text)}}, err
	case c == '-' || isDigit(c):
		return p.number()
	case c >= 'a' && c <= 'z':
		return p.word()
	}
	return nil, p.fail("a query with @ or $, a literal, a function, ! or (")
}

func (p *parser) subquery() (q *subquery, err error) {
	q = &subquery{absolute: p.peek() == '$', memo: p.memos}
	p.memos++
	p.at++
	err = p.nested(func() (err error) {
		q.segments, err = p.segments()
		return err
	})
	return q, err
}

func (p *parser) number() (any, error) {
	start := p.at
	p.accept("-")
	digits := p.at
	if err := p.digits(); err != nil {
		return nil, err
	}
	if p.text[digits] == '0' && p.at > digits+1 {
		return nil, p.failAt(start, "a number has no leading zeros")
	}
	if p.accept(".") {
		if err := p.digits(); err != nil {
			return nil, err
		}
	}
	if p.accept("e") || p.accept("E") {
		_ = p.accept("-") || p.accept("+")
		if err := p.digits(); err != nil {
			return nil, err
		}
	}
	return &literal{value{kind: numberValue, text: []byte(p.text[start:p.at])}}, nil
}

// digits reads one digit or more.
func (p *parser) digits() error {
	if !isDigit(p.peek()) {
		return p.fail("a digit")
	}
	for isDigit(p.peek()) {
		p.at++
	}
	return nil
}
