package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/runner"
)

// asksFor gives the first request headers that ask a person.
func (b *bench) asksFor(pairs ...string) {
	t := b.root.tab()
	draft := t.draft.Clone()
	draft.URL = collections.Str("{{base_url}}/headers")
	draft.Headers = entriesOf(pairs...)
	b.root.edit(t, draft)
}

func TestWhatARequestAsksIsAnsweredInOneForm(t *testing.T) {
	b := open(t, 120, 36)
	b.asksFor("X-Team", `{{prompt("Team", "red")}}`, "X-Size", `{{select("Size", ["small", "large"])}}`, "X-Again", `{{prompt("Team")}}`, "X-Key", `{{prompt("API key")}}`)
	b.Press("f5")
	b.WaitText("Before it is sent")
	for _, shown := range []string{"Team", "red", "Size", "small", "API key"} {
		if !strings.Contains(b.Grid(), shown) {
			t.Errorf("%q is not shown:\n%s", shown, b.Grid())
		}
	}
	b.Press("ctrl+a", "ctrl+k")
	b.Type("blue")
	b.Press("tab", "right", "tab")
	b.Type("hunter22")
	if strings.Contains(b.Grid(), "hunter22") {
		t.Error("what is typed as a key is shown")
	}
	b.Press("enter")
	b.WaitText("200 OK")
	b.root.tab().response.ShowSide("Sent")
	for _, sent := range []string{"X-Team: blue", "X-Size: large", "X-Again: blue", "X-Key: ••••"} {
		b.WaitText(sent)
	}

	// The next time, the answers are there; but for the secret.
	b.Press("f5")
	b.WaitText("Before it is sent")
	for _, shown := range []string{"blue", "large"} {
		if !strings.Contains(b.Grid(), shown) {
			t.Errorf("%q is not offered again:\n%s", shown, b.Grid())
		}
	}
	if key := lineWith(b.Grid(), "API key"); strings.Contains(key, "•") {
		t.Errorf("the key is offered again: %s", key)
	}
	sent := len(b.recorded("tour/first-get", 1))
	b.Press("esc")
	b.WaitText("was not answered")
	if now := len(b.found("tour/first-get")); now != sent {
		t.Errorf("something was sent: %d exchanges became %d", sent, now)
	}
}

// write makes a file of the collection, and has it read.
func (b *bench) write(name, text string) {
	b.t.Helper()
	file := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	now, err := b.root.work.Collection.Reload(name)
	b.Send(reloaded{now, err})
}

// A request that another one needs is sent for it, shown in history, and not sent again while its answer is fresh enough.
func TestARequestIsSentForAnother(t *testing.T) {
	b := open(t, 120, 36)
	b.write("chain/login.toml", "method = \"POST\"\nurl = \"{{base_url}}/anything\"\n[body]\njson = '{\"id\": \"i-42\"}'\n")
	b.write("chain/use.toml", "url = \"{{base_url}}/headers\"\n[headers]\nX-Id = '{{response(\"chain/login\", \"json.json.id\")}}'\n")
	b.root.OpenRequest("chain/use")
	for range 2 {
		b.Press("f5")
		b.WaitFor("the end", func(string) bool { return b.root.tab().job == nil && len(b.root.recording) == 0 })
		b.root.tab().response.ShowSide("Sent")
		b.WaitText("X-Id: i-42")
	}
	if n := len(b.found("chain/login")); n != 1 {
		t.Errorf("the other request was sent %d times", n)
	}
}

// A protected environment protects against what is sent for a request, too.
func TestAProtectedEnvironmentHoldsForChainedRequests(t *testing.T) {
	b := open(t, 120, 36)
	b.write("environments/prod.toml", "protected = true\n[vars]\nbase_url = \""+b.play.URL+"\"\n")
	b.write("chain/login.toml", "method = \"POST\"\nurl = \"{{base_url}}/anything\"\n")
	b.write("chain/use.toml", "url = \"{{base_url}}/headers\"\n[headers]\nX-Status = '{{response(\"chain/login\", \"status\")}}'\n")
	b.root.work.Environments = []string{"prod"}
	b.root.OpenRequest("chain/use")
	b.Press("f5")
	b.WaitText("prod is protected")
	b.Type("nope")
	b.Press("enter")
	b.WaitText(`that is not "prod"`)
	if n := len(b.found("chain/login")); n != 0 {
		t.Fatalf("it was sent %d times", n)
	}
	b.Press("ctrl+a", "ctrl+k")
	b.Type("prod")
	b.Press("enter")
	b.WaitText("200 OK")
	b.root.tab().response.ShowSide("Sent")
	b.WaitText("X-Status: 200")
}

func TestACommandIsRunAfterAPersonAllowedIt(t *testing.T) {
	b := open(t, 120, 36)
	ran := 0
	b.root.work.Host.Command = func(context.Context, string) (string, error) {
		ran++
		return "ada", nil
	}
	b.root.work.Commands = runner.NewCommands(b.fsys, filepath.Join(b.state, "commands"), b.dir)
	b.asksFor("X-User", `{{command("whoami")}}`)
	for _, refuse := range []string{"esc", "enter"} {
		b.Press("f5")
		b.WaitText("Run a command?")
		b.WaitText("whoami")
		b.Press("x", refuse) // the question came by itself: the first key is not for it
		b.WaitText("was not allowed")
	}
	if ran != 0 {
		t.Fatal("it was run")
	}
	b.Press("f5")
	b.WaitText("Run a command?")
	b.Press("x", "r")
	b.WaitText("200 OK")
	b.root.tab().response.ShowSide("Sent")
	b.WaitText("X-User: ada")
	first := b.root.tab().exchange
	b.Press("f5")
	b.WaitFor("the second answer", func(string) bool { return b.root.tab().job == nil && b.root.tab().exchange != first })
	if ran != 2 {
		t.Errorf("it was run %d times", ran)
	}
}
