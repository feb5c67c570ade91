package pane

import (
	"strings"
	"testing"

	"parley/themes"
)

func TestAWrongExpressionIsMarkedAtItsPlace(t *testing.T) {
	for _, c := range []struct{ expression, marked, text string }{
		{`status == 200`, "", ""},
		{`ok && stauts == 2`, "stauts", "did you mean `status`?"},
		{`status ==`, "", "unexpected"},
		{`jq(".a")) == 1`, "", "unexpected"},
		{"ü == ö && stauts", "", ""},
		{``, "", "the expression is empty"},
		{`"{{x}}" == {{x}}`, "", "no {{ }}"},
		{strings.Repeat("(", 5000), "", ""}, // too long to look at as it is typed
	} {
		found := complain(c.expression)
		if c.text == "" && c.expression != "ü == ö && stauts" {
			if found != nil {
				t.Errorf("%s: %+v", c.expression, found)
			}
			continue
		}
		if found == nil || !strings.Contains(found.text, c.text) || found.from > found.to || found.to > len(c.expression) {
			t.Errorf("%s: %+v", c.expression, found)
			continue
		}
		if got := c.expression[found.from:found.to]; c.marked != "" && got != c.marked {
			t.Errorf("%s: %q is marked, want %q", c.expression, got, c.marked)
		}
	}
}

func TestExpressionsAreColoured(t *testing.T) {
	line := `status == 200 and contains("it's", 'a\'b') ?? nil`
	roles := map[string]themes.Role{}
	last := 0
	for _, s := range expressionSpans(line) {
		if s.From < last || s.To > len(line) {
			t.Fatalf("the spans are %+v", expressionSpans(line))
		}
		last = s.To
		roles[line[s.From:s.To]] = s.Role
	}
	for text, want := range map[string]themes.Role{
		"200": themes.Number, "and": themes.Keyword, `"it's"`: themes.String, `'a\'b'`: themes.String, "nil": themes.Literal, "=": themes.Operator, "(": themes.Punctuation,
	} {
		if roles[text] != want {
			t.Errorf("%s has the role %v, want %v", text, roles[text], want)
		}
	}
	for _, odd := range []string{`"`, `'\`, "`", "é", "0x"} {
		for _, s := range expressionSpans(odd) {
			if s.To > len(odd) || s.From >= s.To {
				t.Errorf("%q: %+v", odd, s)
			}
		}
	}
}
