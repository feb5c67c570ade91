package collections

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"parley/collections/disk"
)

// watchdog only ends a test that hangs.
const watchdog = 30 * time.Second

// watching starts a watch and returns a function that waits until a path was reported.
func watching(t *testing.T, run func(context.Context, func([]string)) error) (await func(path string)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	reports, done := make(chan []string, 1000), make(chan error, 1)
	go func() { done <- run(ctx, func(paths []string) { reports <- paths }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return func(path string) {
		t.Helper()
		timeout := time.After(watchdog)
		for {
			select {
			case paths := <-reports:
				if slices.Contains(paths, path) {
					return
				}
			case <-timeout:
				t.Fatalf("%s was not reported", path)
			}
		}
	}
}

func touch(t *testing.T, dir, name string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`url = "http://h"`), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestWatch(t *testing.T) {
	dir := t.TempDir()
	touch(t, dir, "users/create.toml")
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"users/create.toml", "users", "."} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	since := time.Now()
	touch(t, dir, "before.toml") // between reading the collection and watching it
	await := watching(t, func(ctx context.Context, changed func([]string)) error {
		return Watch(ctx, dir, since, changed)
	})
	await("before.toml")

	touch(t, dir, "users/create.toml")
	await("users/create.toml")
	touch(t, dir, "new/deep/one.toml")
	await("new")
	touch(t, dir, ".env")
	await(".env")
	touch(t, dir, "users/openapi.yaml")
	await("users/openapi.yaml")
	// A file that replaces another, as editors and git write.
	touch(t, dir, "users/.swap")
	if err := os.Rename(filepath.Join(dir, "users", ".swap"), filepath.Join(dir, "users", "create.toml")); err != nil {
		t.Fatal(err)
	}
	await("users/create.toml")
	if err := os.RemoveAll(filepath.Join(dir, "users")); err != nil {
		t.Fatal(err)
	}
	await("users")
}

func TestPollingFindsTheSame(t *testing.T) {
	dir := t.TempDir()
	touch(t, dir, "users/create.toml")
	touch(t, dir, "node_modules/x.toml")
	ticks := make(chan time.Time)
	await := watching(t, func(ctx context.Context, changed func([]string)) error {
		w := &watch{root: dir, changed: changed, dirty: map[string]bool{}}
		return w.poll(ctx, func(time.Duration) <-chan time.Time { return ticks })
	})
	tick := func() { ticks <- time.Time{} }
	tick()
	touch(t, dir, "users/new.toml")
	tick()
	await("users/new.toml")
	if err := os.Chtimes(filepath.Join(dir, "users", "new.toml"), time.Time{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	tick()
	await("users/new.toml")
	touch(t, dir, ".env")
	tick()
	await(".env")
	touch(t, dir, "openapi.json")
	tick()
	await("openapi.json")
	if err := os.RemoveAll(filepath.Join(dir, "users")); err != nil {
		t.Fatal(err)
	}
	tick()
	await("users/create.toml")
}

func TestReloadReadsOnlyWhatChanged(t *testing.T) {
	dir := t.TempDir()
	touch(t, dir, "a.toml")
	touch(t, dir, "b/c.toml")
	c, err := Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	node := func(c *Collection, name string) *Node {
		t.Helper()
		n, err := c.Node(name)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	touch(t, dir, "b/d.toml")
	if err := os.WriteFile(filepath.Join(dir, "b", "c.toml"), []byte("url = \n"), 0o644); err != nil {
		t.Fatal(err)
	}
	next, err := c.Reload("b/c.toml")
	if err != nil {
		t.Fatal(err)
	}
	if node(next, "a") != node(c, "a") {
		t.Error("a.toml was read again")
	}
	if n := node(next, "b/c"); n.Kind != BrokenNode || n.Err == nil {
		t.Errorf("b/c.toml was not read again: %+v", n)
	}
	if node(next, "b/d").Kind != RequestNode {
		t.Error("the new file is missing")
	}
	if node(c, "b/c").Kind != RequestNode {
		t.Error("the old snapshot changed")
	}
	if err := os.Remove(filepath.Join(dir, "a.toml")); err != nil {
		t.Fatal(err)
	}
	if next, err = next.Reload("a.toml"); err != nil {
		t.Fatal(err)
	}
	if _, err := next.Node("a"); err == nil {
		t.Error("a.toml is still there")
	}
}

func TestWatchOutlivesItsFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "c")
	touch(t, dir, "a.toml")
	await := watching(t, func(ctx context.Context, changed func([]string)) error {
		return Watch(ctx, dir, time.Now(), changed)
	})
	await("a.toml")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	await(".")
	touch(t, dir, "back.toml")
	await("back.toml")
}
