package jsonpath

import (
	"strings"
	"testing"
)

func TestSyntaxErrors(t *testing.T) {
	for expr, want := range map[string]string{
		"":                                     "expected $, with which a query begins, found the end (at 0)",
		"a":                                    "expected $, with which a query begins, found 'a' (at 0)",
		"$.":                                   "expected a name or *, found the end (at 2)",
		"$..":                                  "expected a name, * or [, found the end (at 3)",
		"$.a b":                                "expected ., .. or [, found ' ' (at 3)",
		"$[":                                   "expected a name in quotes, an index, a slice, * or a filter with ?, found the end (at 2)",
		"$[a]":                                 "expected a name in quotes, an index, a slice, * or a filter with ?, found 'a' (at 2)",
		"$['é' x]":                             "expected a comma or ], found 'x' (at 7)",
		"$['a":                                 "the string has no closing quote (at 2)",
		`$["\x"]`:                              `expected b, f, n, r, t, u, / or \ or the quote after a backslash, found 'x' (at 4)`,
		`$["\ud800"]`:                          "half of a surrogate pair stands alone (at 3)",
		"$[01]":                                "an integer has no leading zeros (at 2)",
		"$[9007199254740992]":                  "an integer is at most 9007199254740991 (at 2)",
		"$[?]":                                 "expected a query with @ or $, a literal, a function, ! or (, found ']' (at 3)",
		"$[?@.a=1]":                            "expected a comma or ], found '=' (at 6)",
		"$[?@..a==1]":                          "a query that may select several nodes cannot be compared; value() takes the only one (at 3)",
		"$[?1]":                                "expected a comparison, since a literal is no condition by itself (at 4)",
		"$[?(@.a]":                             "expected an operator or ), found ']' (at 7)",
		"$[?foo(@)]":                           "there is no function foo; there are length, count, match, search and value (at 3)",
		"$[?count(1)>1]":                       "expected a query with @ or $ (at 9)",
		"$[?length(@.a, 1)]":                   "length takes 1 argument, not 2 (at 3)",
		"$[?match(@)]":                         "match takes 2 arguments, not 1 (at 3)",
		"$.\xff":                               "the query is not UTF-8 (at 2)",
		"$[?" + strings.Repeat("(", 1e6):       "the query is nested more than 100 deep (at 103)",
		"$" + strings.Repeat("[?$", 1e6):       "the query is nested more than 100 deep (at 153)",
		"$[?" + strings.Repeat("length(", 1e6): "the query is nested more than 100 deep (at 703)",
	} {
		if _, err := Parse(expr); err == nil || err.Error() != want {
			t.Errorf("%.30s\n got %v\nwant %s", expr, err, want)
		}
	}
}

func TestPatterns(t *testing.T) {
	for _, tc := range []struct {
		expr, text string
		match      bool
	}{
		{"a.c", "a\u2028c", true},
		{"a.c", "a\rc", false},
		{"a|b", "b", true},
		{"(a|bc){2,3}x?", "abca", true},
		{"[^a-c\\-]+", "de", true},
		{"[^a-c\\-]+", "d-", false},
		{"[-a]", "-", true},
		{"[a-]", "-", true},
		{"[a&&b]", "&", true},
		{"\\p{Lu}\\P{L}", "A1", true},
		{"[\\p{Nd}x]*", "1x٣", true},
		{"^a$", "a", true},
		{"", "", true},
		{"\\d", "1", false}, // of other dialects, and none here
		{"(?i)a", "A", false},
		{"a*?", "a", false},
		{"[[:alpha:]]", "a", false},
		{"a{x}", "a", false},
		{"(a", "a", false},
		{"a)", "a", false},
		{"[]", "a", false},
		{"[b-a]", "a", false},
		{"\\", "\\", false},
		{strings.Repeat("(", 1e6), "a", false},
	} {
		if got := compilePattern(tc.expr, true).matches([]byte(tc.text)); got != tc.match {
			t.Errorf("%.20q of %q: %v", tc.expr, tc.text, got)
		}
	}
}

func TestNumbersAreComparedExactly(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"1", "1.0", 0},
		{"-0", "0e5", 0},
		{"100", "1e2", 0},
		{"0.01", "1e-2", 0},
		{"9007199254740993", "9007199254740992", 1},
		{"123456789012345678901", "123456789012345678902", -1},
		{"-2", "-1.5", -1},
		{"-1e400", "1e400", -1},
		{"1e400", "1e401", -1},
		{"1e99999999999999999999", "1e5", 1},
		{"1e-99999999999999999999", "0", 1},
	} {
		if got := compareNumbers([]byte(tc.a), []byte(tc.b)); got != tc.want {
			t.Errorf("%s, %s: %d", tc.a, tc.b, got)
		}
	}
}
