package ui_test

import "testing"

// runsAFolder runs the flows of the demo by keyboard: what each captures the next ones use.
func runsAFolder(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	d.Keys("alt+1", "/")
	d.Type("flows")
	d.SeesLine("▾ flows")
	d.Keys("enter", "k")
	d.SeesLine(" ▌▾ flows")
	d.Keys("x")
	d.Sees("Run flows", "Side by side")
	d.Keys("enter")
	d.SeesLine("✓ flows/sign-in", "passed · 200")
	d.SeesLine("✓ flows/gone", "passed · 404")
	d.SeesLine("✓ flows/wait-for-job", "passed · 200")
	d.SeesNo("… flows")

	d.Keys("/") // drill down
	d.Type("create")
	d.SeesNo("flows/gone")
	d.Keys("enter", "enter")
	d.Sees("201 Created", `"name": "Flo W."`)
	d.Keys("alt+x")
	d.Sees("Run flows", " passed · ")
	d.Keys("ctrl+c")
	d.SeesNo("Run flows")
	d.Keys("ctrl+c")
	d.Leaves()
}
