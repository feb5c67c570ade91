package ui_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/testdata/terminal"
	"parley/ui/action"
)

// The actions of the tree, of tables, and those that lead somewhere are reached in three ways: by key, from the palette, and by
// mouse alone. Three programs go through the table side by side, each in its own way, and after each action their screens must
// be the same one, and another than before.

// trio are the programs that go side by side.
type trio struct {
	t                   *testing.T
	key, palette, mouse *terminal.Driver
	where               ground
	keymap              action.Keymap
}

// ground is a place in the program where actions are tried.
type ground struct {
	name string
	in   action.Context
	// setup are keys that lead there, at is where the right button is pressed.
	setup []string
	at    cell
	// sign is seen when that has focus.
	sign string
	// back are keys that lead there again.
	back []string
	// has picks the actions that are tried there.
	has func(action.Action) bool
}

// grounds are tried in this order.
func grounds() []ground {
	only := func(scopes ...action.Scope) func(action.Action) bool {
		return func(a action.Action) bool {
			for _, scope := range scopes {
				if a.Where == scope {
					return true
				}
			}
			return false
		}
	}
	return []ground{
		{"tree", action.Tree, []string{"alt+1", "home", "down"}, cell{10, 3}, "▌ GET first-get", []string{"alt+1", "home", "down"}, only(action.InTree)},
		{"table", action.Table, []string{"ctrl+p", "text:tour/list-params", "enter", "wait:javascript", "alt+3", "ctrl+x", "space", "p", "home", "down"}, cell{44, 7}, "space On/off", []string{"alt+3", "home", "down"}, only(action.InTable)},
		{"everywhere", action.Tree, []string{"alt+1", "home", "down"}, cell{10, 3}, "▌ GET first-get", []string{"alt+1", "home", "down"}, func(a action.Action) bool {
			return slices.Contains([]action.Group{action.Go, action.Sides, action.Fill, action.Schemes, action.Copies}, a.Group)
		}},
	}
}

// apart are the actions that this test leaves to others, and why.
var apart = map[action.ID]string{
	action.Palette:  "is one of the three ways",
	action.Menu:     "is one of the three ways",
	action.TypeHere: "is for keymaps in which fields rest, such as vim, and is tested with that",
}

// afresh are the actions after which the programs begin anew.
var afresh = map[action.ID]bool{action.TreeDelete: true, action.RowDelete: true}

// quiet are the actions that have nothing to show where they are tried, and why.
var quiet = map[action.ID]string{
	action.FocusTree: "the sidebar has focus already",
	action.PaneLeft:  "nothing is left of the sidebar",
	action.PaneUp:    "nothing is above the sidebar",
	action.PaneDown:  "nothing is below the sidebar",
}

func reachesEverything(t *testing.T, p program) {
	keymap, err := action.NewKeymap()
	if err != nil {
		t.Fatal(err)
	}
	tried := map[action.ID]bool{}
	for _, where := range grounds() {
		three := &trio{t: t, where: where, keymap: keymap}
		three.start(p)
		for _, a := range keymap.Actions() {
			if where.has(a) && apart[a.ID] == "" {
				tried[a.ID] = true
				if !three.try(a) || afresh[a.ID] || !three.recover() {
					three.close()
					three.start(p)
				}
			}
		}
	}
	t.Logf("%d actions", len(tried))
}

// start opens the programs and leads them to where the actions are tried.
func (x *trio) start(p program) {
	open := func() *terminal.Driver {
		at := p.at(x.t)
		at.demo = "demo"
		cmd := at.command("demo", "-C", "demo", "--fresh")
		cmd.Dir = x.t.TempDir()
		cmd.Env = append(cmd.Env, "EDITOR=true", "PAGER=true")
		d := terminal.Drive(x.t, cmd, terminal.Options{Width: 120, Height: 36})
		d.Sees("self-signed", "Send")
		return d
	}
	x.key, x.palette, x.mouse = open(), open(), open()
	x.lead()
}

func (x *trio) all() []*terminal.Driver { return []*terminal.Driver{x.key, x.palette, x.mouse} }

func (x *trio) close() {
	for _, d := range x.all() {
		d.Close()
	}
}

// lead goes to where the actions are tried, in all three in the same way.
func (x *trio) lead() {
	for _, d := range x.all() {
		for _, step := range x.where.setup {
			switch kind, rest, _ := strings.Cut(step, ":"); kind {
			case "text":
				d.Type(rest)
				d.Sees(rest)
			case "wait":
				d.Sees(rest)
			default:
				d.Keys(step)
				if step == "ctrl+p" {
					d.Sees("Search actions, requests")
				}
			}
		}
	}
	for _, d := range x.all() {
		x.goBack(d)
	}
	x.ready()
}

// patience bounds every wait; nothing is timed.
const patience = time.Minute

// steady is a screen without what differs from run to run: times, ports, and how much room they take.
func steady(d *terminal.Driver) string {
	text := changing.ReplaceAllString(d.Screen(), "#")
	return repeated.Replace(repeated.Replace(repeated.Replace(repeated.Replace(repeated.Replace(repeated.Replace(text))))))
}

var (
	changing = regexp.MustCompile(`127\.0\.0\.1:\d+|localhost:\d+|\d+(\.\d+)? ?(ns|µs|ms|s|min|B|KB|KiB)\b|\d\d:\d\d(:\d\d)?(\.\d+)?|just now|now`)
	repeated = strings.NewReplacer("    ", " ", "  ", " ", "────", "─", "──", "─", "━━━━", "━", "━━", "━")
)

// until waits for something to be true of what the programs show.
func (x *trio) until(what string, condition func() bool) bool {
	x.t.Helper()
	for end := time.Now().Add(patience); !condition(); {
		if time.Now().After(end) {
			x.t.Errorf("%s: waited for %s; by key:\n%s\nfrom the palette:\n%s\nby mouse:\n%s", x.where.name, what, x.key.Screen(), x.palette.Screen(), x.mouse.Screen())
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

// escape is what a terminal sends for esc that tells it from the beginning of alt and a key.
const escape = "\x1b[27u"

// recover closes what an action has opened and goes back to where the next one is tried.
func (x *trio) recover() bool {
	for _, d := range x.all() {
		for range 3 {
			d.Type(escape)
		}
		x.goBack(d)
	}
	return x.ready()
}

// ready waits until all three are where the next action is tried: nothing lies on top, and the right part has focus.
func (x *trio) ready() bool {
	return x.until("the place where actions are tried", func() bool {
		key := steady(x.key)
		return key == steady(x.palette) && key == steady(x.mouse) && strings.Contains(key, x.where.sign) && !strings.Contains(key, "╭─")
	})
}

func (x *trio) goBack(d *terminal.Driver) {
	for _, key := range x.where.back {
		if key == "click" {
			press(d, x.where.at, left)
		} else {
			d.Keys(key)
		}
	}
}

// try does an action in three ways.
func (x *trio) try(a action.Action) (ok bool) {
	before := steady(x.key)
	if !x.byKey(a) {
		return false
	}
	if quiet[a.ID] == "" && !x.until(string(a.ID)+" by key to show something", func() bool { return steady(x.key) != before }) {
		return false
	}
	return x.fromPalette(a) && x.byMouse(a) && x.agree(string(a.ID))
}

// byKey presses the first key of the action that this terminal has.
func (x *trio) byKey(a action.Action) bool {
	for _, key := range x.keymap.Keys(a.ID) {
		if id, bound := x.keymap.Lookup(key, x.where.in); bound && id == a.ID && !action.NeedsEnhancements(key) && x.key.Press(action.Strokes(key)...) == nil {
			return true
		}
	}
	x.t.Errorf("%s has no key", a.ID)
	return false
}

// fromPalette types the title of the action into the palette.
func (x *trio) fromPalette(a action.Action) bool {
	x.palette.Keys("ctrl+p")
	x.palette.Sees("Search actions, requests")
	x.palette.Type(a.Title)
	chosen := regexp.MustCompile(`▌\S* +` + regexp.QuoteMeta(a.Title) + `( {2,}|[┃│])`)
	for range 12 {
		x.palette.Sees("❯ " + a.Title)
		if _, found := inFrame(x.palette.Screen(), chosen); found {
			x.palette.Keys("enter")
			return true
		}
		x.palette.Turn("down")
	}
	x.t.Errorf("the palette does not find %q:\n%s", a.Title, x.palette.Screen())
	return false
}

// byMouse opens the menu and clicks; what is not in it is in the palette, to which it leads.
func (x *trio) byMouse(a action.Action) bool {
	press(x.mouse, x.where.at, right)
	x.mouse.SeesAny("╰─ esc close", "more · esc close")
	atRest(x.mouse)
	title := regexp.MustCompile(`[│▌] ?` + regexp.QuoteMeta(a.Title) + `( {2,}|│)`)
	if at, found := inFrame(x.mouse.Screen(), title); found {
		press(x.mouse, at, left)
		return true
	}
	at, found := inFrame(x.mouse.Screen(), regexp.MustCompile(`Everything that can be done`))
	if !found {
		x.t.Errorf("%s: the menu leads nowhere:\n%s", a.ID, x.mouse.Screen())
		return false
	}
	press(x.mouse, at, left)
	x.mouse.Sees("Search actions, requests")
	entry := regexp.MustCompile(`› +` + regexp.QuoteMeta(a.Title) + `( {2,}|[┃│])`)
	for range 60 {
		screen := atRest(x.mouse)
		if at, found := inFrame(screen, entry); found {
			press(x.mouse, at, left)
			return true
		}
		x.mouse.Type(strings.Repeat(fmt.Sprintf("\x1b[<65;%d;%dM", 60, 15), 4))
		if !x.until("the list to go on to "+a.Title, func() bool { return x.mouse.Screen() != screen }) {
			return false
		}
	}
	x.t.Errorf("%s is not in the palette:\n%s", a.ID, x.mouse.Screen())
	return false
}

// atRest returns the screen when nothing more of it is on its way: a half of a frame has rows where they were before.
func atRest(d *terminal.Driver) string {
	for {
		screen := d.Screen()
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Millisecond)
		_, err := d.Until(ctx, func(now string) bool { return now != screen })
		cancel()
		if err != nil {
			return screen
		}
	}
}

// cell is a place on the screen, from 0.
type cell struct{ x, y int }

// The buttons of a mouse, as a terminal numbers them.
const (
	left  = 0
	right = 2
)

// press presses a button and lets it go.
func press(d *terminal.Driver, at cell, button int) {
	d.Type(fmt.Sprintf("\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm", button, at.x+1, at.y+1, button, at.x+1, at.y+1))
}

// inFrame finds text in what lies on top, which has a frame; on the whole screen when nothing does.
func inFrame(screen string, text *regexp.Regexp) (cell, bool) {
	lines := strings.Split(screen, "\n")
	from, to := 0, 1<<10
	first, last := 0, len(lines)
	for y, line := range lines {
		if i := strings.Index(line, "╭─"); i >= 0 {
			from, to = len([]rune(line[:i])), len([]rune(line[:i]))+len([]rune(line[i:strings.LastIndex(line, "╮")+len("╮")]))
			first = y
		}
		if strings.Contains(line, "╰─") {
			last = y
		}
	}
	for y := first; y < min(last+1, len(lines)); y++ {
		runes := []rune(lines[y])
		part := string(runes[min(from, len(runes)):min(to, len(runes))])
		if found := text.FindStringIndex(part); found != nil {
			return cell{min(from, len(runes)) + len([]rune(part[:found[0]])) + 2, y}, true
		}
	}
	return cell{}, false
}
