package runner_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections/disk"
	"parley/collections/runner"
)

func TestACommandIsAskedForOncePerCollection(t *testing.T) {
	work := open(t, map[string]string{
		"use.toml": "url = 'http://h/{{command(\"whoami\")}}'", "other.toml": "url = 'http://h/{{command(\"whoami --other\")}}'",
	}, &refusing{})
	folder := filepath.Join(t.TempDir(), "commands")
	var asked, ran []string
	refuse := errors.New("no")
	work.Host.Command = func(_ context.Context, line string) (string, error) {
		ran = append(ran, line)
		return "ada", nil
	}
	work.Consent = func(_ context.Context, line string) error {
		asked = append(asked, line)
		return refuse
	}
	fresh := func(root string) { work.Commands = runner.NewCommands(disk.OS(), folder, root) }
	fresh(work.Collection.Root)
	if _, err := resolved(t, work, "use"); !errors.Is(err, refuse) || len(ran) != 0 {
		t.Fatalf("it was run: %v, %v", ran, err)
	}
	refuse = nil
	for range 2 {
		if url, err := resolved(t, work, "use"); err != nil || url != "http://h/ada" {
			t.Fatalf("%s, %v", url, err)
		}
		fresh(work.Collection.Root) // another process
	}
	if _, err := resolved(t, work, "other"); err != nil {
		t.Fatal(err)
	}
	fresh("/another/collection")
	if _, err := resolved(t, work, "use"); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(asked, ","), "whoami,whoami,whoami --other,whoami"; got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		info, err := entry.Info()
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", entry.Name(), info.Mode(), err)
		}
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil || strings.Contains(string(data), "whoami") {
			t.Errorf("%s holds a command: %s, %v", entry.Name(), data, err)
		}
	}

	// What cannot be read allows nothing.
	ran = nil
	for _, entry := range list {
		if err := os.WriteFile(filepath.Join(folder, entry.Name()), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := resolved(t, work, "use"); err == nil || len(ran) != 0 {
		t.Errorf("it was run: %v, %v", ran, err)
	}

	// Where nobody can be asked it is run.
	work.Consent = nil
	if _, err := resolved(t, work, "use"); err != nil {
		t.Error(err)
	}
}
