package uitest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
	"delete": tea.KeyDelete, "insert": tea.KeyInsert, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
}

var keyMods = map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift, "super": tea.ModSuper}

// Key returns the message that a terminal sends for a key, spelled as in key maps: `ctrl+p`, `G`, `shift+tab`, `f5`.
// It panics on a key that it does not know, since that is a mistake in the test.
func Key(name string) tea.KeyPressMsg {
	var key tea.Key
	rest := name
	for {
		i := strings.Index(rest, "+")
		if i <= 0 {
			break
		}
		mod, ok := keyMods[rest[:i]]
		if !ok {
			break
		}
		key.Mod |= mod
		rest = rest[i+1:]
	}
	if code, ok := keyCodes[rest]; ok {
		key.Code = code
		if rest == "space" && key.Mod == 0 {
			key.Text = " "
		}
		return tea.KeyPressMsg(key)
	}
	r, n := utf8.DecodeRuneInString(rest)
	if n == 0 || n != len(rest) {
		panic("uitest: no key is called " + name)
	}
	key.Code = r
	if key.Mod == 0 {
		key.Text = rest
		if unicode.IsUpper(r) {
			key.Code, key.ShiftedCode, key.Mod = unicode.ToLower(r), r, tea.ModShift
		}
	}
	return tea.KeyPressMsg(key)
}

// Typed returns the messages that typing text sends, one a character.
func Typed(text string) []tea.KeyPressMsg {
	var keys []tea.KeyPressMsg
	for _, r := range text {
		switch r {
		case ' ':
			keys = append(keys, Key("space"))
		case '\n':
			keys = append(keys, Key("enter"))
		case '\t':
			keys = append(keys, Key("tab"))
		default:
			keys = append(keys, Key(string(r)))
		}
	}
	return keys
}
