package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// measureSend compares a small request, recorded, with curl.
func measureSend(ctx context.Context, b *bench) ([]row, error) {
	url := b.server.URL + "/small"
	return b.compareCurl(ctx, "recorded", 0.9, 16<<20, b.runs,
		func() *exec.Cmd { return b.command(ctx, "home-send", "send", url) },
		func() *exec.Cmd { return exec.CommandContext(ctx, "curl", "-s", url) },
	)
}

// measureFile compares a large download to a file with curl, in the clear and over HTTP/2.
func measureFile(ctx context.Context, b *bench) ([]row, error) {
	file := filepath.Join(b.dir, "file")
	defer os.Remove(file)
	var rows []row
	for _, w := range []struct {
		name, origin string
		target       float64
		ours, theirs []string
	}{
		{"HTTP/1.1", b.server.URL, 1.05, nil, nil},
		{"HTTP/2 over TLS", b.secure.URL, 1, []string{"--verify", b.certificate, "--http", "2"}, []string{"--cacert", b.certificate, "--http2"}},
	} {
		url := fmt.Sprintf("%s/bytes/%d", w.origin, b.large)
		more, err := b.compareCurl(ctx, mebibytes(b.large)+", "+w.name, w.target, 32<<20, min(b.runs, 5),
			func() *exec.Cmd {
				return b.command(ctx, "home-file", append([]string{"send", url, "-o", file}, w.ours...)...)
			},
			func() *exec.Cmd {
				return exec.CommandContext(ctx, "curl", append([]string{"-s", "-o", file, url}, w.theirs...)...)
			},
		)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

// compareCurl runs both in turn. Without curl it measures only ours.
func (b *bench) compareCurl(ctx context.Context, what string, target float64, memory int64, runs int, parley, curl func() *exec.Cmd) ([]row, error) {
	_, missing := exec.LookPath("curl")
	var ours, theirs timing
	var peak int64
	for i := range runs + 1 {
		took, most, err := b.timed(parley())
		if err != nil {
			return nil, err
		}
		peak = max(peak, most)
		var tookCurl time.Duration
		if missing == nil {
			if tookCurl, _, err = b.timed(curl()); err != nil {
				return nil, err
			}
		}
		if i > 0 { // the first one warms up
			ours, theirs = append(ours, took), append(theirs, tookCurl)
		}
	}
	r := row{what: what, measured: millis(ours.quantile(0.5)), against: "curl is not installed", target: fmt.Sprintf("≤ %.2f", target)}
	if missing == nil {
		r = compare(what, ours.quantile(0.5), theirs.quantile(0.5), "curl", target)
	}
	return []row{r, limit(what+", peak memory", peak, memory)}, nil
}

// requests is how many the session and its counterpart send.
const requests = 100

// measureSession compares requests that share a session, and so connections, with as many that have one each.
func measureSession(ctx context.Context, b *bench) ([]row, error) {
	var with, without timing
	for range b.runs {
		start := time.Now()
		session := newSession(b.dir)
		err := get(ctx, session, b.server.URL+"/small", requests)
		with = append(with, time.Since(start))
		if err = errors.Join(err, session.Close()); err != nil {
			return nil, err
		}
		start = time.Now()
		for range requests {
			session := newSession(b.dir)
			err := get(ctx, session, b.server.URL+"/small", 1)
			if err = errors.Join(err, session.Close()); err != nil {
				return nil, err
			}
		}
		without = append(without, time.Since(start))
	}
	return []row{compare(fmt.Sprintf("%d requests", requests), with.quantile(0.5), without.quantile(0.5), "a session each", 0.5)}, nil
}

func newSession(dir string) *httpcore.Session {
	return httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), BodyDir: dir})
}

func get(ctx context.Context, session *httpcore.Session, url string, times int) error {
	for range times {
		prepared, err := session.Prepare(ctx, &httpcore.Request{URL: url})
		if err != nil {
			return err
		}
		exchange, err := session.Do(ctx, prepared, nil)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, exchange.Response().Body.Reader(ctx))
		if err = errors.Join(err, exchange.Close()); err != nil {
			return err
		}
	}
	return nil
}
