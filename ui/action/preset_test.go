package action

import (
	"slices"
	"strings"
	"testing"
)

// Every preset is whole: it changes only what there is, clashes nowhere, and leaves typing alone.
func TestPresets(t *testing.T) {
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			k, err := p.Keymap()
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.changes {
				if _, ok := k.Action(c.ID); !ok {
					t.Errorf("there is no action %s", c.ID)
				}
				for _, key := range c.Keys {
					if got, err := ParseKey(key); got != key {
						t.Errorf("%s: %q is spelled %q (%v)", c.ID, key, got, err)
					}
				}
			}
			for _, in := range []Context{Field, Editor, URLBar} {
				for _, key := range append(slices.Clone(textKeys), "a", "g", ":", "?", "G", "é") {
					if id, ok := k.Lookup(key, in); ok || k.Begins(key, in) {
						t.Errorf("%s takes %s away from text", id, key)
					}
				}
			}
			for _, a := range k.Actions() {
				if a.Twin != "" && !slices.Contains(k.Keys(a.ID), Prefix+" "+a.Twin) {
					t.Errorf("%s has lost its twin", a.ID)
				}
			}
		})
	}
	if _, err := PresetNamed("vmi"); err == nil || err.Error() != `no keymap is called "vmi" (did you mean vim?)` {
		t.Errorf("got %v", err)
	}
}

func TestVimStaysOnTheHomeRow(t *testing.T) {
	p, err := PresetNamed("vim")
	if err != nil {
		t.Fatal(err)
	}
	k, err := p.Keymap(Override{Jump, []string{"space f", "ctrl+o"}, "config.toml:3"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		keys string
		in   Context
		want ID
	}{
		{"g g", Body, Top},
		{"g t", Tree, NextTab},
		{"g T", Table, PrevTab},
		{"d d", Table, RowDelete},
		{"d d", Tree, TreeDelete},
		{"y y", Body, Copy},
		{"y y", URLRest, Copy},
		{"i", Rest, TypeHere},
		{"a", Table, TypeHere},
		{"a", Tree, TreeNew},
		{":", Tree, Palette},
		{":", URLRest, Palette},
		{"u", Rest, Undo},
		{"ctrl+r", Field, Redo},
		{"ctrl+w ctrl+h", List, PaneLeft},
		{"space f", Tree, Jump},
		{"space s", Body, Send},
		{"enter", URLRest, Send},
		{"z z", Body, Zoom},
		{"ctrl+x p", Field, Palette},
	} {
		m := NewMatcher(k)
		var got ID
		for _, key := range strings.Fields(c.keys) {
			got, _ = m.Press(key, c.in)
		}
		if got != c.want {
			t.Errorf("%s is %q, want %q", c.keys, got, c.want)
		}
	}
	_, err = p.Keymap(Override{Zoom, []string{":"}, "config.toml:9:1"}, Override{Jump, []string{"g"}, "config.toml:10:1"})
	if err == nil {
		t.Fatal("two clashes are taken")
	}
	for _, want := range []string{": is the key of both palette (preset vim) and view.zoom (config.toml:9:1)", "g is the key of jump (config.toml:10:1) and starts g "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

// A chord says after each key what can follow; keys of one family are told once.
func TestChordsSayWhatFollows(t *testing.T) {
	k := keymap(t)
	hints := k.Follow(Prefix, Tree)
	sides := slices.IndexFunc(hints, func(h Hint) bool { return h.Key == "space" })
	if sides < 0 || hints[sides].Title != "Sides…" || hints[sides].ID != "" {
		t.Fatalf("the hints are %v", hints)
	}
	count := 0
	for i, h := range hints {
		if h.Key == "space" {
			count++
		}
		if i > 0 && slices.Index(Groups(), hints[i-1].Group) > slices.Index(Groups(), h.Group) {
			t.Errorf("%s does not stand with its group", h.Title)
		}
	}
	if count != 1 {
		t.Errorf("the sides are told %d times", count)
	}
	if got := k.Follow(Prefix+" space", Tree); len(got) != len(RequestSides())+len(ResponseSides()) {
		t.Errorf("after the second key there are %d hints", len(got))
	}
	m := NewMatcher(k)
	for i, c := range []struct {
		key string
		end Outcome
	}{{"ctrl+x", Pending}, {"space", Pending}, {"h", Matched}, {"ctrl+x", Pending}, {"space", Pending}, {"esc", Released}, {"ctrl+x", Pending}, {"space", Pending}, {"é", Dropped}} {
		if _, end := m.Press(c.key, Field); end != c.end {
			t.Errorf("key %d, %s: %v", i, c.key, end)
		}
	}
}
