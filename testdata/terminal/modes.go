package terminal

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// modes are what a program has switched, and to what.
type modes map[ansi.Mode]bool

func (m modes) callbacks() vt.Callbacks {
	return vt.Callbacks{
		EnableMode:  func(mode ansi.Mode) { m[mode] = true },
		DisableMode: func(mode ansi.Mode) { m[mode] = false },
	}
}

// initially are the modes that a terminal starts with.
var initially = modes{ansi.ModeTextCursorEnable: true, ansi.ModeAutoWrap: true}

// The keyboard protocols are no modes: kitty's levels are pushed, set and popped, xterm's is a setting.
var (
	kittyKeys = regexp.MustCompile(`\x1b\[([<=>])(\d*)[;\d]*u`)
	xtermKeys = regexp.MustCompile(`\x1b\[>4(?:;(\d*))?[mn]`)
)

// Restored returns nil when the program has ended and left the terminal as it found it: no alternate screen, the cursor
// shown, every mode back, the keyboard protocols off, and the line discipline as before. Else it says what is different.
func (t *Terminal) Restored() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var wrong error
	if t.after == nil || *t.after != *t.before {
		wrong = errors.Join(wrong, errors.New("the line discipline (termios) is not as it was"))
	}
	if t.emulator.IsAltScreen() {
		wrong = errors.Join(wrong, errors.New("the alternate screen is still on"))
	}
	for mode, on := range t.modes {
		if on != initially[mode] {
			wrong = errors.Join(wrong, fmt.Errorf("mode %d is left as %t", mode.Mode(), on))
		}
	}
	if level := kittyLevel(t.output); level != 0 {
		wrong = errors.Join(wrong, fmt.Errorf("kitty's keyboard protocol is left at %d", level))
	}
	if last := xtermKeys.FindAllSubmatch(t.output, -1); len(last) > 0 {
		if value := last[len(last)-1][1]; len(bytes.Trim(value, "0")) > 0 {
			wrong = errors.Join(wrong, fmt.Errorf("modifyOtherKeys is left at %s", value))
		}
	}
	return wrong
}

// kittyLevel counts how many levels are pushed, or set, that were not taken back.
func kittyLevel(output []byte) int {
	level, set := 0, 0
	for _, found := range kittyKeys.FindAllSubmatch(output, -1) {
		switch found[1][0] {
		case '>':
			level++
		case '<':
			level--
		default:
			set = len(bytes.Trim(found[2], "0"))
		}
	}
	return level + set
}
