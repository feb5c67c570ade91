package transport

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"
)

// stagger is the Connection Attempt Delay of RFC 8305 section 5.
const stagger = 250 * time.Millisecond

// dialed is how one attempt to connect ended.
type dialed struct {
	conn net.Conn
	err  error
}

// race connects to the first of the candidates, of which there is at least one, that answers (happy eyeballs, RFC 8305):
// the next one is tried as soon as the one before it failed, or has been silent for the stagger. Losers are closed.
func race(ctx context.Context, d Dialer, candidates []netip.AddrPort) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan dialed, len(candidates))
	started, running := 0, 0
	next := func() {
		address := candidates[started].String()
		started++
		running++
		go func() {
			conn, err := d.DialContext(ctx, "tcp", address)
			results <- dialed{conn, err}
		}()
	}
	next()
	timer := time.NewTimer(stagger)
	defer timer.Stop()

	var failures []error
	for running > 0 {
		select {
		case <-timer.C:
		case r := <-results:
			running--
			if r.err == nil {
				go closeLate(results, running)
				return r.conn, nil
			}
			failures = append(failures, r.err)
		}
		if started < len(candidates) && ctx.Err() == nil {
			next()
			timer.Reset(stagger)
		}
	}
	return nil, errors.Join(failures...)
}

// closeLate closes the connections that lost the race, so many of which are still to come.
func closeLate(results <-chan dialed, running int) {
	for range running {
		if late := <-results; late.err == nil {
			_ = late.conn.Close() // nothing was sent on it
		}
	}
}
