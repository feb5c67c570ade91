package vim

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/ui/widget/text"
)

// plain is a screen on which every byte is a cell.
type plain struct{ b *text.Buffer }

func (p plain) Column(at text.Pos) int      { return at.Col }
func (p plain) ByteAt(line, column int) int { return min(column, len(p.b.Line(line))) }
func (p plain) RowColumn(at text.Pos) int   { return at.Col }
func (p plain) Rows() int                   { return 4 }
func (p plain) RowsAway(at text.Pos, rows, column int) text.Pos {
	line := max(0, min(at.Line+rows, p.b.Lines()-1))
	return text.Pos{Line: line, Col: p.ByteAt(line, column)}
}

func (p plain) Partner(at text.Pos) (text.Pos, bool) {
	c := p.b.Line(at.Line)[at.Col]
	if i := strings.IndexByte("([{", c); i >= 0 {
		return scan(p.b, at, 1, ")]}"[i], c, 1)
	}
	i := strings.IndexByte(")]}", c)
	return scan(p.b, at, -1, "([{"[i], c, 1)
}

// typist gives keys to a machine, and types what the machine leaves to others.
type typist struct {
	b *text.Buffer
	m *Machine
}

// begin puts the cursor where the bar is.
func begin(s string) *typist {
	t := &typist{text.New(strings.Replace(s, "|", "", 1)), &Machine{Indent: "  "}}
	t.b.MoveTo(t.b.At(strings.Index(s, "|")), false)
	return t
}

func (t *typist) key(k Key) {
	switch {
	case k.Name == "esc":
		t.m.Escape(t.b)
	case t.m.Mode() == Insert:
		t.m.Typed(k)
		switch k.Name {
		case "enter":
			t.b.Newline("  ")
		default:
			t.b.Insert(k.Text)
		}
	case t.m.Key(t.b, plain{t.b}, k) == DoAgain:
		keys, times := t.m.Again()
		t.m.Replay(true)
		for range times {
			for _, k := range keys {
				t.key(k)
			}
		}
		t.m.Replay(false)
	}
}

// keys gives keys as vim's documentation writes them: <esc>, <cr> and <c-r>.
func (t *typist) keys(s string) {
	names := map[string]string{"<esc>": "esc", "<cr>": "enter", "<c-r>": "ctrl+r", "<c-d>": "ctrl+d"}
	for s != "" {
		if end := strings.IndexByte(s, '>'); s[0] == '<' && end > 0 && names[s[:end+1]] != "" {
			t.key(Key{Name: names[s[:end+1]]})
			s = s[end+1:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		t.key(Key{Name: s[:n], Text: s[:n]})
		s = s[n:]
	}
}

func (t *typist) show() string {
	i := t.b.Offset(t.b.Cursor())
	return t.b.String()[:i] + "|" + t.b.String()[i:]
}

func TestKeysOfVim(t *testing.T) {
	for _, c := range []struct{ in, keys, want string }{
		// motions
		{"a|bc", "h", "|abc"},
		{"|abc", "3l", "ab|c"},
		{"|abc", "$", "ab|c"},
		{"  a|bc", "0", "|  abc"},
		{"  ab|c", "^", "  |abc"},
		{"ab|c\nd\nefgh", "jj", "abc\nd\nef|gh"},
		{"ab|c\nd\nefgh", "$jj", "abc\nd\nefg|h"},
		{"|a.b c", "w", "a|.b c"},
		{"|a.b c", "W", "a.b |c"},
		{"|a\n\n  b", "ww", "a\n\n  |b"},
		{"foo b|ar", "b", "foo |bar"},
		{"foo |bar", "b", "|foo bar"},
		{"|foo bar", "ee", "foo ba|r"},
		{"a\n|b\nc", "G", "a\nb\n|c"},
		{"a\nb\n|c", "gg", "|a\nb\nc"},
		{"|a\nb\nc", "2G", "a\n|b\nc"},
		{"|a,b,c", "f,", "a|,b,c"},
		{"|a,b,c", "t,", "|a,b,c"},
		{"|a,b,c", "2f,", "a,b|,c"},
		{"|a,b,c", "f,;", "a,b|,c"},
		{"|a,b,c", "f,;,", "a|,b,c"},
		{"|aa,b,c", "t,;", "aa,|b,c"},
		{"a,b|c", "F,", "a|,bc"},
		{"a,bb|c", "T,", "a,|bbc"},
		{"|a\nb\n\nc", "}", "a\nb\n|\nc"},
		{"a\n\nb\n|c", "{", "a\n|\nb\nc"},
		{"|x(a[b])", "%", "x(a[b]|)"},
		{"x(a[b]|)", "%", "x|(a[b])"},
		{"|1\n2\n3\n4\n5", "<c-d>", "1\n2\n|3\n4\n5"},
		// operators with motions
		{"|foo bar", "dw", "|bar"},
		{"foo |bar\nbaz", "dw", "foo| \nbaz"},
		{"|a b c d", "2dw", "|c d"},
		{"|a b c d", "d2w", "|c d"},
		{"|a b c", "99dw", "|"},
		{"a |b\nc d", "99dw", "a| "},
		{"|a\nb", "2dw", "|"},
		{"|a\nb\nc", "2dw", "|\nc"},
		{"|a\nb c\nd", "3dw", "|\nd"},
		{"|a\n\n b", "dw", "|\n\n b"},
		{"a |b\n  ", "dw", "a| \n  "},
		{"|foo bar", "de", "| bar"},
		{"|foo bar", "cwx<esc>", "|x bar"},
		{"|a bar", "cwx<esc>", "|x bar"},
		{"foo|  bar", "cwx<esc>", "foo|xbar"},
		{"foo |bar", "db", "|bar"},
		{"a\n|b\nc", "dd", "a\n|c"},
		{"a\nb\n|c", "dd", "a\n|b"},
		{"|a", "dd", "|"},
		{"|a\nb\nc\nd", "3dd", "|d"},
		{"|a\nb\nc", "dj", "|c"},
		{"a\n|b\nc", "dG", "|a"},
		{"a\n|b\nc", "dgg", "|c"},
		{"  a|b\n c", "ccx<esc>", "  |x\n c"},
		{"a|bc", "D", "|a"},
		{"a|bc", "Cx<esc>", "a|x"},
		{"|a,b)", "dt)", "|)"},
		{"|a,b)c", "df)", "|c"},
		{"x|(a)y", "d%", "x|y"},
		{"|a\nb\n\nc", "d}", "|\nc"},
		{"|a\nb", ">>", "  |a\nb"},
		{"|a\nb", ">j", "  |a\n  b"},
		{"  |a\n  b", "2<<", "|a\nb"},
		{"ab|c", "dl", "a|b"},
		{"|abc", "dq", "|abc"},
		// text objects
		{"foo b|ar baz", "diw", "foo | baz"},
		{"foo b|ar baz", "daw", "foo |baz"},
		{"foo b|ar", "daw", "fo|o"},
		{`x "a| b" y`, `ci"z<esc>`, `x "|z" y`},
		{`|x "a b" y`, `di"`, `x "|" y`},
		{`x "a|b" y`, `da"`, `x |y`},
		{`{"k": "a\"|b"}`, `ci"z<esc>`, `{"k": "|z"}`},
		{"f(a, |b(c))", "di(", "f(|)"},
		{"f(a, b(|c))", "2di(", "f(|)"},
		{"f(a|)", "da(", "|f"},
		{"[1, |2]", "ci[x<esc>", "[|x]"},
		{"{\n  a|\n}", "di{", "{\n|}"},
		{"{a: |1}", "ya{P", "{a: 1|}{a: 1}"},
		// edits
		{"|abc", "x", "|bc"},
		{"ab|c", "x", "a|b"},
		{"|abc", "2x", "|c"},
		{"ab|c", "X", "a|c"},
		{"|abc", "rx", "|xbc"},
		{"|abc", "2rx", "x|xc"},
		{"|abc", "4rx", "|abc"},
		{"|a\n  b", "J", "a| b"},
		{"|a\nb\nc", "3J", "a b| c"},
		{"|ab", "xp", "b|a"},
		{"|a\nb", "yyp", "a\n|a\nb"},
		{"a\n|b", "yyP", "a\n|b\nb"},
		{"|a\nb", "ddp", "b\n|a"},
		{"|ab", "yl3p", "aaa|ab"},
		{"|a", "ob<esc>", "a\n|b"},
		{"  |a", "Ob<esc>", "  |b\n  a"},
		{"{|", "ob<esc>", "{\n  |b"},
		{"a|b", "ix<esc>", "a|xb"},
		{"a|b", "ax<esc>", "ab|x"},
		{"  a|b", "Ix<esc>", "  |xab"},
		{"|ab", "Ax<esc>", "ab|x"},
		{"|ab", "sx<esc>", "|xb"},
		// undo, redo, and the dot
		{"|foo bar", "cwone two<esc>u", "|foo bar"},
		{"|foo bar", "cwone two<esc>u<c-r>", "one two| bar"},
		{"|abcd", "x.", "|cd"},
		{"|abcd", "x2.", "|d"},
		{"|a a a", "cwb<esc>w.", "b |b a"},
		{"|a\nb", "A,<esc>j.", "a,\nb|,"},
		{"|a\nb\nc", "ddu", "|a\nb\nc"},
		{"|abcd", "vlxu.", "|cd"},
		{"|abcdef", "vlcx<esc>l.", "x|xef"},
		// visual
		{"|abc", "vld", "|c"},
		{"|abc def", "vey$p", "abc defab|c"},
		{"a\n|b\nc", "Vd", "a\n|c"},
		{"|a\nb\nc", "Vjd", "|c"},
		{"|a\nb", "Vj>", "  |a\n  b"},
		{"|abc", "vlrx", "|xxc"},
		{"x (a|b) y", "vi(d", "x (|) y"},
		{"a|bc", "vhd", "|c"},
		{"|ab\ncd", "vjd", "|d"},
		{"|abc", "vlohd", "|c"},
		{"|ab cd", "yiwwviwp", "ab a|b"},
		{"|a\nb", "vjJ", "a| b"},
		{"|abc", "vl<esc>x", "a|c"},
		// half commands are given up
		{"|abc", "2d<esc>x", "|bc"},
		{"|日本語", "lx", "日|語"},
	} {
		typist := begin(c.in)
		typist.keys(c.keys)
		if got := typist.show(); got != c.want || typist.m.Mode() != Normal {
			t.Errorf("%q by %s: %q in %v, want %q", c.in, c.keys, got, typist.m.Mode(), c.want)
		}
	}
}

func TestWhatIsLeftToOthers(t *testing.T) {
	typist := begin("|a b")
	for key, want := range map[string]Outcome{"/": Search, "n": NextHit, "N": PrevHit, "f5": Pass, "tab": Pass, "z": Done, "enter": Done} {
		k := Key{Name: key}
		if len(key) == 1 {
			k.Text = key
		}
		if got := typist.m.Key(typist.b, plain{typist.b}, k); got != want {
			t.Errorf("%s comes to %d, want %d", key, got, want)
		}
	}
	typist.keys("2d3")
	if got := typist.m.Pending(); got != "2d3" {
		t.Errorf("half a command shows as %q", got)
	}
	if !typist.m.Escape(typist.b) || typist.m.Escape(typist.b) {
		t.Error("esc gives up half a command, and then has nothing left to do")
	}
}

// Two counts make one that is bounded, too: the text ends long before.
func TestCountsAreBounded(t *testing.T) {
	if n := (pending{before: mostTimes, count: mostTimes}).times(); n != mostTimes {
		t.Errorf("%d times", n)
	}
	tp := begin("|one two\nthree")
	for _, key := range "99999999d99999999w" {
		tp.key(Key{Name: string(key), Text: string(key)})
	}
	if got := tp.b.String(); strings.Contains(got, "one") {
		t.Errorf("%q is left", got)
	}
}
