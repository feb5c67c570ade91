package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
)

const thingsAPI = `openapi: 3.1.0
info: {title: Things}
servers: [{url: /}]
paths:
  /things/{id}/parts:
    get:
      summary: Parts of a thing
      parameters:
        - {name: id, in: path, required: true, schema: {example: t-1}}
        - {name: limit, in: query, required: true, description: How many., schema: {default: 20}}
        - {name: after, in: query}
    post:
      summary: Adds a part
      deprecated: true
      requestBody:
        content:
          application/json: {example: {name: "{{bolt}}", size: 3}}
`

// describe puts a description of an API beside the requests, and waits until it is known.
func (b *bench) describe(name, text string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.WaitFor(name+" to be read", func(string) bool {
		for _, f := range b.root.apis.files {
			if f.file.Name == name && (f.err != nil || f.doc != nil) {
				data, err := f.file.Read(1 << 20)
				return err == nil && string(data) == text
			}
		}
		return false
	})
}

// Operations of a description complete as one types, and the one that is chosen fills in all that is known of it. One undo
// takes everything back, one redo brings it again.
func TestAnOperationFillsInTheRequest(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.describe("openapi.yaml", thingsAPI)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("/things/7/pa")
	b.WaitFor("both operations", holds("GET", "/things/:id/parts", "Parts of a thing", "openapi", "deprecated · Adds a part"))
	b.Press("tab")
	b.WaitText("filled in from openapi")
	draft := b.root.tab().draft
	filled := func() string {
		var rows []string
		for _, list := range [][]collections.Entry{draft.PathParams, draft.Params} {
			for _, e := range list {
				rows = append(rows, map[bool]string{true: "~"}[e.Off]+e.Name+"="+e.Value.Text+" "+e.Note)
			}
		}
		return b.root.tab().method() + " " + draft.URL.Text + " " + strings.Join(rows, ",") + " " + string(draft.Body.Kind)
	}
	const want = "GET {{base_url}}/things/:id/parts id=7 ,limit=20 How many,~after=  "
	if got := filled(); got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
	b.root.tab().request.Show("Params")
	b.WaitFor("the rows", holds("limit", "How many"))
	b.Press("ctrl+z")
	if got := filled(); got != "GET /things/7/pa  " {
		t.Errorf("taken back it is %q", got)
	}
	b.WaitFor("no rows", lacks("How many"))
	b.WaitText("took back what was filled in from openapi")
	b.Press("ctrl+y")
	if got := filled(); got != want {
		t.Errorf("made again it is %q", got)
	}
}

// Another choice takes the place of the one before; what was edited since stays. Foreign brackets are no code.
func TestAnotherOperationTakesItsPlace(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.describe("openapi.yaml", thingsAPI)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("things")
	b.WaitText("tab accept")
	b.Press("tab")
	b.Press("ctrl+l")
	b.Type("things")
	b.WaitText("Adds a part")
	b.Press("down", "enter")
	b.WaitFor("the other one", func(string) bool { return b.root.tab().draft.Body.Kind != "" })
	draft := b.root.tab().draft
	if draft.Method.Text != "POST" || len(draft.Params) != 0 || draft.Body.Kind != collections.BodyJSON {
		t.Errorf("%s %v %s", draft.Method.Text, draft.Params, draft.Body.Kind)
	}
	if want := "{\n  \"name\": \"{{\"{{\"}}bolt}}\",\n  \"size\": 3\n}"; draft.Body.Content.Text != want {
		t.Errorf("the body is %s", draft.Body.Content.Text)
	}
	draft.Body.Content = collections.Str("mine")
	b.Press("ctrl+z")
	if draft.Method.Text != "" && draft.Method.Text != "GET" || draft.Body.Content.Text != "mine" {
		t.Errorf("%s with the body %q", draft.Method.Text, draft.Body.Content.Text)
	}
}

// A description is read again when it changes, also while the bar has focus; what cannot be read is said once, with its
// place, and the others go on.
func TestDescriptionsFollowTheirFiles(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.describe("users/things.openapi.yaml", thingsAPI)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("gadg")
	b.describe("users/things.openapi.yaml", strings.ReplaceAll(thingsAPI, "things", "gadgets"))
	b.WaitFor("the new paths", holds("/gadgets/:id/parts"))
	b.describe("openapi.json", "{\n\"openapi\": \"3.0.0\"\n\"paths\": {}}")
	b.WaitFor("where it is wrong", holds("openapi.json:3"))
	told := b.root.notices.shown
	b.Press("alt+3", "ctrl+l")
	b.Type("gadgets")
	b.WaitFor("the others", holds("/gadgets/:id/parts"))
	if b.root.notices.shown != told {
		t.Error("it is said again")
	}
	if err := os.Remove(filepath.Join(b.dir, "users", "things.openapi.yaml")); err != nil {
		t.Fatal(err)
	}
	b.WaitFor("it to be gone", func(string) bool { return len(b.root.apis.files) == 1 })
	b.WaitFor("no paths", lacks("/gadgets/:id/parts"))
}

// A description at the root of the repository is looked at when the bar gets focus: nobody watches there.
func TestADescriptionAboveTheCollection(t *testing.T) {
	b := openFixed(t, 120, 36)
	above := filepath.Dir(b.dir)
	if err := os.Mkdir(filepath.Join(above, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(above, "swagger.yaml"), []byte(thingsAPI), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Press("ctrl+n", "ctrl+l")
	b.Type("parts")
	b.WaitFor("the operations", holds("/things/:id/parts"))
}
