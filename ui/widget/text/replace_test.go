package text

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// What would make a text enormous is given up, and the text is as it was.
func TestReplaceIsBounded(t *testing.T) {
	for name, c := range map[string]struct{ in, typed, with string }{
		"many hits":        {strings.Repeat("a", 1<<16), "a", strings.Repeat("b", 1<<10)},
		"in many lines":    {strings.Repeat("a\n", 1<<16), "a", strings.Repeat("b", 1<<10)},
		"groups":           {strings.Repeat("a", 1<<16), "/(a+)/", strings.Repeat("$1", 1<<10)},
		"groups of groups": {strings.Repeat("a", 1<<12), "/(a)/", strings.Repeat("$1", 1<<14)},
	} {
		s, err := NewSearch(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		b := New(c.in)
		r, err := s.ReplaceIn(t.Context(), b.Snapshot(), c.with)
		if b.Apply(r); !errors.Is(err, ErrTooLong) || b.String() != c.in || b.Undo() {
			t.Errorf("%s: %v, and %d bytes", name, err, len(b.String()))
		}
	}
	s, _ := NewSearch("/(a+)/")
	b := New(strings.Repeat("a", 1<<16))
	b.Find(s, Pos{}, false)
	if done, err := b.Replace(s, strings.Repeat("$1", 1<<10)); done || !errors.Is(err, ErrTooLong) || len(b.String()) != 1<<16 {
		t.Errorf("one hit: %v, %v", done, err)
	}
	if r, err := s.ReplaceIn(t.Context(), b.Snapshot(), "$1$1"); err != nil || r.Count != 1 || len(r.text) != 2<<16 {
		t.Errorf("what is not too long: %v, %d bytes", err, len(r.text))
	}
}

func TestReplaceIsGivenUp(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s, _ := NewSearch("a")
	if r, err := s.ReplaceIn(ctx, []string{"a"}, "b"); !errors.Is(err, context.Canceled) || r.Count != 0 {
		t.Errorf("%v, %v", r, err)
	}
}
