package action

import (
	"slices"
	"strings"
)

// suggest names what the writer may have meant, or everything there is.
func suggest(name string, known []string) string {
	known = slices.Sorted(slices.Values(known))
	for _, k := range known {
		if strings.HasSuffix(k, "."+name) {
			return "did you mean " + k + "?"
		}
	}
	best, least := "", 1+len(name)/2
	for _, k := range known {
		if d := distance(name, k); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	const many = 20
	if len(known) > many {
		return "Keymap in the palette lists them all"
	}
	hint := "known:"
	for _, k := range known {
		hint += " " + k
	}
	return hint
}

// distance is how many letters to add, drop, change or swap with their neighbour (optimal string alignment).
func distance(a, b string) int {
	var older, old []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		older, old, row = old, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := old[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, old[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
