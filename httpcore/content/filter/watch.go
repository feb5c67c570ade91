package filter

import (
	"context"
	"errors"
	"runtime/metrics"
	"time"
)

// ErrTooMuch is why a filter was stopped that builds values without end.
var ErrTooMuch = errors.New("the filter was stopped: what it builds takes far more memory than the body")

const (
	// spare is how much memory a filter may take beside four times what is expected,
	// which the worst of bodies needs.
	spare = 256 << 20
	// glance is how often the memory is looked at.
	glance = 10 * time.Millisecond
)

// watchMemory stops what runs under ctx when the heap has grown by far more
// than expected. jq cannot count what it allocates, so the heap of the whole
// program is looked at; what lives on counts, and garbage does not.
func watchMemory(ctx context.Context, expected func() int64, stop context.CancelCauseFunc) {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	_, before := heap()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		limit := 4*expected() + spare
		if all, live := heap(); all-before > limit && live-before > limit/2 {
			stop(ErrTooMuch)
			return
		}
	}
}

// heap returns how much the heap holds, and what of it was alive when garbage
// was collected last.
func heap() (all, live int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64()), int64(samples[1].Value.Uint64())
}
