package ui

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
