package expect_test

import (
	"slices"
	"strings"
	"testing"

	"parley/collections/expect"
	"parley/httpcore"
)

// completed applies the first candidate that begins with what is wanted; | is the cursor.
func completed(t *testing.T, seen expect.Seen, typed, choose string) string {
	t.Helper()
	cursor := strings.IndexByte(typed, '|')
	text := typed[:cursor] + typed[cursor+1:]
	c := seen.Complete(text, cursor, []string{"user_id", "base url"})
	for _, candidate := range c.Candidates {
		if candidate.Text != choose {
			continue
		}
		insert := candidate.Insert
		if insert == "" {
			insert = candidate.Text
		}
		return text[:c.From] + insert + text[c.To:]
	}
	var texts []string
	for _, candidate := range c.Candidates {
		texts = append(texts, candidate.Text)
	}
	t.Errorf("%s is not completed with %q, only with %q", typed, choose, texts)
	return ""
}

func TestExpressionsAreCompletedFromTheResponse(t *testing.T) {
	x := usersAnswer(t)
	seen := expect.Look(x)
	for _, c := range []struct{ typed, choose, want string }{
		{"|", "status", "status"},
		{"stat|", "status", "status"},
		{"ok && elap| < 5", "elapsed", "ok && elapsed < 5"},
		{"not(js|)", "json", "not(json)"},
		{"jso|.name", "json", "json.name"},
		{"x|", "xpath(…)", "xpath("},
		{"le|", "len(…)", "len("},
		{"json.|", "json.name", "json.name"},
		{"json.na| == 1", "json.name", "json.name == 1"},
		{"json?.na|", "json?.name", "json?.name"},
		{"json.it|", "json.items", "json.items"},
		{"json.items[0].|", "json.items[0].tag", "json.items[0].tag"},
		{"json.items[-1].t|", "json.items[-1].tag", "json.items[-1].tag"},
		{"json.items.|", "json.items[0]", "json.items[0]"},
		{"json.|", `json["a b"]`, `json["a b"]`},
		{`json["a b"].|`, `json["a b"].c`, `json["a b"].c`},
		{"timing.tt|", "timing.ttfb", "timing.ttfb"},
		{"tls.ver|", "tls.version", "tls.version"},
		{"vars.us|", "vars.user_id", "vars.user_id"},
		{"vars.|", `vars["base url"]`, `vars["base url"]`},
		{"headers.E|", "headers.ETag", "headers.ETag"},
		{"headers.C|", `headers["Content-Type"]`, `headers["Content-Type"]`},
		{`headers["Con|`, "Content-Type", `headers["Content-Type"]`},
		{`headers["Con|"] == 1`, "Content-Type", `headers["Content-Type"] == 1`},
		{`headers('V|`, "Vary", `headers('Vary')`},
		{"cookie(\"|", "session", `cookie("session")`},
	} {
		if got := completed(t, seen, c.typed, c.choose); got != "" && got != c.want {
			t.Errorf("%s with %s becomes %s, want %s", c.typed, c.choose, got, c.want)
		}
	}
}

// What is completed must be something that can be meant.
func TestWhatIsCompletedCompiles(t *testing.T) {
	x := usersAnswer(t)
	seen := expect.Look(x)
	for _, typed := range []string{"", "json.", "json.items[0].", "json.items.", "timing.", "tls.", "headers.", `headers["`, `headers("`, `cookie("`} {
		for _, c := range seen.Complete(typed, len(typed), nil).Candidates {
			insert := c.Insert
			if insert == "" {
				insert = c.Text
			}
			from := seen.Complete(typed, len(typed), nil).From
			if whole := typed[:from] + insert; !strings.HasSuffix(whole, "(") && !strings.HasSuffix(whole, ".") {
				if o := outcome(x, whole+" == nil or true"); !o.Passed {
					t.Errorf("%q becomes %s: %q", typed, whole, o.Explanation)
				}
			}
		}
	}
}

func TestNothingIsCompletedWhereNothingIsKnown(t *testing.T) {
	seen := expect.Look(usersAnswer(t))
	for _, typed := range []string{`"sta|`, `json.name == "na|`, "12|", "12.|", "json.name.|", "json.nope.|", "json.items[0]|", ".na|", "all(json.items, .t|", "]|", `json["a.|`, "json.items[9].|"} {
		cursor := strings.IndexByte(typed, '|')
		if c := seen.Complete(typed[:cursor], cursor, nil); len(c.Candidates) > 0 {
			t.Errorf("%s is completed with %v", typed, c.Candidates)
		}
	}
	var none expect.Seen
	if c := none.Complete("json.", 5, nil); len(c.Candidates) > 0 {
		t.Errorf("without a response there are %v", c.Candidates)
	}
	if c := none.Complete("st", 2, nil); !slices.ContainsFunc(c.Candidates, func(c expect.Candidate) bool { return c.Text == "status" }) {
		t.Error("without a response status is not known")
	}
}

func TestWhatIsSeenTellsKindsAndNoValues(t *testing.T) {
	x := answer(t, 200, "application/json", `{"token": "s3same-pw", "n": 12345, "list": [1, 2], "of": {"a": null}, "yes": true}`,
		httpcore.Field{Name: "Set-Cookie", Value: "id=s3same-pw"})
	details := map[string]string{}
	for _, c := range expect.Look(x).Complete("json.", 5, nil).Candidates {
		details[c.Text] = c.Detail
		if strings.Contains(c.Text+c.Insert+c.Detail, "s3same-pw") {
			t.Errorf("a value is told: %+v", c)
		}
	}
	for text, want := range map[string]string{
		"json.token": "text", "json.n": "a number", "json.list": "a list of 2", "json.of": "an object of 1", "json.yes": "true or false",
	} {
		if details[text] != want {
			t.Errorf("%s is %q, want %q", text, details[text], want)
		}
	}
}

func TestALargeBodyIsNotReadToCompleteItsMembers(t *testing.T) {
	x := answer(t, 200, "application/json", `{"a": "`+strings.Repeat("x", 300<<10)+`"}`)
	seen := expect.Look(x)
	if c := seen.Complete("json.", 5, nil); len(c.Candidates) > 0 {
		t.Errorf("there are %v", c.Candidates)
	}
	if c := seen.Complete("headers.", 8, nil); len(c.Candidates) != 1 {
		t.Errorf("its headers are %v", c.Candidates)
	}
}

// Whatever is typed, and wherever the cursor is, a candidate takes the place of bytes around it.
func TestACompletionIsAroundTheCursor(t *testing.T) {
	seen := expect.Look(usersAnswer(t))
	for _, typed := range []string{
		`json?.["a b"].c[ -1 ]?.x`, `[[[]]]json[`, `headers["x\"y"]..`, "`raw\\`json.é.x", `json["`, `json["\xff"].`, `?.`, `json.items[99999999999999999999].`, "json\n.items",
	} {
		for cursor := range len(typed) + 1 {
			if c := seen.Complete(typed, cursor, nil); c.From < 0 || c.From > cursor || c.To < cursor || c.To > len(typed) {
				t.Errorf("at %d of %s it replaces %d to %d", cursor, typed, c.From, c.To)
			}
		}
	}
}
