package template

import (
	"strings"
	"testing"
)

func TestComplete(t *testing.T) {
	scope := vars{{Name: "base_url"}, {Name: "user-id"}, {Name: "two words"}}
	// The cursor is at |.
	for source, want := range map[string]string{
		"{{b|":               "base_url}}", // then base64 and the like
		"{{b|}}":             "base_url",
		"{{b|ase}}":          "base_url",
		"x {{ba| y {{z}}":    "base_url}}",
		"{{user-|}}":         "user-id",
		"{{two w|}}":         "two words",
		"{{ 'a' + ba|}}":     "base_url",
		"{{upp|":             "upper(",
		"{{fake.em|}}":       "fake.email()",
		"{{fake.em|":         "fake.email()}}",
		"{{1 + uui|":         "uuid()",
		"{{1 + URL|}}":       "base_url",
		"no ba|":             "",
		"{{a}} ba|":          "",
		"{{secret('b|')}}":   "",
		"{{base}} and {{u|}": "user-id}}",
	} {
		before, after, _ := strings.Cut(source, "|")
		c := Complete(before+after, len(before), scope)
		got := ""
		if len(c.Candidates) > 0 {
			got = c.Candidates[0].Insert
			if line := before + after; c.Start < 0 || c.Start > len(before) || c.End < len(before) || c.End > len(line) {
				t.Errorf("%s: replaces %d to %d", source, c.Start, c.End)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func TestCompleteReplacesTheWord(t *testing.T) {
	c := Complete("{{ 1 + base_u }}", 10, vars{{Name: "base_url"}})
	if c.Start != 7 || c.End != 13 {
		t.Errorf("replaces %d to %d", c.Start, c.End)
	}
}
