package pane

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/collections"
	"parley/collections/tomldoc"
	"parley/themes"
	"parley/ui/widget"
)

func TestRowsKeepWhatTheFileSays(t *testing.T) {
	list := []collections.Entry{
		{Name: "q", Value: collections.Str("a b")},
		{Name: "lang", Value: tomldoc.List(collections.Str("python"), collections.Str("go")), Note: "both"},
		{Name: "n", Value: tomldoc.Int(36)},
		{Name: "debug", Value: collections.Str("1"), Off: true},
	}
	same := func(a, b []collections.Entry) bool {
		return slices.EqualFunc(a, b, func(x, y collections.Entry) bool {
			return x.Name == y.Name && x.Off == y.Off && x.Note == y.Note && x.Value.Equal(y.Value)
		})
	}
	if got := fromRows(toRows(list), list); !same(list, got) {
		t.Errorf("rows that nobody changed become %+v", got)
	}
	rows := toRows(list)
	rows[2].Value = "rust"                                             // the list's second value
	rows = append(rows, widget.Entry{Name: "new", Value: "{{email}}"}) // an entry more
	rows = append(rows[:3], rows[4:]...)                               // without n
	want := []collections.Entry{
		list[0],
		{Name: "lang", Value: tomldoc.List(collections.Str("python"), collections.Str("rust")), Note: "both"},
		list[3],
		{Name: "new", Value: collections.Str("{{email}}")},
	}
	if got := fromRows(rows, list); !same(want, got) {
		t.Errorf("changed rows become %+v", got)
	}
}

func TestPartsKeepTheirTypes(t *testing.T) {
	parts := []collections.Part{
		{Name: collections.Str("photo"), File: collections.Str("ada.png"), Type: collections.Str("image/png")},
		{Name: collections.Str("note"), Value: collections.Str("hi")},
	}
	rows := partRows(parts)
	if rows[0].Value != "@ada.png" {
		t.Errorf("a file is shown as %q", rows[0].Value)
	}
	rows[0].Value, rows[1].Value = "@grace.png", "@note.txt"
	after := fromPartRows(rows, parts)
	if after[0].File.Text != "grace.png" || after[0].Type.Text != "image/png" || after[1].File.Text != "note.txt" || after[1].Value.IsSet() {
		t.Errorf("got %+v", after)
	}
}

func TestALineOfJSONIsColoured(t *testing.T) {
	role := func(line string, spans []widget.Span) map[string]themes.Role {
		got := map[string]themes.Role{}
		for _, s := range spans {
			got[line[s.From:s.To]] = s.Role
		}
		return got
	}
	line := `  "na\"me" : "Ada", "n": -1.5e3, "ok": true, "bad": yes, "open`
	got := role(line, jsonSpans(line))
	for text, want := range map[string]themes.Role{
		`"na\"me"`: themes.Key, `"Ada"`: themes.String, `-1.5e3`: themes.Number, `true`: themes.Literal,
		`yes`: themes.Invalid, `"open`: themes.String, `,`: themes.Punctuation,
	} {
		if got[text] != want {
			t.Errorf("%s is %v, not %v", text, got[text].Name(), want.Name())
		}
	}
}

func TestSpansOnTopCutThoseBelow(t *testing.T) {
	under := []widget.Span{{From: 0, To: 10, Role: themes.String}, {From: 12, To: 20, Role: themes.Number}}
	over := []widget.Span{{From: 4, To: 6, Role: themes.Variable}, {From: 9, To: 14, Role: themes.Unresolved}, {From: 30, To: 31, Role: themes.Variable}}
	want := []widget.Span{
		{From: 0, To: 4, Role: themes.String},
		{From: 4, To: 6, Role: themes.Variable},
		{From: 6, To: 9, Role: themes.String},
		{From: 9, To: 14, Role: themes.Unresolved},
		{From: 14, To: 20, Role: themes.Number},
		{From: 30, To: 31, Role: themes.Variable},
	}
	if diff := cmp.Diff(want, overlay(under, over)); diff != "" {
		t.Error(diff)
	}
}

func TestSizesAndTimesAreShort(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 9949: "9.9 kB", 12345: "12 kB", 999_499: "999 kB", 999_500: "1.0 MB", 1 << 30: "1.1 GB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d is %q, not %q", n, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		120 * time.Microsecond: "120 µs", 42 * time.Millisecond: "42 ms", 1200 * time.Millisecond: "1.20 s", 125 * time.Second: "2 m 5 s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%d is %q, not %q", d, got, want)
		}
	}
}
