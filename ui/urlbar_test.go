package ui

import (
	"strings"
	"testing"

	"parley/collections"
)

// What is meant before a URL is shown before it is sent, and is part of it from then on.
func TestSchemeIsGuessedAndKept(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	host := strings.TrimPrefix(b.play.URL, "http://")
	b.Type(host + "/get?said=1")
	b.WaitFor("the scheme before the URL", holds("http://"+host+"/get?said=1"))
	if text := b.root.tab().draft.URL.Text; text != host+"/get?said=1" {
		t.Errorf("the guess is in the request already: %q", text)
	}
	b.Press("enter")
	b.WaitText("200 OK")
	if text := b.root.tab().draft.URL.Text; text != "http://"+host+"/get?said=1" {
		t.Errorf("what was sent is not what is kept: %q", text)
	}
	b.Press("ctrl+z")
	if text := b.root.tab().draft.URL.Text; text != host+"/get?said=1" {
		t.Errorf("the scheme cannot be taken back: %q", text)
	}
}

// Leaving the bar keeps the guess; a URL that nobody touched stays as its file has it.
func TestOnlyWhatWasTypedIsSettled(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("api.example.com/x")
	b.WaitText("https://api.example.com/x")
	b.Press("alt+3")
	if text := b.root.tab().draft.URL.Text; text != "https://api.example.com/x" {
		t.Errorf("left, the URL is %q", text)
	}
	b.root.tab().draft.URL.Text = "127.0.0.1:1"
	b.root.tab().url.SetRequest(b.root.tab().draft)
	b.root.tab().dirty = false
	b.Press("alt+2", "alt+3")
	if b.root.tab().dirty {
		t.Error("looking at a URL changes it")
	}
	b.Press("f5")
	if text := b.root.tab().draft.URL.Text; text != "http://127.0.0.1:1" {
		t.Errorf("what is sent is %q", text)
	}
	b.Press("esc")
}

func TestAMethodMayStandBeforeTheURL(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("POST api.example.com")
	draft := b.root.tab().draft
	if draft.Method.Text != "POST" || draft.URL.Text != "api.example.com" {
		t.Errorf("it is %s %q", draft.Method.Text, draft.URL.Text)
	}
	b.Press("ctrl+n", "ctrl+l")
	b.Paste("DELETE https://a.test/x#y\n")
	draft = b.root.tab().draft
	if draft.Method.Text != "DELETE" || draft.URL.Text != "https://a.test/x#y" {
		t.Errorf("pasted, it is %s %q", draft.Method.Text, draft.URL.Text)
	}
}

func TestPastedURLs(t *testing.T) {
	for _, c := range []struct{ typed, pasted, want string }{
		{"", " <https://a.test/very/\n  long?x=1#y> ", "https://a.test/very/long?x=1#y"},
		{"https://", "https://a.test/", "https://a.test/"},
		{"https://a.test/?next=", "https://b.test/", "https://a.test/?next=https://b.test/"},
		{"{{base_url}}", "/users", "{{base_url}}/users"},
	} {
		b := open(t, 80, 24)
		b.Press("ctrl+n", "ctrl+l")
		b.Type(c.typed)
		b.Paste(c.pasted)
		if got := b.root.tab().draft.URL.Text; got != c.want {
			t.Errorf("%q after %q makes %q, want %q", c.pasted, c.typed, got, c.want)
		}
	}
}

// A curl command fills in the whole request in each of the ways it is copied, and also when it comes as keys.
func TestCurlInTheURLBar(t *testing.T) {
	for name, command := range map[string]string{
		"lines":      "  curl -X PUT 'http://a.test/x' \\\n  -H 'X-Yes: 1' \\\n  --data-raw '{\"a\":1}'\n",
		"prompt":     "$ curl -X PUT http://a.test/x -H 'X-Yes: 1' -d '{\"a\":1}'",
		"cmd.exe":    "curl -X PUT ^\"http://a.test/x^\" ^\r\n  -H ^\"X-Yes: 1^\" ^\r\n  -d ^\"^{^\\^\"a^\\^\":1^}^\"",
		"powershell": "curl.exe -X PUT \"http://a.test/x\" `\r\n  -H \"X-Yes: 1\" `\r\n  -d '{\"a\":1}'",
	} {
		b := open(t, 120, 36)
		b.Press("ctrl+n", "ctrl+l")
		b.Paste(command)
		b.WaitText("filled in from curl")
		draft := b.root.tab().draft
		if draft.Method.Text != "PUT" || draft.URL.Text != "http://a.test/x" || len(draft.Headers) == 0 || draft.Body.Kind == "" {
			t.Errorf("%s: %s %q %v %v", name, draft.Method.Text, draft.URL.Text, draft.Headers, draft.Body)
		}
	}
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	tabs := len(b.root.tabs)
	b.Type("curl -d x=1 http://a.test/typed")
	b.Press("enter")
	b.WaitText("filled in from curl")
	if draft := b.root.tab().draft; draft.Method.Text != "POST" || draft.URL.Text != "http://a.test/typed" || len(b.root.tabs) != tabs {
		t.Errorf("typed: %s %q in %d tabs", draft.Method.Text, draft.URL.Text, len(b.root.tabs))
	}
}

func TestSendingNothingSaysWhatToDo(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l", "enter")
	b.WaitText("type a URL first, or paste a curl command")
}

func TestNothingToComplete(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("zzz")
	b.Press("ctrl+space")
	b.WaitText("no URL that is known fits here")
	b.Press("ctrl+u", "ctrl+space")
	b.WaitFor("all there are", holds("/users/github", "tour/first-get"))
	b.Press("ctrl+x", "esc", "esc")
	b.WaitFor("no list", lacks("↓ choose"))
}

// URLs complete with those of the collection and those that were sent, as one types.
func TestURLsComplete(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	b.Type(b.play.URL + "/get?once=upon")
	b.Press("enter")
	b.WaitText("200 OK")
	b.WaitFor("the exchange in history", func(string) bool { return len(b.root.recording) == 0 && b.root.history != nil })
	b.Press("ctrl+n", "ctrl+l")
	b.Type("once")
	b.WaitFor("the URL from history", holds("/get?once=upon", "history", "tab accept"))
	b.Press("tab")
	if text := b.root.tab().draft.URL.Text; text != b.play.URL+"/get?once=upon" {
		t.Errorf("tab made %q", text)
	}
	b.Press("ctrl+n", "ctrl+l")
	b.Type("{{base_url}}/redirect")
	b.WaitFor("those of the collection", holds("/redirect"+"-to", "↓ choose"))
	// A URL with a path may be meant as it is: tab goes on to the next field.
	b.Press("tab")
	if text := b.root.tab().draft.URL.Text; text != "{{base_url}}/redirect" || b.root.focus != partRequest {
		t.Errorf("tab made %q and focus is on %v", text, b.root.focus)
	}
}

// A URL that was completed and taken back changes nothing but the URL: what was typed in the body can still be undone.
func TestTakingBackAURLLeavesTheBodyAlone(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n")
	draft := b.root.tab().draft
	draft.Body = collections.Body{Kind: collections.BodyText}
	b.root.tab().request.SetRequest(draft)
	b.root.tab().request.ShowSide("Body")
	b.root.tab().request.Start("Body")
	b.Press("alt+3")
	b.Type("kept")
	b.Press("ctrl+l")
	b.Type("{{base_url}}/redirect")
	b.WaitFor("those of the collection", holds("/redirect"+"-to", "↓ choose"))
	b.Press("down", "enter")
	chosen := draft.URL.Text
	if !strings.HasPrefix(chosen, "{{base_url}}/redirect/") {
		t.Fatalf("chosen is %q", chosen)
	}
	b.Press("ctrl+z")
	if draft.URL.Text == chosen || draft.Body.Content.Text != "kept" {
		t.Fatalf("after undo it is %q with %q", draft.URL.Text, draft.Body.Content.Text)
	}
	b.Press("alt+3", "ctrl+z")
	if text := draft.Body.Content.Text; text != "" {
		t.Errorf("the body keeps %q", text)
	}
}

// A variable that nothing defines is named below the bar, and what is known is coloured anew when that changes.
func TestUnknownVariables(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("{{bas_url}}/x")
	b.WaitFor("what is wrong", holds("unknown variable `bas_url`", "did you mean `base_url`"))
	unknown := b.root.tab().url.Lines()[0]
	draft := b.root.tab().draft
	draft.Vars = append(draft.Vars, collections.Entry{Name: "bas_url", Value: collections.Str("http://a.test")})
	b.root.Changed(b.root.tab().url)
	if grid := b.Grid(); strings.Contains(grid, "unknown variable") {
		t.Errorf("it is still unknown:\n%s", grid)
	}
	if b.root.tab().url.Lines()[0] == unknown {
		t.Error("the variable has the colour of an unknown one")
	}
	b.Press("ctrl+l")
	b.Type("{{bas_")
	b.WaitFor("the variable of the request", holds("bas_url", "request"))
	if grid := b.Grid(); strings.Contains(grid, "unknown variable") {
		t.Errorf("what is being typed is called wrong:\n%s", grid)
	}
}

// Cells are coloured anew as well.
func TestCellsKnowNewVariables(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n")
	draft := b.root.tab().draft
	draft.Headers = []collections.Entry{{Name: "X-A", Value: collections.Str("{{later}}")}}
	b.root.edit(b.root.tab(), draft)
	b.root.tab().request.ShowSide("Headers")
	b.root.setFocus(partRequest)
	before := strings.Join(b.root.tab().request.Lines(), "\n")
	draft = b.root.tab().draft
	draft.Vars = append(draft.Vars, collections.Entry{Name: "later", Value: collections.Str("1")})
	b.root.Changed(b.root.tab().url)
	if after := strings.Join(b.root.tab().request.Lines(), "\n"); after == before {
		t.Error("the variable has the colour of an unknown one")
	}
}
