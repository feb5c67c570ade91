package jsonschema

import (
	"fmt"
	"maps"
	"slices"
)

func (r *run) object(o *outcome, n *node, object map[string]any, at *step) {
	if least, ok := n.number("minProperties"); ok && len(object) < least {
		o.fail(n, at, "minProperties", fmt.Sprintf("it has %d members, and needs %d", len(object), least))
	}
	if most, ok := n.number("maxProperties"); ok && len(object) > most {
		o.fail(n, at, "maxProperties", fmt.Sprintf("it has %d members, and may have %d", len(object), most))
	}
	required(o, n, n.words["required"], object, at, "required")
	r.dependencies(o, n, object, at)
	names := slices.Sorted(maps.Keys(object)) // so that what is told is the same each time
	if rule := n.one["propertyNames"]; rule != nil {
		for _, name := range names {
			o.take(r.check(rule, name, at.member(name)))
		}
	}
	for _, name := range names {
		if r.err != nil {
			return
		}
		r.member(o, n, name, object[name], at.member(name))
	}
	rest := n.one["unevaluatedProperties"]
	if rest == nil || o.allMembers {
		return
	}
	for _, name := range names {
		if !o.members[name] {
			o.take(r.check(rest, object[name], at.member(name)))
		}
	}
	o.allMembers = true
}

// member checks one member by its name.
func (r *run) member(o *outcome, n *node, name string, value any, at *step) {
	known := false
	if rule := n.under["properties"][name]; rule != nil {
		known = true
		o.take(r.check(rule, value, at))
	}
	for text, rule := range n.under["patternProperties"] {
		if n.patterns[text].MatchString(name) {
			known = true
			o.take(r.check(rule, value, at))
		}
	}
	if rule := n.one["additionalProperties"]; rule != nil && !known {
		known = true
		o.take(r.check(rule, value, at))
	}
	if known {
		put(&o.members, name, true)
	}
}

// required wants members that a list names.
func required(o *outcome, n *node, list any, object map[string]any, at *step, word string) {
	names, _ := list.([]any)
	for _, one := range names {
		if name, ok := one.(string); ok {
			if _, there := object[name]; !there {
				o.fail(n, at, word, fmt.Sprintf("there is no %q", name))
			}
		}
	}
}

// dependencies checks what must hold where a member is there.
func (r *run) dependencies(o *outcome, n *node, object map[string]any, at *step) {
	for _, word := range []string{"dependentRequired", "dependencies"} {
		lists, _ := n.words[word].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(lists)) {
			if _, there := object[name]; there {
				required(o, n, lists[name], object, at, word+"/"+escape(name))
			}
		}
	}
	for _, word := range []string{"dependentSchemas", "dependencies"} {
		for _, name := range slices.Sorted(maps.Keys(n.under[word])) {
			if _, there := object[name]; there {
				part := r.check(n.under[word][name], object, at)
				o.take(part)
				o.note(part)
			}
		}
	}
}
