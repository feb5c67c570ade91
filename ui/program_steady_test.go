package ui_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"parley/testdata/terminal"
)

// patience bounds every wait; nothing is timed.
const patience = time.Minute

// steady is what is to be looked at of a screen, without what differs from run to run: times, ports, folders, and how much
// room they take; and the cell of the cursor, which is where things are selected.
func steady(d *terminal.Driver) string {
	lines := strings.Split(onTop(d.Screen()), "\n")
	for y, line := range lines {
		if masked := changing.ReplaceAllString(ofResponse.ReplaceAllString(line, "$1"), "#"); masked != line {
			for range 6 {
				masked = repeated.Replace(masked)
			}
			lines[y] = masked
		}
	}
	return strings.Join(lines, "\n") + fmt.Sprintf("\ncursor at %v", cursor(d))
}

var (
	changing = regexp.MustCompile(`127\.0\.0\.1:\d+|localhost:\d+|\d+(\.\d+)? ?(ns|µs|ms|s|min|B|KB|kB|KiB)\b|\d\d:\d\d(:\d\d)?(\.\d+)?|just now|now|/0\d\d\b|█+[▏▎▍▌▋▊▉]?`)
	repeated = strings.NewReplacer("    ", " ", "  ", " ", "────", "─", "──", "─", "━━━━", "━", "━━", "━")
	// after the status of a response come times and sizes, as far as there is room.
	ofResponse = regexp.MustCompile(`[ ━─]*\b([1-5]\d\d [A-Z][A-Za-z]+)[^│]*[━─][━─]`)
	aMenu      = regexp.MustCompile(`(?s)╭─{20,}╮.*╰─ (↑↓ more · )?esc close ─`)
	// underway is a palette or a menu that has not been left yet.
	underway = regexp.MustCompile(`╭─ Palette|` + aMenu.String())
	// notice is the beginning of what is said at the foot of the screen.
	notice = regexp.MustCompile(`^ [✓!✗·] `)
)

// onTop is what has a frame, if anything has, and the last line. What looks out beside a frame may be half a time.
func onTop(screen string) string {
	f := topFrame(screen)
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	if f == everything(lines) {
		return screen
	}
	var top strings.Builder
	for _, line := range lines[f.first:f.end] {
		top.WriteString(f.of(line) + "\n")
	}
	return top.String() + lines[len(lines)-1]
}

// shows reports whether there is more to see after something was done: another screen, or a notice that was not there. A
// notice that has gone is nothing.
func shows(before, after string) bool {
	was, said := apartFromNotice(before)
	is, says := apartFromNotice(after)
	rows := min(len(was), len(is))
	return strings.Join(was[:rows], "\n") != strings.Join(is[:rows], "\n") || says != "" && says != said
}

// apartFromNotice is a screen without its last lines: those of the notice, or the one with keys.
func apartFromNotice(screen string) (lines []string, said string) {
	lines = strings.Split(strings.TrimRight(screen, "\n"), "\n")
	where := lines[len(lines)-1]
	lines = lines[:len(lines)-1]
	for y := len(lines) - 1; y >= max(0, len(lines)-4); y-- {
		if notice.MatchString(lines[y]) {
			return append([]string{where}, lines[:y]...), strings.Join(lines[y:], "\n")
		}
	}
	return append([]string{where}, lines[:len(lines)-1]...), ""
}

// until waits for something to be true of what the programs show.
func (x *trio) until(what string, condition func() bool) bool {
	x.t.Helper()
	for end := time.Now().Add(patience); !condition(); {
		if time.Now().After(end) {
			x.t.Errorf("%s: waited for %s\n%s", x.on.name, what, x.screens())
			return false
		}
		// A look at the screens whenever one of them is written to, or a little later.
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		before := x.mouse.Screen()
		x.mouse.Until(ctx, func(screen string) bool { return screen != before }) //nolint:errcheck // it is looked at again
		cancel()
	}
	return true
}

func (x *trio) agree(what string) bool {
	x.t.Helper()
	return x.until(what+" to be the same in all three", func() bool {
		key := steady(x.key)
		return key == steady(x.palette) && key == steady(x.mouse)
	})
}

// screens are what the programs show, for a failure.
func (x *trio) screens() string {
	text := "by key:\n" + x.key.Screen()
	for name, d := range map[string]*terminal.Driver{"from the palette": x.palette, "by mouse": x.mouse} {
		if steady(d) != steady(x.key) {
			text += "\n" + name + ":\n" + d.Screen()
		}
	}
	return text
}

// settle waits until all three have done what they were told.
func (x *trio) settle() {
	for {
		before := x.key.Screen() + x.palette.Screen() + x.mouse.Screen()
		atRest(x.mouse)
		if x.key.Screen()+x.palette.Screen()+x.mouse.Screen() == before {
			return
		}
	}
}
