package ui_test

import (
	"os"
	"path/filepath"
	"testing"

	"parley/httpcore/playground"
	"parley/testdata/terminal"
)

// welcomesOnce starts the program for the first time, in an empty workspace: a request is sent by its URL and one key, the
// tour comes back to where it was begun, and the second start says nothing.
func welcomesOnce(t *testing.T, p program) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "collection.toml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	start := func() *terminal.Driver {
		return terminal.Drive(t, p.command("-C", dir), terminal.Options{Width: 80, Height: 24})
	}
	d := start()
	d.Sees("Welcome to Parley", "Type a URL and press enter.")
	d.Type(server.URL + "/users/github")
	d.Keys("enter")
	d.Sees("200 OK", `"name": "GitHub"`)

	d.Keys("ctrl+p")
	d.Type("welcome")
	d.SeesLine("Welcome and tour")
	d.Keys("enter")
	d.Sees("Type a URL and press enter.")
	d.Keys("enter")
	d.Sees("takes the tour")
	d.Keys("enter")
	d.Sees("first-get", "Press F5 to send")
	d.Keys("f5")
	d.Sees("200 OK")
	d.Keys("ctrl+c")
	d.SeesNo("Playground")
	d.Sees(server.URL+"/users/github", `"name": "GitHub"`)
	d.Keys("ctrl+c")
	d.Leaves()

	d = start()
	d.Sees("^P Palette")
	d.SeesNo("Welcome")
	d.Keys("ctrl+c")
	d.Leaves()
}
