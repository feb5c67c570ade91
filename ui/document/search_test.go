package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"parley/httpcore/content"
)

// startSearch searches a body in segments of the given size.
func startSearch(t testing.TB, body []byte, q Query, size int) *Search {
	t.Helper()
	p, err := compile(q, true)
	if err != nil {
		t.Fatal(err)
	}
	s := newSearch(t.Context(), content.NewSource(bytes.NewReader(body), int64(len(body))), p, int64(size), 4*int64(size))
	s.finish(s.run(func() {}))
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
		{"xa\nay", Query{Text: `a\s+a`, Regexp: true}, "[1-4]"},
		{"日本", Query{Text: `.`, Regexp: true}, "[0-3 3-6]"},
		{"foo xfoo", Query{Text: `\bfoo`, Regexp: true}, "[0-3]"},
		{`{"a" :1,"a":` + "\n" + `12,"a": "1"}`, Query{Text: `"a": 1`}, "[1-7 8-14]"},
		{`{"a" :1,"A":` + "\n" + `12}`, Query{Text: ` "A" : 1 `, Fold: true}, "[1-7 8-14]"},
		{"[1,\n\t2] [1,2,3]", Query{Text: "[1, 2"}, "[0-6 8-12]"},
		{`{"name":"Ada L"}`, Query{Text: `me": "Ada L`}, "[4-14]"},
		{`{"name":"Ada  L"}`, Query{Text: `me": "Ada L`}, "[]"},
		{`"a, b" "a,b"`, Query{Text: `a, b`}, "[1-5]"},
		{`[1 ,true]`, Query{Text: `, tr`}, "[3-6]"},
	} {
		for _, size := range []int{1, 2, 3, 5, segmentSize} {
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
		if _, err := d.Search(Pretty, q); err == nil {
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
	s, err := d.Search(Pretty, Query{Text: "needle"})
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

func TestHitsOfAGrowingBodyAreCountedAsTheyCome(t *testing.T) {
	src := newGrowing()
	d := Open(src, Options{})
	defer d.Close()
	s, err := d.Search(Raw, Query{Text: `x\w*`, Regexp: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, more := range []string{"-x", "y xx-", strings.Repeat("-", 3*batchSize) + "x", "y"} {
		src.write(more)
		want := []int64{1, 2, 3, 3}[i]
		until(t, d, func() bool { n, done, _ := s.Count(); return n == want && !done })
	}
	if h, err := s.Next(t.Context(), 7); err != nil || h != (Hit{Start: 7 + 3*batchSize, End: 9 + 3*batchSize}) {
		t.Errorf("the last is %v, %v", h, err)
	}
	src.end()
	until(t, d, func() bool { n, done, _ := s.Count(); return n == 3 && done })
}

// TestHitsAreFoundBeforeTheyAreCounted asks a search that has not got anywhere.
func TestHitsAreFoundBeforeTheyAreCounted(t *testing.T) {
	body := strings.Repeat(strings.Repeat("hay ", 60_000)+"needle ", 5)
	p, err := compile(Query{Text: "needle"}, false)
	if err != nil {
		t.Fatal(err)
	}
	s := newSearch(t.Context(), fromString(body), p, segmentSize, batchSize)
	if hits := all(t, s); len(hits) != 5 {
		t.Errorf("found %v", hits)
	}
	if h, err := s.Previous(t.Context(), 0); err != nil || !h.Wrapped || h.Start != int64(len(body)-7) {
		t.Errorf("the last is %v, %v", h, err)
	}
}

func TestLongMatchesAreFoundWhole(t *testing.T) {
	body := strings.Repeat("-", segmentSize-5) + strings.Repeat("a", maxMatch-2) + "b" + strings.Repeat("-", 2*batchSize)
	s := startSearch(t, []byte(body), Query{Text: "a+b", Regexp: true}, segmentSize)
	if got, want := fmt.Sprint(all(t, s)), fmt.Sprint([]Hit{{Start: segmentSize - 5, End: segmentSize - 5 + maxMatch - 1}}); got != want {
		t.Errorf("found %v, not %v", got, want)
	}
}

// TestASearchThatTakesForEverEnds hangs if it does not.
func TestASearchThatTakesForEverEnds(t *testing.T) {
	body := &endless{piece: "ab", size: 1 << 40}
	d := Open(body.source(), Options{ContentType: "text/plain"})
	s, err := d.Search(Raw, Query{Text: `([ab]*a[ab]{300}){2}c`, Regexp: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.View(Raw).Window(Pos{}, Layout{Width: 80, Height: 24, Marks: Marks{Search: s}}); err != nil {
		t.Error(err)
	}
	s.Close()
	d.Close()
}

func TestHitsOfAnyBodyTakeLittleMemory(t *testing.T) {
	table := hitTable{size: segmentSize}
	const size = 1 << 40
	for at := int64(0); at < size; at += 1 << 30 {
		counts := make([]int, 1<<30/segmentSize)
		counts[3] = 2
		table.add(&batch{start: at, end: at + 1<<30, size: segmentSize, counts: counts, froms: make([]int64, len(counts))})
	}
	if len(table.parts) > maxSegments || table.count != 2*size>>30 {
		t.Errorf("%d parts with %d hits", len(table.parts), table.count)
	}
	if seg, ok := table.at(5<<30 + 3*segmentSize); !ok || seg.count == 0 || seg.start > 5<<30 || seg.end < 5<<30 {
		t.Errorf("what was found is not known any more: %+v", seg)
	}
}

func TestSearchIsCancelled(t *testing.T) {
	d := Open(newGrowing(), Options{})
	s, err := d.Search(Pretty, Query{Text: "x"})
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
	s, err := d.Search(Pretty, Query{Text: "ab"})
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

// TestMarksOfHitsAcrossRows looks at what the layout has put on several rows,
// and at what is folded.
func TestMarksOfHitsAcrossRows(t *testing.T) {
	d := Open(fromString(`{"a":[1,2,3],"b":["`+strings.Repeat("x", 200_000)+`","needle"],"c":[0]}`), Options{Kind: content.JSON})
	defer d.Close()
	v := d.View(Pretty)
	until(t, d, func() bool { _, done := v.Lines(); return done })
	marked := func(query string) (texts []string) {
		t.Helper()
		s, err := d.Search(Pretty, Query{Text: query})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		until(t, d, func() bool { _, done, _ := s.Count(); return done })
		w, err := v.Window(Pos{}, Layout{Width: 30, Height: 200, Marks: Marks{Search: s}})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range w.Rows {
			for _, span := range row.Spans {
				if span.Match != NoMatch {
					texts = append(texts, span.Text)
				}
			}
		}
		return texts
	}
	if got, want := fmt.Sprint(marked("[1, 2, 3]")), "[[ 1 , 2 , 3 ]]"; got != want {
		t.Errorf("across rows: %s, want %s", got, want)
	}
	v.FoldTo(1)
	until(t, d, func() bool { n, done := v.Lines(); return done && n == 5 })
	if got := marked("needle"); len(got) != 1 || !strings.Contains(got[0], "2 elements") {
		t.Errorf("in what is folded: %q", got)
	}
	if got := marked("3"); len(got) != 1 || !strings.Contains(got[0], "3 elements") {
		t.Errorf("in what is folded: %q", got)
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

// FuzzSearch compares with package regexp.
func FuzzSearch(f *testing.F) {
	f.Add([]byte("abcABCabc\nab"), "ab", uint8(3), true, false)
	f.Add([]byte("aaaaaaa"), "aa", uint8(2), false, false)
	f.Add([]byte("\n\n\n"), "\n\n", uint8(1), false, false)
	f.Add([]byte("ab12 Ab\n3日本語"), `\w+\d|.$`, uint8(2), true, true)
	f.Add([]byte("a\xffb\nß ſ K"), `^.|\Bs|k`, uint8(1), true, true)
	f.Add([]byte(`{"a": [1, 2 , "x, y"], "a" :[1,2,"x,y"]}`), `"A": [1, 2, "x, `, uint8(2), true, false)
	f.Fuzz(func(t *testing.T, body []byte, text string, size uint8, fold, expr bool) {
		q := Query{Text: text, Fold: fold, Regexp: expr}
		if len(body) > 1<<12 || len(text) > 1<<8 {
			return // small parts of much text say nothing more
		}
		if _, err := compile(q, true); err != nil || !utf8.ValidString(text) || !expr && strings.Contains(text, "\ufffd") {
			return
		}
		got := all(t, startSearch(t, body, q, int(size)+1))
		var want []Hit
		for _, m := range obvious(q).FindAllIndex(body, -1) {
			if m[1] > m[0] {
				want = append(want, Hit{Start: int64(m[0]), End: int64(m[1])})
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%+v in %q: %v, want %v", q, body, got, want)
		}
		for _, h := range got {
			if found := string(body[h.Start:h.End]); !expr && !strings.EqualFold(noBlanks.Replace(found), noBlanks.Replace(text)) {
				t.Fatalf("%+v finds %q", q, found)
			}
		}
	})
}

var noBlanks = strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "")

// obvious is an expression that finds what q does.
func obvious(q Query) *regexp.Regexp {
	tokens, isTokens := tokenExpr(q.Text)
	var expr strings.Builder
	switch {
	case q.Regexp:
		expr.WriteString(q.Text)
	case isTokens:
		expr.WriteString(tokens)
	case q.Fold && isASCII(q.Text): // k is no Kelvin sign
		for _, r := range q.Text {
			lower, upper := unicode.ToLower(r), unicode.ToUpper(r)
			fmt.Fprintf(&expr, "(?-i:%s|%s)", regexp.QuoteMeta(string(lower)), regexp.QuoteMeta(string(upper)))
		}
	default:
		expr.WriteString(regexp.QuoteMeta(q.Text))
	}
	flags := "m"
	if q.Fold {
		flags += "i"
	}
	return regexp.MustCompile("(?" + flags + ":" + expr.String() + ")")
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
