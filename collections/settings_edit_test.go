package collections

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections/disk"
)

const settingsText = `# ours
name = "Acme"   # the shop
colour = "red"

[vars]
a = "1" # one

[sessions.admin.headers]
X-Role = "admin"
`

// withSettings is a collection with settings, and a folder without.
func withSettings(t *testing.T) *Collection {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{CollectionFile: settingsText, "users/list.toml": "url = \"http://a.test/\"\n"} {
		file := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(disk.OS(), root)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func onDisk(t *testing.T, c *Collection, file string) string {
	t.Helper()
	text, err := os.ReadFile(c.Abs(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func settingsToEdit(t *testing.T, c *Collection, folder string) (loaded, draft *Request) {
	t.Helper()
	loaded, err := c.Editable(SettingsPath(folder))
	if err != nil {
		t.Fatal(err)
	}
	return loaded, loaded.Clone()
}

func TestSettingsAreSavedLosslessly(t *testing.T) {
	c := withSettings(t)
	loaded, draft := settingsToEdit(t, c, "")
	draft.Around.Name = Str("Acme & Co")
	draft.Around.Environment = Str("dev")
	draft.Vars = append(draft.Vars, Entry{Name: "b", Value: Str("2")})
	draft.Headers = []Entry{{Name: "X-Team", Value: Str("42")}}
	if _, err := c.Save(loaded, draft); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(
		`"Acme"   # the shop`, `"Acme & Co"   # the shop`+"\nenvironment = \"dev\"",
		`a = "1" # one`, "a = \"1\" # one\nb = \"2\"\n\n[headers]\nX-Team = \"42\"",
	).Replace(settingsText)
	if got := onDisk(t, c, CollectionFile); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSettingsOfAFolderGetTheirFirstFile(t *testing.T) {
	c := withSettings(t)
	loaded, draft := settingsToEdit(t, c, "users")
	draft.Around.Order = []Value{Str("list")}
	saved, err := c.Save(loaded, draft)
	if err != nil {
		t.Fatal(err)
	}
	if got := onDisk(t, c, "users/folder.toml"); got != "order = [\"list\"]\n" || saved.Path != "users/folder" {
		t.Errorf("%q under %q", got, saved.Path)
	}
	draft.Around.Order = nil
	if _, err := c.Save(saved, draft); err != nil {
		t.Fatal(err)
	}
	if got := onDisk(t, c, "users/folder.toml"); got != "" {
		t.Errorf("an order that was taken back leaves %q", got)
	}
}

func TestSettingsThatBothChangedAreMerged(t *testing.T) {
	c := withSettings(t)
	loaded, draft := settingsToEdit(t, c, "")
	draft.Around.Name = Str("Mine")
	if err := os.WriteFile(c.Abs(CollectionFile), []byte(strings.Replace(settingsText, `"1"`, `"9"`, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := c.Save(loaded, draft)
	conflict, ok := errors.AsType[*Conflict](err)
	if !ok || conflict.Merge == nil || len(conflict.Merge.Clashes) > 0 {
		t.Fatalf("%v %+v", err, conflict)
	}
	if _, err := c.SaveMerge(conflict); err != nil {
		t.Fatal(err)
	}
	if got := onDisk(t, c, CollectionFile); !strings.Contains(got, `name = "Mine"   # the shop`) || !strings.Contains(got, `a = "9" # one`) {
		t.Errorf("merged to\n%s", got)
	}
}

// What was taken out is not in the text either: typing there would bring it back.
func TestTheTextOfSettingsIsWithoutWhatWasTakenOut(t *testing.T) {
	const text = "# ours\nname = \"a\"\n\n[headers]\nA = \"1\"\nB = \"2\"\n\n[for.\"https://a.test/\"]\nheaders.A = \"1\"\n"
	r, err := ParseRequest(SettingsPath(""), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	edited := r.Clone()
	edited.Headers, edited.Around.For = edited.Headers[:1], nil
	got, err := edited.Text()
	if want := "# ours\nname = \"a\"\n\n[headers]\nA = \"1\"\n"; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	if same, err := r.Text(); err != nil || string(same) != text {
		t.Errorf("%v\n%s", err, same)
	}
}

func TestTypedSettingsKeepWhatParleyDoesNotKnow(t *testing.T) {
	c := withSettings(t)
	loaded, draft := settingsToEdit(t, c, "")
	if _, err := draft.Retype([]byte("name = ")); err == nil {
		t.Error("half a line is taken")
	}
	typed, err := draft.Retype([]byte("name = \"Typed\" # here\n\n[for.\"https://a.test/\"]\noptions = { verify = false }\n"))
	if err != nil {
		t.Fatal(err)
	}
	typed.Around.Parallel = Value{}
	typed.Vars = []Entry{{Name: "b", Value: Str("2")}}
	kept, err := NewDraft("", loaded, typed) // a crash in between
	if err != nil {
		t.Fatal(err)
	}
	base, edited, err := kept.Requests()
	if err != nil {
		t.Fatal(err)
	}
	for _, saving := range []func() (*Request, error){
		func() (*Request, error) { return c.Save(base, edited) },
		func() (*Request, error) { return c.Save(loaded, typed) },
	} {
		if _, err := saving(); err != nil {
			t.Fatal(err)
		}
		got := onDisk(t, c, CollectionFile)
		for _, part := range []string{"# here", `[for."https://a.test/"]`, `b = "2"`} {
			if !strings.Contains(got, part) {
				t.Errorf("%q is not in\n%s", part, got)
			}
		}
	}
}

func TestSettingsInheritFromAroundTheirFolder(t *testing.T) {
	c := withSettings(t)
	_, draft := settingsToEdit(t, c, "users")
	e, err := c.Effective(draft)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Scopes) != 2 || e.Scopes[1].Name != "collection" {
		t.Errorf("scopes of a folder's settings: %+v", e.Scopes)
	}
	_, draft = settingsToEdit(t, c, "")
	if e, err = c.Effective(draft); err != nil || len(e.Scopes) != 1 {
		t.Errorf("scopes of the collection's settings: %+v, %v", e, err)
	}
}

func TestNoRequestHasThePathOfSettings(t *testing.T) {
	for name, want := range map[string]bool{
		"collection": true, "folder": false, "users/folder": true, "users/collection": false, "a/b/folder": true, "users": false, "": false,
	} {
		if _, ok := SettingsOf(name); ok != want {
			t.Errorf("%q: %v", name, ok)
		}
		if want && CheckPath(name) == nil {
			t.Errorf("a request can be called %q", name)
		}
	}
}
