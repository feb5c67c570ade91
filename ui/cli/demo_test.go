package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/transport"
)

// onScreen is a program whose streams are terminals, and whose workbench is the given one.
func onScreen(t *testing.T, workbench Workbench) *Program {
	t.Helper()
	home := t.TempDir()
	return &Program{
		Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard,
		IsTerminal: func(any) bool { return true },
		Width:      func(any) int { return 80 },
		LookupEnv: func(name string) (string, bool) {
			if name == "PARLEY_HOME" {
				return home, true
			}
			return "", false
		},
		Dir: t.TempDir(), OS: "linux", FS: disk.OS(), Now: time.Now, Version: "test",
		NewSession: func(string) *httpcore.Session {
			return httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(auth.Environment{})})
		},
		Workbench: workbench,
	}
}

// sends is a workbench whose user sends the request that it starts with, and returns the folder of its collection.
func sends(t *testing.T, dir *string) Workbench {
	return func(ctx context.Context, o WorkbenchOptions) error {
		work, err := o.Open()
		if err != nil {
			return err
		}
		*dir = work.Collection.Root
		request, err := work.Collection.Request(o.Start)
		if err != nil {
			return err
		}
		out, err := work.Resolve(ctx, request)
		if err != nil {
			return err
		}
		x, err := work.Send(ctx, out, nil)
		if err != nil {
			return err
		}
		if x.Response().Status != 200 {
			t.Errorf("%s answers %d", o.Start, x.Response().Status)
		}
		return x.Close()
	}
}

func TestDemoOpensTheWorkbenchOnAPlaygroundThatAnswers(t *testing.T) {
	var dir string
	p := onScreen(t, sends(t, &dir))
	if err := p.Run(t.Context(), []string{"demo"}); err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(p.env("PARLEY_HOME"), "demo"); dir != want {
		t.Errorf("the collection is in %s, want %s", dir, want)
	}
}

func TestDemoKeepsWhatAPersonChangedAndFollowsThePlayground(t *testing.T) {
	var dir string
	p := onScreen(t, sends(t, &dir))
	mine := filepath.Join(p.Dir, "mine", "note.toml")
	run := func(args ...string) {
		t.Helper()
		if err := p.Run(t.Context(), append([]string{"demo", "-C", "mine"}, args...)); err != nil {
			t.Fatal(err)
		}
	}
	run()
	if err := os.WriteFile(mine, []byte("url = 'http://a.test'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context(), []string{"cookies", "set", "a=1", "--domain", "a.test", "-C", "mine"}); err != nil {
		t.Fatal(err)
	}
	run() // on another port
	if _, err := os.Stat(mine); err != nil {
		t.Errorf("what a person wrote is gone: %v", err)
	}
	run("--fresh")
	if _, err := os.Stat(mine); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the collection is not fresh: %v", err)
	}
	if kept, _ := filepath.Glob(filepath.Join(p.Dir, "mine.*", "note.toml")); len(kept) != 1 {
		t.Errorf("--fresh has lost what a person wrote: %q", kept)
	}
	cookiesIn := func(dir string) string {
		var out strings.Builder
		p.Stdout = &out
		if err := p.Run(t.Context(), []string{"cookies", "-C", dir}); err != nil {
			t.Error(err)
		}
		return out.String()
	}
	aside, err := filepath.Glob(filepath.Join(p.Dir, "mine.*"))
	if err != nil || len(aside) != 1 {
		t.Fatal(aside, err)
	}
	if fresh, old := cookiesIn("mine"), cookiesIn(aside[0]); fresh != "" || !strings.HasPrefix(old, "a=1") {
		t.Errorf("the fresh collection has the cookies %q, the one aside %q", fresh, old)
	}
}

func TestFreshLeavesForeignFoldersAlone(t *testing.T) {
	p := onScreen(t, func(context.Context, WorkbenchOptions) error { t.Error("the workbench opens"); return nil })
	foreign := filepath.Join(p.Dir, "file")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context(), []string{"demo", "--fresh", "-C", "."}); ExitCode(err) != exitUsage {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
}

func TestTheWorkbenchOpensOnOnesOwnCollection(t *testing.T) {
	var dir string
	p := onScreen(t, func(_ context.Context, o WorkbenchOptions) error {
		work, err := o.Open()
		if err != nil {
			return err
		}
		dir = work.Collection.Root
		return nil
	})
	for range 2 {
		if err := p.Run(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.HasPrefix(dir, p.env("PARLEY_HOME")) {
		t.Errorf("it opens on %s", dir)
	}
	if err := os.WriteFile(filepath.Join(p.Dir, "collection.toml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context(), []string{"--var", "a=b"}); err != nil || dir != p.Dir {
		t.Errorf("it opens on %s, %v; want the collection at hand", dir, err)
	}
}

func TestThePlaygroundListensOnLoopbackOnly(t *testing.T) {
	for origin, want := range map[string]string{
		"http://127.0.0.1:8080":  "127.0.0.1:8080",
		"https://127.0.0.1:8443": "127.0.0.1:8443",
		"http://0.0.0.0:8080":    "",
		"http://example.com:80":  "",
		"http://127.0.0.1":       "",
		"{{somewhere}}":          "",
		"":                       "",
	} {
		if got := loopbackAddr(origin); got != want {
			t.Errorf("%q makes it listen on %q instead of %q", origin, got, want)
		}
	}
}
