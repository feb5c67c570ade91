package overlay

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSpliceKeepsWhatIsBesideThePiece(t *testing.T) {
	for _, test := range []struct {
		name, line, piece string
		x                 int
		want              string
	}{
		{"in the middle", "abcdef", "XY", 2, "ab\x1b[mXYef"},
		{"at the start", "abcdef", "XY", 0, "\x1b[mXYcdef"},
		{"at the end", "abcdef", "XY", 4, "abcd\x1b[mXY"},
		{"past the end of a short line", "ab", "XY", 3, "ab \x1b[mXY "},
		{"wide characters cut in two", "漢字漢", "XY", 1, " \x1b[mXY 漢"},
		{"the style goes on after it", "\x1b[1mabc\x1b[31mdef", "XY", 2, "\x1b[1mab\x1b[mXY\x1b[1m\x1b[31mef"},
		{"a style that ended does not", "\x1b[1mab\x1b[m\x1b[2mcd\x1b[mef", "XY", 2, "\x1b[1mab\x1b[m\x1b[2m\x1b[mXYef"},
		{
			"a link on both sides", "\x1b]8;;http://h\x1b\\abcdef\x1b]8;;\x1b\\", "XY", 2,
			"\x1b]8;;http://h\x1b\\ab" + ansi.ResetHyperlink() + "\x1b[mXY\x1b]8;;http://h\x1b\\ef\x1b]8;;\x1b\\",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := splice(test.line, test.piece, test.x, 6); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// Jump mode puts a label on every tab: what they cover must not pile up.
func TestManyPiecesOnOneLineDoNotMakeItGrow(t *testing.T) {
	var line strings.Builder
	for i := range 240 {
		fmt.Fprintf(&line, "\x1b[38;5;%dm%c\x1b[m", i, 'a'+i%26)
	}
	got, want := line.String(), []byte(ansi.Strip(line.String()))
	for x := 0; x < 240; x += 4 {
		got = splice(got, "\x1b[7m#\x1b[m", x, 240)
		want[x] = '#'
	}
	if ansi.Strip(got) != string(want) {
		t.Errorf("got  %s\nwant %s", ansi.Strip(got), want)
	}
	if len(got) > 2*line.Len() {
		t.Errorf("a line of %d bytes grew to %d", line.Len(), len(got))
	}
}

// BenchmarkSplice puts 40 lines of 120 cells into a screen of 200x60, both with styles: a palette over the workbench.
func BenchmarkSplice(b *testing.B) {
	cells := func(n int) string { return strings.Repeat("\x1b[38;2;1;2;3mtext \x1b[1mbold\x1b[m ", n/10) }
	whole, piece := make([]string, 60), make([]string, 40)
	for i := range whole {
		whole[i] = cells(200)
	}
	for i := range piece {
		piece[i] = cells(120)
	}
	b.ReportAllocs()
	for b.Loop() {
		Splice(slices.Clone(whole), 40, 5, 200, piece)
	}
}
