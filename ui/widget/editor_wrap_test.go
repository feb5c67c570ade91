package widget

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/uitest"
	"parley/ui/widget/text"
)

func newWrapped(s string, w, h int) *Editor {
	e := newEditor("", w, h)
	e.SetWrap(true)
	e.Reset(s)
	return e
}

// rowsOf are the rows of a line.
func rowsOf(line string, width int) []string {
	var rows []string
	for from := 0; ; {
		to := rowEnd(line, from, width)
		rows = append(rows, line[from:to])
		if from = to; from >= len(line) {
			return rows
		}
	}
}

func TestRowsOfALine(t *testing.T) {
	for _, c := range []struct {
		width int
		want  string // the rows, each with a bar behind it
	}{
		{10, "|"},
		{10, "one two |three|"},
		{10, "one two   |three|"},
		{7, "one |two |three|"}, // a word takes its blank along
		{6, "one |abcdef|gh|"},
		{8, "a\tb\t|cd|"},
		{5, "[1,2,|3,4]|"},
		{6, "日本語|日本|"},
		{6, "日本|語、日|本|"},
		{5, "a 日|本語|"},
		{4, "👩‍👩‍👧👩‍👩‍👧|👩‍👩‍👧|"},
		{3, "e\u0301e\u0301e\u0301|e\u0301|"},
		{1, "日|本|"},
		{12, "a\x1bb\xff|\u202ec|"},
		{4, "    |    |    |b|"},
	} {
		line := strings.ReplaceAll(c.want, "|", "")
		if got := strings.Join(rowsOf(line, c.width), "|") + "|"; got != c.want {
			t.Errorf("%d cells: %q, want %q", c.width, got, c.want)
		}
	}
}

// plainRows is what rowEnd does, said plainly: all clusters with their cells, and the last place to break at that fits.
func plainRows(line string, width int) []string {
	var clusters []string
	for i := 0; i < len(line); {
		end := text.Next(line, i)
		clusters = append(clusters, line[i:end])
		i = end
	}
	sign := func(c string) bool { return strings.Contains(neverFirst, c) }
	double := func(c string) bool {
		_, cells, _ := cluster(c, 0)
		return cells == 2 && len(c) > 1 && !sign(c)
	}
	breaks := func(i int) bool {
		before, after := clusters[i-1], clusters[i]
		return !sign(after) && (sign(before) || double(before) || double(after))
	}
	var rows []string
	for len(clusters) > 0 {
		fit, column := 0, 0
		for fit < len(clusters) {
			_, cells, _ := cluster(clusters[fit], column)
			if column += cells; column > width && fit > 0 {
				break
			}
			fit++
		}
		cut := fit
		if fit < len(clusters) {
			for cut > 0 && !breaks(cut) {
				cut--
			}
		}
		if cut == 0 {
			cut = fit
		}
		rows = append(rows, strings.Join(clusters[:cut], ""))
		clusters = clusters[cut:]
	}
	if rows == nil {
		return []string{""}
	}
	return rows
}

// bits are what random lines are made of.
var bits = []string{
	"word ", "a", " ", "   ", "\t", "longer,", "\"k\":1,", "日本", "語、", "한국어 ", "é", "e\u0301", "👩‍👩‍👧", "🇩🇪", "\x1b[0m", "\xff", "\u200b", "ا", "क्षि", "}", "\u00a0",
}

func randomLine(random *rand.Rand, n int) string {
	var b strings.Builder
	for range random.IntN(n + 1) {
		b.WriteString(bits[random.IntN(len(bits))])
	}
	return b.String()
}

// Rows are those of the plain way, together they are the line, none is wider than the screen, and a word that fits into a row
// is in one.
func TestRowsLoseNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 4000 {
		line, width := randomLine(random, 40), 1+random.IntN(24)
		rows := rowsOf(line, width)
		if want := plainRows(line, width); !slices.Equal(rows, want) {
			t.Fatalf("%q in %d cells: %q, want %q", line, width, rows, want)
		}
		if strings.Join(rows, "") != line {
			t.Fatalf("%q in %d cells becomes %q", line, width, rows)
		}
		for _, row := range rows {
			if cells := walk(row, point{}, len(row), unbounded).column; cells > width && text.Next(row, 0) < len(row) {
				t.Fatalf("%q takes %d cells of %d", row, cells, width)
			}
		}
	}
	for range 500 {
		var words []string
		for range random.IntN(30) {
			words = append(words, strings.Repeat("w", 1+random.IntN(8)))
		}
		for _, row := range rowsOf(strings.Join(words, " "), 9) {
			if strings.HasPrefix(row, " ") || !slices.Contains(append(words, ""), strings.TrimSpace(row)) && !strings.Contains(strings.TrimSpace(row), " ") {
				t.Fatalf("%q has half a word, of %q", row, words)
			}
		}
	}
}

// freshRow is the row of a place, found by a walk through its line.
func freshRow(e *Editor, p text.Pos) row {
	line, width := e.buffer.Line(p.Line), max(1, e.w-e.gutter()-1)
	for k, from := 0, 0; ; k++ {
		end := len(line)
		if len(line) > longLine {
			end = blockStart(line, k+1)
		}
		r := row{line: p.Line}
		for r.from = from; ; r.from = r.to {
			r.to = rowEnd(line[:end], r.from, width)
			if p.Col < r.to || r.to == len(line) {
				return r
			}
			if r.to == end {
				break
			}
		}
		from = end
	}
}

// checkRows compares the rows with what a walk through their lines finds, and looks at the screen.
func checkRows(t *testing.T, e *Editor, ask text.Pos) {
	t.Helper()
	ask.Line = min(ask.Line, e.buffer.Lines()-1)
	ask.Col = min(ask.Col, len(e.buffer.Line(ask.Line)))
	for _, p := range []text.Pos{ask, e.buffer.Cursor(), e.top} {
		if got, want := e.rowOf(p), freshRow(e, p); got != want {
			t.Fatalf("%v of %d bytes is in %v, want %v", p, len(e.buffer.Line(p.Line)), got, want)
		}
	}
	shown := e.shownRows()
	for i, r := range shown {
		if want := freshRow(e, r.start()); r != want {
			t.Fatalf("row %d shows %v, want %v", i, r, want)
		}
		if i > 0 && r.start() != (text.Pos{Line: shown[i-1].line, Col: shown[i-1].to}) && (r.from != 0 || r.line != shown[i-1].line+1) {
			t.Fatalf("row %d: %v follows %v", i, r, shown[i-1])
		}
	}
	uitest.Exact(t, e.View(), e.w, e.h)
	if x, y, ok := e.Cursor(); !ok {
		t.Fatalf("the cursor %v in %v is at %d,%d of %dx%d; shown are %v", e.Position(), e.cursorRow(), x, y, e.w, e.h, e.shownRows())
	}
}

// However a text was edited, resized and scrolled, its rows are those that it would have if it were opened as it is.
func TestRowsAfterRandomEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	keys := []string{
		"up", "down", "left", "right", "home", "end", "pgup", "pgdown", "shift+down", "shift+end", "enter", "backspace", "delete", "ctrl+w", "ctrl+k",
		"ctrl+home", "ctrl+end", "tab",
	}
	for range 4 {
		lines := []string{randomLine(random, 30), strings.Repeat(randomLine(random, 60)+"x", 40), "", strings.Repeat(randomLine(random, 2000)+"y", 6)}
		e := newWrapped(strings.Join(lines, "\n"), 24, 6)
		e.SetWay(Way(random.IntN(2)))
		for range 120 {
			anywhere := text.Pos{Line: random.IntN(e.buffer.Lines())}
			anywhere.Col = random.IntN(len(e.buffer.Line(anywhere.Line)) + 1)
			switch random.IntN(6) {
			case 0:
				e.buffer.MoveTo(anywhere, false)
				e.seen()
			case 1:
				e.Paste(randomLine(random, 8))
			case 2:
				e.SetSize(8+random.IntN(40), 1+random.IntN(8))
			case 3:
				e.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
				e.Update(tea.MouseClickMsg{X: random.IntN(e.w), Y: random.IntN(e.h), Button: tea.MouseLeft})
			case 4:
				e.Undo()
			default:
				press(e, keys[random.IntN(len(keys))])
			}
			checkRows(t, e, anywhere)
		}
	}
}

// Where keys lead in rows. The rows are marked by bars, the cursor by a caret; behind the end of a row it is written before
// the bar.
func TestKeysInRows(t *testing.T) {
	for _, c := range []struct {
		keys, in, want string
	}{
		{"down", "one ^two |three |four", "one two |thre^e |four"},
		{"down down", "one two^ |abc |three", "one two |abc |three^"},
		{"down down up up", "one two^ |a\nb\nthree", "one two^ |a\nb\nthree"},
		{"down down down", "one two |three ^four\nx", "one two |three four\nx^"},
		{"up", "one two |th^ree", "on^e two |three"},
		{"up up", "one two |th^ree", "^one two |three"},
		{"home", "one two |th^ree", "one two |^three"},
		{"home home", "  one two |th^ree", "  ^one two |three"},
		{"home home home", "  one two |th^ree", "^  one two |three"},
		{"end", "o^ne two |three", "one two ^|three"},
		{"end end", "o^ne two |three", "one two |three^"},
		{"end home", "o^ne two |three", "^one two |three"},
		{"end down", "on^e two |three", "one two |three^"},
		{"end right", "o^ne two |three", "one two |t^hree"},
		{"end left", "o^ne two |three", "one two^ |three"},
		{"end left right", "o^ne two |three", "one two |^three"},
		{"shift+end", "o^ne two |three", "one two ^|three"},
		{"end down up", "aaaaaaaaaa^a|bbb", "aaaaaaaaaaa^|bbb"},
		{"down", "日本^語 |한국어", "日本語 |한국^어"},
		{"down", "\ta^ |wxyzab", "\ta |wxyza^b"},
		{"pgdown", "^a |b |c |d |e |f", "a |b |c |^d |e |f"},
		{"pgdown pgup", "^a |b |c |d |e |f", "^a |b |c |d |e |f"},
	} {
		in := strings.ReplaceAll(c.in, "|", "")
		// The bars say how wide a row is; a cell more is kept for the cursor.
		width := 0
		for _, row := range strings.FieldsFunc(strings.ReplaceAll(c.in, "^", ""), func(r rune) bool { return r == '|' || r == '\n' }) {
			width = max(width, walk(row, point{}, len(row), unbounded).column)
		}
		e := newWrapped(strings.ReplaceAll(in, "^", ""), width+1, 3)
		e.Go(strings.Index(in, "^"))
		if got := showRows(e); got != strings.ReplaceAll(c.in, "^|", "^|") {
			t.Errorf("begins as %q, want %q", got, c.in)
			continue
		}
		press(e, strings.Fields(c.keys)...)
		if got := showRows(e); got != c.want {
			t.Errorf("%s of %q: %q, want %q", c.keys, c.in, got, c.want)
		}
		if x, y, ok := e.Cursor(); !ok {
			t.Errorf("%s of %q: the cursor is at %d,%d", c.keys, c.in, x, y)
		}
	}
}

// showRows writes down the rows with the cursor in them.
func showRows(e *Editor) string {
	var b strings.Builder
	at, in := e.buffer.Cursor(), e.cursorRow()
	for n := range e.buffer.Lines() {
		line := e.buffer.Line(n)
		for r := e.rowOf(text.Pos{Line: n}); ; r, _ = e.below(r) {
			switch {
			case r.from > 0:
				b.WriteByte('|')
			case n > 0:
				b.WriteByte('\n')
			}
			if r == in {
				b.WriteString(line[r.from:at.Col] + "^" + line[at.Col:r.to])
			} else {
				b.WriteString(line[r.from:r.to])
			}
			if r.to == len(line) {
				break
			}
		}
	}
	return b.String()
}

// What vim's keys do by line they do by line, and with g by row.
func TestVimInRows(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"j", "one two |three\nfo^ur |five six"},
		{"gj", "one two |th^ree\nfour |five six"},
		{"gjgj", "one two |three\nfo^ur |five six"},
		{"gj2gjgk", "one two |three\nfo^ur |five six"},
		{"3gjj", "one two |three\nfour |fi^ve six"},
		{"gjk", "one two |th^ree\nfour |five six"},
		{"gjg0", "one two |^three\nfour |five six"},
		{"g$", "one two^ |three\nfour |five six"},
		{"2g$", "one two |thre^e\nfour |five six"},
		{"dgj", "onree\n^four |five six"},
		{"j$gk", "one two |three\nfour^ |five six"},
	} {
		e := newWrapped("one two three\nfour five six", 9, 3)
		e.SetWay(Vim)
		e.Go(2)
		typeText(e, c.keys)
		got := showRows(e)
		if c.keys == "dgj" {
			got, c.want = e.Text(), "onree\nfour five six"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestWrappedView(t *testing.T) {
	e := newWrapped("{\"name\": \"a value that is long\", \"list\": [1, 2, 3]}\nshort", 24, 6)
	e.SetMarks(Mark{From: text.Pos{Line: 0, Col: 40}, To: text.Pos{Line: 0, Col: 41}, Role: themes.Invalid, Message: "wrong"})
	uitest.Golden(t, "editor-wrapped", uitest.Grid(t, e.View(), 24, 6))
	e.SetMarks()
	press(e, "shift+down", "shift+down")
	e.StartFind()
	typeText(e, "value th")
	screen := uitest.Screen(e.View(), 24, 6)
	current := testStyles().Color(themes.Current)
	var hit []string
	for y := range 5 {
		for x := range 24 {
			if c := screen.CellAt(x, y); c.Style.Fg == current || c.Style.Bg == current {
				hit = append(hit, fmt.Sprint(x, ",", y))
			}
		}
	}
	if len(hit) == 0 {
		t.Error("what was found is not drawn")
	}
	if _, y, ok := e.Cursor(); !ok || y != 5 {
		t.Errorf("the cursor of the find line is in row %d", y)
	}
}

func TestMouseInRows(t *testing.T) {
	e := newWrapped("one two three four\nfive", 9, 3)
	for _, c := range []struct {
		x, y int
		want text.Pos
		row  int
	}{
		{1, 0, text.Pos{Col: 1}, 0},
		{2, 1, text.Pos{Col: 10}, 1},
		{8, 0, text.Pos{Col: 8}, 0}, // behind the row: there, not where the next one begins
		{0, 1, text.Pos{Col: 8}, 1},
		{8, 2, text.Pos{Col: 18}, 2},
	} {
		e.clicks = clicks{}
		e.Update(tea.MouseClickMsg{X: c.x, Y: c.y, Button: tea.MouseLeft})
		if _, y, ok := e.Cursor(); e.Position() != c.want || y != c.row || !ok {
			t.Errorf("a click on %d,%d leads to %v in row %d", c.x, c.y, e.Position(), y)
		}
	}
	e.Update(tea.MouseClickMsg{X: 4, Y: 0, Button: tea.MouseLeft})
	e.Update(tea.MouseMotionMsg{X: 2, Y: 1, Button: tea.MouseLeft})
	if got := e.Selected(); got != "two th" {
		t.Errorf("dragged over %q", got)
	}
	selection := testStyles().Color(themes.Selection)
	screen := uitest.Screen(e.View(), 9, 3)
	for _, c := range []struct {
		x, y int
		want bool
	}{{3, 0, false}, {4, 0, true}, {7, 0, true}, {0, 1, true}, {1, 1, true}, {2, 1, false}} {
		if got := screen.CellAt(c.x, c.y).Style.Bg == selection; got != c.want {
			t.Errorf("cell %d,%d selected: %v", c.x, c.y, got)
		}
	}
	e.Update(tea.MouseMotionMsg{X: 2, Y: 3, Button: tea.MouseLeft})
	e.Update(tea.MouseReleaseMsg{X: 2, Y: 3, Button: tea.MouseLeft})
	if got := uitest.Grid(t, e.View(), 9, 3); got != "three\nfour\nfive\n" {
		t.Errorf("dragging below the view shows\n%s", got)
	}
	e.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	e.Update(tea.MouseWheelMsg{Button: tea.MouseWheelRight})
	if got := uitest.Grid(t, e.View(), 9, 3); got != "one two\nthree\nfour\n" {
		t.Errorf("the wheel shows\n%s", got)
	}
	e.SetWay(Vim)
	e.clicks = clicks{}
	e.Update(tea.MouseClickMsg{X: 8, Y: 0, Button: tea.MouseLeft})
	if _, y, _ := e.Cursor(); y != 0 || e.Position() != (text.Pos{Col: 13}) {
		t.Errorf("in vim a click behind a row leads to %v in row %d", e.Position(), y)
	}
}

// The list of completions stands where the word begins that is completed, or its row does.
func TestCompletionInRows(t *testing.T) {
	e := NewEditor(testStyles(), EditorOptions{Complete: func(line string, cursor int) Candidates {
		from := strings.LastIndexFunc(line[:cursor], unicode.IsSpace) + 1
		return Candidates{From: from, To: cursor, List: []Candidate{{Text: strings.Repeat("w", 20)}, {Text: "wx"}}}
	}})
	e.SetSize(9, 4)
	e.SetWrap(true)
	e.Focus(true)
	for _, c := range []struct {
		typed     string
		x, y, was int
	}{{"one two www", 3, 1, 3}, {strings.Repeat("w", 10), 2, 1, 2}} {
		e.Reset("")
		typeText(e, c.typed)
		x, y, _ := e.Cursor()
		list := e.Completion()
		if list == nil || x != c.x || y != c.y || list.Typed() != c.was {
			t.Errorf("%s: the cursor is at %d,%d, the list %v", c.typed, x, y, list)
		}
	}
}

// A resize keeps the cursor in view, and undoes itself.
func TestResizeOfWrapped(t *testing.T) {
	e := newWrapped(strings.Repeat("some words and more, ", 3000), 60, 10)
	e.Go(30_000)
	for _, w := range []int{59, 20, 7, 1, 0, 200, 60} {
		e.SetSize(w, 10)
		if _, _, ok := e.Cursor(); !ok && w > 0 {
			t.Errorf("the cursor is not seen in %d cells", w)
		}
		if line := strings.Split(uitest.Grid(t, e.View(), max(1, w), 10), "\n"); w > 20 && !slices.ContainsFunc(line, func(s string) bool { return utf8.RuneCountInString(s) > w/2 }) {
			t.Errorf("%d cells show\n%s", w, strings.Join(line, "\n"))
		}
	}
	e.SetWrap(false)
	if got := e.shownRows(); len(got) != 1 || e.Wrapped() {
		t.Errorf("without wrapping there are %d rows", len(got))
	}
	if _, _, ok := e.Cursor(); !ok {
		t.Error("the cursor is not seen when lines are not wrapped any more")
	}
}

// A line of several blocks is the same rows downwards and upwards, and they are the line.
func TestRowsOfAVeryLongLine(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for name, line := range map[string]string{
		"words": strings.Repeat("some words, and more ", 4000), "none": strings.Repeat("日本語", 12_000), "blanks": strings.Repeat(" ", 70_000),
		"joined": strings.Repeat("👩‍👩‍👧", 4000), "marks": "e" + strings.Repeat("\u0301", 40_000), "any": strings.Repeat(randomLine(random, 5000), 8),
	} {
		e := newWrapped(line, 60, 10)
		var down []row
		var b strings.Builder
		for r, ok := e.rowOf(text.Pos{}), true; ok; r, ok = e.below(r) {
			down = append(down, r)
			b.WriteString(line[r.from:r.to])
			if len(line) > longLine && r.to-r.from > blockStep+blockReach {
				t.Fatalf("%s: a row of %d bytes", name, r.to-r.from)
			}
		}
		if b.String() != line {
			t.Errorf("%s: the rows are not the line", name)
		}
		for i := len(down) - 1; i > 0; i -= 1 + i%7 {
			if above, by := e.up(down[i], 1); above != down[i-1] || by != 1 {
				t.Fatalf("%s: above %v is %v, not %v", name, down[i], above, down[i-1])
			}
		}
		if top, by := e.up(down[len(down)-1], len(down)+5); top != down[0] || by != len(down)-1 {
			t.Errorf("%s: the way back leads to %v after %d rows of %d", name, top, by, len(down))
		}
	}
}

// What is known of letters is what measuring them says, beside one another, too.
func TestLettersAreMeasured(t *testing.T) {
	for r := rune(0x80); r < 0x1f000; r++ {
		s := string(r)
		if cells := letterCells(s); cells > 0 && (cells != safe.Width(s) || safe.Line(s) != s) {
			t.Errorf("%U takes %d cells, not %d", r, safe.Width(s), cells)
		}
	}
}
