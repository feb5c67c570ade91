package main

// step is something a person does, and what the screen has to show after it.
type step struct{ keys, text, sees string }

// scene is a screen worth a picture.
type scene struct {
	name  string
	empty bool // begins in an empty workspace at the first start, else in the demo
	steps []step
}

// open goes to a request by its name.
func open(path, sees string) []step {
	return []step{{keys: "ctrl+p", sees: "Palette"}, {text: path, sees: path}, {keys: "enter", sees: sees}}
}

func steps(lists ...[]step) (all []step) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

var scenes = []scene{
	{name: "welcome", empty: true, steps: []step{{sees: "Type a URL and press enter"}}},
	{name: "answer", steps: []step{{keys: "f5", sees: "200 OK"}, {keys: "alt+4", sees: `"GitHub"`}}},
	{name: "editor", steps: steps(open("tour/json", "/users"), []step{
		{keys: "f5", sees: "201 Created"}, {keys: "ctrl+p", sees: "Palette"}, {text: "request: body", sees: "Body"}, {keys: "enter", sees: `"name"`},
	})},
	{name: "palette", steps: []step{{keys: "f5", sees: "200 OK"}, {keys: "ctrl+p", sees: "Palette"}, {text: "head", sees: "eader"}}},
	{name: "history", steps: steps([]step{{keys: "f5", sees: "200 OK"}}, open("tour/query", "/search"), []step{
		{keys: "f5", sees: "200 OK"}, {keys: "ctrl+r", sees: "200 GET"},
	})},
	{name: "environments", steps: []step{{keys: "ctrl+x 8", sees: "Environments"}}},
	{name: "themes", steps: []step{{keys: "f5", sees: "200 OK"}, {keys: "ctrl+x t", sees: "Theme"}}},
	{name: "help", steps: []step{{keys: "f1", sees: "Help"}}},
}

var sizes = []string{"60x16", "80x24", "120x36", "200x60"}

// looks are the themes of pictures: one dark, one light, one for those who need more contrast.
var looks = []string{"parley-dark", "parley-light", "high-contrast-dark"}

// picture is one of those that the README shows.
type picture struct{ scene, size, theme, file string }

var readme = []picture{
	{"answer", "120x36", "parley-dark", "workbench.svg"},
	{"answer", "120x36", "parley-light", "workbench-light.svg"},
	{"answer", "120x36", "high-contrast-dark", "workbench-contrast.svg"},
	{"answer", "60x16", "parley-dark", "workbench-60x16.svg"},
	{"answer", "80x24", "parley-dark", "workbench-80x24.svg"},
	{"answer", "200x60", "parley-dark", "workbench-200x60.svg"},
	{"editor", "120x36", "parley-dark", "editor.svg"},
	{"palette", "120x36", "parley-dark", "palette.svg"},
	{"history", "120x36", "parley-dark", "history.svg"},
}

// tour is what happens in the film.
var tour = []step{
	{sees: "Press F5 to send"},
	{keys: "f5", sees: "200 OK"},
	{keys: "alt+4", sees: `"GitHub"`},
	{keys: "/", sees: "/"},
	{text: "org", sees: "org"},
	{keys: "enter", sees: "Organization"},
	{keys: "esc", sees: "Organization"},
	{keys: "ctrl+p", sees: "Palette"},
	{text: "tour/json", sees: "tour/json"},
	{keys: "enter", sees: "POST"},
	{keys: "f5", sees: "201 Created"},
	{keys: "ctrl+r", sees: "201 POST"},
	{keys: "esc", sees: "201 Created"},
	{keys: "ctrl+x t", sees: "Nord"},
	{text: "tokyo", sees: "Tokyo"},
	{keys: "enter", sees: "201 Created"},
}
