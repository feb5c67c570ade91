package ui

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/uitest"
)

// focuses are places where keys mean something of their own and that no scene ends in.
var focuses = []scene{
	{"titles", func(b *bench) { b.Press("ctrl+l", "tab") }},
	{"cell", func(b *bench) { b.act(action.AddHeader) }},
	{"response", func(b *bench) { b.Press("alt+4") }},
	{"menu", func(b *bench) { b.Press("alt+1", "alt+m") }},
	{"letters", func(b *bench) { b.Press("ctrl+o") }},
	{"chord", func(b *bench) { b.Press("ctrl+x") }},
	{"chord in a chord", func(b *bench) { b.Press("ctrl+x", "space") }},
}

func (b *bench) act(id action.ID) { b.root.run(id) }

// Every key of the table, every character and every control key, wherever focus is, in every keymap: the program answers,
// and its screen stays exact. The places are those that all scenes show, so that a new one is in by itself.
func TestEveryKeyInEveryFocus(t *testing.T) {
	elsewhere(t)
	for i, preset := range action.Presets() {
		keymap, err := preset.Keymap()
		if err != nil {
			t.Fatal(err)
		}
		keys := everyKey(keymap)
		if i > 0 { // what it does not change does the same
			keys = ownKeys(keymap)
		}
		pressed := map[string]bool{}
		for _, scene := range slices.Concat(focuses, allScenes()) {
			t.Run(preset.Name+"/"+scene.name, func(t *testing.T) {
				b := playIn(t, scene, keymap)
				if at := b.place(); !pressed[at] {
					pressed[at] = true
					b.pressesAll(scene, keymap, keys)
				}
			})
		}
		t.Logf("%s: %d keys in %d places", preset.Name, len(keys), len(pressed))
	}
}

// elsewhere has the test work in a folder of its own, with the collection of the scenes: some keys write files.
func elsewhere(t *testing.T) {
	t.Helper()
	dir := tempDir(t)
	if err := os.CopyFS(filepath.Join(dir, "testdata", "acme"), os.DirFS("testdata/acme")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
}

// ownKeys are those that actions do not have by default, each stroke once.
func ownKeys(keymap action.Keymap) (keys []string) {
	for _, a := range keymap.Actions() {
		for _, key := range keymap.Keys(a.ID) {
			if !slices.Contains(a.Keys, key) && !strings.HasPrefix(key, action.Prefix) {
				keys = append(keys, strings.Fields(key)...)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// playIn plays a scene, which knows the default keymap, and goes on in another one.
func playIn(t testing.TB, s scene, keymap action.Keymap) *bench {
	t.Helper()
	b := openFixed(t, 80, 24)
	t.Cleanup(b.filesDone)
	s.play(b)
	b.root.keymap = keymap
	typed := b.root.matcher.Typed()
	b.root.matcher = action.NewMatcher(keymap)
	for key := range strings.FieldsSeq(typed) {
		b.Press(key)
	}
	b.root.resting = keymap.Preset().Modal
	b.Send(nil)
	return b
}

// filesDone waits until what keys did to files is over: one may delete what another still does something to, which is said,
// and no failure to end.
func (b *bench) filesDone() {
	b.t.Helper()
	b.WaitFor("the files", func(string) bool { return !b.root.organised.busy })
}

// replayedAfter is after how many keys a scene begins anew: with ever more tabs one would see ever less.
const replayedAfter = 90

// pressesAll presses every key where a scene ends.
func (b *bench) pressesAll(s scene, keymap action.Keymap, keys []string) {
	at, focus := b.place(), b.root.focus
	for i, key := range keys {
		before := b.Drawn()
		b.Send(uitest.Key(key))
		b.Poll()
		b.isExact(key)
		if b.Drawn() == before {
			b.answers(key)
		}
		if i%replayedAfter == replayedAfter-1 || !b.backTo(at, focus) {
			b.filesDone()
			b.end()
			*b = *playIn(b.t, s, keymap)
		}
	}
}

func (b *bench) isExact(after string) {
	b.t.Helper()
	if uitest.Exact(b.t, b.Drawn(), 80, 24); b.t.Failed() {
		b.t.Fatalf("after %s:\n%s", after, b.Grid())
	}
}

// answers sends a probe after a key that changed nothing: a smaller screen, which everything has to be drawn anew for.
func (b *bench) answers(after string) {
	b.t.Helper()
	b.Resize(79, 24)
	if uitest.Exact(b.t, b.Drawn(), 79, 24); b.t.Failed() {
		b.t.Fatalf("after %s nothing is drawn on another screen:\n%s", after, b.Drawn())
	}
	b.Resize(80, 24)
	b.isExact(after)
}

// backTo closes what lies on top and goes back to a place; false when it is not there any more.
func (b *bench) backTo(at string, focus part) bool {
	for range 8 {
		if b.place() == at {
			return true
		}
		if b.root.overlays.Top() == nil && !b.root.matcher.Pending() {
			break
		}
		b.Press("esc")
	}
	if b.root.overlays.Top() != nil {
		b.t.Fatalf("esc does not close what is on top:\n%s", b.Grid())
	}
	b.root.setFocus(focus)
	return b.place() == at
}

// place names what has focus: a kind of overlay, a chord, or a side of a pane; and what keys are for there.
func (b *bench) place() string {
	name := ""
	switch top := b.root.overlays.Top(); {
	case top != nil:
		name = fmt.Sprintf("%T", top)
		if _, screen := top.(overlay.Offering); screen { // each has actions of its own
			name += ansi.Strip(top.Lines()[0])
		}
	case b.root.matcher.Pending():
		name = "chord " + b.root.matcher.Typed()
	case b.root.focus == partRequest:
		name = "request " + b.root.tab().request.Section() + " " + string(b.root.tab().draft.Body.Kind)
	case b.root.focus == partSidebar:
		_, history := b.root.sidebar.Place()
		name = fmt.Sprintf("sidebar %v", history)
	case b.root.focus == partURL:
		name = "URL bar"
	default:
		name = "response " + b.root.response().Place().Side
	}
	return fmt.Sprintf("%s %x", name, b.root.context())
}

// everyKey is each key once.
func everyKey(keymap action.Keymap) []string {
	keys := map[string]bool{}
	for _, a := range keymap.Actions() {
		for _, chord := range keymap.Keys(a.ID) {
			for key := range strings.FieldsSeq(chord) {
				keys[key] = true
			}
		}
	}
	for r := '!'; r <= '~'; r++ {
		keys[string(r)], keys["alt+"+string(r)] = true, true
	}
	for r := 'a'; r <= 'z'; r++ {
		keys["ctrl+"+string(r)] = true
	}
	for _, key := range []string{"enter", "esc", "tab", "shift+tab", "backspace", "ctrl+backspace", "insert", "delete", "space", "ctrl+space", "é", "日", "🙂"} {
		keys[key] = true
	}
	delete(keys, "alt++")
	return slices.Sorted(maps.Keys(keys))
}
