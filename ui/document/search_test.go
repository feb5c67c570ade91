package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/httpcore/content"
)

// startSearch searches a body in segments of the given size.
func startSearch(t testing.TB, body []byte, q Query, size int) *Search {
	t.Helper()
	p, err := compile(q)
	if err != nil {
		t.Fatal(err)
	}
	s := &Search{src: content.NewSource(bytes.NewReader(body), int64(len(body))), pattern: p, size: size, progress: make(chan struct{})}
	s.finish(s.run(t.Context(), func() {}))
	return s
}

// all walks through every hit with Next, then back with Previous.
func all(t testing.TB, s *Search) []Hit {
	t.Helper()
	var hits []Hit
	for from := int64(0); ; {
		h, err := s.Next(t.Context(), from)
		if errors.Is(err, ErrNotFound) || h.Wrapped {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		hits = append(hits, h)
		from = h.End
	}
	for i := len(hits) - 1; i > 0; i-- {
		if h, err := s.Previous(t.Context(), hits[i].Start); err != nil || h != hits[i-1] {
			t.Fatalf("before %v comes %v, not %v (%v)", hits[i], h, hits[i-1], err)
		}
	}
	return hits
}

func TestSearch(t *testing.T) {
	for _, tc := range []struct {
		body string
		q    Query
		want string
	}{
		{"abcabc", Query{Text: "bc"}, "[1-3 4-6]"},
		{"aaaa", Query{Text: "aa"}, "[0-2 2-4]"},
		{"Abc aBC", Query{Text: "ABC", Fold: true}, "[0-3 4-7]"},
		{"É é", Query{Text: "é", Fold: true}, "[0-2 3-5]"},
		{"a.b axb", Query{Text: "a.b"}, "[0-3]"},
		{"a.b axb", Query{Text: "a.b", Regexp: true}, "[0-3 4-7]"},
		{"x\nab\nab", Query{Text: "^ab$", Regexp: true}, "[2-4 5-7]"},
		{"aXa", Query{Text: "x", Regexp: true, Fold: true}, "[1-2]"},
		{"x", Query{Text: "y*", Regexp: true}, "[]"},
		{"a\nb", Query{Text: "a\nb"}, "[0-3]"},
	} {
		for _, size := range []int{1, 2, 3, 5, segmentSize} {
			if size < segmentSize && (tc.q.Regexp || !isASCII(tc.q.Text)) {
				continue // expressions may miss what lies across segments
			}
			s := startSearch(t, []byte(tc.body), tc.q, size)
			got := all(t, s)
			if n, done, err := s.Count(); n != int64(len(got)) || !done || err != nil {
				t.Errorf("%+v: counted %d of %d, %v, %v", tc.q, n, len(got), done, err)
			}
			var b []string
			for _, h := range got {
				b = append(b, fmt.Sprintf("%d-%d", h.Start, h.End))
			}
			if fmt.Sprint(b) != tc.want {
				t.Errorf("%+v in %q by %d: %v, want %s", tc.q, tc.body, size, b, tc.want)
			}
		}
	}
}

func TestSearchWrapsAround(t *testing.T) {
	s := startSearch(t, []byte("a--a"), Query{Text: "a"}, 2)
	if h, err := s.Next(t.Context(), 4); err != nil || h != (Hit{0, 1, true}) {
		t.Errorf("forward: %v, %v", h, err)
	}
	if h, err := s.Previous(t.Context(), 0); err != nil || h != (Hit{3, 4, true}) {
		t.Errorf("back: %v, %v", h, err)
	}
	s = startSearch(t, []byte("a--a"), Query{Text: "b"}, 2)
	if _, err := s.Next(t.Context(), 2); !errors.Is(err, ErrNotFound) {
		t.Errorf("forward: %v", err)
	}
	if _, err := s.Previous(t.Context(), 2); !errors.Is(err, ErrNotFound) {
		t.Errorf("back: %v", err)
	}
}

func TestSearchQueriesThatCannotBe(t *testing.T) {
	d := Open(fromString("x"), Options{})
	defer d.Close()
	for _, q := range []Query{{}, {Text: "(", Regexp: true}} {
		if _, err := d.Search(q); err == nil {
			t.Errorf("%+v was accepted", q)
		} else if strings.Contains(err.Error(), "(?") {
			t.Errorf("%+v: the error shows what was not typed: %v", q, err)
		}
	}
}

func TestSearchFollowsAGrowingBody(t *testing.T) {
	src := newGrowing()
	d := Open(src, Options{})
	defer d.Close()
	s, err := d.Search(Query{Text: "needle"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	src.write(strings.Repeat("hay ", segmentSize) + "needle")
	found := make(chan error, 1)
	go func() {
		h, err := s.Next(t.Context(), 0)
		if err == nil && h.Start != 4*segmentSize {
			err = fmt.Errorf("found at %d", h.Start)
		}
		found <- err
	}()
	src.end()
	if err := <-found; err != nil {
		t.Error(err)
	}
}

func TestSearchIsCancelled(t *testing.T) {
	d := Open(newGrowing(), Options{})
	s, err := d.Search(Query{Text: "x"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Next(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting: %v", err)
	}
	d.Close() // hangs if the search does not end
	if _, err := s.Next(t.Context(), 0); !errors.Is(err, context.Canceled) {
		t.Errorf("after Close: %v", err)
	}
}

func TestMarks(t *testing.T) {
	d := Open(fromString(`{"ab":"xab`+"\x1b"+`ab"}`), Options{Kind: content.JSON})
	defer d.Close()
	s, err := d.Search(Query{Text: "ab"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h, err := s.Next(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	w, err := d.View(Raw).Window(Pos{}, Layout{Width: 40, Height: 9, Marks: Marks{Search: s, Current: h}})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, span := range w.Rows[0].Spans {
		b.WriteString([]string{"", "[", "<"}[span.Match])
		b.WriteString(span.Text)
		b.WriteString([]string{"", "]", ">"}[span.Match])
	}
	if want := `{"[ab]":"x<ab>␛[ab]"}`; b.String() != want {
		t.Errorf("got %s, want %s", b.String(), want)
	}
}

func TestSpots(t *testing.T) {
	short := strings.Repeat("hay\n", 100) + "needle\nneedle needle\n" + strings.Repeat("hay\n", 100)
	long := strings.Repeat(strings.Repeat("hay\n", 5000)+"needle\n", 500)
	for _, tc := range []struct {
		body string
		ok   func(lines []int64) bool
	}{
		{short, func(lines []int64) bool { return fmt.Sprint(lines) == "[100 101]" }},
		{long, func(lines []int64) bool { return len(lines) > 20 && len(lines) < 200 && lines[len(lines)-1] > 2400000 }},
	} {
		v := View{lines: always(shortSteps(t, []byte(tc.body), newRawCutter, stride))}
		lines, err := v.Spots(startSearch(t, []byte(tc.body), Query{Text: "needle"}, segmentSize), 40)
		if err != nil || !tc.ok(lines) {
			t.Errorf("%d lines, %v: %v", len(lines), err, lines)
		}
	}
}

func FuzzSearch(f *testing.F) {
	f.Add([]byte("abcABCabc\nab"), "ab", uint8(3), true)
	f.Add([]byte("aaaaaaa"), "aa", uint8(2), false)
	f.Add([]byte("\n\n\n"), "\n\n", uint8(1), false)
	f.Fuzz(func(t *testing.T, body []byte, text string, size uint8, fold bool) {
		if text == "" || fold && !isASCII(text) {
			return
		}
		s := startSearch(t, body, Query{Text: text, Fold: fold}, int(size)+1)
		haystack, needle := body, text
		if fold {
			haystack, needle = []byte(strings.Map(lowerASCII, string(body))), strings.ToLower(text)
			if !utf8.Valid(body) {
				return // Map would repair it
			}
		}
		var want []Hit
		for at := 0; ; {
			i := bytes.Index(haystack[at:], []byte(needle))
			if i < 0 {
				break
			}
			want = append(want, Hit{Start: int64(at + i), End: int64(at + i + len(text))})
			at += i + len(text)
		}
		if got := all(t, s); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q in %q: %v, want %v", text, body, got, want)
		}
	})
}

func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func TestWhatAnExpressionNeeds(t *testing.T) {
	for expr, want := range map[string]string{
		`abc`: "abc", `a(bcd)+e`: "bcd", `a|b`: "", `x*yz{2}`: "y", `(?i)abc`: "", `\d+ms`: "ms", `(ab)?`: "", `é\w`: "é",
	} {
		if got := string(needed(expr)); got != want {
			t.Errorf("%s needs %q, not %q", expr, got, want)
		}
	}
}
