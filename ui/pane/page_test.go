package pane

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
	"parley/ui/widget"
)

func TestPiecesKeepTheTextAndFit(t *testing.T) {
	for _, text := range []string{
		"", "short", strings.Repeat("word ", 50), strings.Repeat("漢字", 40), "tab\tand \x1b[31mred\x1b[0m " + strings.Repeat("x", 30), strings.Repeat("é̂", 30), "\xff\xfe broken " + strings.Repeat("y", 40),
	} {
		parts := pieces(text, 20)
		if got := strings.Join(parts, ""); got != text {
			t.Errorf("%q became %q", text, got)
		}
		for _, part := range parts {
			if n := safe.Width(safe.Line(part)); n > 20 {
				t.Errorf("%q takes %d cells", part, n)
			}
		}
	}
}

func TestALineIsAsWideAsItIsTold(t *testing.T) {
	styles := style.New(themes.Embedded().Default(true), colorprofile.TrueColor)
	bar := &lineBar{from: 20, to: 9, total: 100, pieces: []barPiece{{themes.Success, 10, 30}, {themes.Warning, 60, 40}}}
	for name, line := range map[string]pageLine{
		"text":           {spans: []Span{{"a\x1b[31m漢字" + strings.Repeat("long ", 30), themes.Text}}},
		"with an end":    {spans: []Span{{strings.Repeat("long ", 30), themes.Text}}, right: []Span{{"120 ms", themes.Muted}}},
		"with a bar":     {spans: []Span{{strings.Repeat("long ", 30), themes.Text}}, right: []Span{{"120 ms", themes.Muted}}, bar: bar},
		"with found":     {spans: []Span{{"abc", themes.Text}, {"abc", themes.Key}}},
		"without a span": {},
	} {
		for _, cells := range []int{4, 10, 30, 80} {
			if got := ansi.StringWidth(line.draw(styles, themes.Background, cells, []found{{1, 4, true}})); got != cells {
				t.Errorf("%s takes %d cells of %d", name, got, cells)
			}
		}
	}
}

func TestWhatIsFoundIsMarkedAcrossSpans(t *testing.T) {
	got := mark([]Span{{"GET ", themes.Key}, {"/users", themes.Text}, {" HTTP", themes.Faint}}, []found{{2, 6, false}, {7, 9, true}})
	want := []Span{
		{"GE", themes.Key}, {"T ", themes.Search}, {"/u", themes.Search}, {"s", themes.Text}, {"er", themes.Current}, {"s", themes.Text}, {" HTTP", themes.Faint},
	}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d is %v, want %v", i, got[i], want[i])
		}
	}
}

func TestAPageFollowsWhatGrowsUntilOneLooksElsewhere(t *testing.T) {
	n := 5
	p := newPage(func(int) []pageLine {
		lines := make([]pageLine, n)
		for i := range lines {
			lines[i] = plainLine(themes.Text, strings.Repeat("x", i))
		}
		return lines
	})
	p.setStyles(style.New(themes.Embedded().Default(true), colorprofile.TrueColor))
	p.setSize(20, 4)
	p.renew()
	p.move(widget.Bottom)
	n = 50
	p.renew()
	p.view()
	if p.cursor != 49 || p.top != 46 {
		t.Errorf("the cursor is on %d below %d", p.cursor, p.top)
	}
	p.move(widget.Up)
	n = 60
	p.renew()
	p.view()
	if p.cursor != 48 {
		t.Errorf("the cursor has gone to %d", p.cursor)
	}
	n = 3
	p.renew()
	if lines := p.view(); len(lines) != 3 || p.cursor != 2 {
		t.Errorf("%d lines, and the cursor on %d", len(lines), p.cursor)
	}
}

func TestWhatReadsAsText(t *testing.T) {
	for text, want := range map[string]bool{
		"GET / HTTP/1.1\r\n\r\n": true, "漢字"[1:]: true, "漢字"[:4]: true, "a\x00b": false, "\x1f\x8b\x08": false, "\xff\xd8\xff\xe0 JFIF": false, "": true,
	} {
		if got := readsAsText([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, line := range wireData([]byte("HTTP/1.1 200 OK\r\n\r\n\x1f\x8b\x08\x00\xff"), 80) {
		if !utf8.ValidString(line.text()) {
			t.Errorf("%q", line.text())
		}
	}
}
