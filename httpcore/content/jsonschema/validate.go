package jsonschema

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
)

// Violation is a rule that a value breaks.
type Violation struct {
	// Path is where in the value: "$.items[3].name".
	Path string
	// Rule is the file and the place of the keyword: "user.json#/properties/name/type".
	Rule string
	// Message says what is wrong, the value with it.
	Message string
}

const (
	// maxViolations bounds what is told.
	maxViolations = 10
	// maxDepth bounds schemas and values within each other while checking.
	maxDepth = 8_000
	// checkEvery is how many steps are taken between looks at the context.
	checkEvery = 256
)

// Validate checks a value as encoding/json reads it with UseNumber. The violations are those of the value, at most ten; the
// error is that of ctx, or says that checking has no end.
func (s *Schema) Validate(ctx context.Context, value any) ([]Violation, error) {
	r := &run{ctx: ctx}
	o := r.check(s.root, value, nil)
	if r.err != nil {
		return nil, r.err
	}
	return o.list, nil
}

// ValidateText reads a text of JSON and checks it.
func (s *Schema) ValidateText(ctx context.Context, text []byte) ([]Violation, error) {
	value, err := parse(text)
	if err != nil {
		return nil, err
	}
	return s.Validate(ctx, value)
}

// run is one validation.
type run struct {
	ctx    context.Context
	steps  int
	depth  int
	scopes []*resource // that are being checked, the outermost first
	err    error
}

// step is the way to a value; nil is the whole.
type step struct {
	from  *step
	name  string
	index int // -1: name counts
}

func (s *step) member(name string) *step { return &step{s, name, -1} }
func (s *step) item(i int) *step         { return &step{s, "", i} }

func (s *step) depth() int {
	n := 0
	for ; s != nil; s = s.from {
		n++
	}
	return n
}

// String writes the way as a JSONPath.
func (s *step) String() string {
	parts := []string{}
	for ; s != nil; s = s.from {
		switch {
		case s.index >= 0:
			parts = append(parts, "["+strconv.Itoa(s.index)+"]")
		case isPlain(s.name):
			parts = append(parts, "."+s.name)
		default:
			quoted, _ := json.Marshal(s.name)
			parts = append(parts, "["+string(quoted)+"]")
		}
	}
	var out strings.Builder
	out.WriteByte('$')
	for i := len(parts) - 1; i >= 0; i-- {
		out.WriteString(parts[i])
	}
	return out.String()
}

func isPlain(name string) bool {
	for i, c := range name {
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// outcome is what came of checking a value against a node.
type outcome struct {
	failed bool
	list   []Violation
	depth  int // of the deepest violation, to tell which alternative was meant

	// What was looked at, for unevaluatedProperties and unevaluatedItems.
	members    map[string]bool
	allMembers bool
	items      map[int]bool
	first      int // items from the front
	allItems   bool
}

// fail notes that a keyword is not met.
func (o *outcome) fail(n *node, at *step, word, message string) {
	o.failed = true
	o.depth = max(o.depth, at.depth())
	if len(o.list) < maxViolations {
		o.list = append(o.list, Violation{Path: at.String(), Rule: n.at + "/" + word, Message: message})
	}
}

// take lets the outcome of a part be one of the whole.
func (o *outcome) take(part outcome) {
	o.failed = o.failed || part.failed
	o.depth = max(o.depth, part.depth)
	for _, v := range part.list {
		if len(o.list) < maxViolations {
			o.list = append(o.list, v)
		}
	}
}

// note takes over what a part that holds has looked at of the same value.
func (o *outcome) note(part outcome) {
	if part.failed {
		return
	}
	for name := range part.members {
		put(&o.members, name, true)
	}
	for i := range part.items {
		o.saw(i)
	}
	o.allMembers, o.allItems = o.allMembers || part.allMembers, o.allItems || part.allItems
	o.first = max(o.first, part.first)
}

func (o *outcome) saw(i int) {
	if o.items == nil {
		o.items = map[int]bool{}
	}
	o.items[i] = true
}

// check looks at a value. After an error it does nothing more.
func (r *run) check(n *node, value any, at *step) outcome {
	var o outcome
	if r.steps++; r.steps%checkEvery == 0 && r.err == nil {
		r.err = r.ctx.Err()
	}
	if r.depth >= maxDepth && r.err == nil {
		r.err = errDeep
	}
	if r.err != nil {
		return o
	}
	if n.always != nil {
		if !*n.always {
			o.fail(n, at, "", "nothing may be here, and there is "+show(value))
			o.list[len(o.list)-1].Rule = n.at
		}
		return o
	}
	r.depth++
	r.scopes = append(r.scopes, n.home)
	r.references(&o, n, value, at)
	r.logic(&o, n, value, at)
	scalars(&o, n, value, at)
	switch v := value.(type) {
	case []any:
		r.array(&o, n, v, at)
	case map[string]any:
		r.object(&o, n, v, at)
	}
	r.scopes = r.scopes[:len(r.scopes)-1]
	r.depth--
	return o
}

// references follows $ref and $dynamicRef.
func (r *run) references(o *outcome, n *node, value any, at *step) {
	if n.ref != nil {
		part := r.check(n.ref, value, at)
		o.take(part)
		o.note(part)
	}
	if n.dynamic == nil {
		return
	}
	target := n.dynamic
	wanted, _ := n.words["$dynamicRef"].(string)
	_, wanted, _ = strings.Cut(wanted, "#")
	if name, ok := target.words["$dynamicAnchor"].(string); ok && name == wanted {
		for _, outer := range r.scopes {
			if other := outer.dynamic[name]; other != nil {
				target = other
				break
			}
		}
	}
	part := r.check(target, value, at)
	o.take(part)
	o.note(part)
}
