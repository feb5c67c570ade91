package text

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// at makes a buffer of s, where | is the cursor and ^ the other end of the selection.
func at(s string) *Buffer {
	clean := strings.NewReplacer("|", "", "^", "").Replace(s)
	b := New(clean)
	place := func(mark, without string) (Pos, bool) {
		i := strings.Index(strings.ReplaceAll(s, without, ""), mark)
		return b.At(max(0, i)), i >= 0
	}
	anchor, selecting := place("^", "|")
	cursor, _ := place("|", "^")
	if selecting {
		b.MoveTo(anchor, false)
	}
	b.MoveTo(cursor, selecting)
	return b
}

// show is the way back.
func show(b *Buffer) string {
	s := b.String()
	from, to := b.Selection()
	if from == to {
		i := b.Offset(b.Cursor())
		return s[:i] + "|" + s[i:]
	}
	left, right := "^", "|"
	if b.Cursor() == from {
		left, right = "|", "^"
	}
	i, j := b.Offset(from), b.Offset(to)
	return s[:i] + left + s[i:j] + right + s[j:]
}

func TestMotions(t *testing.T) {
	for _, c := range []struct {
		m        Motion
		in, want string
	}{
		{CharRight, "|e\u0301a", "e\u0301|a"},
		{CharLeft, "👩‍👩‍👧|a", "|👩‍👩‍👧a"},
		{CharRight, "a|\nb", "a\n|b"},
		{CharLeft, "a\n|b", "a|\nb"},
		{CharLeft, "a^bc|d", "a|bcd"},
		{CharRight, "a|bc^d", "abc|d"},
		{WordRight, "|foo.bar", "foo|.bar"},
		{WordRight, "foo|  bar_1-", "foo  bar_1|-"},
		{WordLeft, "foo  bar|", "foo  |bar"},
		{WordLeft, "/path/to|", "/path/|to"},
		{LineStart, "  ab|", "  |ab"},
		{LineStart, "  |ab", "|  ab"},
		{LineFirst, "  ab|", "|  ab"},
		{LineEnd, "|ab\nc", "ab|\nc"},
		{TextStart, "ab\nc|", "|ab\nc"},
		{TextEnd, "|ab\nc", "ab\nc|"},
	} {
		b := at(c.in)
		b.Move(c.m, false)
		if got := show(b); got != c.want {
			t.Errorf("motion %d of %q: %q, want %q", c.m, c.in, got, c.want)
		}
	}
}

// Letters that are taken for clusters of their own are, whatever stands beside them.
func TestLettersStandAlone(t *testing.T) {
	after := []rune{'a', 'é', 'я', '語', 'か', 'ガ', '한', '、', 'Ａ', '\u0301', '\u200d', '\ufe0f', 'ᄒ', 'ᆫ', '\u3099'}
	for r := rune(' '); r < 0x1f000; r++ {
		for _, next := range after {
			s := string([]rune{r, next})
			if end := alone(s, 0); end > 0 {
				if cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth); len(cluster) != end {
					t.Fatalf("%q: %d, want %d", s, end, len(cluster))
				}
			}
		}
	}
}

func TestEdits(t *testing.T) {
	const unit = "  "
	for _, c := range []struct {
		name, in, want string
		do             func(*Buffer)
	}{
		{"insert", "a|b", "ax|b", func(b *Buffer) { b.Insert("x") }},
		{"insert over", "a^bc|d", "ax|d", func(b *Buffer) { b.Insert("x") }},
		{"insert lines", "a|b\nc", "ax\ny|b\nc", func(b *Buffer) { b.Insert("x\ny") }},
		{"backspace joins", "a\n|b", "a|b", func(b *Buffer) { b.Delete(CharLeft) }},
		{"backspace a cluster", "👍🏽|", "|", func(b *Buffer) { b.Delete(CharLeft) }},
		{"shell word", "a /b/c|", "a |", func(b *Buffer) { b.Delete(ShellWordLeft) }},
		{"kill", "a|bc\nd", "a|\nd", func(b *Buffer) { b.Delete(LineEnd) }},
		{"kill back", "ab|c", "|c", func(b *Buffer) { b.Delete(LineFirst) }},
		{"newline keeps indent", "  ab|", "  ab\n  |", func(b *Buffer) { b.Newline(unit) }},
		{"newline in indent", " |  ab", " \n |  ab", func(b *Buffer) { b.Newline(unit) }},
		{"newline opens", "{|}", "{\n  |\n}", func(b *Buffer) { b.Newline(unit) }},
		{"newline in an object", `{"a":1,|}`, "{\"a\":1,\n  |\n}", func(b *Buffer) { b.Newline(unit) }},
		{"newline between objects", "  }, {|", "  }, {\n    |", func(b *Buffer) { b.Newline(unit) }},
		{"newline after what is closed", `  "a": [1, {}],|`, "  \"a\": [1, {}],\n  |", func(b *Buffer) { b.Newline(unit) }},
		{"newline after a quoted bracket", `  "a\"{": "[",|`, "  \"a\\\"{\": \"[\",\n  |", func(b *Buffer) { b.Newline(unit) }},
		{"newline opens deeper", "  [|", "  [\n    |", func(b *Buffer) { b.Newline(unit) }},
		{"close dedents", "{\n  |", "{\n}|", func(b *Buffer) { b.Close("}", unit) }},
		{"close inside", "{ a|", "{ a}|", func(b *Buffer) { b.Close("}", unit) }},
		{"indent to the stop", "abc|", "abc |", func(b *Buffer) { b.Indent(unit) }},
		{"indent lines", "^a\n\nb|", "  ^a\n\n  b|", func(b *Buffer) { b.Indent(unit) }},
		{"indent not the next", "^a\n|b", "  ^a\n|b", func(b *Buffer) { b.Indent(unit) }},
		{"dedent", "   a|", " a|", func(b *Buffer) { b.Dedent(unit) }},
		{"dedent tab", "\ta|", "a|", func(b *Buffer) { b.Dedent(unit) }},
		{"set", "abc|\nd", "xy|", func(b *Buffer) { b.Set("xy") }},
		{"find", "ab| ab", "ab ^ab|", func(b *Buffer) { find(b, "ab", false) }},
		{"find wraps", "ab\nx|", "^ab|\nx", func(b *Buffer) { find(b, "ab", false) }},
		{"find back", "ab ab|", "ab ^ab|", func(b *Buffer) { find(b, "ab", true) }},
		{"find folds", "|xAB", "x^AB|", func(b *Buffer) { find(b, "ab", false) }},
		{"find exact", "|ab AB", "ab ^AB|", func(b *Buffer) { find(b, "AB", false) }},
	} {
		b := at(c.in)
		c.do(b)
		if got := show(b); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for b.Undo() {
		}
		if got, want := b.String(), strings.NewReplacer("|", "", "^", "").Replace(c.in); got != want {
			t.Errorf("%s: undone to %q, want %q", c.name, got, want)
		}
	}
}

// find searches from where a person looks: after what is selected, or before it.
func find(b *Buffer, typed string, backwards bool) {
	s, err := NewSearch(typed)
	if err != nil {
		panic(err)
	}
	from, to := b.Selection()
	if backwards {
		to = from
	}
	b.Find(s, to, backwards)
}

// One undo takes back what a person thinks of as one thing.
func TestUndoSteps(t *testing.T) {
	b := New("")
	for _, r := range "one two" {
		b.Insert(string(r))
	}
	b.Undo()
	if got := show(b); got != "one |" {
		t.Errorf("a word is not a step: %q", got)
	}
	b.Redo()
	for range 3 {
		b.Delete(CharLeft)
	}
	b.Undo()
	if got := show(b); got != "one two|" {
		t.Errorf("a run of backspaces is not a step: %q", got)
	}
	b.Paste("\nthree")
	b.Insert("!")
	b.Undo()
	if got := show(b); got != "one two\nthree|" {
		t.Errorf("typing after a paste is part of it: %q", got)
	}
	b.Insert("?")
	if b.Redo() {
		t.Error("what was undone comes back over something new")
	}
}

// FuzzBuffer tries edits against a plain string, and that undo leads back to every text there was.
func FuzzBuffer(f *testing.F) {
	f.Add("hello\nwörld", []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	f.Add("{\n\t\"a\": [1, 2]}\r\n", []byte{8, 8, 8, 0, 12, 3, 13, 1, 1, 14, 2})
	f.Add("👩‍👩‍👧e\u0301\xff", []byte{9, 0, 2, 9, 20, 1, 13})
	f.Fuzz(func(t *testing.T, start string, ops []byte) {
		b := New(start)
		model := start
		for _, op := range ops[:min(len(ops), 200)] {
			from, to := b.Selection()
			i, j := b.Offset(from), b.Offset(to)
			switch op % 16 {
			case 0, 1:
				s := []string{"x", "é", "\n", "ab\ncd", "{"}[int(op/16)%5]
				model = model[:i] + s + model[j:]
				b.Insert(s)
			case 2:
				if i == j {
					b.Move(CharLeft, true)
					f, _ := b.Selection()
					i = b.Offset(f)
				}
				model = model[:i] + model[j:]
				b.Delete(CharLeft)
			case 3:
				b.Undo()
				model = b.String()
			case 4:
				b.Redo()
				model = b.String()
			case 5:
				b.Newline("  ")
				model = b.String()
			case 6:
				b.Indent("  ")
				model = b.String()
			case 7:
				b.Dedent("  ")
				model = b.String()
			case 8:
				b.InsertPair("{", "}")
				model = model[:i] + "{}" + model[j:]
			case 9:
				b.StepOver("}")
				model = b.String()
			case 10:
				if b.DeletePair() {
					model = model[:i-1] + model[i+1:]
				}
			case 11:
				if s, err := NewSearch("/[a-x{]/"); err == nil {
					if r, err := s.ReplaceIn(t.Context(), b.Snapshot(), "é"); err == nil {
						b.Apply(r)
					}
				}
				model = b.String()
			case 12:
				b.Hold()
			case 13:
				b.Release()
			default:
				b.Move(Motion(int(op)%(int(TextEnd)+1)), op&16 != 0)
			}
			if got := b.String(); got != model {
				t.Fatalf("op %d: %q, want %q", op, got, model)
			}
			if p := b.Cursor(); b.clamp(p) != p {
				t.Fatalf("op %d leaves the cursor inside a character: %v of %q", op, p, b.Line(p.Line))
			}
		}
		for b.Redo() {
		}
		final := b.String()
		for b.Undo() {
		}
		if b.String() != start {
			t.Fatalf("undone to %q, want %q", b.String(), start)
		}
		for b.Redo() {
		}
		if b.String() != final {
			t.Fatalf("redone to %q, want %q", b.String(), final)
		}
	})
}

func BenchmarkInsertInLongLine(bench *testing.B) {
	b := New(strings.Repeat("x", 1<<20))
	b.MoveTo(Pos{0, 1 << 19}, false)
	for bench.Loop() {
		b.Insert("y")
	}
}

func BenchmarkNewlineInManyLines(bench *testing.B) {
	b := New(strings.Repeat("some line\n", 100_000))
	b.MoveTo(Pos{50_000, 3}, false)
	for bench.Loop() {
		b.Insert("\n")
	}
}
