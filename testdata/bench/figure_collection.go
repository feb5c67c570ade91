package main

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"
)

// The targets of a collection of 10,000 requests in 500 folders, beside the frame that a change waits for.
const (
	maxOpen   = 150 * time.Millisecond
	maxFilter = 16 * time.Millisecond
	maxSave   = 10 * time.Millisecond
)

// measureCollection opens 10,000 requests and as good as none, filters the tree as one types, and saves a request.
func measureCollection(ctx context.Context, b *bench) ([]row, error) {
	url := b.server.URL + "/small"
	large, err := b.workspace("large", 10_000, url)
	if err != nil {
		return nil, err
	}
	small, err := b.workspace("small", 1, url)
	if err != nil {
		return nil, err
	}
	var many, one timing
	for range b.runs {
		for _, of := range []struct {
			root  string
			times *timing
		}{{large, &many}, {small, &one}} {
			took, err := b.treeShown(ctx, of.root)
			if err != nil {
				return nil, err
			}
			*of.times = append(*of.times, took)
		}
	}
	more := many.quantile(0.5) - one.quantile(0.5)
	rows := []row{{
		what: "tree of 10000 requests", measured: millis(many.quantile(0.5)), against: "1 request " + millis(one.quantile(0.5)),
		ratio: float64(many.quantile(0.5)) / float64(one.quantile(0.5)), target: "≤ " + millis(maxOpen) + " more", missed: more > maxOpen,
	}}
	filtered, saved, err := b.workInLarge(ctx, large, url)
	if err != nil {
		return rows, err
	}
	within := func(what string, times timing, most time.Duration) row {
		return row{
			what: what, measured: millis(times.quantile(0.5)), against: "a frame " + millis(frame),
			target: "≤ " + millis(most) + " and a frame", missed: times.quantile(0.5) > most+frame,
		}
	}
	return append(rows, within("a key in the filter", filtered, maxFilter), within("a save", saved, maxSave)), nil
}

// treeShown tells how long it takes until the tree is on the screen.
func (b *bench) treeShown(ctx context.Context, root string) (time.Duration, error) {
	start := func() *exec.Cmd { return b.command(ctx, "home-collection", "-C", root) }
	t, took, err := shown(ctx, start(), sizes[0], func(screen string) bool {
		return strings.Contains(screen, "folder-000") && strings.Contains(screen, "Quit")
	})
	if err == nil {
		err = quit(ctx, t)
	}
	return took, err
}

// workInLarge types in the filter of the tree, and saves edits of a request.
func (b *bench) workInLarge(ctx context.Context, root, url string) (filtered, saved timing, err error) {
	t, err := b.open(ctx, "home-large", root, sizes[0], url)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if _, err := press(ctx, t, "ctrl+l", useful(url)); err != nil {
		return nil, nil, err
	}
	for range b.runs {
		if _, err := press(ctx, t, "end", useful(url)); err != nil {
			return nil, nil, err
		}
		if _, err := press(ctx, t, "Q", func(screen string) bool { return strings.Contains(screen, "/smallQ") }); err != nil {
			return nil, nil, err
		}
		took, err := press(ctx, t, "ctrl+s", func(screen string) bool { return strings.Contains(screen, "saved folder-000") })
		if err != nil {
			return nil, nil, err
		}
		saved = append(saved, took)
		// The next key takes the notice away.
		if _, err := press(ctx, t, "backspace", func(screen string) bool { return !strings.Contains(screen, "saved folder-000") }); err != nil {
			return nil, nil, err
		}
	}
	if err := errors.Join(t.Press("alt+1", "/"), t.Type("request-1")); err != nil {
		return nil, nil, err
	}
	for range 5 * b.runs {
		there, err := press(ctx, t, "7", func(screen string) bool { return !strings.Contains(screen, "request-16") })
		if err != nil {
			return nil, nil, err
		}
		gone, err := press(ctx, t, "backspace", func(screen string) bool { return strings.Contains(screen, "request-16") })
		if err != nil {
			return nil, nil, err
		}
		filtered = append(filtered, there, gone)
	}
	return filtered, saved, nil
}
