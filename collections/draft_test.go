package collections

import (
	"os"
	"path/filepath"
	"testing"

	"parley/collections/disk"
)

const drafted = "# keep me\nurl = \"http://a.test\"   # and me\n\n[headers]\nAccept = '*/*'\n"

func TestADraftSavesWhatTheEditWouldHave(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.toml")
	if err := os.WriteFile(name, []byte(drafted), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := c.Request("a")
	if err != nil {
		t.Fatal(err)
	}
	edited := loaded.Clone()
	edited.Headers[0].Value = Str("text/html")
	draft, err := NewDraft("", loaded, edited)
	if err != nil {
		t.Fatal(err)
	}
	before, after, err := draft.Requests()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Save(before, after); err != nil {
		t.Fatal(err)
	}
	want := "# keep me\nurl = \"http://a.test\"   # and me\n\n[headers]\nAccept = 'text/html'\n"
	if got, err := os.ReadFile(name); string(got) != want || err != nil {
		t.Errorf("the file is %q, %v", got, err)
	}
	if _, err := c.Save(before, loaded); err == nil {
		t.Error("a draft of an older file is saved over a newer one")
	}
}

func TestADraftOfANewRequestHasNoBase(t *testing.T) {
	draft, err := NewDraft("untitled:1", nil, &Request{URL: Str("http://a.test"), Method: Str("POST")})
	if err != nil {
		t.Fatal(err)
	}
	loaded, edited, err := draft.Requests()
	if err != nil || loaded != nil || edited.Method.Text != "POST" || edited.URL.Text != "http://a.test" {
		t.Errorf("loaded %v, edited %+v, %v", loaded, edited, err)
	}
}

func TestADraftKeepsWhatIsHalfTyped(t *testing.T) {
	draft, err := NewDraft("untitled:1", nil, &Request{URL: Str("http://a.test"), Options: Options{Timeout: Timeout{Read: Str("1")}, HTTP: Str("1.")}})
	if err != nil {
		t.Fatal(err)
	}
	_, edited, err := draft.Requests()
	if err != nil || edited.Options.HTTP.Text != "1." {
		t.Errorf("edited %+v, %v", edited, err)
	}
}

func TestADraftHoldsTextThatCannotBeReadYet(t *testing.T) {
	loaded, err := ParseRequest(SettingsPath(""), []byte("name = \"A\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	edited := loaded.Clone()
	edited.Around.Name, edited.Held = Str("B"), []byte("name = \"C")
	draft, err := NewDraft("", loaded, edited)
	if err != nil {
		t.Fatal(err)
	}
	if draft.Says(draft.Text) {
		t.Error("the draft says no more than its text")
	}
	base, back, err := draft.Requests()
	if err != nil {
		t.Fatal(err)
	}
	if string(base.Source()) != "name = \"A\"\n" || back.Around.Name.Text != "B" || string(back.Held) != "name = \"C" {
		t.Errorf("from %q, named %q, holding %q", base.Source(), back.Around.Name.Text, back.Held)
	}
	if text, err := Render(base, back); string(text) != "name = \"B\"\n" || err != nil {
		t.Errorf("saved as %q, %v", text, err)
	}

	draft.Held = []byte("name = \"C\" # read now\n")
	_, back, err = draft.Requests()
	if err != nil || back.Around.Name.Text != "C" || back.Held != nil {
		t.Fatalf("named %q, holding %q, %v", back.Around.Name.Text, back.Held, err)
	}
	if text, err := Render(base, back); string(text) != string(draft.Held) || err != nil {
		t.Errorf("saved as %q, %v", text, err)
	}
}
