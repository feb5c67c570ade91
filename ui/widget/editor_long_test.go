package widget

import (
	"math/rand/v2"
	"strings"
	"testing"

	"parley/themes"
	"parley/ui/widget/text"
)

// endsInQuotes goes with quoted, which knows no backslash.
func endsInQuotes(inside bool, part string) bool {
	return inside != (strings.Count(part, `"`)%2 == 1)
}

// A part of a long line looks as it does in the whole line, wherever it begins and whatever was edited before.
func TestPartsOfALongLineAreHighlightedExactly(t *testing.T) {
	e := NewEditor(testStyles(), EditorOptions{Highlight: quoted, EndsInside: endsInQuotes})
	e.SetSize(80, 3)
	e.Focus(true)
	e.Reset(strings.Repeat(`{"name, of": "a, {[ b", "n": 12}, `, 4*longLine/34))
	random := rand.New(rand.NewPCG(1, 2))
	inString := func(spans []Span, at int) bool {
		for _, s := range spans {
			if at >= s.From && at < s.To {
				return s.Role == themes.String
			}
		}
		return false
	}
	for range 60 {
		at := random.IntN(len(e.buffer.Line(0)))
		if random.IntN(4) == 0 {
			e.Go(at)
			typeText(e, []string{`"`, "x", `", "`}[random.IntN(3)])
		}
		line := e.buffer.Line(0)
		whole, part := quoted(line), e.light(0, line, at, at+80)
		for i := at; i < min(len(line), at+80); i++ {
			if inString(part, i) != inString(whole, i) {
				t.Fatalf("byte %d of %d is in a string: %v", i, len(line), !inString(whole, i))
			}
		}
	}
}

// Brackets in a long line find their partners past those in strings, as far as is looked.
func TestBracketsInALongLine(t *testing.T) {
	inner := strings.Repeat(`"}]", [1], `, 3000)
	for name, c := range map[string]struct {
		s    string
		want int // of the partner of the first byte; 0: none
	}{
		"near":    {`{"}": [1]}` + strings.Repeat(" ", 2*longLine), 9},
		"far":     {"[" + inner + "2]" + strings.Repeat(" ", longLine), len(inner) + 2},
		"too far": {"[" + strings.Repeat(inner, 4) + "2]", 0},
	} {
		e := NewEditor(testStyles(), EditorOptions{Highlight: quoted, EndsInside: endsInQuotes})
		e.SetSize(80, 3)
		e.Focus(true)
		e.Reset(c.s)
		got := e.matchBrackets()
		if c.want == 0 {
			if len(got) != 0 {
				t.Errorf("%s: matches %v", name, got)
			}
			continue
		}
		if len(got) != 2 || got[1] != (text.Pos{Col: c.want}) {
			t.Errorf("%s: matches %v, want %d", name, got, c.want)
			continue
		}
		e.Go(c.want)
		if back := e.matchBrackets(); len(back) != 2 || back[1] != (text.Pos{}) {
			t.Errorf("%s: the way back matches %v", name, back)
		}
	}
}
