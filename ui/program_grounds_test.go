package ui_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"parley/ui/action"
)

// ground is a place in the program where actions are tried.
type ground struct {
	name string
	in   action.Context
	// setup are steps that lead there at first, back those that lead there again.
	setup, back []string
	// sign is seen when that has focus, row in the line of the cursor; frames is how many frames lie on top then.
	sign, row string
	frames    int
	// has picks the actions that are tried there.
	has func(action.Action) bool
	// special is what some of them need.
	special map[action.ID]special
	preset  action.Preset
	// config is what is in config.toml.
	config string
}

// special is what an action needs where it is tried.
type special struct {
	// before are steps that give it something to do, after those that take back what it did.
	before, after []string
	// then are steps after which it is seen what it has done.
	then []string
	// quiet is why it has nothing to show there.
	quiet string
	// afresh begins anew after it.
	afresh bool
}

// actions are those that are tried here. One that the table gets is tried where its scope or its group belongs.
func (on ground) actions() (list []action.Action) {
	for _, a := range action.All() {
		if apart[a.ID] == "" && on.has(a) {
			list = append(list, a)
		}
	}
	return list
}

// demoCommand starts the demo in a folder of its own. $EDITOR and $PAGER show that they run and what they were given, until a
// line is typed; the editor leaves another text behind.
func (p program) demoCommand(t *testing.T, config string) *exec.Cmd {
	if err := os.MkdirAll(filepath.Join(p.home, "config"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.home, "config", "config.toml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := p.command("demo", "-C", "demo", "--fresh")
	cmd.Dir = t.TempDir()
	cmd.Env = append(cmd.Env,
		`EDITOR=sh -c 'echo in the editor; cat "$1"; read line; echo "[1, 2, 3]" > "$1"' editor`,
		`PAGER=sh -c 'echo in the pager; cat "$1"; read line' pager`)
	return cmd
}

// What a ground has.

type picks func(action.Action) bool

func in(scopes ...action.Scope) picks {
	return func(a action.Action) bool { return slices.Contains(scopes, a.Where) }
}

func of(groups ...action.Group) picks {
	return func(a action.Action) bool {
		return slices.Contains(groups, a.Group) && slices.Contains([]action.Scope{action.Everywhere, action.OutsideText}, a.Where)
	}
}

func ids(ids ...action.ID) picks {
	return func(a action.Action) bool { return slices.Contains(ids, a.ID) }
}

func (p picks) and(other picks) picks {
	return func(a action.Action) bool { return p(a) || other(a) }
}

func (p picks) but(ids ...action.ID) picks {
	return func(a action.Action) bool { return p(a) && !slices.Contains(ids, a.ID) }
}

var (
	// motions are what every list knows.
	motions = []action.ID{action.Up, action.Down, action.Top, action.Bottom, action.HalfUp, action.HalfDown, action.PageUp, action.PageDown}
	// fromTheEnd gives the motions that lead up somewhere to go.
	fromTheEnd = map[action.ID]special{
		action.Up: {before: []string{"end"}}, action.Top: {before: []string{"end"}},
		action.HalfUp: {before: []string{"end"}}, action.PageUp: {before: []string{"end"}},
	}
)

func with(base, more map[action.ID]special) map[action.ID]special {
	all := map[action.ID]special{}
	for id, s := range base {
		all[id] = s
	}
	for id, s := range more {
		all[id] = s
	}
	return all
}

// grounds are all the places.
func grounds() []ground {
	inTree := []string{"alt+1", "home", "down"}
	const firstGet = "▌  GET   first-get"
	list := slices.Concat(requestGrounds(), responseGrounds(), screenGrounds(), []ground{
		{
			name: "tree", in: action.Tree, row: "first-get", back: inTree, sign: firstGet,
			has: in(action.InTree).and(of(action.Files)).and(ids(action.Save, action.RunAll)),
			special: map[action.ID]special{
				action.TreeDelete: {afresh: true},
				action.Restore:    {before: []string{"d", "wait:brings it back"}, afresh: true},
				action.Save:       {before: []string{"ctrl+l", "still:end", "text:?x=1", "wait:?x=1", "alt+1"}},
			},
		},
		{
			name: "places", in: action.Tree, row: "first-get", back: inTree, sign: firstGet,
			has:     of(action.Go).and(ids(action.Send)).but(action.FocusTree, action.PaneLeft, action.PaneUp, action.PaneDown),
			special: map[action.ID]special{},
		},
		{
			name: "families", in: action.Tree, row: "first-get", back: inTree, sign: firstGet,
			has: of(action.Sides, action.Fill, action.Schemes, action.Copies),
		},
		{
			name: "tabs", in: action.Tree, row: "query", setup: []string{"open:tour/list-params", "wait:javascript", "open:tour/query"}, back: []string{"alt+1"},
			sign: "▎GET query", has: of(action.Tabs),
			special: map[action.ID]special{
				action.CloseTab: {afresh: true}, action.PinTab: {afresh: true},
				action.PrevTab: {after: []string{"alt+right"}}, action.NextTab: {after: []string{"alt+left"}},
			},
		},
		{
			name: "view", in: action.Tree, row: "first-get", setup: []string{"f5", "wait:200 OK", "wait:15 lines"}, back: inTree, sign: firstGet,
			has: of(action.View),
			special: map[action.ID]special{
				action.ResetSizes:  {before: []string{"alt+="}},
				action.Split:       {after: []string{"alt+\\"}},
				action.LinkScroll:  {before: []string{"alt+\\"}, after: []string{"alt+\\"}},
				action.PinResponse: {afresh: true},
				action.Linear:      {afresh: true},
				action.ShowSidebar: {after: []string{"alt+1"}},
			},
		},
		{
			name: "left and cancelled", in: action.Tree, row: "first-get", back: inTree, sign: firstGet,
			setup: []string{"ctrl+n", "text:{{base_url}}/delay/10"},
			has:   ids(action.Escape, action.Interrupt).and(of(action.Program)),
			special: map[action.ID]special{
				action.Escape:    {before: []string{"f5", "wait:esc stops"}},
				action.Interrupt: {before: []string{"f5", "wait:esc stops"}},
			},
		},
	})
	for i := range list {
		if list[i].preset.Name == "" {
			list[i].preset = action.Default()
		}
	}
	return list
}
