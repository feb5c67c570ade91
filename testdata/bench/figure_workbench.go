package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// maxSize is what the stripped binary may have, in bytes.
const maxSize = 28_000_000

func measureSize(ctx context.Context, b *bench) ([]row, error) {
	info, err := os.Stat(b.parley)
	if err != nil {
		return nil, err
	}
	return []row{{
		what: "stripped binary", measured: fmt.Sprintf("%.1f MB", float64(info.Size())/1e6), ratio: float64(info.Size()) / maxSize,
		target: "≤ 28 MB", missed: info.Size() > maxSize,
	}}, nil
}

func (b *bench) emptyProgram(ctx context.Context) *exec.Cmd {
	return exec.CommandContext(ctx, b.empty, strconv.Itoa(fps))
}

func isReady(screen string) bool { return strings.Contains(screen, "ready") }

// measureStart compares the time to the first useful frame with that of the empty program: of the demo, and of
// collections whose last-opened request is shown again.
func measureStart(ctx context.Context, b *bench) ([]row, error) {
	var rows []row
	demo := func() *exec.Cmd { return b.command(ctx, "home-demo", "demo", "-C", b.dir+"/demo") }
	demoShown := func(screen string) bool {
		return strings.Contains(screen, "self-signed") && strings.Contains(screen, "users/github") && strings.Contains(screen, "Quit")
	}
	r, err := b.compareStart(ctx, "demo", sizes[0], demo, demoShown, 1.3)
	if err != nil {
		return nil, err
	}
	rows = append(rows, r)
	for _, c := range []struct {
		requests int
		target   float64
	}{{1_000, 1.3}, {10_000, 1.5}} {
		name, url := fmt.Sprintf("of-%d", c.requests), b.server.URL+"/small"
		root, err := b.workspace(name, c.requests, url)
		if err != nil {
			return rows, err
		}
		t, err := b.open(ctx, "home-"+name, root, sizes[0], url)
		if err == nil {
			err = quit(ctx, t)
		}
		if err != nil {
			return rows, err
		}
		for _, s := range sizes {
			start := func() *exec.Cmd { return b.command(ctx, "home-"+name, "-C", root) }
			r, err := b.compareStart(ctx, fmt.Sprintf("%d requests", c.requests), s, start, useful(url), c.target)
			if err != nil {
				return rows, err
			}
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// compareStart starts both programs in turn.
func (b *bench) compareStart(ctx context.Context, what string, s size, start func() *exec.Cmd, shows func(string) bool, target float64) (row, error) {
	var ours, empty timing
	for i := range b.runs + 1 {
		t, took, err := shown(ctx, b.emptyProgram(ctx), s, isReady)
		if err == nil {
			err = t.Close()
		}
		if err != nil {
			return row{}, err
		}
		u, tookUs, err := shown(ctx, start(), s, shows)
		if err == nil {
			err = quit(ctx, u)
		}
		if err != nil {
			return row{}, err
		}
		if i > 0 { // the first one warms up
			ours, empty = append(ours, tookUs), append(empty, took)
		}
	}
	return compare(what+", "+s.String(), ours.quantile(0.5), empty.quantile(0.5), "empty", target), nil
}

// measureKey compares how long a key takes to change the screen: walking through the tree, and typing in the URL bar.
func measureKey(ctx context.Context, b *bench) ([]row, error) {
	root, err := b.workspace("keys", 1_000, b.server.URL+"/small")
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, s := range sizes {
		empty, err := b.emptyKeys(ctx, s)
		if err != nil {
			return rows, err
		}
		typed, err := b.typeKeys(ctx, root, s)
		if err != nil {
			return rows, err
		}
		rows = append(rows,
			compare("typing in the URL, "+s.String()+", median", typed.quantile(0.5), empty.quantile(0.5), "empty", 1.3),
			compare("typing in the URL, "+s.String()+", 95 of 100", typed.quantile(0.95), empty.quantile(0.95), "empty", 1.5),
		)
	}
	return rows, nil
}

// emptyKeys types into the empty program.
func (b *bench) emptyKeys(ctx context.Context, s size) (times timing, err error) {
	t, _, err := shown(ctx, b.emptyProgram(ctx), s, isReady)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for i := range 20 * b.runs {
		took, err := press(ctx, t, "x", func(screen string) bool { return strings.Contains(screen, fmt.Sprintf("ready %d", i+1)) })
		if err != nil {
			return nil, err
		}
		times = append(times, took)
	}
	return times, nil
}

// typeKeys types a letter and takes it away again, many times.
func (b *bench) typeKeys(ctx context.Context, root string, s size) (times timing, err error) {
	t, err := b.open(ctx, "home-keys-"+s.String(), root, s, "/small")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := errors.Join(t.Press("ctrl+l", "end")); err != nil {
		return nil, err
	}
	for range 10 * b.runs {
		there, err := press(ctx, t, "Q", func(screen string) bool { return strings.Contains(screen, "/smallQ") })
		if err != nil {
			return nil, err
		}
		gone, err := press(ctx, t, "backspace", func(screen string) bool { return !strings.Contains(screen, "/smallQ") })
		if err != nil {
			return nil, err
		}
		times = append(times, there, gone)
	}
	return times, nil
}

// restTime is how long nothing happens.
const restTime = 4 * time.Second

// measureRest compares what both programs do when nothing happens.
func measureRest(ctx context.Context, b *bench) ([]row, error) {
	if err := needsProc(); err != nil {
		return nil, err
	}
	root, err := b.workspace("rest", 1_000, b.server.URL+"/small")
	if err != nil {
		return nil, err
	}
	empty, _, err := shown(ctx, b.emptyProgram(ctx), sizes[0], isReady)
	if err != nil {
		return nil, err
	}
	defer empty.Close()
	ours, err := b.open(ctx, "home-rest", root, sizes[0], "/small")
	if err != nil {
		return nil, err
	}
	defer ours.Close()
	time.Sleep(restTime) // what comes after the first frame
	var cpus [2]time.Duration
	written := len(ours.Output())
	for i, t := range []int{ours.Pid(), empty.Pid()} {
		before, err := cpu(t)
		if err != nil {
			return nil, err
		}
		time.Sleep(restTime)
		after, err := cpu(t)
		if err != nil {
			return nil, err
		}
		cpus[i] = after - before
	}
	wrote := len(ours.Output()) - written
	resident, err := memory(ours.Pid(), "VmRSS")
	if err != nil {
		return nil, err
	}
	rows := []row{
		compare(fmt.Sprintf("CPU in %s", restTime), cpus[0], cpus[1], "empty", 1.1),
		limit("bytes written", int64(wrote), 0),
		limit("memory", resident, 24<<20),
	}
	for _, part := range [][2]string{{"RssAnon", "memory, its own"}, {"RssFile", "memory, pages of its file"}} {
		r, err := besideEmpty(part[1], part[0], ours.Pid(), empty.Pid())
		if err != nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// besideEmpty compares a part of the memory of two programs.
func besideEmpty(what, key string, ours, empty int) (row, error) {
	n, err := memory(ours, key)
	if err != nil {
		return row{}, err
	}
	m, err := memory(empty, key)
	return row{what: what, measured: mebibytes(n), against: "empty " + mebibytes(m), ratio: float64(n) / float64(max(1, m))}, err
}
