package action

import (
	"slices"
	"strings"
)

// Hint is a key that can follow on those of a chord, and what it does.
type Hint struct {
	Key, Title string
	Group      Group
	// ID is the action; empty when more keys must follow.
	ID ID
}

// Follow returns what can follow in a context on the keys of a chord that were typed, by group. Keys after which more must
// follow are one hint each.
func (k Keymap) Follow(typed string, in Context) []Hint {
	var hints []Hint
	for _, s := range k.starts[typed] {
		a, ok := k.Action(s.bound.id)
		if !ok || !in.Has(s.bound.scope) {
			continue
		}
		key, more, longer := strings.Cut(s.chord[len(typed)+1:], " ")
		hint := Hint{Key: key, Title: strings.TrimSuffix(a.Title, "…"), Group: a.Group, ID: a.ID}
		if longer && more != "" {
			hint.ID, hint.Title = "", string(a.Group)+"…"
			if i := slices.IndexFunc(hints, func(h Hint) bool { return h.Key == key && h.ID == "" }); i >= 0 {
				if hints[i].Group != a.Group {
					hints[i].Title = "more…"
				}
				continue
			}
		}
		hints = append(hints, hint)
	}
	groups := Groups()
	slices.SortStableFunc(hints, func(a, b Hint) int { return slices.Index(groups, a.Group) - slices.Index(groups, b.Group) })
	return hints
}
