package ui_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"parley/testdata/terminal"
)

// drag presses the left button at a cell, moves to another, and lets go there.
func drag(d *terminal.Driver, from, to cell) {
	d.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<32;%d;%dM\x1b[<0;%d;%dm", from.x+1, from.y+1, to.x+1, to.y+1, to.x+1, to.y+1))
}

// A button that is held beyond the edge goes on selecting, though the terminal tells nothing of a mouse that does not move;
// a tab goes to where it is dragged.
func dragsOn(t *testing.T, p program) {
	d := p.open(t)
	d.Keys("f5")
	d.Sees("200 OK", `"login": "github"`)
	d.SeesNo("Stop")
	d.Keys("alt+4", "V")
	d.Type("hex")
	d.Keys("enter")
	d.Sees("00000010")
	const last = "00000130"
	at, found := inFrame(atRest(d), regexp.MustCompile("00000010"))
	if !found || strings.Contains(d.Screen(), last) {
		t.Fatalf("the answer does not go on below:\n%s", d.Screen())
	}
	d.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<32;%d;36M", at.x+1, at.y+1, at.x+1))
	d.Sees(last)
	d.Type(fmt.Sprintf("\x1b[<0;%d;36m", at.x+1))

	d.Keys("ctrl+n")
	d.Sees("Type a URL")
	first, _ := inFrame(atRest(d), regexp.MustCompile("GET first-get"))
	second, found := inFrame(d.Screen(), regexp.MustCompile("GET New request"))
	if !found || first.x >= second.x {
		t.Fatalf("there are not two tabs:\n%s", d.Screen())
	}
	drag(d, second, first)
	d.SeesLine("GET New request", "GET first-get")
	d.Keys("ctrl+c")
	d.Leaves()
}
