package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/testdata/terminal"
)

// paneMemory is what the workbench may have at its peak with a download of any size open.
const paneMemory = 64 << 20

// finished is a screen with a response that has all arrived. What stops it stands above the status, and is drawn before.
func finished(screen string) bool {
	return strings.Contains(screen, "200 OK") && !strings.Contains(screen, "Stop")
}

// measurePane downloads into the response pane and types all the while.
func measurePane(ctx context.Context, b *bench) ([]row, error) {
	var rows []row
	for _, kind := range []string{"json", "bytes"} {
		more, err := b.downloadInPane(ctx, kind)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func (b *bench) downloadInPane(ctx context.Context, kind string) (rows []row, err error) {
	if err := needsProc(); err != nil {
		return nil, err
	}
	path := fmt.Sprintf("/%s/%d", kind, b.large)
	root, err := b.workspace("pane-"+kind, 1, b.server.URL+path)
	if err != nil {
		return nil, err
	}
	t, err := b.open(ctx, "home-pane-"+kind, root, sizes[0], path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := t.Press("ctrl+l", "end", "f5"); err != nil {
		return nil, err
	}
	start := time.Now()
	waits, err := typeUntil(ctx, t, path, finished)
	if err != nil {
		return nil, err
	}
	took := time.Since(start)
	if _, err := t.Until(ctx, allLines.MatchString); err != nil {
		return nil, err
	}
	known := time.Since(start)
	if err := t.Press("alt+4"); err != nil {
		return nil, err
	}
	last := map[string]string{"json": `"record"`, "bytes": fmt.Sprintf("%08x ", b.large-16)}[kind]
	toEnd, err := press(ctx, t, "G", func(screen string) bool { return strings.Contains(screen, last) })
	if err != nil {
		return nil, err
	}
	peak, err := memory(t.Pid(), "VmHWM")
	if err != nil {
		return nil, err
	}
	what := mebibytes(b.large) + " of " + kind
	return []row{
		limit(what+", peak memory", peak, paneMemory),
		{what: what + ", the longest wait of a key", measured: millis(waits.quantile(1)), against: fmt.Sprintf("%d keys, median %s", len(waits), millis(waits.quantile(0.5)))},
		{what: what + ", until all is there", measured: millis(took)},
		{what: what + ", until all lines are known", measured: millis(known)},
		{what: what + ", to its end", measured: millis(toEnd), target: "≤ 50 ms", missed: toEnd > 50*time.Millisecond},
	}, nil
}

// typeUntil types a letter at the end of the URL and takes it away, until the condition is true, and tells how long each
// key waited.
func typeUntil(ctx context.Context, t *terminal.Terminal, url string, over func(string) bool) (timing, error) {
	var waits timing
	for !over(t.Screen()) {
		for _, key := range []string{"Q", "backspace"} {
			wait, err := press(ctx, t, key, func(screen string) bool { return strings.Contains(screen, url+"Q") == (key == "Q") })
			if err != nil {
				return waits, err
			}
			waits = append(waits, wait)
		}
	}
	return waits, nil
}
