package lazydfa

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func never() bool { return false }

// all returns the matches that are not empty.
func all(m *Machine, text string) [][]int {
	var out [][]int
	t := Text{Bytes: []byte(text), Begins: true, Ends: true}
	for at := 0; at < len(text); {
		start, end, ok := m.Find(t, at, len(text), never)
		if !ok {
			break
		}
		if end > start {
			out = append(out, []int{start, end})
			at = end
			continue
		}
		_, n := utf8.DecodeRuneInString(text[end:])
		at = end + n
	}
	return out
}

// obvious is what package regexp says.
func obvious(expr, text string) [][]int {
	var out [][]int
	for _, m := range regexp.MustCompile(expr).FindAllStringIndex(text, -1) {
		if m[1] > m[0] {
			out = append(out, m)
		}
	}
	return out
}

var texts = []string{
	"", "a", "abcabc", "foo bar\nbaz foo\n", "\n\n", "aXbxC é É ß ſ K k", "日本語 text 日本", "x\xff\xfey\xe2\x82z", `{"id": 12, "name":34,"x":[1,2]}`,
	"aaaa", "abab aab bba", "the quick_brown fox 1234 jumps", "\xe2\x82\xac\xe2\x82 \xf0\x9f\x98\x80\xf0\x9f", "a\nb\n", "word", "_a-b_",
}

func TestFindAgreesWithRegexp(t *testing.T) {
	for _, expr := range []string{
		`a`, `abc`, `a|ab`, `ab|a`, `(a|ab)(c|bcd)?`, `a*`, `a+?`, `a+?b`, `(?m)^`, `(?m)^\w+$`, `^foo`, `foo$`, `\Afoo`, `foo\z`, `\bfoo\b`, `\Boo`, `(?m)$\n^`,
		`[a-z]+\d{4}`, `"(id|name)":\s*\d+`, `(?i)k`, `(?i)ß`, `(?i)É`, `[^a]`, `.`, `(?s).+`, `.+`, `\pL+`, `\x{FFFD}`, `[日本]+`, `(?:)`, `a{2}`, `a{2,3}?`,
		`(a*)*b`, `(|a)+`, `\s+$`, `(?m)\s+$`, `(?U)a+b?`, `x*yz{2}`, `[[:word:]]+\b`, `(a+)(b+)|ab`, `b*a*?$`,
	} {
		r, err := Compile(expr)
		if err != nil {
			t.Fatal(err)
		}
		m := r.NewMachine()
		for _, text := range texts {
			if got, want := all(m, text), obvious(expr, text); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%q in %q: %v, not %v", expr, text, got, want)
			}
		}
	}
}

// TestRandomExpressions makes expressions and texts up, the same in every run.
func TestRandomExpressions(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	atoms := []string{"a", "b", "ab", ".", "[ab]", "[^a]", "\\w", "\\s", "\\b", "^", "$", "é", "[à-ü]", "(?i:a)", "\\B", "(?s:.)", "(?m:^)", "(?m:$)"}
	var expr func(deep int) string
	expr = func(deep int) string {
		atom := atoms[random.IntN(len(atoms))]
		if deep == 0 {
			return atom
		}
		switch random.IntN(6) {
		case 0:
			return "(?:" + expr(deep-1) + "|" + expr(deep-1) + ")"
		case 1:
			return "(?:" + expr(deep-1) + ")" + []string{"*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}"}[random.IntN(8)]
		case 2, 3, 4:
			return expr(deep-1) + expr(deep-1)
		}
		return atom
	}
	letters := []string{"a", "b", "A", " ", "\n", "é", "\xff", "\xc3", "_", "É"}
	for range 3000 {
		e := expr(3)
		r, err := Compile(e)
		if err != nil {
			t.Fatal(err)
		}
		m := r.NewMachine()
		for range 4 {
			var b strings.Builder
			for range random.IntN(12) {
				b.WriteString(letters[random.IntN(len(letters))])
			}
			if got, want := all(m, b.String()), obvious(e, b.String()); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%q in %q: %v, not %v", e, b.String(), got, want)
			}
		}
	}
}

// TestManyStates has more states than are kept.
func TestManyStates(t *testing.T) {
	const expr = `[ab]*a[ab]{14}c`
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 60_000)
	for i := range text {
		text[i] = "ab"[random.IntN(2)]
	}
	copy(text[50_000:], "abbbbbbbaaaaaabbc")
	r, err := Compile(expr)
	if err != nil {
		t.Fatal(err)
	}
	m := r.NewMachine()
	if got, want := all(m, string(text)), obvious(expr, string(text)); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, not %v", got, want)
	}
	if n := 4 * len(m.forward.table); n > maxMemory {
		t.Errorf("the table takes %d bytes", n)
	}
}

func TestFindStops(t *testing.T) {
	r, err := Compile(`(x+x+)+y(a{1,900}b){1,1}|[ab]*a[ab]{900}c`)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(strings.Repeat("xxabab", 1<<20))
	asked := 0
	_, _, ok := r.NewMachine().Find(Text{Bytes: text}, 0, len(text), func() bool { asked++; return asked == 20 })
	if ok || asked != 20 {
		t.Errorf("asked %d times, found %v", asked, ok)
	}
}

func BenchmarkFind(b *testing.B) {
	text := []byte(strings.Repeat(`{"id":1234567,"name":"Ada Lovelace","email":"ada@example.com","score":99.25},`, 100_000))
	for _, expr := range []string{`[a-z]+\d{4}`, `"(id|name)":\s*\d+`, `[0-9]{9}`, `(?i)no such needle`, `\bscore\b`} {
		r, err := Compile(expr)
		if err != nil {
			b.Fatal(err)
		}
		m := r.NewMachine()
		b.Run(expr, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for at := 0; at < len(text); {
					_, end, ok := m.Find(Text{Bytes: text}, at, len(text), never)
					if !ok {
						break
					}
					at = end
				}
			}
		})
		b.Run("regexp/"+expr, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			r := regexp.MustCompile(expr)
			for b.Loop() {
				r.FindAllIndex(text, -1)
			}
		})
	}
}
