package bench

import (
	"context"
	"time"
)

// slack is how late Go's timers may be: the runtime waits for the network in whole milliseconds.
const slack = 2 * time.Millisecond

// waitUntil returns at a moment, and reports false when ctx ends before. The last bit is left to the kernel, which knows
// smaller pieces of time: half a millisecond is a lot beside an answer that takes a tenth of one.
func waitUntil(ctx context.Context, at time.Time) bool {
	if left := time.Until(at); left > slack {
		timer := time.NewTimer(left - slack)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return false
		}
	}
	if left := time.Until(at); left > 0 {
		nap(left)
	}
	return ctx.Err() == nil
}
