package main

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"parley/testdata/terminal"
)

// fps is how many frames a second Parley draws by itself, and so the empty program beside it.
const fps = 60

const frame = time.Second / fps

// watchdog bounds the wait for anything but a download.
const watchdog = 30 * time.Second

// bench is what all measurements share.
type bench struct {
	dir                   string // temporary
	parley, empty, launch string // binaries
	loop                  string // a bare loop of net/http
	server                *httptest.Server
	secure                *httptest.Server // the same over TLS, in HTTP/1.1 and HTTP/2
	begun                 atomic.Int64     // when a body of JSON began to be sent, in nanoseconds since 1970
	certificate           string           // the file of its certificate
	large                 int64            // bytes of a large download
	events                int              // in a long stream
	requests, many        int              // of a run: side by side, and for its memory
	runs                  int
}

func newBench(ctx context.Context, binary string, quick bool, runs int) (*bench, error) {
	dir, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{
		dir: dir, parley: binary, empty: filepath.Join(dir, "empty"), launch: filepath.Join(dir, "launch"),
		certificate: filepath.Join(dir, "certificate.pem"), large: 1 << 30, events: 500_000, runs: 11,
		loop: filepath.Join(dir, "loop"), requests: 10_000, many: 100_000,
	}
	handler := serve(&b.begun)
	b.server, b.secure = httptest.NewServer(handler), httptest.NewUnstartedServer(handler)
	b.secure.EnableHTTP2 = true
	b.secure.StartTLS()
	if quick {
		b.large, b.events, b.runs = 64<<20, 250_000, 3
		b.requests, b.many = 5_000, 5_000
	}
	if runs > 0 {
		b.runs = runs
	}
	err = os.WriteFile(b.certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: b.secure.Certificate().Raw}), 0o600)
	if err == nil && b.parley == "" {
		b.parley = filepath.Join(dir, "parley")
		err = build(ctx, filepath.Join("..", ".."), b.parley, ".")
	}
	if err == nil {
		err = build(ctx, ".", b.empty, "./empty")
	}
	if err == nil {
		err = build(ctx, ".", b.launch, "./launch")
	}
	if err == nil {
		err = build(ctx, ".", b.loop, "./loop")
	}
	if err != nil {
		b.close()
		return nil, err
	}
	b.parley, err = filepath.Abs(b.parley)
	return b, err
}

func (b *bench) close() {
	b.server.Close()
	b.secure.Close()
	os.RemoveAll(b.dir)
}

func build(ctx context.Context, dir, output, what string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", output, what)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", what, err, out)
	}
	return nil
}

// command is Parley with a home of its own.
func (b *bench) command(ctx context.Context, home string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, b.parley, args...)
	cmd.Env = append(os.Environ(), "PARLEY_HOME="+filepath.Join(b.dir, home))
	return cmd
}

// size is a terminal's.
type size struct{ width, height int }

var sizes = []size{{120, 36}, {200, 60}}

func (s size) String() string { return fmt.Sprintf("%dx%d", s.width, s.height) }

func (s size) options() terminal.Options { return terminal.Options{Width: s.width, Height: s.height} }

// shown runs a program on a terminal until the condition is true of its screen, and tells how long that took.
func shown(ctx context.Context, cmd *exec.Cmd, s size, condition func(string) bool) (*terminal.Terminal, time.Duration, error) {
	t, err := terminal.Start(cmd, s.options())
	if err != nil {
		return nil, 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, watchdog)
	defer cancel()
	at, err := t.Until(ctx, condition)
	if err != nil {
		return nil, 0, errors.Join(err, t.Close())
	}
	return t, at.Sub(t.Started), nil
}

// timing collects the times of one thing.
type timing []time.Duration

// quantile is what so big a part of the times do not exceed; 0.5 is the median.
func (t timing) quantile(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// compare makes a row of two times; the target is the ratio that is not to be exceeded, 0 for none.
func compare(what string, measured, against time.Duration, with string, target float64) row {
	r := row{what: what, measured: millis(measured), against: with + " " + millis(against), ratio: float64(measured) / float64(against)}
	if target > 0 {
		r.target, r.missed = fmt.Sprintf("≤ %.2f", target), r.ratio > target
	}
	return r
}

func millis(d time.Duration) string {
	if d >= 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

// limit makes a row of bytes and what they may be at most; a target of 0 is no bytes at all.
func limit(what string, bytes, target int64) row {
	r := row{what: what, measured: mebibytes(bytes), target: "≤ " + mebibytes(target), missed: bytes > target}
	if target > 0 {
		r.ratio = float64(bytes) / float64(target)
	}
	return r
}

func mebibytes(n int64) string {
	if n < 1<<10 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}

// needsProc says why a figure is missing elsewhere.
func needsProc() error {
	if runtime.GOOS != "linux" {
		return errors.New("it is read from /proc, which only Linux has")
	}
	return nil
}
