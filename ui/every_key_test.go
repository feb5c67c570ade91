package ui

import (
	"slices"
	"strings"
	"testing"

	"parley/ui/action"
	"parley/ui/uitest"
)

// focuses are the places where keys mean something of their own.
var focuses = map[string]func(*bench){
	"sidebar":     func(b *bench) { b.Press("alt+1") },
	"history":     func(b *bench) { b.Press("alt+1", "]") },
	"URL bar":     func(b *bench) { b.Press("ctrl+l", "end") },
	"titles":      func(b *bench) { b.Press("ctrl+l", "tab") },
	"table":       func(b *bench) { b.act(action.RequestSides()[2].ID) },
	"cell":        func(b *bench) { b.act(action.AddHeader) },
	"form":        func(b *bench) { b.act("auth.basic") },
	"body editor": func(b *bench) { b.act("request.body-json") },
	"options":     func(b *bench) { b.act("request.options") },
	"notes":       func(b *bench) { b.act("request.notes") },
	"response":    func(b *bench) { b.Press("alt+4") },
	"palette":     func(b *bench) { b.Press("ctrl+p") },
	"menu":        func(b *bench) { b.Press("alt+m") },
	"help":        func(b *bench) { b.Press("f1") },
	"screen":      func(b *bench) { b.Press("alt+c") },
	"letters":     func(b *bench) { b.Press("ctrl+o") },
	"chord":       func(b *bench) { b.Press("ctrl+x") },
}

func (b *bench) act(id action.ID) { b.root.run(id) }

// Every key of the table, every character and every control key, wherever focus is: the program answers, and its screen
// stays exact.
func TestEveryKeyInEveryFocus(t *testing.T) {
	keys := everyKey()
	for name, focus := range focuses {
		t.Run(name, func(t *testing.T) {
			b := open(t, 80, 24)
			for i, key := range keys {
				focus(b)
				b.Send(uitest.Key(key))
				b.Poll()
				if uitest.Exact(t, b.View().Content, 80, 24); t.Failed() {
					t.Fatalf("after %s:\n%s", key, b.Grid())
				}
				b.leave()
				if i%90 == 89 { // with ever more tabs it would see ever less
					b = open(t, 80, 24)
				}
			}
		})
	}
}

// leave closes what is on top.
func (b *bench) leave() {
	b.t.Helper()
	for range 8 {
		if b.root.overlays.Top() == nil && !b.root.matcher.Pending() {
			return
		}
		b.Press("esc")
	}
	b.t.Fatalf("esc does not close what is on top:\n%s", b.Grid())
}

// everyKey is each key once.
func everyKey() []string {
	var keys []string
	for _, a := range action.All() {
		for _, key := range a.Keys {
			keys = append(keys, strings.Fields(key)...)
		}
	}
	for r := '!'; r <= '~'; r++ {
		keys = append(keys, string(r), "alt+"+string(r))
	}
	for r := 'a'; r <= 'z'; r++ {
		keys = append(keys, "ctrl+"+string(r))
	}
	keys = append(keys, "enter", "esc", "tab", "shift+tab", "backspace", "ctrl+backspace", "insert", "delete", "space", "ctrl+space", "é", "日", "🙂")
	keys = slices.DeleteFunc(keys, func(key string) bool { return key == "alt++" })
	slices.Sort(keys)
	return slices.Compact(keys)
}
