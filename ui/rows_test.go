package ui

import (
	"strings"
	"testing"

	"parley/collections"
)

// request puts focus on a side of the request.
func (b *bench) request(title string) {
	b.t.Helper()
	b.Press("alt+3")
	b.root.tab().request.Show(title)
	b.root.setFocus(partURL)
	b.root.setFocus(partRequest)
}

func (b *bench) draft() *collections.Request { return b.root.tab().draft }

// pairs spells a list of the request as name=value, with a ~ before what is off.
func pairs(list []collections.Entry) string {
	var all []string
	for _, e := range list {
		name := e.Name
		if e.Off {
			name = "~" + name
		}
		for _, v := range e.Values() {
			all = append(all, name+"="+v.Text)
		}
	}
	return strings.Join(all, " ")
}

func TestTheURLAndItsParamsAreOneList(t *testing.T) {
	b := open(t, 120, 36)
	b.setURL("{{base_url}}/echo?a=%7e1&b={{x & y}}#end")
	b.request("Params")
	b.WaitText("in the URL")
	b.Press("g", "right", "enter")
	b.Type("&2")
	b.WaitText("?a=%7e1%262&b")
	b.Press("enter", "enter")
	b.WaitText("?a=%7e1%262&b={{x & y}}#end")
	b.Press("esc", "g", "space")
	b.WaitText("/echo?b={{x & y}}#end")
	if got := pairs(b.draft().Params); got != "~a=~1&2" {
		t.Errorf("switched off in the URL, the parameter is kept as %s", got)
	}
	b.Press("ctrl+z")
	b.WaitText("?a=%7e1%262&b={{x & y}}#end")
	b.Press("g", "j", "J")
	b.WaitText("/echo?a=%7e1%262#end")
	if got := pairs(b.draft().Params); got != "b={{x & y}}" {
		t.Errorf("moved below, the parameter is kept as %s", got)
	}
	b.Press("space", "K")
	b.WaitText("cannot stand in the URL")
	b.Press("space", "K")
	b.WaitText("/echo?a=%7e1%262&b={{x & y}}#end")
	b.Press("ctrl+l", "end")
	for range "#end" {
		b.Press("backspace")
	}
	b.Type("&new=3")
	b.WaitText("☑  new         3")
	b.Press("ctrl+s")
	if b.draft().URL.Text != "{{base_url}}/echo?a=%7e1%262&b={{x & y}}&new=3" || len(b.draft().Params) > 0 {
		t.Errorf("the request has %s and %s", b.draft().URL.Text, pairs(b.draft().Params))
	}
}

func TestPathPlacesComeAsTheyAreTyped(t *testing.T) {
	b := open(t, 120, 36)
	b.setURL("{{base_url}}/teams/:team/{user}")
	b.request("Path")
	b.WaitText("Path 0/2")
	b.WaitText("the URL names :team")
	b.Press("g", "enter")
	b.Type("42")
	b.Press("tab", "shift+tab", "tab")
	b.Type("ada")
	b.Press("enter", "esc")
	if got := pairs(b.draft().PathParams); got != "team=42 user=ada" {
		t.Errorf("the path has %s", got)
	}
	b.setURL("{{base_url}}/teams/:team")
	b.request("Path")
	b.WaitText("no :user and no {user}")
}

func TestRowsAreEditedAsText(t *testing.T) {
	b := open(t, 120, 36)
	b.draft().Headers = []collections.Entry{{Name: "Accept", Value: collections.Str("a"), Note: "kept"}, {Name: "X-Old", Value: collections.Str("1")}}
	b.root.edit(b.root.tab(), b.draft())
	b.request("Headers")
	b.Press("g", "b")
	b.WaitText("X-Old: 1")
	b.Press("ctrl+end", "enter")
	b.Type("bad name: 2")
	b.WaitText("cannot have a blank")
	for range "bad name: 2" {
		b.Press("backspace")
	}
	b.Type("~X-New: 3")
	if got := pairs(b.draft().Headers); got != "Accept=a X-Old=1 ~X-New=3" {
		t.Errorf("while it is typed the request has %s", got)
	}
	b.Press("ctrl+s")
	b.WaitText("saved tour/first-get.toml")
	if file := b.read("tour/first-get.toml"); !strings.Contains(file, `{ name = "X-New", value = "3", off = true }`) {
		t.Errorf("saved as\n%s", file)
	}
	b.Press("ctrl+home", "ctrl+k", "ctrl+k")
	b.Press("esc")
	b.WaitText("Name")
	if got := pairs(b.draft().Headers); got != "X-Old=1 ~X-New=3" {
		t.Errorf("the text says %s", got)
	}
	b.Press("ctrl+z")
	if got := pairs(b.draft().Headers); got != "Accept=a X-Old=1" || b.draft().Headers[0].Note != "kept" {
		t.Errorf("undone it is %s %+v", got, b.draft().Headers)
	}
	b.Press("ctrl+y", "ctrl+x", "B")
	b.WaitText("~X-New: 3")
	b.Press("ctrl+x", "B")
	b.WaitText("Note")
}

func TestWhatIsPastedBecomesRows(t *testing.T) {
	b := open(t, 120, 36)
	b.request("Headers")
	b.Paste("curl https://x.test -H 'Accept: text/html' -H 'X-One: 1'")
	b.WaitText("added 2 headers")
	b.Press("a")
	b.Paste("X-Two: 2\nX-Three: 3\n")
	b.Press("a")
	b.Paste("plain-name")
	b.Press("esc")
	if got := pairs(b.draft().Headers); got != "Accept=text/html X-One=1 X-Two=2 X-Three=3" {
		t.Errorf("the headers are %s", got)
	}
	b.Press("ctrl+z")
	if got := pairs(b.draft().Headers); got != "Accept=text/html X-One=1" {
		t.Errorf("one undo leaves %s", got)
	}
	b.request("Params")
	b.Paste("https://h/?q=a%20b&n=1")
	b.WaitText("added 2 parameters")
	if got := pairs(b.draft().Params); got != "q=a b n=1" {
		t.Errorf("the params are %s", got)
	}
	b.Press("g", "right")
	b.Paste("x=1")
	b.Press("enter")
	if got := pairs(b.draft().Params); got != "q=a bx=1 n=1" {
		t.Errorf("in a value it is text: %s", got)
	}
}

func TestTextOfRowsIsCompleted(t *testing.T) {
	b := open(t, 120, 36)
	b.request("Headers")
	b.Press("ctrl+x", "B")
	b.WaitText("One on a line")
	b.Type("~if-none")
	b.WaitText("answer 304")
	b.Press("tab")
	b.Type(": *")
	b.Press("enter")
	b.Type("accept-enc")
	b.Press("tab")
	b.Type(": gzip, br")
	b.WaitText("Brotli")
	b.Type("o")
	b.Press("backspace", "backspace", "backspace")
	b.Type("zs")
	b.WaitText("Zstandard")
	b.Press("tab", "esc")
	b.WaitText("Note")
	if got := pairs(b.draft().Headers); got != "~If-None-Match=* Accept-Encoding=gzip, zstd" {
		t.Errorf("the headers are %s", got)
	}
}

func TestRowsAreEditedByTheMouse(t *testing.T) {
	b := open(t, 120, 36)
	b.request("Params")
	b.Paste("one=1\ntwo=2\nthree=3")
	b.WaitText("three")
	x, y := b.at("two")
	b.Click(x-3, y)
	if got := pairs(b.draft().Params); got != "one=1 ~two=2 three=3" {
		t.Errorf("a click on the box leaves %s", got)
	}
	b.Click(x+14, y)
	b.Type("2")
	b.Press("enter")
	b.Drag(x, y+1, x, y-1)
	if got := pairs(b.draft().Params); got != "three=3 one=1 ~two=22" {
		t.Errorf("a click on a cell and a drag leave %s", got)
	}
	b.Press("ctrl+z")
	if got := pairs(b.draft().Params); got != "one=1 ~two=22 three=3" {
		t.Errorf("undo of the drag leaves %s", got)
	}
}

func TestFormsAreTablesToo(t *testing.T) {
	b := open(t, 120, 36)
	b.root.run("request.body-form")
	b.Paste("-d a=1 -d b=x")
	b.WaitText("added 2 fields")
	b.Press("b")
	b.WaitText("b=x")
	b.Press("ctrl+end", "enter")
	b.Type("c=3")
	b.Press("esc")
	if got := pairs(b.draft().Body.Form); got != "a=1 b=x c=3" {
		t.Errorf("the form has %s", got)
	}
}

func TestAHeaderIsAddedByFourKeys(t *testing.T) {
	b := open(t, 80, 24)
	b.request("Headers")
	b.Type("accept")
	b.WaitText("which media types may come back")
	b.Press("down", "tab", "tab") // chosen, and on to the value
	b.Type("application/json")
	b.WaitText("JSON")
	b.Press("enter")
	if got := pairs(b.draft().Headers); got != "Accept=application/json" {
		t.Errorf("the headers are %s", got)
	}
	b.Press("esc", "up")
	b.WaitText("Accept: which media types may come back, the liked ones first; JSON")
	b.Press("a")
	b.Type("ACCEPT")
	b.Press("esc")
	b.root.tab().request.Start("Headers")
	b.Type("accept: x")
	b.WaitText("a header's name has no colon")
}
