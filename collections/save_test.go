package collections_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

const create = `# Creates a user.
method = "POST"   # not PUT
url    = "{{base}}/users"
x-mine = { kept = true }

[headers]
Accept = "application/json"   # what we want
X-Team = 'a'
# the last one
X-Last = "z"

[body]
json = '''
{"name": "Ada"}
'''

[options]
timeout = "10s"
`

func entry(name, value string) collections.Entry {
	return collections.Entry{Name: name, Value: collections.Str(value)}
}

func TestSaveChangesOnlyWhatChanged(t *testing.T) {
	for _, c := range []struct {
		name   string
		edit   func(*collections.Request)
		before string // of the lines that change
		after  string
	}{
		{"nothing", func(*collections.Request) {}, "", ""},
		{"method", func(r *collections.Request) { r.Method = collections.Str("PUT") }, `method = "POST" `, `method = "PUT" `},
		{"no method", func(r *collections.Request) { r.Method = collections.Value{} }, "method = \"POST\"   # not PUT\n", ""},
		{"header value", func(r *collections.Request) { r.Headers[1].Value = collections.Str("b") }, `'a'`, `'b'`},
		{"header off", func(r *collections.Request) { r.Headers[1].Off = true }, `X-Team =`, `"~X-Team" =`},
		{"header renamed", func(r *collections.Request) { r.Headers[0].Name = "accept" }, `Accept =`, `accept =`},
		{
			"header added", func(r *collections.Request) { r.Headers = append(r.Headers, entry("New", "1")) },
			"X-Last = \"z\"\n", "X-Last = \"z\"\nNew = \"1\"\n",
		},
		{
			"header inserted", func(r *collections.Request) {
				r.Headers = append(r.Headers[:1:1], append([]collections.Entry{entry("New", "1")}, r.Headers[1:]...)...)
			},
			"X-Team = 'a'\n", "New = \"1\"\nX-Team = 'a'\n",
		},
		{"header removed", func(r *collections.Request) { r.Headers = append(r.Headers[:1:1], r.Headers[2]) }, "X-Team = 'a'\n", ""},
		{
			"headers reordered", func(r *collections.Request) { r.Headers[1], r.Headers[2] = r.Headers[2], r.Headers[1] },
			"X-Team = 'a'\n# the last one\nX-Last = \"z\"\n", "# the last one\nX-Last = \"z\"\nX-Team = 'a'\n",
		},
		{
			"header twice", func(r *collections.Request) { r.Headers = []collections.Entry{entry("A", "1"), entry("A", "2")} },
			"x-mine = { kept = true }\n\n[headers]\nAccept = \"application/json\"   # what we want\nX-Team = 'a'\n# the last one\nX-Last = \"z\"\n",
			"headers = [\n  { name = \"A\", value = \"1\" },\n  { name = \"A\", value = \"2\" },\n]\nx-mine = { kept = true }\n# the last one\n",
		},
		{
			"body", func(r *collections.Request) { r.Body.Content = collections.Str("{\"name\": \"Bob\"}\n") },
			`"Ada"`, `"Bob"`,
		},
		{
			"body kind", func(r *collections.Request) {
				r.Body = collections.Body{Kind: collections.BodyForm, Form: []collections.Entry{entry("a", "1")}}
			},
			"json = '''\n{\"name\": \"Ada\"}\n'''\n", "form = { a = \"1\" }\n",
		},
		{
			"no body", func(r *collections.Request) { r.Body = collections.Body{} },
			"\n[body]\njson = '''\n{\"name\": \"Ada\"}\n'''\n", "",
		},
		{
			"parts", func(r *collections.Request) {
				r.Body = collections.Body{Kind: collections.BodyMultipart, Parts: []collections.Part{
					{Name: collections.Str("a"), Value: collections.Str("1")},
					{Name: collections.Str("f"), File: collections.Str("x.png"), Off: true},
				}}
			},
			"json = '''\n{\"name\": \"Ada\"}\n'''\n",
			"\n[[body.multipart]]\nname = \"a\"\nvalue = \"1\"\n\n[[body.multipart]]\nname = \"f\"\nfile = \"x.png\"\noff = true\n",
		},
		{
			"auth", func(r *collections.Request) {
				r.Auth = collections.Auth{Type: collections.Str("bearer"), Fields: []collections.Entry{entry("token", "{{t}}")}}
			},
			"\n[body]\n", "\n[auth]\ntype = \"bearer\"\ntoken = \"{{t}}\"\n\n[body]\n",
		},
		{
			"params", func(r *collections.Request) { r.Params = []collections.Entry{entry("q", "x y")} },
			"\n[headers]\n", "\n[params]\nq = \"x y\"\n\n[headers]\n",
		},
		{
			"one timeout", func(r *collections.Request) { r.Options.Timeout.Read = collections.Str("1s") },
			`"10s"`, `{ connect = "10s", read = "1s" }`,
		},
		{
			"both timeouts", func(r *collections.Request) {
				r.Options.Timeout.Read, r.Options.Timeout.Connect = collections.Str("1s"), collections.Str("1s")
			}, `"10s"`, `"1s"`,
		},
		{
			"tls", func(r *collections.Request) { r.Options.TLS.Min = collections.Str("1.3") },
			"timeout = \"10s\"\n", "timeout = \"10s\"\ntls = { min = \"1.3\" }\n",
		},
	} {
		for _, crlf := range []bool{false, true} {
			t.Run(c.name, func(t *testing.T) {
				ends := func(s string) string {
					if crlf {
						return strings.ReplaceAll(s, "\n", "\r\n")
					}
					return s
				}
				col := open(t, map[string]string{"create.toml": ends(create)})
				loaded := request(t, col, "create")
				edited := loaded.Clone()
				c.edit(edited)
				saved, err := col.Save(loaded, edited)
				if err != nil {
					t.Fatal(err)
				}
				got, err := os.ReadFile(col.Abs("create.toml"))
				if err != nil {
					t.Fatal(err)
				}
				if want := ends(strings.Replace(create, c.before, c.after, 1)); string(got) != want {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
				again, err := col.Save(saved, saved.Clone())
				if err != nil || again == nil {
					t.Errorf("saving again: %v", err)
				}
			})
		}
	}
}

func TestLongFormKeepsWhatParleyDoesNotKnow(t *testing.T) {
	src := "url = \"http://h\"\nparams = [\n  { mine = 1, name = \"a\", value = \"1\" }, # first\n  { name = \"a\", value = \"2\" },\n]\n"
	col := open(t, map[string]string{"x.toml": src})
	loaded := request(t, col, "x")
	edited := loaded.Clone()
	edited.Params[0].Off = true
	edited.Params[1].Note = "why"
	if _, err := col.Save(loaded, edited); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(src, `"1" }`, `"1", off = true }`, 1)
	want = strings.Replace(want, `"2" }`, `"2", note = "why" }`, 1)
	if got, _ := os.ReadFile(col.Abs("x.toml")); string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestSaveNeverOverwritesAnothersChange(t *testing.T) {
	col := open(t, map[string]string{"create.toml": create})
	loaded := request(t, col, "create")
	edited := loaded.Clone()
	edited.Method = collections.Str("PUT")
	theirs := strings.Replace(create, `"z"`, `"theirs"`, 1)
	if err := os.WriteFile(col.Abs("create.toml"), []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := col.Save(loaded, edited)
	var conflict *collections.Conflict
	if !errors.As(err, &conflict) {
		t.Fatalf("error %v", err)
	}
	if string(conflict.Disk) != theirs || !strings.Contains(string(conflict.Mine), `"PUT"`) || string(conflict.Base) != create {
		t.Errorf("conflict %+v", conflict)
	}
	if got, _ := os.ReadFile(col.Abs("create.toml")); string(got) != theirs {
		t.Error("overwritten")
	}
	// Keeping mine is saving over theirs.
	if _, err := col.Save(conflict.Theirs, edited); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(col.Abs("create.toml")); string(got) != strings.Replace(create, `"POST"`, `"PUT"`, 1) {
		t.Errorf("got:\n%s", got)
	}
	if err := os.Remove(col.Abs("create.toml")); err != nil {
		t.Fatal(err)
	}
	if _, err := col.Save(loaded, edited); !errors.As(err, &conflict) || conflict.Disk != nil {
		t.Errorf("after a deletion: %v", err)
	}
}

func TestSaveIsOldOrNewAfterACrashAtEveryStep(t *testing.T) {
	disktest.EachCrash(t,
		func(f disk.FS) error {
			return errors.Join(disk.MkdirAll(f, "/c/users", 0o755),
				disk.WriteFile(f, "/c/users/create.toml", []byte(create), 0o644))
		},
		func(f disk.FS) error {
			c, err := collections.Open(f, "/c")
			if err != nil {
				return err
			}
			loaded, err := c.Request("users/create")
			if err != nil {
				return err
			}
			edited := loaded.Clone()
			edited.Method = collections.Str("PUT")
			_, err = c.Save(loaded, edited)
			return err
		},
		func(t *testing.T, f disk.FS, done bool) {
			got, err := disk.ReadFile(f, "/c/users/create.toml")
			if err != nil {
				t.Fatal(err)
			}
			if s := string(got); s != strings.Replace(create, "POST", "PUT", 1) && (done || s != create) {
				t.Errorf("found (done %v):\n%s", done, s)
			}
			c, err := collections.Open(f, "/c")
			if err != nil || len(c.Tree.Nodes()) != 1 || len(c.Tree.Nodes()[0].Folder.Nodes()) != 1 {
				t.Errorf("the tree has more than the request: %v", err)
			}
		})
}

func TestFailedSaveIsTypedAndChangesNothing(t *testing.T) {
	m := disktest.NewMem()
	if err := errors.Join(m.Mkdir("/c", 0o755), disk.WriteFile(m, "/c/create.toml", []byte(create), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, errno := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EACCES} {
		f := disktest.Wrap(m)
		f.Fail(func(disktest.Step) error { return errno })
		c, err := collections.Open(f, "/c")
		if err != nil {
			t.Fatal(err)
		}
		edited := request(t, c, "create").Clone()
		edited.Method = collections.Str("PUT")
		_, err = c.Save(request(t, c, "create"), edited)
		var e *disk.Error
		if !errors.As(err, &e) || e.Kind == disk.KindOther || e.Hint() == "" {
			t.Errorf("%v: %v", errno, err)
		}
		if got, _ := disk.ReadFile(m, "/c/create.toml"); string(got) != create {
			t.Errorf("%v changed the file", errno)
		}
	}
}

func TestCreateMoveDuplicateDelete(t *testing.T) {
	col := open(t, map[string]string{"users/folder.toml": "order = [\"b\", \"a\"] # mine\n", "users/a.toml": create})
	reload := func() {
		t.Helper()
		next, err := col.Reload()
		if err != nil {
			t.Fatal(err)
		}
		col = next
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		reload()
	}
	r, err := col.Create("new/deep/get", &collections.Request{Method: collections.Str("PUT"), URL: collections.Str("http://h")})
	must(err)
	if got, _ := os.ReadFile(col.Abs(r.File)); string(got) != "method = \"PUT\"\nurl = \"http://h\"\n" {
		t.Errorf("created:\n%s", got)
	}
	if _, err := col.Create("new/deep/get", r); err == nil {
		t.Error("a file was replaced")
	}
	must(col.CreateFolder("empty"))
	move := func(from, to string) {
		t.Helper()
		_, err := col.Move(from, to)
		must(err)
	}
	move("users/a", "users/z")
	if got, _ := os.ReadFile(col.Abs("users/folder.toml")); string(got) != "order = [\"b\", \"z\"] # mine\n" {
		t.Errorf("order:\n%s", got)
	}
	to, err := col.Duplicate("users/z")
	must(err)
	if to != "users/z copy" {
		t.Errorf("duplicate is %q", to)
	}
	folder, err := col.Duplicate("users/")
	must(err)
	if got, _ := os.ReadFile(col.Abs(folder + "/z.toml")); string(got) != create {
		t.Errorf("duplicate of the folder, %q:\n%s", folder, got)
	}
	move("users", "people")
	trash := t.TempDir()
	gone, err := col.Delete("people", trash)
	must(err)
	if _, err := col.Request("people/z"); err == nil {
		t.Error("still there")
	}
	must(gone.Restore())
	if got, _ := os.ReadFile(col.Abs("people/z copy.toml")); string(got) != create {
		t.Errorf("restored:\n%s", got)
	}
	if list, _ := os.ReadDir(trash); len(list) != 0 {
		t.Errorf("left in the trash: %v", list)
	}
	if _, err := col.Move("people", "people/inner"); err == nil {
		t.Error("a folder was moved into itself")
	}
	if _, err := col.Move("people/z", "new/deep/get"); err == nil {
		t.Error("a request was replaced")
	}
}

func TestNamesStayInside(t *testing.T) {
	col := open(t, map[string]string{"a.toml": create})
	for _, name := range []string{
		"", "..", "../x", "x/../../y", "/etc/x", ".hidden", "a/.git/x", "x\x00y", "a\\b", "nul", "COM1.x", "x.", " x", "collection",
		"users/folder", "environments/x", "node_modules/x", "a:b", strings.Repeat("x", 300), "x\u202ey", "a//b",
	} {
		var e *collections.NameError
		if _, err := col.Create(name, &collections.Request{}); !errors.As(err, &e) || e.Hint() == "" {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"ok", "Grüße/日本 1", "it's (new) & good!", "v1.2/get"} {
		if err := collections.CheckPath(name); err != nil {
			t.Error(err)
		}
	}
}

func TestLinksOutsideAreNotFollowed(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "x.toml")
	if err := os.WriteFile(outside, []byte(create), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := write(t, map[string]string{"real.toml": create})
	if err := os.Symlink(outside, filepath.Join(dir, "out.toml")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	for link, target := range map[string]string{"in.toml": "real.toml", "dir": filepath.Dir(outside)} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	col, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	request(t, col, "in")
	var e *collections.OutsideError
	if _, err := col.Request("out"); !errors.As(err, &e) {
		t.Errorf("out: %v", err)
	}
	if _, err := col.Create("dir/new", &collections.Request{}); !errors.As(err, &e) {
		t.Errorf("created through a link: %v", err)
	}
}
