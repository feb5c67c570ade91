package cli

import (
	"sync"
	"time"

	"parley/collections/cassette"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/httpcore"
)

// playBack lets a workspace send to a recording: no session of it has a network, no secret is looked for, and what a run
// waits for is over at once. Close the cassette.
func (p *Program) playBack(file string, work *runner.Workspace, options *batch.Options) (*cassette.Cassette, error) {
	tape, err := cassette.Open(p.abs(file))
	if err != nil {
		return nil, err
	}
	clock := &hurried{now: p.Now}
	schemes := cassette.Schemes(p.Schemes)
	work.Sessions = runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{
			Transport: onTape{tape}, Schemes: schemes, After: clock.after, UserAgent: "parley/" + p.Version,
		})
	}, nil)
	work.Secrets, work.Host.Secret = nil, cassette.Secret
	options.Now, options.After = clock.time, clock.after
	return tape, nil
}

// onTape is a cassette that several sessions play.
type onTape struct{ *cassette.Cassette }

// Close leaves the cassette to who opened it.
func (onTape) Close() error { return nil }

// hurried is a clock that jumps over what is waited for.
type hurried struct {
	now func() time.Time

	mu    sync.Mutex
	ahead time.Duration
}

func (h *hurried) time() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now().Add(h.ahead)
}

func (h *hurried) after(d time.Duration) <-chan time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead += max(d, 0)
	over := make(chan time.Time, 1)
	over <- h.now().Add(h.ahead)
	return over
}
