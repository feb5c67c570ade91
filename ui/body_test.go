package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inBody sends the first request and puts focus on its body.
func (b *bench) inBody() {
	b.t.Helper()
	b.Press("f5")
	b.WaitText(`"name": "GitHub"`)
	b.WaitText("15 lines")
	b.Press("alt+4")
}

func TestOneGoesToAPlaceInABody(t *testing.T) {
	b := open(t, 120, 36)
	b.inBody()
	for _, c := range []struct{ typed, path string }{
		{"3", "─ $.login ─"}, {"@0x1", "─ $.login ─"}, {"100%", "─ $ ─"}, {"0%", "─ $ ─"},
	} {
		b.Press(":")
		b.Type(c.typed)
		b.Press("enter")
		path := b.root.tab().response.Path()
		if c.typed == "3" && path == "$" || c.typed == "100%" && path != "$" {
			t.Errorf("%s goes to %s", c.typed, path)
		}
		b.WaitFor("the path at the lower edge", func(grid string) bool { return strings.Contains(grid, "   "+path+"  ") })
	}
	for typed, told := range map[string]string{
		"99": "the last line is 15", "@99999": "the last byte is @", "120%": "from 0% to 100%", "x": "a line as 120", "@-1": "a byte is a number",
	} {
		b.Press(":")
		b.Type(typed)
		b.Press("enter")
		b.WaitText(told)
		b.Press("esc")
	}
}

func TestPartsOfABodyAreCopied(t *testing.T) {
	b := open(t, 120, 36)
	b.inBody()
	b.Press("/")
	b.Type("GitHub")
	b.Press("enter")
	b.WaitText("$.name")
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"y"}, `"GitHub"`},
		{[]string{"P"}, "$.name"},
		{[]string{"Y", "v"}, `"GitHub"`},
		{[]string{"Y", "s"}, "GitHub"},
		{[]string{"Y", "k"}, "name"},
		{[]string{"Y", "n"}, `"name":"GitHub"`},
		{[]string{"Y", "l"}, `"name": "GitHub",`},
		{[]string{"Y", "p"}, "$.name"},
	} {
		b.Press(c.keys...)
		b.WaitFor(strings.Join(c.keys, " "), func(string) bool { return b.Clipboard() == c.want })
	}
	b.Press("Y", "b")
	b.WaitFor("all of it", func(string) bool {
		return strings.HasPrefix(b.Clipboard(), "{") && strings.HasSuffix(b.Clipboard(), "}\n")
	})
}

// What was asked about one body does nothing to the one that came meanwhile, nor to none.
func TestAnAnswerIsForTheBodyThatWasAskedAbout(t *testing.T) {
	for _, key := range []string{"b", "v", "k", "l"} {
		b := open(t, 120, 36)
		b.inBody()
		b.Press("down", "Y")
		b.WaitText("all of the body")
		b.root.tab().response.Close()
		b.Press(key)
		b.WaitText("is not shown any more")
	}
	b := open(t, 120, 36)
	b.inBody()
	b.Press("down", "Y")
	b.WaitText("all of the body")
	b.does(b.root.send)
	b.WaitFor("another response", func(string) bool { return b.root.tab().job == nil })
	b.Press("b")
	b.WaitText("is not shown any more")
	if b.Clipboard() != "" {
		t.Errorf("%q was copied", b.Clipboard())
	}

	b.does(b.root.pickView)
	b.WaitText("View of the body")
	b.root.tab().response.Close()
	b.Press("down", "enter")
	b.WaitFor("the screen", func(grid string) bool { return !strings.Contains(grid, "View of the body") })
}

func TestABodyIsSaved(t *testing.T) {
	b := open(t, 120, 36)
	b.inBody()
	file := filepath.Join(t.TempDir(), "body.json")
	save := func() {
		b.Press("s")
		b.WaitText("Save the body")
		b.Press("ctrl+a", "ctrl+k")
		b.Paste(file)
		b.Press("enter")
	}
	save()
	b.WaitText("saved ")
	first, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(first), `"GitHub"`) {
		t.Fatalf("the file holds %q, %v", first, err)
	}
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	save()
	b.WaitText("The file is there")
	b.Press("esc")
	if data, err := os.ReadFile(file); err != nil || string(data) != "mine" {
		t.Errorf("it was replaced without consent: %q, %v", data, err)
	}
	save()
	b.Press("r")
	b.WaitFor("the file", func(string) bool {
		data, err := os.ReadFile(file)
		return err == nil && string(data) == string(first)
	})
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestABodyIsReadAsAnotherKind(t *testing.T) {
	b := open(t, 120, 36)
	b.inBody()
	b.Press("T")
	b.WaitText("Kind of the body")
	b.Type("YAML")
	b.Press("enter")
	b.WaitText("YAML · pretty")
	b.WaitText("as YAML")
	b.Press("V")
	b.WaitText("View of the body")
	b.Type("hex")
	b.Press("enter")
	b.WaitText("00000010")
}

// Every action on a body is found in the palette, wherever focus is.
func TestThePaletteActsOnTheBody(t *testing.T) {
	b := open(t, 120, 36)
	b.inBody()
	b.Press("alt+2", "ctrl+p")
	b.Type("next view")
	b.Press("enter")
	b.WaitText("JSON · raw")
	if b.root.focus != partResponse {
		t.Error("focus is elsewhere")
	}
}

// What is typed to search for has nothing to search once another response is awaited.
func TestASearchEndsWithItsBody(t *testing.T) {
	b := open(t, 120, 36)
	b.inBody()
	b.setURL("{{base_url}}/delay/10")
	b.Press("alt+4", "/")
	b.Type("na")
	b.WaitText("/ na")
	b.Press("f5")
	b.Type("n")
	b.Paste("me")
	b.WaitFor("no line for a search", func(grid string) bool { return !strings.Contains(grid, "/ na") })
	b.Press("ctrl+c")
	b.WaitText("✗ stopped")
}
