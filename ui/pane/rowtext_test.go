package pane

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/ui/widget"
)

func entriesOfText(f rowText, text string) []widget.Entry {
	var rows []widget.Entry
	for _, row := range f.read(text) {
		rows = append(rows, row.Entry)
	}
	return rows
}

func TestRowsAsText(t *testing.T) {
	rows := []widget.Entry{
		{Name: "Accept", Value: "text/html: x"},
		{Name: "X-Off", Value: "1", Off: true},
		{Name: "~odd", Value: "a=b"},
		{Name: "empty"},
		{Name: "lines", Value: "one\ntwo"},
	}
	for f, want := range map[rowText]string{
		headerText:     "Accept: text/html: x\n~X-Off: 1\n\"~odd\": a=b\nempty:\nlines: \"one\\ntwo\"",
		pairText:       "Accept=text/html: x\n~X-Off=1\n\"~odd\"=a=b\nempty=\nlines=\"one\\ntwo\"",
		expressionText: "Accept = text/html: x\n~X-Off = 1\n\"~odd\" = a=b\nempty =\nlines = \"one\\ntwo\"",
	} {
		if got := f.write(rows); got != want {
			t.Errorf("%c writes\n%s\nwant\n%s", f.separator, got, want)
		}
	}
	loose := "\n# X-Debug : 1\r\n  Accept:application/json\n// c: d\n\nname alone\nin\tcolumns"
	want := []widget.Entry{
		{Name: "X-Debug", Value: "1", Off: true},
		{Name: "Accept", Value: "application/json"},
		{Name: "c", Value: "d", Off: true},
		{Name: "name alone"},
		{Name: "in", Value: "columns"},
	}
	if diff := cmp.Diff(want, entriesOfText(headerText, loose)); diff != "" {
		t.Error(diff)
	}
	if read := headerText.read(loose); read[3].line != 5 || !read[3].bare || read[4].bare {
		t.Errorf("the line without a colon is %+v", read[3])
	}
}

// What a table has comes back from its text, whatever is in it.
func TestRowsComeBackFromTheirText(t *testing.T) {
	pieces := []string{"a", "=", ":", " ", "~", "#", "//", "\"", "\\", "\n", "\t", "\r", "é", "{{x}}", "\\n", "[", "1"}
	random := rand.New(rand.NewPCG(1, 2))
	some := func() string {
		s := ""
		for range random.IntN(6) {
			s += pieces[random.IntN(len(pieces))]
		}
		return s
	}
	for range 20_000 {
		rows := []widget.Entry{{Name: some(), Value: some(), Off: random.IntN(3) == 0}, {Name: some(), Value: some()}}
		if random.IntN(4) == 0 {
			rows[0].Value = quoted(rows[0].Value)
		}
		for _, f := range []rowText{headerText, pairText, expressionText} {
			if got := entriesOfText(f, f.write(rows)); !slices.Equal(got, rows) {
				t.Fatalf("%q is written as\n%s\nand read as %q", fmt.Sprint(rows), f.write(rows), fmt.Sprint(got))
			}
		}
	}
}

func TestTextKeepsWhatItDoesNotSay(t *testing.T) {
	before := []widget.Entry{
		{Name: "a", Value: "1", Note: "first"},
		{Name: "a", Value: "2", Note: "second"},
		{Name: "b", Value: "3", Note: "third", Place: inURL},
		{Name: "gone", Note: "lost"},
	}
	rows := []widget.Entry{{Name: "b", Value: "4"}, {Name: "a", Value: "2"}, {Name: "a", Value: "5"}, {Name: "a", Value: "6"}, {Name: "new"}}
	keepBeside(rows, before)
	want := []widget.Entry{
		{Name: "b", Value: "4", Note: "third", Place: inURL},
		{Name: "a", Value: "2", Note: "second"},
		{Name: "a", Value: "5", Note: "first"},
		{Name: "a", Value: "6"},
		{Name: "new"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}
