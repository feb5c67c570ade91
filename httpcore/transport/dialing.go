package transport

import (
	"context"
	"time"
)

// dialing is a connection on its way that others wait for.
type dialing struct {
	over   chan struct{} // closed when it has arrived, or never will
	failed bool          // final once over is closed
}

// until returns when the connection has arrived or failed. The wait counts as connecting, and is bounded like it.
func (d *dialing) until(ctx context.Context, w route) error {
	var expired <-chan time.Time
	if w.timeout > 0 {
		timer := time.NewTimer(w.timeout)
		defer timer.Stop()
		expired = timer.C
	}
	select {
	case <-d.over:
		return nil
	case <-expired:
		return connectTimeoutError(w, nil)
	case <-ctx.Done():
		return contextError(ctx, w.address())
	}
}

// lead makes the caller the one that dials for k, and wait is nil; or somebody dials already, and wait says who. A
// caller that leads calls done when the connection is there, or never will be. When the server is known not to share
// connections, everybody leads.
func (p *pool) lead(k key) (wait *dialing, done func(failed bool)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place := p.at(k)
	switch {
	case place.single:
		return nil, func(bool) {}
	case place.dialing != nil:
		return place.dialing, nil
	}
	mine := &dialing{over: make(chan struct{})}
	place.dialing = mine
	return nil, func(failed bool) {
		p.mu.Lock()
		defer p.mu.Unlock()
		place.dialing = nil
		mine.failed = failed
		close(mine.over)
	}
}
