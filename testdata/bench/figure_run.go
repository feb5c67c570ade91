package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// How many requests a run sends side by side, and one after another.
const (
	runJobs     = 50
	inSequence  = 1_000
	runMemory   = 32 << 20
	loopPart    = 0.8 // of what a bare loop does
	timesK6     = 2
	timesCurl   = 1.3
	keptPart    = 0.5 // of what a run without history does
	memoryMore  = 1.1 // than with a tenth of the requests
	expectation = "[expect]\n\"is small\" = 'status == 200 and json.name == \"small\"'\n"
)

// measureRun measures `parley run`: many requests side by side, one after another, recorded, and its memory.
func measureRun(ctx context.Context, b *bench) ([]row, error) {
	dir := filepath.Join(b.dir, "run")
	url := b.server.URL + "/small"
	if err := writeRun(dir, url); err != nil {
		return nil, err
	}
	runs := min(b.runs, 5)
	parley := func(path string, repeat, jobs int, more ...string) func() *exec.Cmd {
		args := append([]string{"run", path, "-C", dir, "--repeat", strconv.Itoa(repeat), "--jobs", strconv.Itoa(jobs)}, more...)
		return func() *exec.Cmd { return b.command(ctx, "home-run", args...) }
	}
	side, err := b.sideBySide(ctx, url, runs, parley)
	if err != nil {
		return side, err
	}
	sequence, err := b.sequence(ctx, dir, url, runs, parley)
	if err != nil {
		return append(side, sequence...), err
	}
	flat, err := b.flat(parley)
	return append(append(side, sequence...), flat...), err
}

// parleyRun makes a command of `parley run`.
type parleyRun func(path string, repeat, jobs int, more ...string) func() *exec.Cmd

func writeRun(dir, url string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	get := fmt.Sprintf("url = %q\n", url)
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "collection.toml"), nil, 0o600),
		os.WriteFile(filepath.Join(dir, "get.toml"), []byte(get), 0o600),
		os.WriteFile(filepath.Join(dir, "expect.toml"), []byte(get+expectation), 0o600),
	)
}

// sideBySide compares with a bare loop and with k6, which each are a process of their own as well.
func (b *bench) sideBySide(ctx context.Context, url string, runs int, parley parleyRun) ([]row, error) {
	n := strconv.Itoa(b.requests)
	took, peak, err := b.inTurn(runs,
		parley("get", b.requests, runJobs, "--no-history"),
		func() *exec.Cmd { return exec.CommandContext(ctx, b.loop, url, n, strconv.Itoa(runJobs)) },
		parley("get", b.requests, runJobs),
	)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("%s requests, %d at a time", n, runJobs)
	rows := []row{b.atLeast(what, b.requests, took[0], took[1], "bare net/http", loopPart)}
	script := filepath.Join(b.dir, "k6.js")
	k6, err := b.k6(script, url)
	if err != nil {
		rows = append(rows, row{what: what, measured: rate(b.requests, took[0]), against: err.Error(), target: fmt.Sprintf("≥ %d.00", timesK6)})
	} else {
		theirs, _, err := b.inTurn(1, func() *exec.Cmd {
			return exec.CommandContext(ctx, k6, "run", "--quiet", "--no-usage-report", "--vus", strconv.Itoa(runJobs), "--iterations", n, script)
		})
		if err != nil {
			return rows, err
		}
		rows = append(rows, b.atLeast(what, b.requests, took[0], theirs[0], "k6", timesK6))
	}
	return append(rows,
		b.atLeast(what+", recorded", b.requests, took[2], took[0], "without history", keptPart),
		limit("peak memory", peak[0], runMemory),
	), nil
}

// sequence compares requests with an expectation each with curl, which reads them from a file.
func (b *bench) sequence(ctx context.Context, dir, url string, runs int, parley parleyRun) ([]row, error) {
	what := fmt.Sprintf("%d in sequence, an expectation each", inSequence)
	config := filepath.Join(dir, "curl")
	if err := os.WriteFile(config, []byte(strings.Repeat("url = \""+url+"\"\noutput = \"/dev/null\"\n", inSequence)), 0o600); err != nil {
		return nil, err
	}
	ours := parley("expect", inSequence, 1, "--no-history")
	if _, err := exec.LookPath("curl"); err != nil {
		took, _, err := b.inTurn(runs, ours)
		return []row{{what: what, measured: millis(took[0]), against: "curl is not installed", target: fmt.Sprintf("≤ %.2f", timesCurl)}}, err
	}
	took, _, err := b.inTurn(runs, ours, func() *exec.Cmd { return exec.CommandContext(ctx, "curl", "-s", "-K", config) })
	if err != nil {
		return nil, err
	}
	return []row{compare(what, took[0], took[1], "curl -K", timesCurl)}, nil
}

// flat compares the memory of many requests with that of a tenth of them.
func (b *bench) flat(parley parleyRun) ([]row, error) {
	_, peak, err := b.inTurn(1, parley("expect", b.many/10, runJobs), parley("expect", b.many, runJobs))
	if err != nil {
		return nil, err
	}
	r := row{
		what: fmt.Sprintf("peak memory over %d, recorded", b.many), measured: mebibytes(peak[1]),
		against: fmt.Sprintf("over %d %s", b.many/10, mebibytes(peak[0])), ratio: float64(peak[1]) / float64(peak[0]),
		target: fmt.Sprintf("≤ %.2f", memoryMore),
	}
	r.missed = r.ratio > memoryMore
	return []row{r}, nil
}

// inTurn runs the commands one after another, again and again, and tells of each the shortest time and the highest peak.
func (b *bench) inTurn(runs int, commands ...func() *exec.Cmd) (took []time.Duration, peak []int64, err error) {
	took, peak = make([]time.Duration, len(commands)), make([]int64, len(commands))
	for range runs {
		for i, command := range commands {
			t, most, err := b.timed(command())
			if err != nil {
				return nil, nil, err
			}
			if took[i] == 0 || t < took[i] {
				took[i] = t
			}
			peak[i] = max(peak[i], most)
		}
	}
	return took, peak, nil
}

// k6 finds it, as PARLEY_K6 names it or on the path, and writes it a script.
func (b *bench) k6(script, url string) (string, error) {
	name := os.Getenv("PARLEY_K6")
	if name == "" {
		name = "k6"
	}
	found, err := exec.LookPath(name)
	if err != nil {
		return "", errors.New("k6 is not installed")
	}
	text := fmt.Sprintf("import http from \"k6/http\";\nexport default function () {\n  http.get(%q);\n}\n", url)
	return found, os.WriteFile(script, []byte(text), 0o600)
}

// atLeast makes a row of two rates; the target is the ratio to be reached.
func (b *bench) atLeast(what string, n int, measured, against time.Duration, with string, target float64) row {
	ratio := float64(against) / float64(measured)
	return row{
		what: what, measured: rate(n, measured), against: with + " " + rate(n, against), ratio: ratio,
		target: fmt.Sprintf("≥ %.2f", target), missed: ratio < target,
	}
}

func rate(n int, took time.Duration) string {
	return fmt.Sprintf("%.0f requests/s", float64(n)/took.Seconds())
}
