package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections/example"
)

const notFound = `### request
GET http://h/users/0 HTTP/1.1

### response
HTTP/1.1 404 Not Found
Content-Type: application/json

{
  "error": "no such user"
}
`

// TestAResponseIsSavedAsAnExample saves one, sees it listed, shows, compares and deletes it, and takes that back.
func TestAResponseIsSavedAsAnExample(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("f5")
	b.WaitText("200 OK")
	b.Press("alt+4", "S")
	b.WaitText("Save as an example of users/github")
	b.WaitText("200-ok") // is proposed
	b.Press("enter")
	b.WaitText("saved the example 200-ok of users/github")
	file := filepath.Join(b.dir, "users", "github.examples", "200-ok.http")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	e, err := example.Decode(text)
	if err != nil || e.Response.Status != 200 || !strings.HasSuffix(e.Request.URL, "/users/github") || !strings.Contains(string(e.Response.Body), `"login":"github"`) {
		t.Errorf("it is %+v, %v", e, err)
	}

	b.Press("ctrl+x", "E")
	b.WaitText("200-ok-2") // the name stays its own
	b.Type("200-OK")
	b.Press("enter")
	b.WaitText("there is an example")
	b.Press("esc")
	b.WaitFor("no prompt", func(string) bool { return b.root.overlays.Top() == nil })

	b.Press("ctrl+x", "X")
	b.WaitText("Examples of users/github")
	b.WaitText("GET · application/json")
	b.Press("=")
	b.WaitText("the two are alike")
	b.Press("d")
	b.WaitText("This request has no example yet")
	b.WaitText("deleted the example 200-ok")
	if _, err := os.Stat(file); err == nil {
		t.Error("the file is still there")
	}
	b.Press("ctrl+z")
	b.WaitText("▌200-ok")
	b.Press("enter")
	b.WaitText("example 200-ok")
	if back, err := os.ReadFile(file); string(back) != string(text) {
		t.Errorf("it came back as %q, %v", back, err)
	}
	if b.root.tab().entry != nil || b.root.overlays.Top() != nil {
		t.Error("the example is taken for an exchange of history")
	}
	b.Press("alt+1", "ctrl+z")
	b.WaitText("took back the example 200-ok")
	if _, err := os.Stat(file); err == nil {
		t.Error("the file is still there after undo")
	}
	b.Press("ctrl+y")
	b.WaitText("made again: the example 200-ok")
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

// TestAnExampleIsComparedWithWhatCame has one of another time.
func TestAnExampleIsComparedWithWhatCame(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.write("users/github.examples/gone.http", notFound)
	b.write("users/github.examples/broken.http", "hello")
	b.Press("ctrl+x", "X")
	b.WaitText("cannot be read  ")
	b.Press("enter")
	b.WaitText("line 1: the file ends")
	b.Press("ctrl+x", "X")
	b.WaitText("404 Not Found")
	b.Press("j", "=")
	b.WaitText("no response is shown")
	b.Press("S")
	b.WaitText("no response is shown")
	b.Press("enter")
	b.WaitText("no such user")
	b.WaitText("example gone")
	b.Press("f5")
	b.WaitText("200 OK")
	b.WaitFor("no example", func(grid string) bool { return !strings.Contains(grid, "example gone") })
	b.Press("ctrl+x", "X")
	b.WaitText("404 Not Found")
	b.Press("j", "=")
	b.WaitText("From the example gone to what is shown")
	b.WaitText("no such user")
}

// TestAnExampleStandsBesideAnAnswer splits after one was shown: it is in no history.
func TestAnExampleStandsBesideAnAnswer(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.write("users/github.examples/gone.http", notFound)
	b.Press("ctrl+x", "X")
	b.WaitText("404 Not Found")
	b.Press("enter")
	b.WaitText("no such user")
	b.Press("alt+\\")
	b.WaitText("No response before this one")
	b.Press("f5")
	b.WaitText("200 OK")
	b.WaitText("the one before")
	b.Press("alt+4", "=")
	b.WaitText("From the one beside (an example)")
}

func TestWhatCannotBeAnExampleSaysWhy(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("alt+1", "S")
	b.WaitText("no response is shown")
	b.body("text/plain", strings.Repeat("a", example.MaxBody+1))
	b.Press("alt+4", "S")
	b.WaitText("the body of the response is larger than an example can be (1 MiB)")
	b.Press("ctrl+n")
	b.Type(b.play.URL + "/users/ada")
	b.Press("enter")
	b.WaitText("200 OK")
	b.Press("alt+4", "S")
	b.WaitText("save the request first: ^S")
	b.Press("ctrl+x", "X")
	b.WaitText("save the request first: ^S")
}
