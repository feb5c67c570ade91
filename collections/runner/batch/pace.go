package batch

import (
	"sync"
	"time"
)

// pace spreads steps evenly in time: after a pause it does not make up for what was not sent. A nil pace waits for nothing.
type pace struct {
	interval time.Duration

	mu   sync.Mutex
	next time.Time
}

// newPace returns a pace of so many steps a second, nil for 0.
func newPace(rate float64) *pace {
	if rate <= 0 {
		return nil
	}
	return &pace{interval: time.Duration(float64(time.Second) / rate)}
}

// slot takes the next moment that is free, and returns how long it is until then.
func (p *pace) slot(now time.Time) time.Duration {
	if p == nil {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next.Before(now) {
		p.next = now
	}
	at := p.next
	p.next = at.Add(p.interval)
	return at.Sub(now)
}
