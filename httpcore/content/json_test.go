package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/testdata/corpora"
)

// tokens scans src in pieces of the given size and joins the pieces of tokens.
func tokens(s *Scanner, src []byte, size int) ([]Token, error) {
	var all []Token
	for at := 0; at < len(src); {
		chunk := src[at:min(at+size, len(src))]
		t, n := s.Next(chunk)
		at += n
		switch {
		case t.Kind == Invalid:
			return all, s.Err()
		case t.Kind == None:
		case t.More:
			all[len(all)-1].End = t.End
		default:
			all = append(all, t)
		}
	}
	return all, s.Finish()
}

func TestScannerKeepsSourceAsItIs(t *testing.T) {
	src := `{"b":1.0, "a": [1e400, -0, "\u00e9\n", {}],"a":true , "": null}`
	got, err := tokens(new(Scanner), []byte(src), len(src))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, tok := range got {
		fmt.Fprintf(&text, "%d:%s ", tok.Kind, src[tok.Start:tok.End])
	}
	want := `1:{ 7:"b" 5:: 9:1.0 6:, 7:"a" 5:: 3:[ 9:1e400 6:, 9:-0 6:, 8:"\u00e9\n" 6:, 1:{ 2:} 4:] 6:, 7:"a" 5:: 10:true 6:, 7:"" 5:: 10:null 2:} `
	if text.String() != want {
		t.Errorf("got  %s\nwant %s", text.String(), want)
	}
}

func TestScannerErrors(t *testing.T) {
	for _, tc := range []struct{ src, want string }{
		{``, "the text ends where a value should follow (byte 0)"},
		{`[1,]`, "expected a value, found ']' (byte 3)"},
		{`[1 2]`, "expected a comma or ] after the element, found '2' (byte 3)"},
		{`{"a" 1}`, "expected a colon after the key, found '1' (byte 5)"},
		{`{"a":1,}`, "expected a key in quotes, found '}' (byte 7)"},
		{`{a:1}`, "expected a key in quotes or }, found 'a' (byte 1)"},
		{`[1}`, "expected a comma or ] after the element, found '}' (byte 2)"},
		{`"a`, "the text ends within a string (byte 2)"},
		{"\"a\n\"", "a string holds the control character byte 0x0A, which must be escaped (byte 2)"},
		{`"\x"`, "a backslash in a string is followed by 'x', which is not an escape (byte 2)"},
		{`"\u12g4"`, `expected a hexadecimal digit after \u, found 'g' (byte 5)`},
		{`-`, "the text ends within a number (byte 1)"},
		{`1.x`, "expected a digit in a number, found 'x' (byte 2)"},
		{`tru`, "the text ends within true, false or null (byte 3)"},
		{`nulL`, "expected true, false or null, found 'L' in the word (byte 3)"},
		{`1 2`, "expected nothing more after the value, found '2' (byte 2)"},
		{strings.Repeat("[", MaxDepth+1), "objects and arrays are nested more than 10000 deep (byte 10000)"},
	} {
		for _, size := range []int{1, 3, len(tc.src) + 1} {
			_, err := tokens(new(Scanner), []byte(tc.src), size)
			if err == nil || err.Error() != tc.want {
				t.Errorf("%.20q in pieces of %d: %v, want %s", tc.src, size, err, tc.want)
			}
		}
	}
}

func TestStreamScannerReadsTextAfterText(t *testing.T) {
	s := NewStreamScanner()
	if _, err := tokens(s, []byte("{\"a\":1}\n[2]\n3\n"), 2); err != nil || s.Values() != 3 {
		t.Errorf("%d values, %v", s.Values(), err)
	}
	if err := NewStreamScanner().Finish(); err != nil {
		t.Errorf("nothing at all: %v", err)
	}
	if _, err := tokens(NewStreamScanner(), []byte("{} {"), 9); err == nil {
		t.Error("an unfinished last text passed")
	}
}

func TestLevels(t *testing.T) {
	src := []byte(`{"x":[10,{"y":`)
	s := new(Scanner)
	if _, err := tokens(s, src, 4); err == nil {
		t.Fatal("no error for an unfinished text")
	}
	var got []string
	for _, l := range s.Levels() {
		if key, ok := l.Key(); ok {
			got = append(got, fmt.Sprintf("%d key@%d", l.Start, key))
		} else {
			got = append(got, fmt.Sprintf("%d [%d]", l.Start, l.Index()))
		}
	}
	if want := "0 key@1,5 [1],9 key@10"; strings.Join(got, ",") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ","), want)
	}
}

// TestSuite runs nst/JSONTestSuite: what must be accepted is, what must be
// refused is refused at the byte that encoding/json names, what is left open is
// taken as encoding/json takes it. That holds for invalid UTF-8 too: both refuse
// it where it is no part of a string, as all such files that must be refused
// have it.
func TestSuite(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t, "json"), "JSONTestSuite")
	files, err := filepath.Glob(filepath.Join(dir, "test_*", "*.json"))
	if err != nil || len(files) < 300 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		transform := filepath.Base(filepath.Dir(file)) == "test_transform"
		for _, size := range []int{1, 7, len(src) + 1} {
			_, got := tokens(new(Scanner), src, size)
			switch {
			case (transform || name[0] == 'y') && got != nil:
				t.Errorf("%s: %v", name, got)
			case !transform && name[0] == 'n' && got == nil:
				t.Errorf("%s was accepted", name)
			}
			checkOffset(t, src, got)
		}
	}
}

// checkOffset compares a verdict with encoding/json's, whose offset is how many
// bytes it had read: the offending one is counted, the end of the text is not.
// With a blank behind the text there is always a byte to count.
func checkOffset(t *testing.T, src []byte, got error) {
	t.Helper()
	var raw json.RawMessage
	var want *json.SyntaxError
	if !errors.As(json.Unmarshal(append(bytes.Clone(src), ' '), &raw), &want) {
		if got != nil {
			t.Errorf("%.60q: %v, but encoding/json accepts it", src, got)
		}
		return
	}
	var mine *SyntaxError
	if !errors.As(got, &mine) {
		t.Errorf("%.60q was accepted, but encoding/json says: %v", src, want)
		return
	}
	if mine.Offset != want.Offset-1 {
		t.Errorf("%.60q: %v, but encoding/json says at byte %d: %v", src, mine, want.Offset-1, want)
	}
}

func FuzzScanner(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e-3,"\u00e9",true,null]}`, `[`, `{"a" 1}`, `"\ud800"`, "[1,\n2]", `-0.0e+1`, `{}{}`} {
		f.Add([]byte(s), uint8(3))
	}
	f.Fuzz(func(t *testing.T, src []byte, size uint8) {
		whole, err := tokens(new(Scanner), src, len(src)+1)
		checkOffset(t, src, err)
		pieces, err2 := tokens(new(Scanner), src, int(size)+1)
		if fmt.Sprint(whole, err) != fmt.Sprint(pieces, err2) {
			t.Fatalf("%q\n whole     %v %v\n in pieces %v %v", src, whole, err, pieces, err2)
		}
		resumed, err3 := tokensResumed(t, src, int(size)+1)
		if fmt.Sprint(whole, err) != fmt.Sprint(resumed, err3) {
			t.Fatalf("%q\n whole   %v %v\n resumed %v %v", src, whole, err, resumed, err3)
		}
	})
}

// tokensResumed scans src with a new scanner for every piece.
func tokensResumed(tb testing.TB, src []byte, size int) ([]Token, error) {
	tb.Helper()
	var all []Token
	st := new(Scanner).State()
	for {
		s := new(Scanner)
		s.Restore(st)
		at := s.Offset()
		t, _ := s.Next(src[at:min(int(at)+size, len(src))])
		switch {
		case t.Kind == Invalid:
			return all, s.Err()
		case t.Kind == None && int(t.End) == len(src):
			return all, s.Finish()
		case t.Kind == None:
		case t.More:
			all[len(all)-1].End = t.End
		default:
			all = append(all, t)
		}
		if err := s.Err(); err != nil {
			return all, err // broken off within a token
		}
		st = s.State()
		checkState(tb, st, s.Levels())
	}
}

// checkState checks that a state knows the levels it was made of.
func checkState(tb testing.TB, st State, levels []Level) {
	tb.Helper()
	s := new(Scanner)
	s.Restore(st)
	if !slices.Equal(s.Levels(), levels) {
		tb.Fatalf("levels %v come back as %v", levels, s.Levels())
	}
	for i, want := range levels {
		if l, ok := st.Level(i); !ok || l != want {
			tb.Fatalf("level %d is %v, not %v", i, l, want)
		}
	}
	if _, ok := st.Level(len(levels)); ok || st.Depth() != len(levels) {
		tb.Fatalf("%d levels of %d", st.Depth(), len(levels))
	}
}

// TestStatesOfManyLevels keeps states of deep text: a level takes a few bytes,
// one that has not changed takes none.
func TestStatesOfManyLevels(t *testing.T) {
	const depth = MaxDepth - 1
	src := []byte(strings.Repeat(`[7,{"key":1,"k":`, depth/2) + "[" + strings.Repeat("1,", 99))
	s := new(Scanner)
	before := s.State()
	var costs []int
	for _, end := range []int{len(src) - 150, len(src)} {
		for s.Offset() < int64(end) {
			s.Next(src[s.Offset():end])
		}
		st := s.State()
		checkState(t, st, s.Levels())
		costs, before = append(costs, st.Cost(before)), st
	}
	if costs[0] > 4*depth || costs[1] > depth/4 {
		t.Errorf("two states of %d levels cost %d and %d bytes more", depth, costs[0], costs[1])
	}
}

func TestScannerAllocatesNothing(t *testing.T) {
	src := sample(64 << 10)
	s := new(Scanner)
	start := s.State()
	scan := func() {
		s.Restore(start)
		for at := 0; at < len(src); {
			_, n := s.Next(src[at:])
			at += n
		}
	}
	if allocs := testing.AllocsPerRun(10, scan); allocs > 0 {
		t.Errorf("%v allocations", allocs)
	}
}

// sample makes an array of records, about size bytes long.
func sample(size int) []byte {
	var b bytes.Buffer
	b.WriteByte('[')
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"name":"Ada Lovelace","email":"ada%d@example.com","tags":["a","b","c"],"score":%d.25,"active":true,"note":"The quick brown fox\njumps over the lazy dog","nested":{"x":null,"y":[]}}`, i, i, i%100)
	}
	b.WriteByte(']')
	return b.Bytes()
}

func BenchmarkScanner(b *testing.B) {
	src := sample(4 << 20)
	b.Run("scanner", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		s := new(Scanner)
		start := s.State()
		for b.Loop() {
			s.Restore(start)
			for at := 0; at < len(src); {
				_, n := s.Next(src[at:])
				at += n
			}
			if err := s.Finish(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json.Valid", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			json.Valid(src)
		}
	})
}
