package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/runner"
)

// layers gives the collection a variable in three places, and a secret.
func layers(b *bench) {
	b.t.Helper()
	for name, text := range map[string]string{
		"collection.toml":              "name = \"Acme\"\nenvironment = \"test\"\n[vars]\nhost = \"collection.test\"\n",
		"environments/test.toml":       "[vars]\nhost = \"shared.test\"\ntoken = '{{secret(\"token\")}}'\nbase_url = \"http://h\"\n",
		"environments/test.local.toml": "[vars]\nhost = \"local.test\"\n",
		".env":                         "# a file\nREGION=north\n",
	} {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
	now, err := b.root.work.Collection.Reload()
	if err != nil {
		b.t.Fatal(err)
	}
	b.Send(reloaded{collection: now})
}

func (b *bench) setURL(url string) {
	b.Press("ctrl+l")
	b.Paste(url)
}

func TestTheVariableUnderTheCursorIsTold(t *testing.T) {
	b := openFixed(t, 120, 36)
	layers(b)
	b.setURL("http://{{host}}/{{tokn}}")
	b.Press("home")
	for range 10 {
		b.Press("right")
	}
	b.Press("alt+v")
	b.WaitText("{{host}} = local.test")
	grid := b.Grid()
	for _, want := range []string{"environments/test.local.toml:2:8", "before = shared.test", "environments/test.toml:2:8", "before = collection.test", "collection.toml:4:8"} {
		if !strings.Contains(grid, want) {
			t.Errorf("%q is not on\n%s", want, grid)
		}
	}
	if strings.Contains(grid, "{{tokn}} =") {
		t.Errorf("the variable that is not under the cursor is told:\n%s", grid)
	}
	b.Press("esc", "end", "alt+v")
	b.WaitText("unknown variable `tokn`")
	b.WaitText("did you mean `token`?")
	b.Press("enter")
	b.WaitText("unknown variable") // of which the screen of all values cannot tell more
}

func TestVariablesOfARowAreTold(t *testing.T) {
	b := openFixed(t, 120, 36)
	layers(b)
	b.root.tab().draft.Headers = []collections.Entry{
		{Name: "X-All", Value: collections.Str(`{{token}}-{{env("REGION")}}`)},
		{Name: "X-Plain", Value: collections.Str("plain")},
	}
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.root.tab().request.Show("Headers")
	b.root.work.Host.Env = func(string) (string, bool) { return "", false }
	b.Press("alt+3", "ctrl+x", ".")
	b.WaitText("{{token}}")
	b.WaitText("the file .env, .env:2:1")
	if grid := b.Grid(); strings.Contains(grid, "s3cret-value") || !strings.Contains(grid, "••••") {
		t.Errorf("the screen is\n%s", grid)
	}
	b.Press("esc")
	b.root.tab().draft.Vars = []collections.Entry{{Name: "host", Value: collections.Str("own.test")}}
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.root.tab().request.Show("Vars")
	b.Press("g", "alt+v")
	b.WaitText("{{host}} = own.test")
	b.WaitText("before = local.test")
	b.Press("esc")
	b.root.tab().request.Show("Headers")
	// Where there is no variable, the row is explained.
	b.root.tab().draft.Headers = b.root.tab().draft.Headers[1:]
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.Press("g", "alt+v")
	b.WaitText("Where every value comes from")
	b.WaitText("headers.X-Plain")
}

func TestLookingRunsAndSendsNothing(t *testing.T) {
	b := openFixed(t, 120, 36)
	done := make(chan string, 2)
	b.root.work.Host.Command = func(_ context.Context, line string) (string, error) {
		done <- line
		return "x", nil
	}
	b.root.work.Responses = runner.NewResponses(b.now)
	b.root.work.SendFor = func(_ context.Context, _ runner.Workspace, r *collections.Request) error {
		done <- r.Path
		return nil
	}
	b.root.tab().draft.Headers = []collections.Entry{{Name: "X", Value: collections.Str(`{{command("make")}}{{response("users/list", 'json')}}`)}}
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.root.tab().request.Show("Headers")
	b.Press("alt+3", "alt+v")
	b.WaitText("{{command(")
	b.WaitText("send it first")
	select {
	case what := <-done:
		t.Errorf("%q was done", what)
	default:
	}
}

func TestTheRightButtonTellsWhatIsThere(t *testing.T) {
	b := openFixed(t, 120, 36)
	layers(b)
	b.setURL("http://{{host}}/{{token}}")
	line, at := lineOf(b.Grid(), "{{token}}")
	if at < 0 {
		t.Fatalf("the line is %q", line)
	}
	y := strings.Count(b.Grid()[:strings.Index(b.Grid(), "{{token}}")], "\n")
	b.Send(tea.MouseClickMsg{X: at + 3, Y: y, Button: tea.MouseRight})
	b.WaitText("What the variable is")
	b.Press("enter")
	b.WaitText("environments/test.toml:3:9")
	if grid := b.Grid(); strings.Contains(grid, "{{host}} =") || strings.Contains(grid, "s3cret") {
		t.Errorf("the screen is\n%s", grid)
	}
	b.Send(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft})
	b.WaitFor("the popup to close", func(grid string) bool { return !strings.Contains(grid, "environments/test.toml:3:9") })
}
