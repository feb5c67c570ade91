package action

import (
	"slices"
	"strings"
	"testing"
)

func keymap(t *testing.T, overrides ...Override) Keymap {
	t.Helper()
	k, err := NewKeymap(overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestDefaultsDoNotClash(t *testing.T) {
	k := keymap(t)
	for _, a := range k.Actions() {
		if a.Title == "" || !slices.Contains(Groups(), a.Group) {
			t.Errorf("%s has no title or no group", a.ID)
		}
		for _, key := range a.Keys {
			if got, err := ParseKey(key); got != key {
				t.Errorf("%s: %q is spelled %q (%v)", a.ID, key, got, err)
			}
		}
		if err := distinct(a.Keys); err != nil {
			t.Errorf("%s: %v", a.ID, err)
		}
	}
}

// Whoever types must be able to.
func TestTextKeepsItsKeys(t *testing.T) {
	k := keymap(t)
	for _, in := range []Context{Field, Editor, URLBar} {
		for _, key := range append(textKeys, "a", "?", "/", "G", "é") {
			if id, ok := k.Lookup(key, in); ok {
				t.Errorf("%s takes %s away from text", id, key)
			}
		}
	}
}

// The keys that an operating system, a terminal or a multiplexer is known to keep for itself need a twin.
func TestTwins(t *testing.T) {
	for _, a := range All() {
		for _, key := range a.Keys {
			swallowed := strings.HasPrefix(key, "alt+") || key[0] == 'f' && len(key) > 1 || key == "ctrl+p" || key == "ctrl+j"
			if swallowed && a.Where == Everywhere && a.Twin == "" {
				t.Errorf("%s has %s and no twin", a.ID, key)
			}
		}
	}
}

// What can be done can be done by keys, and by some that every terminal sends.
func TestEveryActionHasAKey(t *testing.T) {
	for _, preset := range Presets() {
		k, err := preset.Keymap()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range k.Actions() {
			if modal := a.Where == InRest; !modal && !slices.ContainsFunc(k.Keys(a.ID), func(key string) bool { return !NeedsEnhancements(key) }) {
				t.Errorf("in the keymap %s, %s has no key that every terminal sends", preset.Name, a.ID)
			}
		}
	}
}

func TestLookupFollowsContext(t *testing.T) {
	k := keymap(t)
	for _, c := range []struct {
		key  string
		in   Context
		want ID
	}{
		{"f5", Editor, Send},
		{"enter", URLBar, Send},
		{"enter", Tree, Open},
		{"enter", Editor, ""},
		{"?", List, Help},
		{"?", Field, ""},
		{"p", Tree, TreeCopy},
		{"p", Body, ""},
		{"ctrl+u", Body, HalfUp},
		{"ctrl+u", Field, ""},
		{"ctrl+x p", Field, Palette},
		{"d", Table, RowDelete},
		{"d", Tree, TreeDelete},
		{"w", Body, Wrap},
		{"ctrl+p", Bare, Palette},
	} {
		if got, _ := k.Lookup(c.key, c.in); got != c.want {
			t.Errorf("%s is %q, want %q", c.key, got, c.want)
		}
	}
}

func TestChords(t *testing.T) {
	m := NewMatcher(keymap(t))
	for _, c := range []struct {
		keys string
		in   Context
		want ID
		end  Outcome
	}{
		{"ctrl+x p", Editor, Palette, Matched},
		{"ctrl+x ctrl+p", Editor, Palette, Matched},
		{"ctrl+x esc", Editor, "", Released},
		{"ctrl+x é", Editor, "", Dropped},
		{"ctrl+x ctrl+x", Editor, Cut, Matched},
		{"ctrl+x ctrl+x", List, "", Dropped},
		{"q", Editor, "", Unbound},
		{"f1", Editor, Help, Matched},
	} {
		var id ID
		var end Outcome
		for _, key := range strings.Fields(c.keys) {
			id, end = m.Press(key, c.in)
		}
		if id != c.want || end != c.end || m.Pending() {
			t.Errorf("%s: %q %v, want %q %v", c.keys, id, end, c.want, c.end)
		}
	}
	if _, end := m.Press(Prefix, List); end != Pending || !m.Pending() || m.Typed() != Prefix {
		t.Error("the prefix does not start a chord")
	}
	hints := keymap(t).Follow(Prefix, List)
	if !slices.Contains(hints, Hint{"p", "Command palette", Go, Palette}) || slices.ContainsFunc(hints, func(h Hint) bool { return h.Title == "Cut" }) {
		t.Errorf("the hints are %v", hints)
	}
}

func TestOverrides(t *testing.T) {
	k := keymap(t, Override{Palette, []string{"F2", "Ctrl+Shift+P"}, "config.toml:3"}, Override{Zoom, []string{"ctrl+p"}, "config.toml:4"}, Override{Theme, nil, "config.toml:5"})
	if got := k.Keys(Palette); !slices.Equal(got, []string{"f2", "ctrl+shift+p"}) {
		t.Errorf("the palette has %v", got)
	}
	if id, _ := k.Lookup("ctrl+p", Editor); id != Zoom {
		t.Errorf("ctrl+p is %q", id)
	}
	if len(k.Keys(Theme)) != 0 {
		t.Errorf("an empty list leaves %v", k.Keys(Theme))
	}
	if got := k.Best(Palette, Editor, func(key string) bool { return key != "f2" }); got != "ctrl+shift+p" {
		t.Errorf("with F2 swallowed the key to show is %q", got)
	}
	if got := k.Best(Settings, Tree, nil); got != "e" {
		t.Errorf("a chord, %q, is told where one key does", got)
	}
	if got := k.Best(Settings, URLBar, nil); got != "ctrl+x ," {
		t.Errorf("in text, %q is told", got)
	}
	if got := k.Best(Send, List, nil); got != "f5" {
		t.Errorf("send is shown as %q", got)
	}
}

func TestMistakesSayWhere(t *testing.T) {
	for _, c := range []struct {
		name      string
		overrides []Override
		want      string
	}{
		{"clash with a default", []Override{{Zoom, []string{"ctrl+p"}, "config.toml:3"}}, "ctrl+p is the key of both palette (default) and view.zoom (config.toml:3)"},
		{"clash across scopes", []Override{{Wrap, []string{"n"}, "config.toml:3"}}, "n is the key of both find.next (default) and body.wrap (config.toml:3)"},
		{"clash of two", []Override{{Zoom, []string{"f9"}, "config.toml:3"}, {Jump, []string{"f9"}, "config.toml:7"}}, "f9 is the key of both jump (config.toml:7) and view.zoom (config.toml:3)"},
		{"unknown command", []Override{{"request.sned", []string{"f9"}, "config.toml:3"}}, `config.toml:3: no command is called "request.sned" (did you mean request.send?)`},
		{"unknown key", []Override{{Zoom, []string{"ctrl+entr"}, "config.toml:3"}}, `config.toml:3: view.zoom: no key is called "entr" (did you mean enter?)`},
		{"unknown modifier", []Override{{Zoom, []string{"crtl+a"}, "config.toml:3"}}, `config.toml:3: view.zoom: "crtl+a" has an unknown modifier (did you mean ctrl?)`},
		{"text key", []Override{{Cut, []string{"ctrl+w"}, "config.toml:3"}}, "config.toml:3: edit.cut: it works in text, where ctrl+w edits the text"},
		{"letter", []Override{{Cut, []string{"z z"}, "config.toml:3"}}, "config.toml:3: edit.cut: it works in text, where z types a character"},
		{"indistinct", []Override{{Zoom, []string{"ctrl+i"}, "config.toml:3"}}, "config.toml:3: view.zoom: most terminals send ctrl+i as tab: add a key that all can send"},
		{"prefix", []Override{{Zoom, []string{"ctrl+x"}, "config.toml:3"}}, "config.toml:3: view.zoom: ctrl+x starts chords and can't be a key by itself"},
		{"head of a default", []Override{{Zoom, []string{"g z"}, "config.toml:3"}}, "g is the key of move.top (default) and starts g z of view.zoom (config.toml:3)"},
		{"head of another", []Override{{Zoom, []string{"f9"}, "config.toml:3"}, {Jump, []string{"f9 a"}, "config.toml:7"}}, "f9 is the key of view.zoom (config.toml:3) and starts f9 a of jump (config.toml:7)"},
		{"esc", []Override{{Zoom, []string{"ctrl+k esc"}, "config.toml:3"}}, "config.toml:3: view.zoom: esc leaves a chord and can't be in one"},
		{"twice", []Override{{Zoom, []string{"f9"}, "config.toml:3"}, {Zoom, []string{"f8"}, "config.toml:4"}}, "config.toml:4: view.zoom has its keys already in config.toml:3"},
	} {
		if _, err := NewKeymap(c.overrides...); err == nil || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestParseKey(t *testing.T) {
	for in, want := range map[string]string{
		"Ctrl+P": "ctrl+p", "shift+ctrl+p": "ctrl+shift+p", "shift+g": "G", "G": "G", "Escape": "esc", "ctrl++": "ctrl++", "+": "+",
		"alt+Enter": "alt+enter", "F12": "f12", "ctrl+x ctrl+s": "ctrl+x s", "cmd+k": "super+k", "é": "é", "page": "", "": "", "f99": "", "a b c": "a b c", "ctrl+k ctrl+s": "ctrl+k s", "space ctrl+s": "space ctrl+s", "g G": "g G",
		"a b c d e": "", "g esc": "", "\x01": "",
	} {
		if got, err := ParseKey(in); got != want || (err == nil) == (want == "") {
			t.Errorf("ParseKey(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestLabel(t *testing.T) {
	for in, want := range map[string]string{"ctrl+p": "^P", "ctrl+x p": "^X p", "g T": "g T", "ctrl+x + j": "^X plus j", "+": "+", "f5": "F5", "alt+e": "alt+e", "ctrl+enter": "ctrl+enter", "f": "f", "G": "G"} {
		if got := Label(in); got != want {
			t.Errorf("Label(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	table := keymap(t).Markdown()
	for _, row := range []string{"| `f5` `ctrl+enter` `ctrl+j` `alt+enter` `ctrl+x s` `enter` | Send | everywhere |\n", "| `g` `home` | To the top | in lists and bodies |\n"} {
		if !strings.Contains(table, row) {
			t.Errorf("%q is not in\n%s", row, table)
		}
	}
	without, err := NewKeymap(Override{ID: Suspend, Where: "config.toml:1"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(without.Markdown(), "Suspend") {
		t.Error("an action without keys is in the table of keys")
	}
}

func TestWhyDisabled(t *testing.T) {
	if (Command{}).Why() != "" || (Command{Disabled: func() string { return "nothing is running" }}).Why() != "nothing is running" {
		t.Error("the reason does not come through")
	}
}

func FuzzParseKey(f *testing.F) {
	for _, s := range []string{"ctrl+x p", "shift+g", "ctrl++", "F12", "++", "ctrl+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key, err := ParseKey(s)
		if err != nil {
			return
		}
		if again, err := ParseKey(key); err != nil || again != key {
			t.Fatalf("%q is spelled %q, and that %q (%v)", s, key, again, err)
		}
	})
}
