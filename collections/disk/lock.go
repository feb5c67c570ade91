package disk

import (
	"context"
	"errors"
	"time"
)

const (
	// lockPatience is how long another process may hold a lock that is waited for, and lockPause how often it is asked for.
	lockPatience = 5 * time.Second
	lockPause    = 5 * time.Millisecond
)

// errHeld is why a lock could not be taken.
var errHeld = errors.New("another program holds it")

// Lock waits for the lock that [FS].TryLock takes. After five seconds it gives up with [KindBusy]; when ctx ends before
// that, with its cause.
func Lock(ctx context.Context, fsys FS, name string) (unlock func() error, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, lockPatience, &Error{Kind: KindBusy, Op: "lock", Path: name, Err: errHeld})
	defer cancel()
	for {
		unlock, ok, err := fsys.TryLock(name)
		if err != nil {
			return nil, wrap("lock", name, err)
		}
		if ok {
			return unlock, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(lockPause):
		}
	}
}
