package pane

import (
	"slices"
	"strings"
	"testing"

	"parley/collections"
	"parley/ui/widget"
)

func pairsShown(rows []widget.Entry) string {
	var parts []string
	for _, row := range rows {
		parts = append(parts, row.Name+"="+row.Value)
	}
	return strings.Join(parts, " ")
}

func TestAQueryIsListedAsItIsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"http://h/?a=1&b=%20x+y&c#d?e=f":         "a=1 b=%20x+y c=",
		"{{base}}/x?q={{a ? b & c : d}}&{{n}}=2": "q={{a ? b & c : d}} {{n}}=2",
		"http://h/{{x ? 1 : 2}}":                 "",
		"?&&a==b&":                               "a==b",
		"h?":                                     "",
		"http://h/?a={{ unclosed & b":            "a={{ unclosed   b=",
	} {
		rows := queryIn(typed).rows()
		if got := pairsShown(rows); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s has %s, want %s", typed, got, want)
		}
		if got := queryIn(typed).with(rows); got != typed {
			t.Errorf("%s becomes %s when nothing is changed", typed, got)
		}
	}
}

func TestOnlyTheEntryThatChangesIsSpelledAnew(t *testing.T) {
	const typed = "{{base}}/x?a=%7e1&&b&c={{v & w}}#end"
	change := func(do func([]widget.Entry) []widget.Entry) string {
		q := queryIn(typed)
		return q.with(do(q.rows()))
	}
	for _, c := range []struct {
		name string
		do   func([]widget.Entry) []widget.Entry
		want string
	}{
		{"a value", func(r []widget.Entry) []widget.Entry { r[0].Value = "2&3#4"; return r }, "{{base}}/x?a=2%263%234&&b&c={{v & w}}#end"},
		{"a name", func(r []widget.Entry) []widget.Entry { r[1].Name = "b=c"; return r }, "{{base}}/x?a=%7e1&&b%3Dc&c={{v & w}}#end"},
		{"a first value", func(r []widget.Entry) []widget.Entry { r[1].Value = "1"; return r }, "{{base}}/x?a=%7e1&&b=1&c={{v & w}}#end"},
		{"one less", func(r []widget.Entry) []widget.Entry { return r[1:] }, "{{base}}/x?b&c={{v & w}}#end"},
		{"another order", func(r []widget.Entry) []widget.Entry { slices.Reverse(r); return r }, "{{base}}/x?c={{v & w}}&b&a=%7e1#end"},
		{"one more", func(r []widget.Entry) []widget.Entry { return append(r, widget.Entry{Name: "d", Value: "4 5"}) }, "{{base}}/x?a=%7e1&b&c={{v & w}}&d=4 5#end"},
		{"none", func([]widget.Entry) []widget.Entry { return nil }, "{{base}}/x#end"},
	} {
		if got := change(c.do); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := queryIn("http://h/#f").with([]widget.Entry{{Name: "a", Value: "1"}}); got != "http://h/?a=1#f" {
		t.Errorf("a first query makes %s", got)
	}
}

func TestParametersGoBetweenURLAndTable(t *testing.T) {
	there := widget.Entry{Name: "q%5B%5D", Value: "a%20b+c{{x + y}}", Place: inURL}
	here, ok := overQuery(there, "")
	if want := (widget.Entry{Name: "q[]", Value: "a b c{{x + y}}"}); !ok || here != want {
		t.Errorf("out of the URL it is %+v", here)
	}
	back, ok := overQuery(here, inURL)
	if want := (widget.Entry{Name: "q%5B%5D", Value: "a%20b%20c{{x + y}}", Place: inURL}); !ok || back != want {
		t.Errorf("in the URL it is %+v", back)
	}
	for _, row := range []widget.Entry{{Name: "a", Off: true}, {Name: "a", Note: "why"}, {Value: "1"}} {
		if _, ok := overQuery(row, inURL); ok {
			t.Errorf("%+v goes into the URL", row)
		}
	}
}

func TestPathPlacesAreWanted(t *testing.T) {
	q := &collections.Request{
		URL:        collections.Str("{{base}}/teams/:team/{user}/x?q=:no"),
		PathParams: []collections.Entry{{Name: "user", Value: collections.Str("ada")}},
	}
	if got := pairsShown(wantedPlaces(q)); got != "team=" {
		t.Errorf("wanted is %q", got)
	}
	rows := append(wantedPlaces(q), widget.Entry{Name: "user", Value: "ada"}, widget.Entry{Name: "old", Value: "1"})
	found := checkPath(rows, q)
	if len(found) != 2 || found[0].Line != 0 || found[1].Line != 2 {
		t.Errorf("complaints are %+v", found)
	}
}
