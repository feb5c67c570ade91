package ui_test

import (
	"strings"
	"testing"
)

// comesBack arranges the workbench, leaves it, and starts it again: the screen is what it was.
func comesBack(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	pick(d, "tour/query")
	d.Keys("f5")
	d.Sees("200 OK")
	d.SeesNo(" Stop")
	d.Keys("f5")
	d.SeesLine("alt+\\", "Split")
	d.Keys("alt+\\")
	d.Sees("the one before")
	d.Keys("ctrl+x", "6")
	d.Sees("pinned query")
	pick(d, "tour/headers")
	d.Keys("f5")
	d.Sees("Accept-Language")
	d.Keys("alt+left")
	d.Sees("the one before")
	d.Keys("alt+1", "alt+=", "alt+=")
	d.Keys("alt+3", "alt+-")
	d.Keys("alt+4", "3", "j", "enter", "j", "j")
	d.Sees("2 keys")
	d.Keys("alt+4", "]")
	d.SeesLine("Compare", "Unsplit")
	before := still(d.Screen())
	d.Keys("ctrl+x", "q")
	d.Leaves()
	d = p.open(t)
	d.Becomes("what it was", func(screen string) bool { return still(screen) == before })
	d.Keys("ctrl+c")
	d.Leaves()
}

// still is the screen without its last two lines: notices come and go in one of them, and the other one tells how old a
// response is.
func still(screen string) string {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	return strings.Join(lines[:len(lines)-2], "\n")
}
