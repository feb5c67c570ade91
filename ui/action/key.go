package action

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prefix is the key that starts a chord.
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

// ParseKey reads a key or a chord, such as `ctrl+p` or `ctrl+x p`, in the spelling of config files and returns it as
// Bubble Tea spells it. Modifiers may come in any order, and names in any case.
func ParseKey(s string) (string, error) {
	strokes := strings.Fields(s)
	switch len(strokes) {
	case 1:
		return parseStroke(strokes[0])
	case 2:
		first, err := parseStroke(strokes[0])
		if err != nil {
			return "", err
		}
		if first != Prefix {
			return "", fmt.Errorf("a chord starts with %s, not %s", Prefix, first)
		}
		second, err := parseStroke(strokes[1])
		return Prefix + " " + settle(second), err
	case 0:
		return "", fmt.Errorf("a key can't be empty")
	}
	return "", fmt.Errorf("%q is more than a chord of two keys", s)
}

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

// settle makes the second key of a chord the same with and without ctrl: fingers are often still on it.
func settle(key string) string {
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && utf8.RuneCountInString(letter) == 1 {
		return letter
	}
	return key
}

// types reports whether key is what typing a character sends.
func types(key string) bool {
	return key == "space" || utf8.RuneCountInString(key) == 1
}

// Label is how a key is shown where room is short: `^P`, `^X P`, `F5`, `alt+e`.
func Label(key string) string {
	strokes := strings.Fields(key)
	for i, s := range strokes {
		if letter, ok := strings.CutPrefix(s, "ctrl+"); ok && utf8.RuneCountInString(letter) == 1 {
			strokes[i] = "^" + strings.ToUpper(letter)
		} else if i > 0 {
			strokes[i] = strings.ToUpper(s)
		} else if len(s) > 1 && s[0] == 'f' && s[1] >= '0' && s[1] <= '9' {
			strokes[i] = strings.ToUpper(s)
		}
	}
	return strings.Join(strokes, " ")
}
