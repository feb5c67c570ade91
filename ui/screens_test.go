package ui

import "strings"

// fileScenes are the screens about what the collection has beside requests.
var fileScenes = []scene{
	{"settings", func(b *bench) {
		settingsOpen(b, "users")
		b.root.tab().request.Show("Headers")
	}},
	{"settings-file", func(b *bench) {
		b.root.OpenSettings("")
		b.root.tab().request.Show("File")
		b.Press("tab", "ctrl+end")
		b.Paste("\n[for.\"https://api.test/\"]\noptions = { verify =")
	}},
	{"examples", func(b *bench) {
		for name, text := range map[string]string{
			"404-not-found":  notFound,
			"500-while-down": strings.NewReplacer("404 Not Found", "500 Internal Server Error", "application/json", "text/html; charset=utf-8").Replace(notFound),
			"broken by hand": "### request\nGET",
			"empty":          "### request\nGET http://h/users/0 HTTP/2\n\n### response\nHTTP/2 204\n",
		} {
			b.write("users/github.examples/"+name+".http", text)
		}
		b.Press("ctrl+x", "X")
		b.WaitText("404 Not Found")
		b.Press("j", "j")
	}},
	{"examples-none", func(b *bench) {
		b.Press("ctrl+x", "X")
		b.WaitText("This request has no example yet")
	}},
	{"example", func(b *bench) {
		b.write("users/github.examples/gone.http", notFound)
		b.Press("ctrl+x", "X")
		b.WaitText("404 Not Found")
		b.Press("enter")
		b.WaitText("no such user")
		b.known()
	}},
	{"example-name", func(b *bench) {
		b.shows(answered(b.t, "application/json", orders), "Body")
		b.known()
		b.Press("alt+4", "S")
		b.WaitText("200-ok")
	}},
	{"search", func(b *bench) {
		b.Press("alt+/")
		b.Type("users")
		b.WaitText("users/remove")
		b.WaitText("url")
	}},
	{"completion-openapi", func(b *bench) {
		b.describe("openapi.yaml", thingsAPI)
		b.Press("ctrl+n", "ctrl+l")
		b.Type("{{base_url}}/")
		b.WaitText("/things/:id/parts")
		b.Press("down")
	}},
	{"import", (*bench).importsTwo},
	{"notes", func(b *bench) {
		wordyRequest(b)
		b.request("Notes")
		b.Press("down", "end")
	}},
}
