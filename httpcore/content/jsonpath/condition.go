package jsonpath

// memo is what a subquery has selected.
type memo struct {
	out   collector
	known bool // and stays so to the end of the text
	// loaded is the value of an absolute query, with a buffer of its own.
	loaded value
}

// collect applies a subquery to the node at at, or to the root, until limit
// nodes are known. It moves the cursor.
func (r *run) collect(q *subquery, at int64, limit int) (*collector, error) {
	m := &r.memos[q.memo]
	if m.known {
		return &m.out, nil
	}
	if q.absolute {
		at = r.root
	}
	m.out = collector{limit: limit}
	depth := len(r.path)
	r.seek(at)
	err := r.eval(q.segments, &m.out)
	r.path = r.path[:min(depth, len(r.path))]
	if err == errEnough {
		err = nil
	}
	m.known = q.absolute && err == nil
	return &m.out, unlessEOF(err)
}

func (c *anyOf) holds(r *run, at int64) (bool, error) {
	for _, one := range c.of {
		if ok, err := one.holds(r, at); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

func (c *allOf) holds(r *run, at int64) (bool, error) {
	for _, one := range c.of {
		if ok, err := one.holds(r, at); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

func (c *not) holds(r *run, at int64) (bool, error) {
	ok, err := c.condition.holds(r, at)
	return !ok, err
}

func (c *exists) holds(r *run, at int64) (bool, error) {
	out, err := r.collect(c.query, at, 1)
	return out.n > 0, err
}

func (c *comparison) holds(r *run, at int64) (bool, error) {
	a, err := c.left.value(r, at, 0)
	if err != nil {
		return false, err
	}
	b, err := c.right.value(r, at, 1)
	if err != nil {
		return false, err
	}
	switch c.op {
	case equal, notEqual:
		same, err := r.equal(a, b)
		return same == (c.op == equal), err
	case less:
		return a.less(b), nil
	case greater:
		return b.less(a), nil
	case lessOrEqual:
		if a.less(b) {
			return true, nil
		}
	case greaterOrEqual:
		if b.less(a) {
			return true, nil
		}
	}
	return r.equal(a, b)
}

const (
	// maxPattern is how long a regular expression in a body may be.
	maxPattern = 4 << 10
	// maxPatterns is how many of them are kept compiled.
	maxPatterns = 64
)

func (c *matches) holds(r *run, at int64) (bool, error) {
	text, err := c.text.value(r, at, 0)
	if err != nil || text.kind != stringValue {
		return false, err
	}
	p := c.fixed
	if p == nil {
		expr, err := c.pattern.value(r, at, 1)
		if err != nil || expr.kind != stringValue {
			return false, err
		}
		if len(expr.text) > maxPattern {
			return false, &TooLargeError{expr.start, "a regular expression", maxPattern}
		}
		p = r.compile(string(expr.text), c.whole)
	}
	return p.matches(text.text), nil
}

// compile is compilePattern with a memory.
func (r *run) compile(expr string, whole bool) *pattern {
	key := expr + "s"
	if whole {
		key = expr + "m"
	}
	p, ok := r.patterns[key]
	if !ok {
		if r.patterns == nil || len(r.patterns) == maxPatterns {
			r.patterns = map[string]*pattern{}
		}
		p = compilePattern(expr, whole)
		r.patterns[key] = p
	}
	return p
}
