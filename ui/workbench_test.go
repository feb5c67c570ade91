package ui

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/runner"
	"parley/collections/sample"
	"parley/collections/template"
	"parley/history"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/uitest"
)

// bench is a workbench on the playground's sample collection, in folders of its own.
type bench struct {
	*uitest.Driver
	t     testing.TB
	root  *Root
	dir   string // of the collection
	state string
	now   func() time.Time
	fsys  disk.FS
	play  *playground.Server
}

// open starts a workbench on a screen of that size. What an earlier one left in the same folders is there again.
func open(t testing.TB, width, height int) *bench {
	t.Helper()
	return openAt(t, width, height, time.Now)
}

// openOn is open with the collection, the journal and what is remembered on another file system.
func openOn(t testing.TB, fsys disk.FS) *bench {
	t.Helper()
	return made(t, &bench{now: time.Now, fsys: fsys}, 120, 36)
}

// openAt is open with another clock.
func openAt(t testing.TB, width, height int, now func() time.Time) *bench {
	t.Helper()
	return made(t, &bench{now: now, fsys: disk.OS()}, width, height)
}

func made(t testing.TB, b *bench, width, height int) *bench {
	t.Helper()
	b.t, b.dir, b.state = t, filepath.Join(t.TempDir(), "demo"), t.TempDir()
	var err error
	if b.play, err = playground.Start(playground.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.play.Close() })
	if err := sample.Write(disk.OS(), b.dir, sample.Addresses{Clear: b.play.URL, TLS: b.play.TLSURL}); err != nil {
		t.Fatal(err)
	}
	b.start(width, height)
	return b
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
	keymap, err := action.NewKeymap()
	if err != nil {
		b.t.Fatal(err)
	}
	sessions := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{
			Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(), BodyDir: b.t.TempDir(),
		})
	})
	secrets := env.NewSecrets(nil, env.Environ(func(name string) (string, bool) { return "s3cret-value", name == "PARLEY_SECRET_TOKEN" }))
	ctx, cancel := context.WithCancel(context.Background())
	folder := filepath.Join(b.state, "history")
	b.root = New(ctx, Options{
		Work: &runner.Workspace{
			Collection: collection, Sessions: sessions,
			Host: template.Host{Now: time.Now, Random: rand.NewPCG(1, 2), Secret: secrets.Get},
		},
		OpenHistory: func(ctx context.Context) (*history.Store, error) {
			return history.Open(ctx, history.Options{Dir: folder, FS: disk.OS()})
		},
		Spool: history.NewSpool(disk.OS(), folder), Journal: journal, Trash: filepath.Join(b.state, "trash"),
		Memory: Memory{b.fsys, filepath.Join(b.state, "memory.json")}, ConfigFile: filepath.Join(b.state, "config.toml"),
		Keymap: keymap, Themes: themes.Embedded(), Schemes: auth.Schemes(), Start: "tour/first-get", Now: b.now,
		Editor: "true", Pager: "true", Mouse: true,
	})
	b.Driver = uitest.Start(b.t, b.root, width, height)
	b.t.Cleanup(func() {
		cancel()
		if err := b.root.close(); err != nil {
			b.t.Error(err)
		}
		sessions.Close()
	})
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
