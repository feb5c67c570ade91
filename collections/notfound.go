package collections

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// NotFound is a name that nothing in the collection has.
type NotFound struct {
	What string // "request or folder", "environment"
	Name string
	Near []string // what may have been meant, best first
	// IsFolder says that a folder has the name where a request was looked for.
	IsFolder bool
}

// Error says what was looked for.
func (e *NotFound) Error() string { return fmt.Sprintf("there is no %s %q", e.What, e.Name) }

// Hint names what is near.
func (e *NotFound) Hint() string {
	if e.IsFolder {
		return fmt.Sprintf("it is a folder: name one of its requests, or run all of them with `parley run %s`", e.Name)
	}
	if len(e.Near) == 0 && e.What == "environment" {
		return "`parley env list` shows what there is"
	}
	if len(e.Near) == 0 {
		return "`parley list` shows what there is"
	}
	return "did you mean " + strings.Join(e.Near, ", ") + "?"
}

func (c *Collection) notFound(name string) error {
	var known []string
	for n := range c.All() {
		if n.Kind == FolderNode && n.Path == Clean(name) {
			return &NotFound{What: "request", Name: name, IsFolder: true}
		}
		known = append(known, n.Path)
	}
	slices.Sort(known)
	known = slices.Compact(known) // a folder and a file may have the same
	return &NotFound{What: "request or folder", Name: name, Near: nearestFew(name, known)}
}

// nearestFew returns up to three known names near to name: those that end in it or contain it, and those a few letters
// away.
func nearestFew(name string, known []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	limit := 2 + len(name)/3
	lower := strings.ToLower(name)
	var list []candidate
	for _, k := range known {
		lk := strings.ToLower(k)
		d := editDistance(lower, lk, limit)
		base := lk[strings.LastIndexByte(lk, '/')+1:]
		switch d = min(d, editDistance(lower, base, limit)); {
		case d < limit:
			list = append(list, candidate{k, d})
		case len(lower) >= 3 && strings.Contains(lk, lower):
			list = append(list, candidate{k, limit})
		}
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	var near []string
	for _, c := range list[:min(3, len(list))] {
		near = append(near, c.name)
	}
	return near
}
