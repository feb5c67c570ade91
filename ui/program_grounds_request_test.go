package ui_test

import "parley/ui/action"

// requestGrounds are in the URL bar and in the request.
func requestGrounds() []ground {
	vim, err := action.PresetNamed("vim")
	if err != nil {
		panic(err)
	}
	inTable := []string{"alt+3", "home", "down"}
	inURL := []string{"ctrl+l", "home"}
	toJSON := []string{"open:echo/json", "ctrl+x", "space", "b", "wait:12345678901234567890"}
	return []ground{
		{
			name: "table", in: action.Table, row: "javascript", sign: "space On/off",
			setup: []string{"open:tour/list-params", "wait:javascript", "alt+3", "ctrl+x", "space", "p"}, back: inTable,
			has: in(action.InTable).and(ids(action.FocusTree, action.PaneLeft, action.PaneUp, action.PaneDown)),
			special: map[action.ID]special{
				action.RowDelete:  {afresh: true},
				action.RowsAsText: {afresh: true},
				action.RowUp:      {after: []string{"J"}},
				action.RowDown:    {after: []string{"K"}},
			},
		},
		{
			name: "URL bar", in: action.URLBar, row: "{{base_url}}", sign: "{{base_url}}/users/github", back: inURL,
			has: in(action.InURL).and(ids(action.Peek)),
		},
		{
			name: "editor", in: action.Editor, row: "12345678901234567890", sign: "^F Find", setup: toJSON,
			back: []string{"ctrl+x", "space", "b", "ctrl+home"},
			has:  in(action.InText, action.InEditor).and(of(action.Edit)),
			special: map[action.ID]special{
				action.Undo:       {before: []string{"text:x", "wait:x{"}},
				action.Redo:       {before: []string{"text:x", "wait:x{", "ctrl+z"}, after: []string{"ctrl+z"}},
				action.Cut:        {before: []string{"shift+right", "shift+right"}, after: []string{"ctrl+z"}},
				action.Complete:   {before: []string{"text:{{", "wait:base_url", "escape"}, afresh: true},
				action.External:   {after: []string{"enter", "wait:[1, 2, 3]"}, afresh: true},
				action.FormatText: {after: []string{"ctrl+z"}},
			},
		},
		{
			name: "field at rest", in: action.URLRest, row: "{{base_url}}", preset: vim, config: "keymap = \"vim\"\n", sign: "{{base_url}}/users/github",
			back: []string{"ctrl+l", "home", "escape"}, has: in(action.InRest), special: map[action.ID]special{action.TypeHere: {then: []string{"text:x"}}},
		},
	}
}
