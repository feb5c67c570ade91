package diff

import (
	"slices"
	"strings"

	"parley/httpcore/content/jsonpath"
)

// Rules say what counts when two responses are compared.
type Rules struct {
	Options
	headers []string // in lower case, that do not count
}

// headerRule begins a rule that is of a header.
const headerRule = "header:"

// Leave takes a rule as people write it: "header:NAME", else a JSONPath of what
// does not count in the body. The error is a *jsonpath.SyntaxError.
func (r *Rules) Leave(rule string) error {
	if name, ok := strings.CutPrefix(rule, headerRule); ok {
		r.headers = append(r.headers, strings.ToLower(strings.TrimSpace(name)))
		return nil
	}
	query, err := jsonpath.Parse(rule)
	if err == nil {
		r.Ignore = append(r.Ignore, query)
	}
	return err
}

// Counts reports whether a header of that name counts.
func (r *Rules) Counts(header string) bool {
	return !slices.Contains(r.headers, strings.ToLower(header))
}
