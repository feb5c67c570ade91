package jsonschema

import "fmt"

func (r *run) array(o *outcome, n *node, list []any, at *step) {
	if least, ok := n.number("minItems"); ok && len(list) < least {
		o.fail(n, at, "minItems", fmt.Sprintf("it has %d items, and needs %d", len(list), least))
	}
	if most, ok := n.number("maxItems"); ok && len(list) > most {
		o.fail(n, at, "maxItems", fmt.Sprintf("it has %d items, and may have %d", len(list), most))
	}
	if unique, _ := n.words["uniqueItems"].(bool); unique {
		r.unique(o, n, list, at)
	}
	r.items(o, n, list, at)
	r.contains(o, n, list, at)
	rest := n.one["unevaluatedItems"]
	if rest == nil || o.allItems {
		return
	}
	for i := o.first; i < len(list) && r.err == nil; i++ {
		if !o.items[i] {
			o.take(r.check(rest, list[i], at.item(i)))
		}
	}
	o.allItems = true
}

// items checks each item by its place. The items of draft-07 may be a list, which prefixItems is now.
func (r *run) items(o *outcome, n *node, list []any, at *step) {
	front, rest := n.several["prefixItems"], n.one["items"]
	if old := n.several["items"]; len(old) > 0 {
		front, rest = old, n.one["additionalItems"]
	}
	for i, item := range list {
		if r.err != nil {
			return
		}
		switch {
		case i < len(front):
			o.take(r.check(front[i], item, at.item(i)))
		case rest != nil:
			o.take(r.check(rest, item, at.item(i)))
		}
	}
	o.first = max(o.first, len(front))
	o.allItems = o.allItems || rest != nil
}

func (r *run) unique(o *outcome, n *node, list []any, at *step) {
	seen := make(map[string]int, len(list))
	for i, item := range list {
		if i%checkEvery == 0 && r.ctx.Err() != nil {
			r.err = r.ctx.Err()
			return
		}
		key := string(appendKey(nil, item))
		if first, twice := seen[key]; twice {
			o.fail(n, at, "uniqueItems", fmt.Sprintf("items %d and %d are both %s", first, i, show(item)))
			return
		}
		seen[key] = i
	}
}

func (r *run) contains(o *outcome, n *node, list []any, at *step) {
	wanted := n.one["contains"]
	if wanted == nil {
		return
	}
	found := 0
	for i, item := range list {
		if !r.check(wanted, item, at.item(i)).failed {
			found++
			o.saw(i)
		}
		if r.err != nil {
			return
		}
	}
	least, most := 1, len(list)
	if n, ok := n.number("minContains"); ok {
		least = n
	}
	if n, ok := n.number("maxContains"); ok {
		most = n
	}
	switch {
	case found < least:
		o.fail(n, at, "contains", fmt.Sprintf("%d of %d items are as wanted, and %d must be", found, len(list), least))
	case found > most:
		o.fail(n, at, "maxContains", fmt.Sprintf("%d of %d items are as wanted, and %d may be", found, len(list), most))
	}
}
