package ui_test

import (
	"strings"
	"testing"

	"parley/testdata/terminal"
	"parley/ui/action"
)

// Every action of the table is reached in three ways: by key, from the palette, and by mouse alone. Three programs go side by
// side, each in its own way; after an action each must show something that it has not shown before, and all three the same.

// trio are the programs that go side by side, on a ground where actions are tried.
type trio struct {
	t                   *testing.T
	p                   program
	key, palette, mouse *terminal.Driver
	on                  ground
	keymap              action.Keymap
}

// apart are the actions that are tried on no ground, and why.
var apart = map[action.ID]string{
	action.Palette: "is one of the three ways",
	action.Suspend: "stops the program: \"ends and stops in three ways\"",
	action.Quit:    "ends the program: \"ends and stops in three ways\"",
}

func reachesEverything(t *testing.T, p program) {
	all := grounds()
	covers(t, all)
	for _, on := range all {
		t.Run(on.name, func(t *testing.T) {
			t.Parallel()
			keymap, err := on.preset.Keymap()
			if err != nil {
				t.Fatal(err)
			}
			x := &trio{t: t, p: p, on: on, keymap: keymap}
			x.start()
			for _, a := range on.actions() {
				x.tryOrBeginAnew(a)
			}
		})
	}
}

// covers fails for every action that would be tried nowhere, and for what the grounds say of actions they do not try.
func covers(t *testing.T, all []ground) {
	tried := map[action.ID]bool{}
	for _, on := range all {
		here := map[action.ID]bool{}
		for _, a := range on.actions() {
			here[a.ID], tried[a.ID] = true, true
		}
		for id := range on.special {
			if !here[id] {
				t.Errorf("the ground %s tells of %s, which is not tried there", on.name, id)
			}
		}
	}
	for _, a := range action.All() {
		if tried[a.ID] == (apart[a.ID] != "") {
			t.Errorf("%s (%s, %s) is tried on no ground of program_grounds_test.go, or on one and apart: it needs a place where it shows something", a.ID, a.Group, a.Where)
		}
	}
	t.Logf("%d actions on %d grounds", len(tried), len(all))
}

// start opens the programs and leads them to where the actions are tried.
func (x *trio) start() {
	open := func() *terminal.Driver {
		at := x.p.at(x.t)
		cmd := at.demoCommand(x.t, x.on.config)
		return terminal.Drive(x.t, cmd, terminal.Options{Width: 140, Height: 36})
	}
	x.key, x.palette, x.mouse = open(), open(), open()
	for _, d := range x.all() {
		d.Sees("self-signed", "Send")
	}
	x.steps(x.on.setup)
	x.steps(x.on.back)
	if !x.ready() {
		x.t.FailNow()
	}
}

func (x *trio) all() []*terminal.Driver { return []*terminal.Driver{x.key, x.palette, x.mouse} }

func (x *trio) close() {
	for _, d := range x.all() {
		d.Close()
	}
}

// tryOrBeginAnew tries an action, and opens the programs anew when they do not come back to where the next one is tried.
func (x *trio) tryOrBeginAnew(a action.Action) {
	special := x.on.special[a.ID]
	if x.prepare(special.before) && x.try(a) && !special.afresh {
		x.steps(special.after)
		if x.recover() {
			return
		}
	}
	x.close()
	x.start()
}

// try does an action in three ways.
func (x *trio) try(a action.Action) (ok bool) {
	x.t.Helper()
	if !x.agree("the place where " + string(a.ID) + " is tried") {
		return false
	}
	special := x.on.special[a.ID]
	for _, way := range []struct {
		name string
		d    *terminal.Driver
		do   func(action.Action) bool
	}{{"by key", x.key, x.byKey}, {"from the palette", x.palette, x.fromPalette}, {"by mouse", x.mouse, x.byMouse}} {
		before := steady(way.d)
		if !way.do(a) {
			return false
		}
		for _, step := range special.then {
			atRest(way.d)
			take(way.d, step)
		}
		shown := func() bool {
			now := steady(way.d)
			return (a.ID == action.Menu || !underway.MatchString(now)) && (special.quiet != "" || shows(before, now))
		}
		if !x.until(string(a.ID)+" "+way.name+" to show something", shown) {
			return false
		}
	}
	return x.agree(string(a.ID))
}

// recover closes what an action has opened and goes back to where the next one is tried.
func (x *trio) recover() bool {
	x.steps([]string{"escape", "escape", "escape"})
	x.steps(x.on.back)
	return x.ready()
}

// ready waits until all three are where the next action is tried: nothing else lies on top, the right part has focus, and the
// cursor is in the right row.
func (x *trio) ready() bool {
	return x.until("the place where actions are tried", func() bool {
		key := steady(x.key)
		return key == steady(x.palette) && key == steady(x.mouse) && strings.Contains(key, x.on.sign) &&
			strings.Count(key, "╭─") == x.on.frames && strings.Contains(cursorRow(x.key), x.on.row)
	})
}

// steps does the same in all three.
func (x *trio) steps(steps []string) {
	for _, step := range steps {
		for _, d := range x.all() {
			take(d, step)
		}
	}
	x.settle()
}

// prepare takes steps of which each is seen, but for those that say that they are still.
func (x *trio) prepare(steps []string) bool {
	x.t.Helper()
	for _, step := range steps {
		var was []string
		for _, d := range x.all() {
			was = append(was, steady(d))
			take(d, step)
		}
		seen := func() bool {
			for i, d := range x.all() {
				if steady(d) == was[i] {
					return false
				}
			}
			return true
		}
		still := strings.HasPrefix(step, "wait:") || strings.HasPrefix(step, "still:")
		if !still && !x.until(step+" to show something", seen) {
			return false
		}
	}
	return true
}

// take presses a key, or does what is named before a colon.
func take(d *terminal.Driver, step string) {
	kind, rest, _ := strings.Cut(step, ":")
	switch kind {
	case "text":
		d.Type(rest)
	case "wait":
		d.Sees(rest)
	case "still":
		d.Keys(rest)
	case "open":
		d.Keys("ctrl+p")
		d.Sees("╭─ Palette")
		d.Type(rest)
		d.SeesLine("│▌", rest)
		d.Keys("enter")
		d.SeesNo("╭─ Palette")
	case "escape":
		d.Type(escape)
	default:
		d.Keys(step)
	}
}

// escape is what a terminal sends for esc that tells it from the beginning of alt and a key.
const escape = "\x1b[27u"
