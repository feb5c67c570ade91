package pane

import (
	"strings"
	"testing"

	"parley/collections"
	"parley/ui/widget"
)

func TestAPasteIsReadHoweverItWasCopied(t *testing.T) {
	headers := func(q *collections.Request) []widget.Entry { return toRows(q.Headers) }
	for _, c := range []struct{ pasted, want string }{
		{"a=1&b=2%20x", "a=1 b=2 x"},
		{"?q=%C3%BC", "q=ü"},
		{"https://h/x?a=1&b=2#c", "a=1 b=2"},
		{"Accept: text/html\r\nX-Y: z", "Accept=text/html X-Y=z"},
		{"GET / HTTP/1.1\nHost: h\nAccept: */*\n\n", "Host=h Accept=*/*"},
		{"Authorization: Bearer a.b", "Authorization=Bearer a.b"},
		{"X Y: 1\n: 2", "X Y=1 =2"},
		{"a\t1\nb c\t2", "a=1 b c=2"},
		{"a=1\nb=x=y\n", "a=1 b=x=y"},
		{`{"a": 1.0, "b": [true, "x"], "c": {"d": [1, 2]}, "e": null, "f": "é\n"}`, "a=1.0 b=true b=x c={\"d\":[1,2]} e= f=é\n"},
		{`[{"name": "a", "value": "1"}, {"key": "b", "value": 2, "disabled": true}]`, "a=1 b=2"},
		{"-H 'Accept: text/html' -H \"X-Y: z\"", "Accept=text/html X-Y=z"},
		{"curl https://h/ -H 'A: 1' -d x", "A=1"},
	} {
		if got := pairsShown(pastedRows(c.pasted, headers)); got != c.want {
			t.Errorf("%q is %q, want %q", c.pasted, got, c.want)
		}
	}
	if rows := pastedRows("~a: 1\n# b: 2", headers); len(rows) != 2 || !rows[0].Off || !rows[1].Off {
		t.Errorf("what is switched off is %+v", rows)
	}
	for _, text := range []string{
		"", "word", "two words", "https://h/x", "12:30", "abc==", "YWJj=", "SGVsbG8gV29ybGQhISEhISE=", "{{base}}/x", "{not json", "{} x", "[1, 2]", "localhost:8080",
		"one\ntwo", "{\"a\": 1}\n{\"b\": 2}", "-5", "- a list", "a=1\nno pair", strings.Repeat("a=1\n", pasteMostRows+1),
	} {
		if rows := pastedRows(text, headers); len(rows) > 0 {
			t.Errorf("%.40q is read as %s", text, pairsShown(rows))
		}
	}
}

func TestWhatIsWrongWithARowIsASentence(t *testing.T) {
	rows := func(names ...string) (list []widget.Entry) {
		for _, name := range names {
			name, value, _ := strings.Cut(name, "|")
			list = append(list, widget.Entry{Name: name, Value: value})
		}
		return list
	}
	off := rows("Accept|1", "accept|2")
	off[1].Off = true
	for _, c := range []struct {
		name  string
		found []widget.Complaint
		want  string
	}{
		{"fine", checkHeaders(rows("Accept|*/*", "X-{{name with blanks}}|1")), ""},
		{"switched off", checkHeaders(off), ""},
		{"repeated", checkHeaders(rows("Accept|1", "B|2", "accept|3")), "0 Accept is here twice: each of them is sent; 2 accept is here twice: each of them is sent"},
		{"a blank", checkHeaders(rows("X Y|1")), "0 a header's name cannot have a blank in it"},
		{"a colon", checkHeaders(rows("X:|1")), "0 a header's name has no colon: it stands between name and value"},
		{"no ASCII", checkHeaders(rows("Ä|1")), "0 a header's name cannot have Ä in it"},
		{"no name", checkHeaders(rows("|1")), "0 a header needs a name"},
		{"a line break", checkHeaders(rows("A|1\nB: 2")), "0 a header's value cannot have a line break in it"},
		{"a cookie", checkCookies(rows("a|1; b=2")), "0 a cookie's value ends at a semicolon or line break"},
		{"a variable", checkVars(rows("{{x}}|1")), "0 a variable's name stands without its braces"},
		{"a parameter", unnamed("a parameter")(rows("|1")), "0 a parameter without a name is sent as =1"},
	} {
		var got []string
		for _, found := range c.found {
			got = append(got, string(rune('0'+found.Line))+" "+found.Text)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, strings.Join(got, "; "), c.want)
		}
	}
}
