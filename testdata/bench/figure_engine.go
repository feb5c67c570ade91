package main

import (
	"context"
	"errors"
	"fmt"
	"io"
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

// measureFile compares a large download to a file with curl.
func measureFile(ctx context.Context, b *bench) ([]row, error) {
	url, file := fmt.Sprintf("%s/bytes/%d", b.server.URL, b.large), filepath.Join(b.dir, "file")
	return b.compareCurl(ctx, mebibytes(b.large), 1.05, 32<<20, min(b.runs, 5),
		func() *exec.Cmd { return b.command(ctx, "home-file", "send", url, "-o", file) },
		func() *exec.Cmd { return exec.CommandContext(ctx, "curl", "-s", "-o", file, url) },
	)
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
	return []row{r, limit("peak memory", peak, memory)}, nil
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
