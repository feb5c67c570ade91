package jsonschema

import "fmt"

// logic checks what is said of a value by several schemas together.
func (r *run) logic(o *outcome, n *node, value any, at *step) {
	for _, one := range n.several["allOf"] {
		part := r.check(one, value, at)
		o.take(part)
		o.note(part)
	}
	r.anyOf(o, n, value, at)
	r.oneOf(o, n, value, at)
	if not := n.one["not"]; not != nil && !r.check(not, value, at).failed {
		o.fail(n, at, "not", show(value)+" is what it must not be")
	}
	if condition := n.one["if"]; condition != nil {
		part := r.check(condition, value, at)
		o.note(part)
		branch := n.one["then"]
		if part.failed {
			branch = n.one["else"]
		}
		if branch != nil {
			part = r.check(branch, value, at)
			o.take(part)
			o.note(part)
		}
	}
}

func (r *run) anyOf(o *outcome, n *node, value any, at *step) {
	list := n.several["anyOf"]
	if len(list) == 0 {
		return
	}
	holds := false
	var nearest outcome
	for i, one := range list { // all of them, for what they have looked at
		part := r.check(one, value, at)
		holds = holds || !part.failed
		if i == 0 || part.depth > nearest.depth {
			nearest = part
		}
		o.note(part)
	}
	if !holds {
		o.fail(n, at, "anyOf", fmt.Sprintf("%s fits none of %d alternatives", show(value), len(list)))
		o.closest(nearest, at, len(list))
	}
}

// closest tells what is wrong in the alternative that was most likely meant: the one that fits deepest.
func (o *outcome) closest(part outcome, at *step, alternatives int) {
	if part.depth > at.depth() || alternatives == 1 {
		o.take(part)
	}
}

func (r *run) oneOf(o *outcome, n *node, value any, at *step) {
	list := n.several["oneOf"]
	if len(list) == 0 {
		return
	}
	holds := 0
	var nearest outcome
	for i, one := range list {
		part := r.check(one, value, at)
		if !part.failed {
			holds++
		}
		if i == 0 || part.depth > nearest.depth {
			nearest = part
		}
		o.note(part)
	}
	switch {
	case holds == 0:
		o.fail(n, at, "oneOf", fmt.Sprintf("%s fits none of %d alternatives", show(value), len(list)))
		o.closest(nearest, at, len(list))
	case holds > 1:
		o.fail(n, at, "oneOf", fmt.Sprintf("%s fits %d alternatives, and must fit one", show(value), holds))
	}
}
