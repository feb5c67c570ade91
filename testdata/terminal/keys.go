package terminal

import (
	"fmt"
	"strings"
)

// named are the bytes that xterm sends for keys that are not characters.
var named = map[string]string{
	"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "ctrl+space": "\x00", "backspace": "\x7f", "delete": "\x1b[3~",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "f1": "\x1bOP", "f5": "\x1b[15~", "f10": "\x1b[21~",
}

// modifiers are what xterm adds to one to say which keys are held down.
var modifiers = map[string]int{"shift": 1, "alt": 2, "ctrl": 4}

// Press sends keys, spelled as in key maps: `f5`, `ctrl+s`, `alt+3`, `G`.
func (t *Terminal) Press(keys ...string) error {
	for _, key := range keys {
		bytes, err := encode(key)
		if err != nil {
			return err
		}
		if err := t.Type(bytes); err != nil {
			return err
		}
	}
	return nil
}

// Type sends text as it is.
func (t *Terminal) Type(text string) error {
	_, err := t.master.WriteString(text)
	return err
}

func encode(key string) (string, error) {
	if bytes, ok := named[key]; ok {
		return bytes, nil
	}
	if bytes, ok := modified(key); ok {
		return bytes, nil
	}
	if rest, ok := strings.CutPrefix(key, "alt+"); ok {
		bytes, err := encode(rest)
		return "\x1b" + bytes, err
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok && len(rest) == 1 && rest[0] >= 'a' && rest[0] <= 'z' {
		return string(rest[0] - 'a' + 1), nil
	}
	if len([]rune(key)) == 1 {
		return key, nil
	}
	return "", fmt.Errorf("no key is called %q", key)
}

// modified is a key that moves or the like with others held down: xterm puts which they are before the last byte.
func modified(key string) (string, bool) {
	held := 1
	for {
		modifier, rest, found := strings.Cut(key, "+")
		by, ok := modifiers[modifier]
		if !found || !ok {
			break
		}
		held, key = held+by, rest
	}
	bytes, ok := named[key]
	switch {
	case !ok || held == 1 || len(bytes) < 3:
		return "", false
	case strings.HasSuffix(bytes, "~"):
		return fmt.Sprintf("%s;%d~", strings.TrimSuffix(bytes, "~"), held), true
	default: // the one parameter there is without others is 1
		return fmt.Sprintf("\x1b[1;%d%s", held, bytes[len(bytes)-1:]), true
	}
}
