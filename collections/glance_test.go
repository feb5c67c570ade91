package collections_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/collections"
	"parley/collections/disk"
)

var mixed = map[string]string{
	"collection.toml":       `name = "Acme"`,
	"a.toml":                `url = "http://localhost"`,
	"data.toml":             `x = 1`,
	"broken.toml":           `url = = 1`,
	"users/folder.toml":     "order = [\"zap\"]\n[vars]\nid = 7",
	"users/zap.toml":        "url = \"{{id}}\"\nmethod = \"PUT\"",
	"users/all.toml":        `url = "http://localhost"`,
	"users2/all.toml":       `url = "http://localhost"`,
	"environments/dev.toml": "protected = true",
}

func tree(t *testing.T, dir string) *collections.Collection {
	t.Helper()
	c, err := collections.OpenTree(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func joined(c *collections.Collection) string { return strings.Join(outline(c.Tree), ", ") }

func TestATreeIsReadBeforeWhatIsInIt(t *testing.T) {
	c := tree(t, write(t, mixed))
	if got := joined(c); got != "folder users, unread users/zap, unread users/all, folder users2, unread users2/all, unread a, unread broken, unread data" {
		t.Errorf("tree %s", got)
	}
	if len(c.Environments) != 1 || !c.Environments[0].Protected || c.Settings.Name.Text != "Acme" {
		t.Errorf("environments %v, name %q", c.Environments, c.Settings.Name.Text)
	}
	r := request(t, c, "users/zap")
	e, err := c.Effective(r)
	if err != nil || e.Method.Text != "PUT" || len(e.Scopes) != 3 {
		t.Errorf("%+v, %v", e, err)
	}
	var missing *collections.NotFound
	if _, err := c.Request("data"); !errors.As(err, &missing) {
		t.Errorf("what has no url is %v", err)
	}
	if _, err := c.Request("broken"); err == nil || !strings.HasPrefix(err.Error(), "broken.toml:1:") {
		t.Errorf("what is broken is %v", err)
	}
	for name, want := range map[string]bool{"a": true, "/users/zap.toml": true, "broken": true, "data": false, "users": false, "users/a": false, "": false} {
		if c.Has(name) != want {
			t.Errorf("%q is a request: %v", name, !want)
		}
	}
	if got := joined(c); !strings.Contains(got, "unread users/zap") {
		t.Errorf("a snapshot changed: %s", got)
	}
}

func TestAGlanceTellsWhatFilesAre(t *testing.T) {
	dir := write(t, mixed)
	before := tree(t, dir)
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{[]string{"users"}, "folder users, request users/zap, request users/all, folder users2, unread users2/all, unread a, unread broken, unread data"},
		{[]string{"users2/all", "data"}, "folder users, unread users/zap, unread users/all, folder users2, request users2/all, unread a, unread broken, other data"},
		{nil, "folder users, request users/zap, request users/all, folder users2, request users2/all, request a, broken broken, other data"},
		{[]string{""}, "folder users, request users/zap, request users/all, folder users2, request users2/all, request a, broken broken, other data"},
	} {
		after, err := before.Glance(context.Background(), c.paths...)
		if err != nil || joined(after) != c.want {
			t.Errorf("%v: %s, %v\nwant %s", c.paths, joined(after), err, c.want)
		}
		if again, err := after.Glance(context.Background(), c.paths...); err != nil || again != after {
			t.Errorf("%v: it was looked at again", c.paths)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := before.Glance(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("an end is not heard: %v", err)
	}
}

// What was looked at once is taken over; what is new is looked at, and what nobody looked at stays so.
func TestReloadReadsWhatChangedAlone(t *testing.T) {
	dir := write(t, mixed)
	c := tree(t, dir)
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	put("users/all.toml", "url = \"x\"\nmethod = \"TRACE\"")
	put("users/new.toml", "url = \"x\"")
	put("fresh/deep/one.toml", "url = \"x\"")
	put("users2/unheard.toml", "url = \"x\"")
	next, err := c.Reload("users/all.toml", "users/new.toml", "fresh")
	want := "folder fresh, folder fresh/deep, request fresh/deep/one, folder users, unread users/zap, request users/all, request users/new, " +
		"folder users2, unread users2/all, unread a, unread broken, unread data"
	if err != nil || joined(next) != want {
		t.Errorf("%s, %v\nwant %s", joined(next), err, want)
	}
	i := slices.IndexFunc(next.Tree.Nodes(), func(n *collections.Node) bool { return n.Path == "users" })
	if all := next.Tree.Nodes()[i].Folder.Nodes()[1]; all.Method != "TRACE" {
		t.Errorf("%s has the method %s", all.Path, all.Method)
	}
	if err := os.RemoveAll(filepath.Join(dir, "users")); err != nil {
		t.Fatal(err)
	}
	if next, err = next.Reload("users", "users2/unheard.toml"); err != nil || joined(next) != "folder fresh, folder fresh/deep, request fresh/deep/one, "+
		"folder users2, unread users2/all, request users2/unheard, unread a, unread broken, unread data" {
		t.Errorf("%s, %v", joined(next), err)
	}
}

// counted is the disk, with the folders that were listed and the files that were opened.
type counted struct {
	disk.FS
	root          string
	mu            sync.Mutex
	listed, files []string
}

func (f *counted) note(list *[]string, name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rel, err := filepath.Rel(f.root, name)
	if err != nil {
		rel = name
	}
	*list = append(*list, filepath.ToSlash(rel))
}

func (f *counted) ReadDir(name string) ([]fs.DirEntry, error) {
	f.note(&f.listed, name)
	return f.FS.ReadDir(name)
}

func (f *counted) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	f.note(&f.files, name)
	return f.FS.OpenFile(name, flag, perm)
}

func top(t *testing.T, dir string) (*collections.Collection, *counted) {
	t.Helper()
	f := &counted{FS: disk.OS(), root: dir}
	c, err := collections.OpenTop(f, dir)
	if err != nil {
		t.Fatal(err)
	}
	return c, f
}

func TestTheTopIsReadWithoutTheFoldersInIt(t *testing.T) {
	dir := write(t, mixed)
	c, f := top(t, dir)
	if got := strings.Join(f.listed, " "); got != ". environments" {
		t.Errorf("listed: %s", got)
	}
	r := request(t, c, "users/zap")
	if e, err := c.Effective(r); err != nil || len(e.Scopes) != 3 {
		t.Errorf("%+v, %v", e, err)
	}
	for range 2 { // each is read once
		if _, err := c.Request("users/all"); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Join(f.listed, " "); got != ". environments users" {
		t.Errorf("listed for a request: %s", got)
	}
	if slices.ContainsFunc(f.files, func(name string) bool { return strings.HasPrefix(name, "users2") || name == "a.toml" }) {
		t.Errorf("read for a request: %v", f.files)
	}
	if got, want := joined(c), joined(tree(t, dir)); got != want {
		t.Errorf("who asks for all gets %s\nwant %s", got, want)
	}
}

func TestAGlanceFromTheTopSeesAll(t *testing.T) {
	dir := write(t, mixed)
	all, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	c, f := top(t, dir)
	some, err := c.Glance(context.Background(), "a", "users2")
	if err != nil || slices.Contains(f.listed, "users") || !slices.Contains(f.listed, "users2") {
		t.Errorf("listed %v, %v", f.listed, err)
	}
	seen, err := some.Glance(context.Background())
	if err != nil || joined(seen) != joined(all) {
		t.Errorf("%s, %v\nwant %s", joined(seen), err, joined(all))
	}
	// Who shows the first one hears that there is more, even if no file is.
	bare, _ := top(t, write(t, map[string]string{"empty/folder.toml": ""}))
	if next, err := bare.Glance(context.Background()); next == bare || err != nil {
		t.Errorf("folders that were read are no news, %v", err)
	}
	fresh, _ := top(t, dir)
	if next, err := fresh.Reload("users/zap.toml"); err != nil || joined(next) != "folder users, request users/zap, unread users/all, "+
		"folder users2, unread users2/all, unread a, unread broken, unread data" {
		t.Errorf("%s, %v", joined(next), err)
	}
}

func TestManyMayAskForAFolderAtOnce(t *testing.T) {
	c, f := top(t, write(t, mixed))
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			if _, err := c.Request("users/zap"); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	if got := strings.Join(f.listed, " "); got != ". environments users" {
		t.Errorf("listed: %s", got)
	}
}
