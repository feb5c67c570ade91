package ui

import (
	"fmt"
	"testing"

	"parley/ui/uitest"
)

// fileScenes are the screens about what the collection has beside requests, each looked at as a whole at four sizes.
var fileScenes = []struct {
	name string
	play func(*bench)
}{
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
	{"import", func(b *bench) {
		b.root.importFrom()
		b.Paste("curl -X POST http://api.test/users -d a=1; curl --compressed --trace-time http://api.test/users/1")
		b.Press("enter")
		b.WaitText("What becomes of it")
		b.WaitText("kept,")
	}},
}

func TestScreensOfFiles(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
		for _, scene := range fileScenes {
			name := fmt.Sprintf("%s-%dx%d", scene.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				b := openFixed(t, size[0], size[1])
				scene.play(b)
				uitest.Exact(t, b.View().Content, size[0], size[1])
				uitest.Golden(t, name, b.stable())
			})
		}
	}
}
