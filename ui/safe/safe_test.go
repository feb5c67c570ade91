package safe

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

const (
	// A family, a heart on fire, a thumb with a skin, a keycap, a flag.
	emoji = "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👍🏽 1\ufe0f\u20e3 🇩🇪"
	// Devanagari and Persian, which need joiners.
	scripts = "क्\u200dष می\u200cخواهم"
)

func TestLine(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"ascii", "hello ~", "hello ~"},
		{"controls", "a\x00b\x1b[31mc\x7f", "a␀b␛[31mc␡"},
		{"line ends and tabs", "a\tb\r\nc", "a␉b␍␊c"},
		{"C1 as UTF-8", "\u009b31m\u0085", "‹U+009B›31m‹U+0085›"},
		{"C1 as a raw byte", "\x9b31m", "‹9B›31m"},
		{"override", "abc\u202edef\u2066x\u2069\u200e\u061c", "abc‹U+202E›def‹U+2066›x‹U+2069›‹U+200E›‹U+061C›"},
		{"invalid UTF-8", "a\xc3(\xff\xe2\x82", "a‹C3›(‹FF›‹E2›‹82›"},
		{"surrogate and overlong", "\xed\xa0\x80\xc0\x9b", "‹ED›‹A0›‹80›‹C0›‹9B›"},
		{"replacement character stays", "\ufffd", "\ufffd"},
		{"zero width", "pay\u200bpal\ufeff\u00ad", "pay‹U+200B›pal‹U+FEFF›‹U+00AD›"},
		{"separators", "a\u2028b", "a‹U+2028›b"},
		{"tags", "a\U000e0041", "a‹U+E0041›"},
		{"emoji stay", emoji, emoji},
		{"joiners of scripts stay", scripts, scripts},
		{"joiners elsewhere", "a\u200db \u200c\u200dé\u200d", "a‹U+200D›b ‹U+200C›‹U+200D›é‹U+200D›"},
		{"joiner before a filler", "é\u200d\u3164", "é‹U+200D›‹U+3164›"},
		{"hidden in selectors", "😀\ufe0f\ufe01\U000e0100", "😀\ufe0f‹U+FE01›‹U+E0100›"},
		{"ideographic selector", "葛\U000e0100", "葛\U000e0100"},
		{"combining", "e\u0301 \u0301", "e\u0301 \u0301"},
		{"combining on nothing", "\u0301\x00\u0301", "‹U+0301›␀‹U+0301›"},
		{"skin on nothing", "x\U0001f3fd", "x‹U+1F3FD›"},
		{"drawn over what follows", "\u0600\x1b", "‹U+0600›␛"},
		{"stacked", "a" + strings.Repeat("\u0301", 10) + "b", "a" + strings.Repeat("\u0301", 8) + "‹U+0301›‹U+0301›b"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Line(tc.in); got != tc.want {
				t.Errorf("Line(%q)\n got %q\nwant %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestTextKeepsLinesAndTabs(t *testing.T) {
	if got, want := Text("a\tb\r\nc\rd\n\x1b"), "a\tb\nc␍d\n␛"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMarksHaveKnownWidth(t *testing.T) {
	for in, want := range map[string]int{"\x1b": 1, "\x7f": 1, "\u202e": 8, "\U000e0041": 9, "\xff": 4} {
		if got := Width(Line(in)); got != want {
			t.Errorf("%q is %d cells wide, want %d", in, got, want)
		}
	}
}

func TestSpansTellMarksFromTheSameCharacters(t *testing.T) {
	var got []Span
	for s := range Spans("␛\x1bx\r\n", KeepNewline) {
		got = append(got, s)
	}
	want := []Span{{"␛", false, 0, 3}, {"␛", true, 3, 1}, {"x", false, 4, 1}, {"\n", false, 5, 2}}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("span %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestTruncate(t *testing.T) {
	for _, tc := range []struct {
		in    string
		width int
		want  string
	}{
		{"hello", 5, "hello"},
		{"hello", 4, "hel…"},
		{"hello", 0, ""},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"},
		{"\x1b[31mred", 4, "␛[3…"},
		{strings.Repeat("x", 1<<20), 3, "xx…"},
	} {
		got := Truncate(tc.in, tc.width)
		if got != tc.want || Width(got) > tc.width {
			t.Errorf("Truncate(%.20q, %d) = %q, want %q", tc.in, tc.width, got, tc.want)
		}
	}
}

func TestWriterStylesMarks(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, KeepNewline, "<", ">")
	for _, piece := range []string{"a\x1b", "é\xe2", "\x80\xae", "x\r", "\ny\r", "z\xe2\x80"} {
		if _, err := w.Write([]byte(piece)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "a<␛>é<‹U+202E›>x\ny<␍>z<‹E2›><‹80›>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWriterReportsErrors(t *testing.T) {
	full := errors.New("full")
	w := NewWriter(writerFunc(func([]byte) (int, error) { return 0, full }), 0, "", "")
	if n, err := w.Write([]byte("x")); n != 0 || !errors.Is(err, full) {
		t.Errorf("got %d, %v", n, err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"a\x1b[0m\x9b\u202e", "\u200d\u0301\ufe0f", "\r\n\t\r", "é\u200d\u3164", "\xe2\x80\xe2"} {
		f.Add(s, uint8(3), uint8(2))
	}
	f.Fuzz(func(t *testing.T, s string, keepBits, cut uint8) {
		keep := Keep(keepBits) & (KeepTab | KeepNewline)
		got := Append(nil, []byte(s), keep)
		if why := hostileIn(string(got), keep); why != "" {
			t.Fatalf("Append(%q) = %q holds %s", s, got, why)
		}
		if again := Append(nil, got, keep); !bytes.Equal(again, got) {
			t.Fatalf("made safe twice %q differs from once %q", again, got)
		}
		var streamed bytes.Buffer
		w := NewWriter(&streamed, keep, "", "")
		at := int(cut) % (len(s) + 1)
		for _, piece := range []string{s[:at], s[at:]} {
			if _, err := w.Write([]byte(piece)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(streamed.Bytes(), got) {
			t.Fatalf("written in pieces %q, whole %q", streamed.Bytes(), got)
		}
		var joined strings.Builder
		at = 0
		for span := range Spans(s, keep) {
			if span.Offset != at {
				t.Fatalf("gap at %d in the spans of %q", at, s)
			}
			at += span.Len
			joined.WriteString(span.Text)
		}
		if at != len(s) || joined.String() != string(got) {
			t.Fatalf("spans give %q up to %d, whole %q", joined.String(), at, got)
		}
		line := Truncate(s, int(cut)%40)
		if Width(line) > int(cut)%40 || hostileIn(line, 0) != "" {
			t.Fatalf("Truncate(%q) = %q", s, line)
		}
	})
}

// hostileIn is the obvious check: it names what in s a terminal would act on.
func hostileIn(s string, keep Keep) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	for _, r := range s {
		switch {
		case r == '\n' && keep&KeepNewline != 0, r == '\t' && keep&KeepTab != 0:
		case unicode.IsControl(r):
			return "a control character"
		case unicode.Is(unicode.Bidi_Control, r):
			return "a direction control"
		case r == '\u200b', r == '\u2060', r == '\ufeff', unicode.Is(unicode.Noncharacter_Code_Point, r) && r < 0x10000:
			return "an invisible character"
		}
	}
	return ""
}

func BenchmarkAppend(b *testing.B) {
	for name, unit := range map[string]string{"ascii": "The quick brown fox jumps over the lazy dog. ", "han": "天地玄黄宇宙洪荒", "mixed": "naïve \x1b[31m café 日本 👍 "} {
		b.Run(name, func(b *testing.B) {
			src := []byte(strings.Repeat(unit, 1<<20/len(unit)))
			dst := make([]byte, 0, 2<<20)
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				dst = Append(dst[:0], src, KeepNewline)
			}
		})
	}
}

func TestLinkLeadsOnlyToWebAddresses(t *testing.T) {
	linked := LinkStart("https://example.test/a?b=c") + "text" + LinkEnd
	if Width(linked) != Width("text") || !strings.HasPrefix(linked, "\x1b]8;;https://example.test/a?b=c\x1b\\text") || !strings.HasSuffix(linked, "\x1b]8;;\x1b\\") {
		t.Errorf("%q", linked)
	}
	for _, address := range []string{
		"", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://a b", "https://a\x1b\\x", "https://•••", "https://a/" + strings.Repeat("x", linkMost),
	} {
		if got := LinkStart(address); got != "" {
			t.Errorf("%q became %q", address, got)
		}
	}
}
