package template

import (
	"slices"
	"strings"
)

const (
	nearestShown = 3
	// A name longer than this is no misspelling of another, and the comparison costs the product of both lengths.
	nearestLength = 100
)

// Nearest returns the names that look most like name, the nearest first, and none that looks like something else.
func Nearest(name string, names []string) []string {
	type scored struct {
		name     string
		distance int
	}
	var found []scored
	if len(name) > nearestLength {
		return nil
	}
	wanted := fold(name)
	for _, candidate := range names {
		if len(candidate) > nearestLength {
			continue
		}
		folded := fold(candidate)
		d := distance(wanted, folded)
		allowed := max(1, min(len(wanted), len(folded))/3)
		if d <= allowed || len(wanted) > 2 && strings.Contains(folded, wanted) {
			found = append(found, scored{candidate, d})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return a.distance - b.distance })
	var nearest []string
	for _, one := range found {
		if len(nearest) < nearestShown && !slices.Contains(nearest, one.name) { // a function and a variable may share theirs
			nearest = append(nearest, one.name)
		}
	}
	return nearest
}

// fold makes names equal that differ only in case and in how their words are joined.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// distance counts the insertions, deletions, replacements and swaps of neighbours that make b out of a
// (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
