package ui_test

import (
	"strings"
	"testing"

	"parley/testdata/terminal"
)

// examinesTheTerminal asks the terminal and for some keys, and is left before the last one.
func examinesTheTerminal(t *testing.T, p program) {
	d := terminal.Drive(t, p.command("doctor"), terminal.Options{Width: 120, Height: 36})
	d.Sees("Key 1 of")
	d.Keys("space")
	d.Sees("Key 2 of")
	d.Keys("ctrl+c")
	d.Leaves()
	report := string(d.Output())
	for _, want := range []string{"Terminal", "the window has 120 by 36 cells", "colours, by", "copying goes through", "over SSH", "config.toml", "it was left before the last key"} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is not in\n%s", want, report)
		}
	}
}
