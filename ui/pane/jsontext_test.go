package pane

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestFormatJSONKeepsWhatItLaysOut(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"b":1.50e+02,"a":[1,{}, [ ]],"b":"\u00e9\/"}`, "{\n  \"b\": 1.50e+02,\n  \"a\": [\n    1,\n    {},\n    []\n  ],\n  \"b\": \"\\u00e9\\/\"\n}"},
		{`[{{n}},"{{ f("x, y") }}",{{ a | b }}]`, "[\n  {{n}},\n  \"{{ f(\"x, y\") }}\",\n  {{ a | b }}\n]"},
		{`{ {{key}}:1,"x":-{{n}}}`, "{\n  {{key}}: 1,\n  \"x\": -{{n}}\n}"},
		{`{ {{key}}:{{id}}{{id}} }`, "{\n  {{key}}: {{id}}{{id}}\n}"},
		{" 12345678901234567890 \n", "12345678901234567890\n"},
		{`{{body}}`, `{{body}}`},
	} {
		got, _, err := formatJSON(c.in, "  ", 0)
		if err != nil || got != c.want {
			t.Errorf("%s becomes\n%s\nwant\n%s (%v)", c.in, got, c.want, err)
		}
		again, _, _ := formatJSON(got, "  ", 0)
		if again != got {
			t.Errorf("%s changes when it is formatted again:\n%s", got, again)
		}
	}
}

// Against the standard library, which only knows JSON without variables.
func TestFormatJSONAsTheLibrary(t *testing.T) {
	for _, s := range []string{
		`{}`, `[[],[[]],{"a":{}}]`, `{"a":[1,2,{"b":null}],"c":"d, [e]"}`, `"x"`, `[true,false,null,-0.0]`,
		`{"a":"\"","b":"\\"}`, "[\t1\r\n,2 ]",
	} {
		var want bytes.Buffer
		if err := json.Indent(&want, []byte(s), "", "  "); err != nil {
			t.Fatal(err)
		}
		if got, _, err := formatJSON(s, "  ", 0); err != nil || got != strings.TrimSpace(want.String()) {
			t.Errorf("%s becomes\n%s\nwant\n%s (%v)", s, got, want.String(), err)
		}
	}
}

func TestFormatJSONKeepsThePlace(t *testing.T) {
	const in = `{"a":[1, 23],"b":"x y"}`
	for _, near := range []string{"23", "3]", `"b"`, "x y", " y", `:"x`, "}"} {
		at := strings.Index(in, near)
		got, place, err := formatJSON(in, "  ", at)
		if err != nil || got[place] != in[at] {
			if in[at] != ' ' || err != nil {
				t.Errorf("from %q the cursor goes to %q (%v)", near, got[place:], err)
			}
		}
	}
	if got, place, _ := formatJSON(in, "  ", len(in)); place != len(got) {
		t.Errorf("from the end to %d of %d", place, len(got))
	}
}

func TestCheckJSONSaysWhere(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"{\n  \"ä\" 1\n}", "line 2, column 7: expected a colon after the key, found '1'"},
		{"[1,", "line 1, column 4: the text ends where a value should follow"},
		{`{"a": tru}`, "line 1, column 10: expected true, false or null, found '}' in the word"},
		{`{"a": "{{x}}", "b" {{y}}, 1}`, ""}, // a variable may hold the colon
		{`{"a": {{x}}, 1}`, "line 1, column 14: expected a key in quotes, found '1'"},
		{`{ {{members}} }`, ""},
		{`[{{a}}, {{ b ?? "c" }}]`, ""},
		{`["{{ f("\"") }}"]`, ""},
		{`["{{ open", ]`, "line 1, column 13: expected a value, found ']'"},
	} {
		got := ""
		if p := checkJSON(c.in); p != nil {
			got = p.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}
