package text

import (
	"strings"
	"testing"
)

func TestSearchFindsWhatIsMeant(t *testing.T) {
	for _, c := range []struct {
		typed, line string
		want        string // the hits, each in brackets
	}{
		{"ab", "xabAB", "x[ab][AB]"},
		{"Ab", "abAbAB", "ab[Ab]AB"},
		{"aa", "aaaaa", "[aa][aa]a"},
		{"é", "eéÉ", "e[é][É]"},
		{"k", "İK\u212a", "İ[K][\u212a]"},
		{"a.c", "abc a.c", "abc [a.c]"},
		{"/a.c/", "abc a.c", "[abc] [a.c]"},
		{"/^a/", "aaa", "[a]aa"},
		{`/\ba/`, "aa a", "[a]a [a]"},
		{"/x*/", "axxb", "a[xx]b"},
		{"/", "a/b", "a[/]b"},
		{"//", "a//b", "a[//]b"},
	} {
		s, err := NewSearch(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		last := 0
		s.Each(c.line, 0, func(start, end int) bool {
			b.WriteString(c.line[last:start] + "[" + c.line[start:end] + "]")
			last = end
			return true
		})
		if got := b.String() + c.line[last:]; got != c.want {
			t.Errorf("%s finds %q, want %q", c.typed, got, c.want)
		}
	}
	if _, err := NewSearch("/(/"); err == nil {
		t.Error("half an expression is taken")
	}
}

func TestReplace(t *testing.T) {
	for _, c := range []struct {
		typed, with, in, want string
		count                 int
	}{
		{"a", "b", "|a xa\nA", "|b xb\nb", 3},
		{"a", "aa", "|aa", "|aaaa", 2},
		{`/(\w+)=(\w+)/`, "$2: $1", "|a=b c=d", "|b: a d: c", 2},
		{"/, */", `,\n`, "|1, 2,3", "|1,\n2,\n3", 2},
		{"$1", "x$1", "|$1", "|x$1", 1},
		{"q", "x", "|a", "|a", 0},
	} {
		s, err := NewSearch(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		b := at(c.in)
		r, err := s.ReplaceIn(t.Context(), b.Snapshot(), c.with)
		if err != nil {
			t.Fatal(err)
		}
		if b.Apply(r); r.Count != c.count || show(b) != c.want {
			t.Errorf("%s by %s: %d, %q, want %d, %q", c.typed, c.with, r.Count, show(b), c.count, c.want)
		}
		if b.Undo() != (c.count > 0) || b.String() != strings.ReplaceAll(c.in, "|", "") {
			t.Errorf("%s by %s: one undo leads to %q", c.typed, c.with, b)
		}
	}
}

func TestReplaceOneByOne(t *testing.T) {
	s, _ := NewSearch("a")
	b := at("|a b a")
	if replaced, _ := b.Replace(s, "xx"); replaced || show(b) != "^a| b a" {
		t.Fatalf("without a hit selected: %q", show(b))
	}
	if replaced, _ := b.Replace(s, "xx"); !replaced || show(b) != "xx b ^a|" {
		t.Fatalf("the first: %q", show(b))
	}
	if tally := s.Count(b.Snapshot(), Pos{0, 5}); tally != (Tally{At: 1, Of: 1}) {
		t.Errorf("counted %v", tally)
	}
}

func TestPairs(t *testing.T) {
	pair := func(open, closes string) func(*Buffer) { return func(b *Buffer) { b.InsertPair(open, closes) } }
	over := func(closes string) func(*Buffer) {
		return func(b *Buffer) {
			if !b.StepOver(closes) {
				b.Insert(closes)
			}
		}
	}
	typed := func(s string) func(*Buffer) { return func(b *Buffer) { b.Insert(s) } }
	newline := func(b *Buffer) { b.Newline("  ") }
	back := func(b *Buffer) {
		if !b.DeletePair() {
			b.Delete(CharLeft)
		}
	}
	left := func(b *Buffer) { b.Move(CharLeft, false) }
	for _, c := range []struct {
		name, in, want string
		do             []func(*Buffer)
	}{
		{"opens", "|", "{|}", []func(*Buffer){pair("{", "}")}},
		{"steps over", "|", "{1}|", []func(*Buffer){pair("{", "}"), typed("1"), over("}")}},
		{"nested", "|", "{[]}|", []func(*Buffer){pair("{", "}"), pair("[", "]"), over("]"), over("}")}},
		{"over blanks", "|", "{\n  1\n}|", []func(*Buffer){pair("{", "}"), newline, typed("1"), over("}")}},
		{"takes its line away", "|", "{\n  1\n}|", []func(*Buffer){pair("{", "}"), newline, typed("1"), newline, over("}")}},
		{"not over one that was typed", "|}", "}|}", []func(*Buffer){over("}")}},
		{"not over text", "|", "[1]|2]", []func(*Buffer){pair("[", "]"), typed("12"), left, over("]")}},
		{"deletes the pair", "|", "|", []func(*Buffer){pair("{", "}"), back}},
		{"deletes only what is empty", "|", "{|}", []func(*Buffer){pair("{", "}"), typed("1"), back}},
		{"not what was typed", "[|]", "|]", []func(*Buffer){back}},
		{"wrong closer", "|", "[}|]", []func(*Buffer){pair("[", "]"), over("}")}},
	} {
		b := at(c.in)
		for _, do := range c.do {
			do(b)
		}
		if got := show(b); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for b.Undo() {
		}
		if got, want := b.String(), strings.ReplaceAll(c.in, "|", ""); got != want {
			t.Errorf("%s: undone to %q, want %q", c.name, got, want)
		}
	}
}
