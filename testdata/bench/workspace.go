package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parley/testdata/terminal"
)

// workspace writes a collection of so many requests, twenty a folder, the first of which is a GET of url.
func (b *bench) workspace(name string, requests int, url string) (string, error) {
	root := filepath.Join(b.dir, name)
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	err := os.WriteFile(filepath.Join(root, "collection.toml"), []byte("name = \"Bench\"\n"), 0o644)
	for i := range requests {
		folder := filepath.Join(root, fmt.Sprintf("folder-%03d", i/20))
		if i%20 == 0 {
			err = errors.Join(err, os.MkdirAll(folder, 0o755))
		}
		text := fmt.Sprintf("url = %q\n\n[headers]\nX-Number = \"%d\"\n", url, i)
		err = errors.Join(err, os.WriteFile(filepath.Join(folder, fmt.Sprintf("request-%02d.toml", i%20)), []byte(text), 0o644))
	}
	return root, err
}

// useful is a frame that a person can work with: the tree, the request's URL and the keys that work are there.
func useful(url string) func(string) bool {
	return func(screen string) bool {
		return strings.Contains(screen, "folder-0") && strings.Contains(screen, url) && strings.Contains(screen, "Quit")
	}
}

// open starts the workbench on a collection, and opens its first request through the palette.
func (b *bench) open(ctx context.Context, home, root string, s size, url string) (*terminal.Terminal, error) {
	t, _, err := shown(ctx, b.command(ctx, home, "-C", root), s, func(screen string) bool { return strings.Contains(screen, "folder-0") })
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, watchdog) // of the waiting; the program goes on
	defer cancel()
	err = errors.Join(t.Press("ctrl+p"), t.Type("folder-000/request-00"))
	if err == nil {
		_, err = t.Until(ctx, func(screen string) bool { return strings.Count(screen, "request-00") > 1 })
	}
	if err == nil {
		_, err = press(ctx, t, "enter", useful(url))
	}
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

// press presses a key and tells how long it took until the condition was true of the screen.
func press(ctx context.Context, t *terminal.Terminal, key string, condition func(string) bool) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, watchdog)
	defer cancel()
	time.Sleep(rand.N(frame)) // else it would come right after a frame, and wait for all of the next
	start := time.Now()
	if err := t.Press(key); err != nil {
		return 0, err
	}
	at, err := t.Until(ctx, condition)
	return at.Sub(start), err
}

// quit leaves the workbench, so that it remembers what was open.
func quit(ctx context.Context, t *terminal.Terminal) error {
	ctx, cancel := context.WithTimeout(ctx, watchdog)
	defer cancel()
	return errors.Join(t.Press("ctrl+c"), t.Ended(ctx), t.Close())
}
