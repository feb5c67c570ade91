//go:build !linux

package bench

import "time"

// nap sleeps for a short while.
func nap(d time.Duration) { time.Sleep(d) }
