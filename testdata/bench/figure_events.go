package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"parley/httpcore"
	"parley/httpcore/protocol"
)

// eventRate is how many events a second have to be kept up with.
const eventRate = 50_000

// measureEvents hears a stream of server-sent events that comes as fast as it is taken.
func measureEvents(ctx context.Context, b *bench) ([]row, error) {
	url := fmt.Sprintf("%s/events/%d", b.server.URL, b.events)
	heard, err := b.hear(ctx, url)
	if err != nil {
		return nil, err
	}
	rows := []row{b.rate("in a session", heard)}
	printed, peak, err := b.printEvents(ctx, b.events)
	if err != nil {
		return rows, err
	}
	_, fewer, err := b.printEvents(ctx, b.events/5)
	if err != nil {
		return rows, err
	}
	rows = append(rows, b.rate("send --stream events", printed), row{
		what: "send --stream events, peak memory", measured: mebibytes(peak), against: "a fifth of them " + mebibytes(fewer),
		ratio: float64(peak) / float64(fewer), target: "≤ 1.30", missed: float64(peak) > 1.3*float64(fewer),
	})
	more, err := b.eventsInPane(ctx, url)
	return append(rows, more...), err
}

func (b *bench) rate(what string, took time.Duration) row {
	rate := float64(b.events) / took.Seconds()
	return row{
		what: what, measured: fmt.Sprintf("%.0f events/s", rate), ratio: rate / eventRate,
		target: fmt.Sprintf("≥ %d/s", eventRate), missed: rate < eventRate,
	}
}

// hear tells how long a session takes for all of the events.
func (b *bench) hear(ctx context.Context, url string) (time.Duration, error) {
	session := newSession(b.dir)
	defer session.Close() //nolint:errcheck // nothing is left to be lost
	best := time.Duration(math.MaxInt64)
	for range min(b.runs, 3) {
		source, count := &protocol.EventSource{Session: session, Request: &httpcore.Request{URL: url}}, 0
		start := time.Now()
		err := source.Run(ctx, func(m protocol.Message) error {
			if _, ok := m.(protocol.Event); ok {
				count++
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
		if count != b.events {
			return 0, fmt.Errorf("%d of %d events were heard", count, b.events)
		}
		best = min(best, time.Since(start))
	}
	return best, nil
}

// printEvents tells how long `send` takes to print so many events, and the memory that it has at its peak.
func (b *bench) printEvents(ctx context.Context, events int) (took time.Duration, peak int64, err error) {
	took = math.MaxInt64
	url := fmt.Sprintf("%s/events/%d", b.server.URL, events)
	for range min(b.runs, 3) {
		once, most, err := b.timed(b.command(ctx, "home-events", "send", "--stream", "events", "--reconnect", "0", url))
		if err != nil {
			return 0, 0, err
		}
		took, peak = min(took, once), max(peak, most)
	}
	return took, peak, nil
}

// eventsInPane hears them in the workbench, where the newest are listed as they come.
func (b *bench) eventsInPane(ctx context.Context, url string) (rows []row, err error) {
	if err := needsProc(); err != nil {
		return nil, err
	}
	root, err := b.workspace("events", 1, url)
	if err != nil {
		return nil, err
	}
	t, err := b.open(ctx, "home-pane-events", root, sizes[0], url)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	last, all := fmt.Sprintf(`{"n":%d}`, b.events-1), fmt.Sprintf("server-sent events · %d", b.events)
	took, err := press(ctx, t, "f5", func(screen string) bool { return strings.Contains(screen, last) && strings.Contains(screen, all) })
	if err != nil {
		return nil, err
	}
	peak, err := memory(t.Pid(), "VmHWM")
	if err != nil {
		return nil, err
	}
	return []row{
		b.rate("in the workbench, each of them counted", took),
		limit("in the workbench, peak memory", peak, 64<<20),
	}, nil
}
