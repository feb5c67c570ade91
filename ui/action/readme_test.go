package action

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of keys into the README")

// The README shows the keys as they are: run this test with -update after a change of the table.
func TestTheREADMEShowsTheKeys(t *testing.T) {
	const file, begin, end = "../../README.md", "<!-- keys -->\n", "<!-- /keys -->\n"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	keymap, err := NewKeymap()
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), begin)
	shown, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no table of keys between %q and %q", file, begin, end)
	}
	if want := keymap.Markdown(); *update {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if shown != want {
		t.Error("the README shows other keys than there are; go test ./ui/action -update writes them")
	}
}
