package widget

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"parley/themes"
	"parley/ui/style"
)

func candidates(texts ...string) []Candidate {
	list := make([]Candidate, len(texts))
	for i, text := range texts {
		list[i].Text = text
	}
	return list
}

func TestRank(t *testing.T) {
	for _, c := range []struct {
		typed string
		list  []Candidate
		want  string // with the letters that match in capitals
	}{
		{"", candidates("b", "a"), "b a"},
		{"user", candidates("a_user", "my-user", "superuser", "users", "user", "other"), "USER USERs a_USER my-USER superUSER"},
		{"bu", candidates("base_url", "about", "club"), "Base_Url"},
		{"ct", candidates("Content-Type", "accept", "factory"), "faCTory Content-Type"},
		{"example.com/u", candidates("https://api.example.com/users", "https://other.org/"), "https://api.EXAMPLE.COM/Users"},
		{"https://a/x", candidates("https://api.example.com/exit"), ""},
		{"zz", candidates("a"), ""},
	} {
		var got []string
		for _, r := range rank(c.list, c.typed) {
			text := []byte(strings.ToLower(r.Text))
			for _, at := range r.at {
				text[at] = strings.ToUpper(string(text[at]))[0]
			}
			got = append(got, string(text))
		}
		if all := strings.Join(got, " "); all != c.want {
			t.Errorf("%q lists %q, want %q", c.typed, all, c.want)
		}
	}
}

// What may be left out before a path counts as if it were typed, and the pieces of a path need not be whole.
func TestRankOfPaths(t *testing.T) {
	list := []Candidate{
		{Text: "{{b}}/users/:id/posts", Base: 5},
		{Text: "{{b}}/users", Base: 5},
		{Text: "http://h/teams/{team}/users", Base: 8},
		{Text: "/old/users"},
	}
	for typed, want := range map[string]string{
		"/users":            "{{b}}/USERS {{b}}/USERS/:id/posts http://h/teams/{team}/USERS /old/USERS",
		"{{b}}/users":       "{{B}}/USERS {{B}}/USERS/:id/posts",
		"/us/po":            "{{b}}/USers/:id/POsts",
		"/users/42/posts":   "{{b}}/USERS/:ID/POSTS",
		"users/42/posts":    "{{b}}/USERS/:ID/POSTS",
		"http://h/te/users": "http://h/TEams/{team}/USERS",
		"/te/9/us/":         "http://h/TEams/{TEAM}/USers",
		"/users/42/nope":    "",
		"/po/us":            "",
		"http://x/us/po":    "",
	} {
		var got []string
		for _, r := range rank(list, typed) {
			text := []byte(strings.ToLower(r.Text))
			for _, at := range r.at {
				text[at] = strings.ToUpper(string(text[at]))[0]
			}
			got = append(got, string(text))
		}
		if all := strings.Join(got, " "); all != want {
			t.Errorf("%q lists %q, want %q", typed, all, want)
		}
	}
}

// A bare candidate is shown without what may be left out, behind its word; who listed it hears that it was accepted.
func TestABareCandidate(t *testing.T) {
	var accepted []string
	e := NewInput(style.Styles{}, EditorOptions{
		Complete: func(line string, _ int) Candidates {
			return Candidates{To: len(line), List: []Candidate{
				{Text: "{{b}}/users", Base: 5, Bare: true, Lead: "POST", Detail: "Adds", Kind: "openapi", Of: 1}, {Text: "{{b}}/uses", Base: 5, Lead: "GET"},
			}}
		},
		Accepted: func(c Candidate) { accepted = append(accepted, fmt.Sprint(c.Text, c.Of)) },
	})
	e.SetSize(40, 1)
	e.Focus(true)
	for _, key := range "/u" {
		e.Update(tea.KeyPressMsg{Code: key, Text: string(key)})
	}
	rows := ansi.Strip(strings.Join(e.Completion().Lines(testStyles(), 60, 10), "\n"))
	if !strings.Contains(rows, "POST /users") || !strings.Contains(rows, "GET  {{b}}/uses") || !strings.Contains(rows, "openapi") {
		t.Errorf("it is drawn as\n%s", rows)
	}
	e.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	if e.Text() != "{{b}}/users" || fmt.Sprint(accepted) != "[{{b}}/users1]" {
		t.Errorf("%q, accepted %v", e.Text(), accepted)
	}
	// Typed over, the list comes again.
	e.SelectAll()
	e.Update(tea.KeyPressMsg{Code: '/', Text: "/"})
	if e.Completion() == nil {
		t.Error("nothing is offered for another word")
	}
}

// Few of very many are listed, and quickly enough to be asked at every key.
func TestRankIsBounded(t *testing.T) {
	list := make([]Candidate, 100_000)
	for i := range list {
		list[i].Text = fmt.Sprintf("https://example.com/%d", i)
	}
	if n := len(rank(list, "example")); n != candidatesListed {
		t.Errorf("%d are listed", n)
	}
}

// words completes the last word of a line with those of a list.
func words(list ...string) Completer {
	return func(line string, cursor int) Candidates {
		return Candidates{From: strings.LastIndexByte(line[:cursor], ' ') + 1, To: cursor, List: candidates(list...)}
	}
}

func completing(t *testing.T, complete Completer) *Editor {
	t.Helper()
	e := NewInput(plain(t), EditorOptions{Complete: complete})
	e.SetSize(40, 1)
	e.Focus(true)
	return e
}

func plain(t *testing.T) style.Styles {
	t.Helper()
	return style.New(themes.Embedded().Default(true), colorprofile.ASCII)
}

func typeKeys(e *Editor, keys ...string) {
	for _, key := range keys {
		switch key {
		case "tab":
			e.Update(tea.KeyPressMsg{Code: tea.KeyTab})
		case "enter":
			e.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		case "esc":
			e.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
		case "up":
			e.Update(tea.KeyPressMsg{Code: tea.KeyUp})
		case "down":
			e.Update(tea.KeyPressMsg{Code: tea.KeyDown})
		case "left":
			e.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
		case "backspace":
			e.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
		default:
			for _, r := range key {
				e.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
}

func TestCompletionKeys(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []string
		want string // the text, with a + when the list is open
	}{
		{"comes by itself", []string{"ap"}, "ap+"},
		{"tab takes the first", []string{"ap", "tab"}, "apple"},
		{"enter is not for the list", []string{"ap", "enter"}, "ap"},
		{"enter takes what was chosen", []string{"ap", "down", "enter"}, "apricot"},
		{"up goes around", []string{"ap", "down", "up", "up", "enter"}, "apricot"},
		{"esc closes", []string{"ap", "esc"}, "ap"},
		{"and it stays closed for the word", []string{"ap", "esc", "p"}, "app"},
		{"but not for the next", []string{"ap", "esc", " a"}, "ap a+"},
		{"and once it is deleted it opens again", []string{"ap", "esc", "backspace", "backspace", "a"}, "a+"},
		{"a move closes", []string{"ap", "left"}, "ap"},
		{"backspace narrows the other way", []string{"app", "backspace"}, "ap+"},
		{"backspace opens nothing", []string{"ap", "left", "backspace"}, "p"},
		{"nothing fits", []string{"x"}, "x"},
		{"a whole word offers nothing else", []string{"banana"}, "banana"},
	} {
		e := completing(t, words("apple", "apricot", "banana"))
		typeKeys(e, c.keys...)
		got := e.Text()
		if e.Completion() != nil {
			got += "+"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What is typed may be a candidate and the beginning of others: tab then goes to the next field as ever.
func TestCompletionOfAWholeWord(t *testing.T) {
	e := completing(t, words("user", "users"))
	typeKeys(e, "user")
	if e.Completion() == nil {
		t.Fatal("the longer one is not offered")
	}
	if e.Takes("tab") {
		t.Error("tab is taken though what was typed is whole")
	}
	typeKeys(e, "down", "down")
	if !e.Takes("tab") || !e.Takes("enter") {
		t.Error("neither tab nor enter takes what was chosen")
	}
	typeKeys(e, "enter")
	if e.Text() != "users" {
		t.Errorf("%q was taken", e.Text())
	}
	e.Undo()
	if e.Text() != "user" {
		t.Errorf("taking a candidate is not one step to undo: %q", e.Text())
	}
}

// The list never leaves the room it is given, keeps its lines of one width, and shows where it is by signs alone.
func TestCompletionLines(t *testing.T) {
	e := completing(t, func(_ string, cursor int) Candidates {
		list := candidates("first\x1b[31m", "second "+strings.Repeat("long ", 60), "日本語")
		for i := range 30 {
			list = append(list, Candidate{Text: fmt.Sprint("more", i), Detail: "a word about it", Kind: "kind"})
		}
		return Candidates{From: cursor, To: cursor, List: list}
	})
	typeKeys(e, "x")
	c := e.Completion()
	for _, size := range [][2]int{{80, 10}, {30, 5}, {12, 3}, {200, 40}} {
		lines := c.Lines(plain(t), size[0], size[1])
		if len(lines) == 0 || len(lines) > min(size[1], CompletionHeight) {
			t.Errorf("%v: %d lines", size, len(lines))
		}
		for _, line := range lines {
			if w := ansi.StringWidth(line); w != c.Width() || w > size[0] {
				t.Errorf("%v: a line of %d cells in a list of %d: %q", size, w, c.Width(), line)
			}
			if strings.Contains(line, "\x1b[31m") {
				t.Error("an escape sequence reaches the terminal")
			}
		}
	}
	if text := ansi.Strip(strings.Join(c.Lines(plain(t), 80, 10), "\n")); !strings.Contains(text, "›first") || !strings.Contains(text, "tab accept") {
		t.Errorf("what tab takes cannot be seen:\n%s", text)
	}
	typeKeys(e, "up")
	if text := ansi.Strip(strings.Join(c.Lines(plain(t), 80, 10), "\n")); !strings.Contains(text, "▌more29") || !strings.Contains(text, "enter accept") {
		t.Errorf("what was chosen cannot be seen:\n%s", text)
	}
}

// BenchmarkRank ranks as many candidates as are looked at, as happens at every key: that many URLs, for words that many of
// them hold, and for letters that none has beside each other.
func BenchmarkRank(b *testing.B) {
	list := make([]Candidate, candidatesLooked)
	for i := range list {
		list[i].Text = fmt.Sprintf("https://api.example.test/v1/customers/%d/orders?page=%d", i, i%7)
	}
	for _, typed := range []string{"http", "orders", "cstmr"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if len(rank(list, typed)) == 0 {
					b.Fatal("nothing fits")
				}
			}
		})
	}
}
