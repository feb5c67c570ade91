package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/tomldoc"
	"parley/history"
)

// entriesOf makes entries of names and expressions in turn.
func entriesOf(pairs ...string) []collections.Entry {
	var list []collections.Entry
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, collections.Entry{Name: pairs[i], Value: collections.Str(pairs[i+1])})
	}
	return list
}

// expecting opens the first request with expectations of its own and one of the collection's.
func (b *bench) expecting() {
	b.t.Helper()
	file := filepath.Join(b.dir, "collection.toml")
	text := b.read("collection.toml") + "\n[expect]\n\"is found\" = 'ok'\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	now, err := b.root.work.Collection.Reload("collection.toml")
	b.Send(reloaded{now, err})
	t := b.root.tab()
	draft := t.draft.Clone()
	draft.Expect = entriesOf("is known", `json.name == "GitHub"`, "has a team", `"team" in json && json.team == 42`)
	draft.Captures = entriesOf("login", "json.login", "nothing", "json.nope")
	draft.Captures = append(draft.Captures, collections.Entry{Name: "name", Value: tomldoc.TableOf(
		tomldoc.Pair{Key: "expr", Value: collections.Str("json.name")}, tomldoc.Pair{Key: "secret", Value: tomldoc.Boolean(true)},
	)})
	b.root.edit(t, draft)
}

// checkScenes are what asks, captures and runs beside a request.
var checkScenes = []scene{
	{"expect-edit", func(b *bench) {
		b.expecting()
		b.root.tab().request.Show("Expect")
		b.Press("alt+3", "G", "up", "right", "enter", "end")
		b.Type(" && stauts == 2")
	}},
	{"expect-complete", func(b *bench) {
		b.send("200 OK")
		b.root.tab().request.Show("Expect")
		b.Press("alt+3")
		b.WaitFor("what the response has", func(string) bool { return b.root.tab().seen == b.root.tab().exchange })
		b.Type("is known")
		b.Press("tab")
		b.Type("json.l")
		b.WaitText("json.login")
		b.Press("down")
	}},
	{"capture-edit", func(b *bench) {
		b.expecting()
		b.root.tab().request.Show("Capture")
		b.Press("alt+3", "down", "down", "right", "right")
	}},
	{"hooks-edit", func(b *bench) {
		b.write("users/folder.toml", "[hooks]\nafter = { file = \"sign.js\" }\n")
		b.root.tab().draft.Hooks = collections.Hooks{After: collections.Str("// the answer\nconst user = pm.response.json();\npm.test(\"is ada\", () => pm.expect(user.name).to.equal('Ada'));\n")}
		b.root.edit(b.root.tab(), b.root.tab().draft)
		b.root.tab().request.Show("Hooks")
		b.Press("alt+3")
	}},
	{"expect", func(b *bench) {
		b.expecting()
		b.send("200 OK")
		b.Press("alt+4", "E")
		b.WaitText("as the request asks now")
	}},
}

func TestExpectationsAreEvaluatedAndValuesAreCaptured(t *testing.T) {
	b := open(t, 120, 36)
	b.expecting()
	b.root.tab().response.ShowSide("Expect")
	b.Press("f5")
	b.WaitText("✗ has a team")
	for _, shown := range []string{"✓ is found", "✓ is known", "Expect 2/4", "found nothing to capture", "kept for ", "secret"} {
		if !strings.Contains(b.Grid(), shown) {
			t.Errorf("%q is not shown", shown)
		}
	}
	if grid := lineWith(b.Grid(), "✓ name"); !strings.Contains(grid, "••••") || strings.Contains(grid, "GitHub") {
		t.Errorf("the secret is shown: %s", grid)
	}

	// What was captured is a variable of the next request at once, and a secret everywhere.
	b.root.OpenRequest("tour/headers")
	b.root.tab().draft.Headers = entriesOf("X-Login", "{{login}}", "X-Name", "{{name}}")
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.Press("alt+y")
	b.WaitText("Where every value comes from")
	b.Press("/", "ctrl+a", "ctrl+k")
	b.Type("captured")
	b.WaitText("captured from tour/first-get")
	if strings.Contains(b.Grid(), "X-Name = GitHub") {
		t.Errorf("the captured secret is shown:\n%s", b.Grid())
	}
	b.Press("esc", "esc", "f5")
	b.WaitText("200 OK")
	b.root.tab().response.ShowSide("Sent")
	b.WaitText("X-Login: github")
	b.WaitText("X-Name: ••••")
	b.WaitFor("the history", func(string) bool { return len(b.root.recording) == 0 })
	if list := b.found("tour/first-get"); len(list) != 1 {
		t.Fatalf("%d exchanges are in history", len(list))
	} else if meta := b.entry(list[0].ID).Meta; len(meta.Expect) != 3 || meta.Captured[2].Value != "{secret name}" {
		t.Errorf("history has %+v %+v", meta.Expect, meta.Captured)
	}
}

func lineWith(grid, text string) string {
	for line := range strings.Lines(grid) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// found lists what history has of a request, once it is open.
func (b *bench) found(path string) []history.Summary {
	b.t.Helper()
	b.WaitFor("the history to be open", func(string) bool { return b.root.history != nil && !b.root.spooled })
	q, err := history.ParseQuery("request:"+path, b.now())
	if err != nil {
		b.t.Fatal(err)
	}
	list, err := b.root.history.List(b.t.Context(), q)
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// recorded waits until as many exchanges of a request are in history.
func (b *bench) recorded(path string, n int) (list []history.Summary) {
	b.t.Helper()
	b.WaitFor("the history", func(string) bool {
		list = b.found(path)
		return len(list) == n
	})
	return list
}

func (b *bench) entry(id history.ID) *history.Entry {
	b.t.Helper()
	entry, err := b.root.history.Get(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { entry.Exchange.Close() })
	return entry
}

func TestExpectationsRunAgainAsTheyAreEdited(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("f5")
	b.WaitText("200 OK")
	b.root.tab().response.ShowSide("Expect")
	b.WaitText("This request expects nothing")
	b.root.tab().request.Show("Expect")
	b.Press("alt+3")
	b.Type("is teapot")
	b.Press("tab")
	b.Type("status == 418")
	b.WaitText("✗ is teapot")
	b.WaitText("status is 200")
	b.WaitText("✗ 0/1")
	b.Press("backspace", "backspace", "backspace")
	b.Type("200")
	b.WaitText("✓ is teapot")
	b.WaitText("Expect 1/1")
	b.WaitText(noteNow)
	if got := b.root.tab().draft.Expect; len(got) != 1 || got[0].Value.Text != "status == 200" {
		t.Errorf("the request expects %+v", got)
	}
}

func TestAStoredExchangeShowsWhatCameOfItThenAndRunsAgain(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().draft.Expect = entriesOf("is found", "status == 200")
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.Press("f5")
	b.WaitText("Expect 1/1")
	id := b.recorded("tour/first-get", 1)[0].ID
	b.root.tab().draft.Expect = entriesOf("is found", "status == 404", "is JSON", "json != nil")
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.Send(b.root.OpenExchange(id)())
	b.root.tab().response.ShowSide("Expect")
	b.WaitText(noteRecorded)
	b.WaitText("✓ is found")
	b.Press("E")
	b.WaitText(noteNow)
	b.WaitText("✗ is found")
	b.WaitText("✓ is JSON")
}

// Only the bytes of what was edited change in the file.
func TestEditingExpectationsIsLossless(t *testing.T) {
	b := open(t, 120, 36)
	const file = "tour/retry.toml"
	before := b.read(file)
	b.root.OpenRequest("tour/retry")
	b.root.tab().request.Show("Expect")
	b.Press("alt+3", "space", "ctrl+s")
	b.WaitText("saved " + filepath.FromSlash(file))
	if want := strings.Replace(before, `"works in the end"`, `"~works in the end"`, 1); b.read(file) != want || want == before {
		t.Errorf("the file is\n%s", b.read(file))
	}
	b.Press("space", "ctrl+s")
	b.WaitFor("what it was", func(string) bool { return b.read(file) == before })
}

func TestAnInheritedExpectationIsSwitchedOff(t *testing.T) {
	b := open(t, 120, 36)
	b.expecting()
	b.root.tab().request.Show("Expect")
	b.Press("alt+3", "g")
	b.WaitText("·  is found")
	b.Press("space")
	b.WaitText("☐  is found")
	if strings.Contains(b.Grid(), "·  is found") {
		t.Errorf("it is still inherited:\n%s", b.Grid())
	}
	last := b.root.tab().draft.Expect
	if e := last[len(last)-1]; e.Name != "is found" || !e.Off {
		t.Errorf("the request has %+v", last)
	}
	b.Press("d")
	b.WaitText("·  is found")
}

func TestASecretCaptureIsSwitchedInItsColumn(t *testing.T) {
	b := open(t, 120, 36)
	b.expecting()
	b.root.tab().request.Show("Capture")
	b.Press("alt+3", "right", "right", "space")
	if _, secret := b.root.tab().draft.Captures[0].Capture(); !secret {
		t.Errorf("it is no secret: %+v", b.root.tab().draft.Captures[0])
	}
	b.Press("space")
	if _, secret := b.root.tab().draft.Captures[0].Capture(); secret {
		t.Errorf("it is still a secret: %+v", b.root.tab().draft.Captures[0])
	}
}

func TestWhatHooksSayIsShownBesideTheResponse(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().draft.Hooks = collections.Hooks{After: collections.Str(`console.log("came", pm.response.code);
console.warn("it is slow");
pm.response.annotate("user", pm.response.json().login);
pm.test("is ada", () => pm.expect(pm.response.json().login).to.equal("ada"));`)}
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.root.tab().response.ShowSide("Expect")
	b.Press("f5")
	for _, said := range []string{"✗ is ada", "Console", "came 200", "warning: it is slow", "Annotations", "user  github", "tour/first-get.toml"} {
		b.WaitText(said)
	}
	// Hooks do not run again with expectations; what they said stays.
	b.root.tab().draft.Expect = entriesOf("is found", "ok")
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.Send(nil)
	b.WaitText("✓ is found")
	b.WaitText(noteNow)
	for _, said := range []string{"✗ is ada", "came 200", "user  github"} {
		b.WaitText(said)
	}

	b.root.tab().draft.Hooks = collections.Hooks{Before: collections.Str("console.log('said before');\nundefined.x;")}
	b.root.edit(b.root.tab(), b.root.tab().draft)
	b.Press("f5")
	b.WaitText("said before")
	b.root.tab().response.ShowSide("Body")
	b.WaitText("undefined")
}

// Hooks are edited as text, one event at a time; what is nothing but a file's name is a file.
func TestHooksAreEditedAsTextOrAsAFile(t *testing.T) {
	b := open(t, 120, 36)
	b.write("tour/folder.toml", "[hooks]\nbefore = { file = \"sign.js\" }\nafter = 'console.log(1)'\n")
	before := b.read("tour/first-get.toml")
	b.root.tab().request.Show("Hooks")
	b.Press("alt+3")
	b.WaitText("first folder tour: sign.js")
	b.Press("alt+down")
	b.WaitText("first folder tour: console.log(1)")
	b.Type("pm.test('is found', () => 1)")
	b.Press("alt+down")
	b.Type("redirect.js")
	b.WaitText("redirect •")
	b.Press("ctrl+s")
	b.WaitText("saved tour/first-get.toml")
	after := b.read("tour/first-get.toml")
	for _, line := range []string{`after = "pm.test('is found', () => 1)"`, "redirect = { file = \"redirect.js\" }"} {
		if !strings.Contains(after, line) {
			t.Errorf("the file has no %s:\n%s", line, after)
		}
	}
	if !strings.HasPrefix(after, strings.TrimRight(before, "\n")) {
		t.Errorf("more than hooks has changed:\n%s", after)
	}
	b.Press("ctrl+a", "shift+end", "backspace")
	if hook := b.root.tab().draft.Hooks.Redirect; hook.IsSet() {
		t.Errorf("an empty hook is %+v", hook)
	}
	b.Press("ctrl+z")
	if hook := b.root.tab().draft.Hooks.Redirect; hook.Get("file").Text != "redirect.js" {
		t.Errorf("undone, it is %+v", hook)
	}
}
