package ui

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/runner"
	"parley/collections/sample"
	"parley/collections/script"
	"parley/collections/template"
	"parley/history"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/content/filter"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/uitest"
)

// TestMain lets this program be the process that runs jq.
func TestMain(m *testing.M) {
	time.Local = time.UTC // what is seen of times is the same everywhere
	filter.Serve()
	script.Serve()
	os.Exit(m.Run())
}

// bench is a workbench on a collection that the playground answers, in folders of its own.
type bench struct {
	*uitest.Driver
	t     testing.TB
	root  *Root
	dir   string // of the collection
	state string
	now   func() time.Time
	fsys  disk.FS
	fixed bool   // on the collection in testdata
	first string // the request that is open at first
	// preset names the keymap; empty is the default one.
	preset string
	// noHistory is why the history cannot be opened; nil: it can.
	noHistory error
	// browser opens pages; nil: there is none.
	browser func(context.Context, string) error
	play    *playground.Server
	end     func() // ends the workbench, as the end of the test does
}

// open starts a workbench on the sample collection and a screen of that size.
func open(t testing.TB, width, height int) *bench {
	t.Helper()
	return made(t, &bench{now: time.Now, fsys: disk.OS()}, width, height)
}

// openOn is open with the collection, the journal and what is remembered on another file system.
func openOn(t testing.TB, fsys disk.FS) *bench {
	t.Helper()
	return made(t, &bench{now: time.Now, fsys: fsys}, 120, 36)
}

// openFixed is open on a collection that does not grow, with a clock that stands still.
func openFixed(t testing.TB, width, height int) *bench {
	t.Helper()
	return made(t, &bench{now: func() time.Time { return time.Unix(1_780_000_000, 0) }, fsys: disk.OS(), fixed: true}, width, height)
}

// made begins with folders and a playground of its own.
func made(t testing.TB, b *bench, width, height int) *bench {
	t.Helper()
	b.t, b.dir, b.state = t, filepath.Join(tempDir(t), "demo"), tempDir(t)
	var err error
	if b.play, err = playground.Start(playground.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.play.Close() })
	b.first = "tour/first-get"
	if b.fixed {
		b.first = "users/github"
		err = b.copyFixed()
	} else {
		err = b.copySample()
	}
	if err != nil {
		t.Fatal(err)
	}
	b.start(width, height)
	return b
}

// writtenSample is the sample collection as it is written, once for all tests: to wait for the disk at each file takes longer
// than most of them.
var writtenSample = sync.OnceValues(func() (map[string]string, error) {
	dir, err := os.MkdirTemp("", "parley-sample-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	target := filepath.Join(dir, "demo")
	if err := sample.Write(disk.OS(), target, sample.Addresses{Clear: clearHere, TLS: tlsHere}); err != nil {
		return nil, err
	}
	files := map[string]string{}
	return files, fs.WalkDir(os.DirFS(target), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(target, filepath.FromSlash(name)))
		files[name] = string(text)
		return err
	})
})

// clearHere and tlsHere stand for the addresses of a bench's playground.
const (
	clearHere = "http://127.0.0.1:1"
	tlsHere   = "https://127.0.0.1:2"
)

// copySample writes the sample collection, and says where the playground is.
func (b *bench) copySample() error {
	files, err := writtenSample()
	if err != nil {
		return err
	}
	here := strings.NewReplacer(clearHere, b.play.URL, tlsHere, b.play.TLSURL)
	for name, text := range files {
		if strings.HasPrefix(name, "environments/") {
			text = here.Replace(text)
		}
		target := filepath.Join(b.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(target), 0o777), os.WriteFile(target, []byte(text), 0o666)); err != nil {
			return err
		}
	}
	return nil
}

// copyFixed copies the collection in testdata, and says where the playground is.
func (b *bench) copyFixed() error {
	environment := "[vars]\nbase_url = \"" + b.play.URL + "\"\nemail = \"ada@acme.test\"\n"
	return errors.Join(
		os.CopyFS(b.dir, os.DirFS("testdata/acme")),
		os.MkdirAll(filepath.Join(b.dir, "environments"), 0o755),
		os.WriteFile(filepath.Join(b.dir, "environments", "test.toml"), []byte(environment), 0o644),
	)
}

func (b *bench) start(width, height int) {
	b.t.Helper()
	collection, err := collections.Open(b.fsys, b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	journal, _, err := collections.OpenJournal(b.fsys, filepath.Join(b.state, "journal"), b.dir, time.Now)
	if err != nil {
		b.t.Fatal(err)
	}
	preset, err := action.PresetNamed(cmp.Or(b.preset, "default"))
	if err != nil {
		b.t.Fatal(err)
	}
	keymap, err := preset.Keymap()
	if err != nil {
		b.t.Fatal(err)
	}
	tokens := auth.NewTokens(auth.NewTokenMemory())
	schemes := auth.Schemes(auth.Environment{Tokens: tokens, OpenBrowser: b.browser})
	sessions := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{
			Transport: transport.New(transport.Options{}), Schemes: schemes, BodyDir: tempDir(b.t),
		})
	}, runner.NewSessionStore(b.fsys, filepath.Join(b.state, "sessions"), b.dir, time.Now))
	secrets := env.NewSecrets(nil, env.Environ(func(name string) (string, bool) { return "s3cret-value", name == "PARLEY_SECRET_TOKEN" }))
	ctx, cancel := context.WithCancel(context.Background())
	folder := filepath.Join(b.state, "history")
	opened := &opened{}
	b.root = New(ctx, Options{
		Work: &runner.Workspace{
			Collection: collection, Sessions: sessions,
			Responses: runner.NewResponses(b.now), Captured: runner.NewCapturedStore(b.fsys, filepath.Join(b.state, "captured"), b.dir),
			Host: template.Host{Now: time.Now, Random: rand.NewPCG(1, 2), Secret: secrets.Get},
		},
		OpenHistory: func(ctx context.Context) (*history.Store, error) {
			if b.noHistory != nil {
				return nil, b.noHistory
			}
			return opened.open(ctx, history.Options{Dir: folder, FS: disk.OS()})
		},
		Spool: history.NewSpool(disk.OS(), folder), Journal: journal, Trash: filepath.Join(b.state, "trash"),
		Memory: Memory{b.fsys, filepath.Join(b.state, "memory.json")}, ConfigFile: filepath.Join(b.state, "config.toml"),
		Keymap: keymap, Themes: themes.Embedded(), Schemes: schemes, Tokens: tokens, Start: b.first, Now: b.now,
		Editor: "true", Pager: "true", Mouse: true,
	})
	b.Driver = uitest.Start(b.t, b.root, width, height)
	root := b.root
	b.end = sync.OnceFunc(func() {
		cancel()
		if err := root.close(); err != nil {
			b.t.Error(err)
		}
		opened.close()
		sessions.Close()
	})
	b.t.Cleanup(b.end)
}

// opened is the history as it was opened in the background. A workbench that ends before it hears of it leaves it open, as
// a process may; a test must not, since its folder goes with it.
type opened struct {
	mu     sync.Mutex
	stores []*history.Store
	closed bool
}

func (o *opened) open(ctx context.Context, options history.Options) (*history.Store, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return nil, context.Canceled
	}
	store, err := history.Open(ctx, options)
	if err == nil {
		o.stores = append(o.stores, store)
	}
	return store, err
}

// close waits for what is being opened.
func (o *opened) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	for _, store := range o.stores {
		store.Close()
	}
}

func (b *bench) read(name string) string {
	b.t.Helper()
	data, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(data)
}

func TestTheFirstRequestIsSentAndItsAnswerRead(t *testing.T) {
	b := open(t, 120, 36)
	b.WaitText("users/github")
	b.Press("f5")
	b.WaitText("200 OK")
	b.WaitText(`"name": "GitHub"`)
}

func TestAnEditChangesOneLineOfTheFile(t *testing.T) {
	b := open(t, 120, 36)
	before := b.read("tour/headers.toml")
	b.root.OpenRequest("tour/headers")
	b.root.tab().request.Show("Headers")
	b.Press("alt+3", "enter")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("changed-here")
	b.Press("enter", "ctrl+s")
	b.WaitText("saved tour/headers.toml")
	after := b.read("tour/headers.toml")
	was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
	if len(was) != len(is) {
		t.Fatalf("%d lines became %d:\n%s", len(was), len(is), after)
	}
	var changed int
	for i := range was {
		if was[i] != is[i] {
			changed++
			t.Logf("%q became %q", was[i], is[i])
		}
	}
	if changed != 1 {
		t.Errorf("%d lines changed", changed)
	}
}

func TestAWarningIsSaidOnce(t *testing.T) {
	b := open(t, 120, 36)
	query := collections.GraphQL{Query: collections.Str("mutation { forget }")}
	b.root.tab().draft.Body = collections.Body{Kind: collections.BodyGraphQL, GraphQL: query}
	b.root.tab().draft.Method = collections.Str("GET")
	b.Press("f5")
	b.WaitText("a mutation needs method")
	told, first := b.root.notices.shown, b.root.tab().exchange
	b.Press("f5")
	b.WaitFor("the second answer", func(string) bool { return b.root.tab().job == nil && b.root.tab().exchange != first })
	if b.root.notices.shown != told {
		t.Error("it is said each time")
	}
}

func TestASaveThatAKillCutShortIsNoEdit(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+l", "end")
	b.Type("/repos")
	b.root.writeJournal()
	drafts := b.root.options.Journal.Drafts()
	if len(drafts) != 1 {
		t.Fatalf("the journal has %d drafts", len(drafts))
	}
	// The file is written, and nobody has told the journal.
	if err := os.WriteFile(filepath.Join(b.dir, "tour/first-get.toml"), drafts[0].Text, 0o644); err != nil {
		t.Fatal(err)
	}
	now, err := b.root.work.Collection.Reload()
	if err != nil {
		t.Fatal(err)
	}
	b.root.work.Collection = now
	_, draft, dirty, err := b.root.opened("tour/first-get")
	if err != nil || dirty || !strings.HasSuffix(draft.URL.Text, "/github/repos") {
		t.Errorf("dirty is %v, %v; the URL is %q", dirty, err, draft.URL.Text)
	}
}
