package action

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prefix is the key that starts the chords which work everywhere.
const Prefix = "ctrl+x"

var modifiers = []string{"ctrl", "alt", "shift", "meta", "hyper", "super"}

// keyNames are the keys that have names, as Bubble Tea spells them.
var keyNames = []string{
	"enter", "tab", "esc", "space", "backspace", "delete", "insert",
	"up", "down", "left", "right", "home", "end", "pgup", "pgdown",
}

var keyAliases = map[string]string{
	"escape": "esc", "return": "enter", "del": "delete", "ins": "insert",
	"pageup": "pgup", "pagedown": "pgdown", "plus": "+", "minus": "-", "option": "alt", "control": "ctrl", "cmd": "super",
}

// textKeys belong to whoever types: the shell's editing keys and an editor's. No action may take them where text is.
var textKeys = []string{
	"ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k", "alt+b", "alt+f",
	"up", "down", "left", "right", "home", "end", "pgup", "pgdown",
	"shift+up", "shift+down", "shift+left", "shift+right", "shift+home", "shift+end",
	"ctrl+left", "ctrl+right", "ctrl+shift+left", "ctrl+shift+right", "ctrl+home", "ctrl+end",
	"backspace", "delete", "ctrl+backspace", "alt+backspace", "ctrl+delete", "alt+d", "space",
}

// indistinct are keys that most terminals can't tell from another.
var indistinct = map[string]string{
	"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "shift+enter": "enter", "shift+space": "space", "ctrl+h": "backspace",
}

// chordMost is how many keys a chord has at most.
const chordMost = 4

// ParseKey reads a key or a chord, such as `ctrl+p`, `g g` or `ctrl+x p`, in the spelling of config files and returns it
// as Bubble Tea spells it, the keys of a chord with a space between. Modifiers may come in any order, and names in any case.
func ParseKey(s string) (string, error) {
	strokes := strings.Fields(s)
	switch {
	case len(strokes) == 0:
		return "", fmt.Errorf("a key can't be empty")
	case len(strokes) > chordMost:
		return "", fmt.Errorf("%q is more than a chord of %d keys", s, chordMost)
	}
	for i, raw := range strokes {
		stroke, err := parseStroke(raw)
		if err != nil {
			return "", err
		}
		if stroke == "esc" && len(strokes) > 1 {
			return "", fmt.Errorf("esc leaves a chord and can't be in one")
		}
		strokes[i] = stroke
		if i > 0 {
			strokes[i] = settle(strokes[0], stroke)
		}
	}
	return strings.Join(strokes, " "), nil
}

// Strokes are the keys of a chord; of a single key, that one.
func Strokes(key string) []string { return strings.Fields(key) }

func parseStroke(s string) (string, error) {
	body, last := "", s
	if i := strings.LastIndex(s[:max(0, len(s)-1)], "+"); i >= 0 {
		body, last = s[:i], s[i+1:]
	}
	var held [6]bool
	if body != "" {
		for mod := range strings.SplitSeq(strings.ToLower(body), "+") {
			if alias, ok := keyAliases[mod]; ok {
				mod = alias
			}
			i := slices.Index(modifiers, mod)
			if i < 0 {
				return "", fmt.Errorf("%q has an unknown modifier (%s)", s, suggest(mod, modifiers))
			}
			held[i] = true
		}
	}
	name, err := parseName(last)
	if err != nil {
		return "", err
	}
	return spell(held, name), nil
}

func parseName(s string) (string, error) {
	if utf8.RuneCountInString(s) == 1 {
		if r, _ := utf8.DecodeRuneInString(s); unicode.IsGraphic(r) && r != utf8.RuneError {
			return s, nil
		}
	}
	name := strings.ToLower(s)
	if alias, ok := keyAliases[name]; ok {
		name = alias
	}
	if slices.Contains(keyNames, name) || name == "+" || name == "-" {
		return name, nil
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "f")); err == nil && name == "f"+strconv.Itoa(n) && 1 <= n && n <= 24 {
		return name, nil
	}
	return "", fmt.Errorf("no key is called %q (%s)", s, suggest(name, keyNames))
}

// spell puts modifiers in Bubble Tea's order. A terminal sends a shifted letter as the letter it makes; with ctrl or
// alt, `Ctrl+P` is how people write ctrl+p, and shift has to be said.
func spell(held [6]bool, name string) string {
	letter := utf8.RuneCountInString(name) == 1
	alone := !slices.Contains(slices.Concat(held[:2], held[3:]), true)
	switch {
	case letter && alone && held[2]:
		return strings.ToUpper(name)
	case letter && !alone:
		name = strings.ToLower(name)
	}
	var b strings.Builder
	for i, mod := range modifiers {
		if held[i] {
			b.WriteString(mod + "+")
		}
	}
	return b.String() + name
}

// settle makes the later keys of a chord that begins with ctrl the same with and without it: fingers are often still on it.
func settle(first, key string) string {
	letter, ok := strings.CutPrefix(key, "ctrl+")
	if ok && strings.HasPrefix(first, "ctrl+") && utf8.RuneCountInString(letter) == 1 {
		return letter
	}
	return key
}

// types reports whether key is what typing a character sends.
func types(key string) bool {
	return key == "space" || utf8.RuneCountInString(key) == 1
}

// writes reports whether a key, or the first of a chord, belongs to whoever types.
func writes(key string) bool {
	first, _, _ := strings.Cut(key, " ")
	return types(first) || slices.Contains(textKeys, first)
}

// Label is how a key is shown where room is short: `^P`, `^X p`, `F5`, `alt+e`. Letters after the first key stay as they
// are typed: small and capital ones do different things.
func Label(key string) string {
	strokes := strings.Fields(Spelled(key))
	for i, s := range strokes {
		if letter, ok := strings.CutPrefix(s, "ctrl+"); ok && utf8.RuneCountInString(letter) == 1 {
			strokes[i] = "^" + strings.ToUpper(letter)
		} else if len(s) > 1 && s[0] == 'f' && s[1] >= '0' && s[1] <= '9' {
			strokes[i] = strings.ToUpper(s)
		}
	}
	return strings.Join(strokes, " ")
}

// Spelled is a key as a config file has it: in a chord + is called plus, since `ctrl+x + h` looks like keys held together.
func Spelled(key string) string {
	strokes := strings.Fields(key)
	for i, s := range strokes {
		if s == "+" && len(strokes) > 1 {
			strokes[i] = "plus"
		}
	}
	return strings.Join(strokes, " ")
}

// NeedsEnhancements reports whether only a terminal that reports keys in the way of kitty can send a key: others send it as
// another one, or not at all.
func NeedsEnhancements(stroke string) bool {
	held, name := "", stroke
	if i := strings.LastIndex(stroke[:max(0, len(stroke)-1)], "+"); i >= 0 {
		held, name = stroke[:i], stroke[i+1:]
	}
	has := func(mod string) bool { return slices.Contains(strings.Split(held, "+"), mod) }
	letter := utf8.RuneCountInString(name) == 1
	plain := slices.Contains([]string{"enter", "tab", "esc", "space", "backspace"}, name)
	switch {
	case has("super"), has("hyper"), has("meta"):
		return true
	case has("ctrl") && has("shift"):
		return letter || plain
	case has("ctrl") && letter:
		return !strings.Contains(`abcdefghijklmnopqrstuvwxyz@\]^_`, name) || indistinct[stroke] != ""
	case has("ctrl"):
		return plain && name != "space"
	case has("shift"):
		return plain && name != "tab"
	}
	return false
}
