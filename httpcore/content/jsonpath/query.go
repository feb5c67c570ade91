package jsonpath

// Query is a JSONPath query. It is immutable.
type Query struct {
	text     string
	segments []segment
	memos    int // how many queries of filters there are
}

// String is the query as it was typed.
func (q *Query) String() string { return q.text }

// segment selects from the children of a node or, if it descends, from those of
// all its descendants and its own.
type segment struct {
	descends  bool
	selectors []selector
}

// selector is one of name, wildcard, index, slice and *filter.
type selector interface{ selector() }

type (
	name struct {
		text  string
		plain bool // stands in JSON as it is if nothing in the key is escaped
	}
	wildcard struct{}
	index    struct{ at int64 }
	slice    struct {
		start, end       int64
		hasStart, hasEnd bool
		step             int64
	}
	filter struct{ test condition }
)

func (*name) selector()    {}
func (wildcard) selector() {}
func (index) selector()    {}
func (slice) selector()    {}
func (*filter) selector()  {}

// condition is what a filter asks of a node: one of *anyOf, *allOf, *not,
// *exists, *comparison and *matches.
type condition interface {
	holds(r *run, at int64) (bool, error)
}

type (
	anyOf  struct{ of []condition }
	allOf  struct{ of []condition }
	not    struct{ condition }
	exists struct{ query *subquery }

	comparison struct {
		left, right operand
		op          operator
	}
	// matches is the functions match and search.
	matches struct {
		text, pattern operand
		whole         bool     // match, not search
		fixed         *pattern // if the pattern is a literal
	}
)

// operand is what is compared: one of *literal, *subquery (of at most one
// node), *length, *count and *theValue.
type operand interface {
	// value works in the given one of two buffers.
	value(r *run, at int64, side int) (value, error)
}

type (
	literal  struct{ is value }
	length   struct{ of operand }
	count    struct{ query *subquery }
	theValue struct{ query *subquery }
)

// subquery is a query within a filter.
type subquery struct {
	absolute bool // begins at the root, not at the node the filter tests
	segments []segment
	memo     int // which memo of a run is its own
}

// singular reports whether the query selects one node at most.
func (q *subquery) singular() bool {
	for _, s := range q.segments {
		if s.descends || len(s.selectors) != 1 {
			return false
		}
		switch s.selectors[0].(type) {
		case *name, index:
		default:
			return false
		}
	}
	return true
}

// operator is a comparison operator.
type operator string

const (
	equal          operator = "=="
	notEqual       operator = "!="
	less           operator = "<"
	lessOrEqual    operator = "<="
	greater        operator = ">"
	greaterOrEqual operator = ">="
)
