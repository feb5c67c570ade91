package ui

import (
	"fmt"
	"slices"
	"strings"

	"parley/ui/action"
)

// keyQuiz asks for the keys of the keymap that terminals are known to swallow, one after the other.
type keyQuiz struct {
	keymap action.Keymap
	asked  []string // keys, in the order of the table
	at     int
	last   string // what came last instead of the key
	// missing are the keys that did not come.
	missing []string
}

func newKeyQuiz(keymap action.Keymap) *keyQuiz {
	return &keyQuiz{keymap: keymap, asked: doubtful(keymap)}
}

// doubtful are the keys that not every terminal sends: those with modifiers but plain ctrl and a letter, and function keys.
func doubtful(keymap action.Keymap) []string {
	var keys []string
	for _, a := range keymap.Actions() {
		for _, key := range keymap.Keys(a.ID) {
			stroke := action.Strokes(key)[0]
			doubt := strings.HasPrefix(stroke, "alt+") || strings.HasPrefix(stroke, "shift+f") || action.NeedsEnhancements(stroke) ||
				len(stroke) > 1 && stroke[0] == 'f' || slices.Contains(keptByOthers, stroke)
			if doubt && !slices.Contains(keys, stroke) {
				keys = append(keys, stroke)
			}
		}
	}
	return keys
}

// keptByOthers are keys that the terminals of editors and multiplexers are known to keep for themselves.
var keptByOthers = []string{"ctrl+p", "ctrl+j", "ctrl+s", "ctrl+n", "ctrl+t", "ctrl+o", "ctrl+space"}

func (q *keyQuiz) whole() bool { return q.at >= len(q.asked) }

// key takes a key: the one that is asked for has come, space says that nothing came. It reports whether that was the last.
func (q *keyQuiz) key(key string) (over bool) {
	if q.whole() { // pressed before the program has ended
		return true
	}
	switch key {
	case q.asked[q.at]:
		q.next()
	case "space":
		q.missing = append(q.missing, q.asked[q.at])
		q.next()
	default:
		q.last = key
	}
	return q.whole()
}

func (q *keyQuiz) next() { q.at, q.last = q.at+1, "" }

// view is the question.
func (q *keyQuiz) view() string {
	if q.whole() {
		return ""
	}
	text := fmt.Sprintf("Key %d of %d: press %s\n\nNothing happens? space goes on. ctrl+c leaves.\n", q.at+1, len(q.asked), q.asked[q.at])
	if q.last != "" {
		text += fmt.Sprintf("\n%s came instead; space if that is all this terminal sends.\n", action.Label(q.last))
	}
	return text
}

// keyFindings tell which keys a terminal does not send, and what to press instead.
func keyFindings(keymap action.Keymap, terminal string, missing []string) []finding {
	if len(missing) == 0 {
		return []finding{good("%s sends all of the keys that were asked for", terminal)}
	}
	var list []finding
	for _, a := range keymap.Actions() {
		for _, key := range keymap.Keys(a.ID) {
			if slices.Contains(missing, action.Strokes(key)[0]) {
				list = append(list, bad(instead(keymap, a.ID, missing), "%s does not come, for %s", key, a.Title))
			}
		}
	}
	return list
}
