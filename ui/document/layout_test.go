package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"go.uber.org/goleak"

	"parley/ui/safe"
)

func TestMain(m *testing.M) {
	// The clock of the lexers' expressions stops by itself, some time later.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2/v2.runClock"))
}

// FuzzLayout checks rows against what rows are: wrapped ones hold the whole
// line and fit, cut ones show the cells they should.
func FuzzLayout(f *testing.F) {
	for _, s := range []string{"hello world", "日本語テキスト", "a\tb\t\tc", "👩‍👩‍👧👍🏽 e\u0301e\u0301", "\x1b[31m\xff\u202e", "🇩🇪🇫🇷🇯🇵", "각각", "\u0301\u0301x\t\u0301", "a\u200d👩\u200d\u200d", "\t日\t本\t語", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦 ❤️☝🏿1️⃣", "\u0600123\u0e33ำ"} {
		f.Add(s, uint8(5), uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, width, left uint8) {
		if strings.Contains(s, "\n") || len(s) > maxLine {
			return
		}
		lines := wholeBody([]byte(s), newRawCutter())
		if len(lines) != 1 {
			return
		}
		w := int(width)%40 + 1
		checkWrapped(t, lines[0], w)
		checkCut(t, lines[0], w, int(left)%60)
		checkMarked(t, lines[0], int64(left), int64(width))
	})
}

// checkMarked marks some bytes, which changes nothing of how a line is laid
// out.
func checkMarked(t *testing.T, l line, start, length int64) {
	t.Helper()
	hit := Hit{Start: start, End: start + length}
	marked := l
	marked.spans = Marks{Current: hit}.paint(l.spans, []Hit{hit})
	if length == 0 {
		return
	}
	for _, layout := range []Layout{{Width: 7, Wrap: true, Tab: 4}, {Width: 9, Left: 3, Tab: 4}} {
		plain, got := layout.rows(l), layout.rows(marked)
		if len(got) != len(plain) {
			t.Fatalf("%q has %d rows, and %d where %v is marked", lineText(l), len(plain), len(got), hit)
		}
		for i := range got {
			if rowText(got[i]) != rowText(plain[i]) || rowWidth(got[i]) != rowWidth(plain[i]) {
				t.Fatalf("row %d of %q is %q, and %q where %v is marked", i, lineText(l), rowText(plain[i]), rowText(got[i]), hit)
			}
		}
	}
	for _, s := range marked.spans {
		touched := s.Offset < hit.End && hit.Start < s.Offset+int64(s.Len)
		if touched != (s.Match == Current) && s.Len > 0 {
			t.Fatalf("%q at byte %d of %q is %v where %v is found", s.Text, s.Offset, lineText(l), s.Match, hit)
		}
	}
}

func rowText(r Row) string { return lineText(line{spans: r.Spans}) }

// rowWidth is how many cells a row takes, span by span, as it is drawn.
func rowWidth(r Row) int {
	width := 0
	for _, s := range r.Spans {
		width += safe.Width(s.Text)
	}
	return width
}

func checkWrapped(t *testing.T, l line, width int) {
	t.Helper()
	var joined strings.Builder
	offset := l.offset
	for i, row := range (Layout{Width: width, Wrap: true, Tab: 4}).rows(l) {
		text := rowText(row)
		n, first := cluster(text + " ")
		if got := rowWidth(row); got > width && (got != first || n != len(text)) {
			t.Fatalf("row %d of %q is %d cells wide, not %d: %q", i, lineText(l), got, width, text)
		}
		if row.Sub != i || row.Joined != (i > 0) || row.Offset < offset {
			t.Fatalf("row %d of %q: %+v", i, lineText(l), row)
		}
		offset = row.Offset
		joined.WriteString(text)
	}
	if got, want := strings.ReplaceAll(joined.String(), " ", ""), strings.NewReplacer(" ", "", "\t", "").Replace(lineText(l)); got != want {
		t.Fatalf("wrapped at %d, %q holds %q", width, want, got)
	}
}

func checkCut(t *testing.T, l line, width, left int) {
	t.Helper()
	whole := Layout{Width: 1 << 30, Tab: 4}.rows(l)[0]
	row := Layout{Width: width, Left: left, Tab: 4}.rows(l)[0]
	text, all := rowText(row), rowText(whole)
	cells := rowWidth(whole)
	if got := rowWidth(row); got > width || !utf8.ValidString(text) {
		t.Fatalf("%q cut to [%d,+%d) is %d wide: %q", all, left, width, got, text)
	}
	if row.Cut != (cells > left+width) {
		t.Fatalf("%q cut to [%d,+%d): more is %v of %d cells", all, left, width, row.Cut, cells)
	}
	if !strings.Contains(all, strings.Trim(text, " ")) {
		t.Fatalf("%q cut to [%d,+%d) is %q", all, left, width, text)
	}
	if cells == len(all) { // one byte a cell: the obvious way is exact
		if want := all[min(left, cells):min(left+width, cells)]; text != want {
			t.Fatalf("%q cut to [%d,+%d) is %q, not %q", all, left, width, text, want)
		}
	}
}
