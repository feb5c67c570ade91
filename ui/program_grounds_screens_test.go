package ui_test

import (
	"slices"

	"parley/ui/action"
)

// screenGrounds are the screens that lie on top and list something.
func screenGrounds() []ground {
	listed := ids(motions...).and(ids(action.Find, action.Open))
	toRun := []string{"open:repositories/list", "alt+1", "left", "x", "wait:╭─ Run", "enter", "wait:4 passed"}
	return []ground{
		{
			name: "cookies", in: action.Screen, row: "flavour", sign: "╭─ Cookies", frames: 1,
			setup: []string{"open:cookies/set", "f5", "wait:1 cookie"}, back: []string{"alt+c"},
			has:     in(action.InScreen).but(action.ItemRefresh, action.ItemProtect).and(ids(action.Find, action.Open)),
			special: map[action.ID]special{action.ItemDelete: {afresh: true}},
		},
		{
			name: "environments", in: action.Screen, row: "playground ", sign: "╭─ Environments", frames: 1, back: []string{"ctrl+x", "8", "home"},
			has:     ids(action.ItemNew, action.ItemProtect, action.Toggle).and(listed),
			special: with(fromTheEnd, map[action.ID]special{action.Toggle: {before: []string{"down"}}}),
		},
		{
			name: "run", in: action.Screen, row: "repositories/list", sign: "4 passed", frames: 1, setup: toRun, back: []string{"alt+x", "home"},
			has:     ids(action.ItemRefresh).and(listed),
			special: fromTheEnd,
		},
		{
			name: "shown run", in: action.Tree, row: "▾ repositories", sign: "▌▾ repositories", setup: slices.Concat(toRun, []string{"escape"}), back: []string{"alt+1"},
			has: ids(action.ShowRun),
		},
		{
			name: "messages", in: action.Screen, row: "nothing to undo", sign: "╭─ Messages", frames: 1,
			setup: []string{"alt+1", "ctrl+z", "wait:nothing to undo", "ctrl+y", "wait:nothing to"}, back: []string{"alt+l", "home"},
			has:     listed,
			special: fromTheEnd,
		},
	}
}
