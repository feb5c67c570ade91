package ui_test

import "parley/ui/action"

// responseGrounds are in the response and in the history.
func responseGrounds() []ground {
	folded := []string{"1"}
	found := []string{"/", "text:http", "enter"}
	body := map[action.ID]special{
		action.Right: {before: []string{"left"}}, action.UnfoldAll: {before: folded},
		action.PrevSibling: {before: []string{"J"}},
		action.FindNext:    {before: found}, action.FindPrev: {before: found},
		action.Toggle:   {then: []string{"down", "y"}, quiet: "it begins to select where the cursor is; what is copied then tells"},
		action.Look:     {afresh: true},
		action.External: {after: []string{"enter", "wait:156 lines"}},
		action.EditBody: {after: []string{"enter", "wait:156 lines"}},
	}
	for _, id := range []action.ID{action.Fold2, action.Fold3, action.Fold4, action.Fold5, action.Fold6, action.Fold7, action.Fold8, action.Fold9} {
		body[id] = special{before: folded}
	}
	return []ground{
		{
			name: "body", in: action.Body, row: "5▾", sign: "156 lines",
			setup: []string{"open:repositories/search", "f5", "wait:156 lines", "alt+4"},
			back:  []string{"alt+4", "0", "home", "down", "down", "down", "down"},
			has:   in(action.InBody, action.InLists).and(ids(action.External)).but(action.Wrap, action.ScrollLeft, action.ScrollRight), special: with(fromTheEnd, body),
		},
		{
			name: "long line", in: action.Body, row: "[{\"", sign: "JSON · raw",
			setup: []string{"ctrl+n", "text:{{base_url}}/json/big?size=4KB&minified=1", "f5", "wait:200 OK", "alt+4", "v", "wait:JSON · raw"},
			back:  []string{"alt+4", "home"},
			has:   ids(action.Wrap, action.ScrollLeft, action.ScrollRight),
			special: map[action.ID]special{
				action.Wrap:        {after: []string{"w"}},
				action.ScrollLeft:  {before: []string{"shift+right"}},
				action.ScrollRight: {after: []string{"shift+left"}},
			},
		},
		{
			name: "answer", in: action.Body, row: "1▾ {", sign: `"title": "Not Found"`,
			setup: []string{"f5", "wait:15 lines", "open:users/missing", "f5", "wait:404 Not Found", "wait:6 lines", "alt+1", "]", "wait:404 GET", "["},
			back:  []string{"ctrl+x", "space", "B", "home"},
			has:   of(action.Request).but(action.Send, action.Save, action.Peek, action.RunAll, action.ShowRun, action.Auth, action.Replay),
			special: map[action.ID]special{
				action.New: {after: []string{"alt+w"}},
			},
		},
		{
			name: "refused", in: action.Body, row: "1▾ {", sign: "alt+a sets that up",
			setup: []string{"open:authentication/basic-refused", "f5", "wait:401 Unauthorized", "wait:5 lines"},
			back:  []string{"alt+4", "home"}, has: ids(action.Auth),
		},
		{
			name: "headers", in: action.List, row: "Content-Type", sign: "▌Content-Type", setup: []string{"f5", "wait:15 lines"},
			back: []string{"ctrl+x", "space", "H", "home"}, has: ids(motions...).and(ids(action.Copy)), special: fromTheEnd,
		},
		{
			name: "attempts", in: action.List, row: "200 OK", sign: "enter shows what was sent", setup: []string{"f5", "wait:15 lines"},
			back: []string{"ctrl+x", "space", "A", "home", "down"}, has: ids(action.Open), special: map[action.ID]special{action.Open: {afresh: true}},
		},
		{
			name: "events", in: action.Body, row: "comment", sign: "ended",
			setup: []string{"open:streams/events", "f5", "wait:20 · ended"},
			back:  []string{"alt+4", "home"}, has: ids(motions...).and(ids(action.Look, action.Find, action.Copy)), special: with(fromTheEnd, map[action.ID]special{action.Look: {afresh: true}}),
		},
		{
			name: "history", in: action.List, row: "404 GET", sign: "▌404 GET",
			setup: []string{"f5", "wait:15 lines", "f5", "open:users/missing", "f5", "wait:404 Not Found", "alt+1", "]"},
			back:  []string{"alt+1", "]", "home"}, has: ids(motions...).and(ids(action.Open, action.Find, action.Replay, action.Compare)),
			special: with(fromTheEnd, map[action.ID]special{action.Open: {before: []string{"end"}, afresh: true}}),
		},
	}
}
