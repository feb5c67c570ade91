package ui_test

import (
	"strings"
	"testing"
)

// editsAnExpectation breaks an expectation of a saved request, sees why it fails, and mends it.
func editsAnExpectation(t *testing.T, p program) {
	const file = "users/missing.toml"
	d := p.open(t, "--fresh")
	before := p.read(t, file)
	sent(d, "users/missing", "404 Not Found")
	side(d, "Expect")
	d.SeesLine("✓ answers as told", "status == 404")

	d.Keys("alt+3", "ctrl+x", "[", "ctrl+x", "[", "tab")
	d.SeesLine("Name", "Expression", "Note")
	d.Keys("right", "enter", "end", "backspace")
	d.Type("5 && ok")
	d.Keys("enter")
	d.SeesLine("✗ answers as told", "status == 405 && ok")
	d.Keys("f5")
	d.Sees("✗ 0/1", "status is 404")
	d.SeesNo("as the request asks now") // the response that came has been judged as it came
	if p.read(t, file) != before {
		t.Error("what was not saved is in the file")
	}

	d.Keys("up", "right", "enter", "ctrl+a", "ctrl+k") // the cursor had gone on to what is added next
	d.Type("status == 404 && !ok")
	d.Keys("enter")
	d.SeesLine("✓ answers as told", "status == 404 && !ok")
	d.Keys("f5")
	d.Sees("Expect 1/1")
	d.SeesNo("as the request asks now")
	d.SeesNo("status is 404")
	d.Keys("ctrl+s")
	d.Sees("saved " + file)
	want := strings.Replace(before, `'status == 404'`, `'status == 404 && !ok'`, 1)
	if after := p.read(t, file); after != want || want == before {
		t.Errorf("more than the one line has changed:\n%s", after)
	}
	d.Keys("ctrl+c")
	d.Leaves()
}
