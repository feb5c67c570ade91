package bench

import (
	"syscall"
	"time"
)

// nap sleeps for a short while, to some 50 µs. A signal may end it early.
func nap(d time.Duration) {
	until := time.Now().Add(d)
	for left := d; left > 0; left = time.Until(until) {
		wait := syscall.NsecToTimespec(int64(left))
		if err := syscall.Nanosleep(&wait, nil); err != nil && err != syscall.EINTR {
			time.Sleep(left)
		}
	}
}
