package ui_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"parley/testdata/terminal"
	"parley/ui/action"
)

// The three ways to an action: bytes of keys, text typed into the palette, and what a mouse sends.

// byKey presses the first key of the action that this terminal has.
func (x *trio) byKey(a action.Action) bool {
	x.t.Helper()
	for _, key := range x.keymap.Keys(a.ID) {
		if id, bound := x.keymap.Lookup(key, x.on.in); bound && id == a.ID && !action.NeedsEnhancements(key) && x.key.Press(action.Strokes(key)...) == nil {
			return true
		}
	}
	x.t.Errorf("%s: %s has no key that works here", x.on.name, a.ID)
	return false
}

// fromPalette types the title of the action into the palette.
func (x *trio) fromPalette(a action.Action) bool {
	x.t.Helper()
	d := x.palette
	d.Keys("ctrl+p")
	d.Sees("╭─ Palette")
	d.Type(a.Title)
	chosen := regexp.MustCompile(`▌\S* +` + regexp.QuoteMeta(a.Title) + `( {2,}|[┃│])`)
	for range 12 {
		d.Sees("❯ " + a.Title)
		if _, found := inFrame(d.Screen(), chosen); found {
			d.Keys("enter")
			return true
		}
		d.Turn("down")
	}
	x.t.Errorf("%s: the palette does not find %q:\n%s", x.on.name, a.Title, d.Screen())
	return false
}

// byMouse opens the menu and clicks; what is not in it is in the palette, to which it leads.
func (x *trio) byMouse(a action.Action) bool {
	x.t.Helper()
	here := cursor(x.mouse)
	press(x.mouse, here, right)
	x.mouse.Becomes("a menu", aMenu.MatchString)
	atRest(x.mouse)
	title := regexp.MustCompile(`[│▌] ?` + regexp.QuoteMeta(a.Title) + `( {2,}|│)`)
	if at, found := inFrame(x.mouse.Screen(), title); found {
		press(x.mouse, at, left)
		return true
	}
	everything := regexp.MustCompile(`[│▌] ?Everything that can be done`)
	for range 40 {
		screen := x.mouse.Screen()
		if at, found := inFrame(screen, everything); found {
			press(x.mouse, at, left)
			x.mouse.Sees("╭─ Palette")
			return x.clickInPalette(a)
		}
		wheel(x.mouse, wheelDown, here, 1)
		atRest(x.mouse)
	}
	x.t.Errorf("%s: the menu has neither %s nor a way to everything:\n%s", x.on.name, a.ID, x.mouse.Screen())
	return false
}

// clickInPalette turns the wheel until the action is seen, and clicks on it.
func (x *trio) clickInPalette(a action.Action) bool {
	x.t.Helper()
	entry := regexp.MustCompile(`› +` + regexp.QuoteMeta(a.Title) + `( {2,}|[┃│])`)
	for screen := atRest(x.mouse); ; {
		if at, found := inFrame(screen, entry); found {
			press(x.mouse, at, left)
			return true
		}
		further, more := turned(x.mouse, screen)
		if !more {
			x.t.Errorf("%s: %s is not in the palette:\n%s", x.on.name, a.ID, screen)
			return false
		}
		screen = further
	}
}

// turn is how often the wheel is turned at once, and how many rows that goes on.
const turn, turnRows = 4, 12

// turned goes on in a list, and returns the screen when it shows exactly the rows that many further; false at the end.
func turned(d *terminal.Driver, screen string) (string, bool) {
	was := listed(screen)
	if len(was) <= turnRows {
		return screen, false
	}
	wheel(d, wheelDown, cell{70, 15}, turn)
	wait := 2 * time.Second
	if atEnd(screen) {
		wait = 200 * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	var further string
	_, err := d.Until(ctx, func(now string) bool {
		is := listed(now)
		further = now
		return len(is) == len(was) && slices.Equal(is[:len(is)-turnRows], was[turnRows:])
	})
	if err != nil { // the end of the list was nearer
		further = atRest(d)
		return further, !slices.Equal(listed(further), was)
	}
	return further, true
}

// atEnd reports whether the scroll bar of the list that lies on top has come to its end.
func atEnd(screen string) bool {
	f := topFrame(screen)
	return strings.HasSuffix(f.of(strings.Split(screen, "\n")[f.end-2]), "┃│")
}

// listed are the rows of the list that lies on top, without marks for where the cursor is and how far it is scrolled.
func listed(screen string) (rows []string) {
	f := topFrame(screen)
	for y, line := range strings.Split(screen, "\n") {
		if y > f.first+2 && y < f.end-1 {
			rows = append(rows, strings.Trim(f.of(line), "│┃▌ "))
		}
	}
	return rows
}

// atRest returns the screen when nothing more of it is on its way: a half of a frame has rows where they were before.
func atRest(d *terminal.Driver) string {
	for {
		screen := d.Screen()
		ctx, cancel := context.WithTimeout(context.Background(), 40*time.Millisecond)
		_, err := d.Until(ctx, func(now string) bool { return now != screen })
		cancel()
		if err != nil {
			return screen
		}
	}
}

// cell is a place on the screen, from 0.
type cell struct{ x, y int }

// cursor is the cell of the terminal's cursor; the corner when it is not shown.
func cursor(d *terminal.Driver) cell {
	if x, y, shown := d.Cursor(); shown {
		return cell{x, y}
	}
	return cell{}
}

// cursorRow is the row that the cursor is in.
func cursorRow(d *terminal.Driver) string { return strings.Split(d.Screen(), "\n")[cursor(d).y] }

// The buttons of a mouse, as a terminal numbers them.
const (
	left      = 0
	right     = 2
	wheelUp   = 64
	wheelDown = 65
)

// press presses a button and lets it go.
func press(d *terminal.Driver, at cell, button int) {
	d.Type(fmt.Sprintf("\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm", button, at.x+1, at.y+1, button, at.x+1, at.y+1))
}

// wheel turns the wheel.
func wheel(d *terminal.Driver, button int, at cell, times int) {
	d.Type(strings.Repeat(fmt.Sprintf("\x1b[<%d;%d;%dM", button, at.x+1, at.y+1), times))
}

// inFrame finds text in what lies on top, and returns a place in it.
func inFrame(screen string, text *regexp.Regexp) (cell, bool) {
	f := topFrame(screen)
	for y, line := range strings.Split(screen, "\n") {
		if y < f.first || y >= f.end {
			continue
		}
		part := f.of(line)
		if found := text.FindStringIndex(part); found != nil {
			return cell{f.from + len([]rune(part[:found[0]])) + 2, y}, true
		}
	}
	return cell{}, false
}

// frame is a rectangle of a screen.
type frame struct{ first, end, from, to int }

func everything(lines []string) frame { return frame{0, len(lines), 0, 1 << 10} }

// topFrame is that of what lies on top: the one that begins last. It is the whole screen when nothing does.
func topFrame(screen string) frame {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	f := everything(lines)
	for y, line := range lines {
		if i := strings.LastIndex(line, "╭─"); i >= 0 && strings.Contains(line[i:], "╮") {
			from := len([]rune(line[:i]))
			f = frame{y, len(lines), from, from + len([]rune(line[i:][:strings.Index(line[i:], "╮")])) + 1}
		}
		if strings.HasPrefix(f.of(line), "╰─") && f.end == len(lines) {
			f.end = y + 1
		}
	}
	return f
}

// of is the part of a line that lies in the frame.
func (f frame) of(line string) string {
	runes := []rune(line)
	return string(runes[min(f.from, len(runes)):min(f.to, len(runes))])
}
