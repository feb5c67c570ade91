package script

import (
	"sync"
	"time"
)

// clock counts the time of a script. Safe for concurrent use.
type clock struct {
	mu      sync.Mutex
	spent   time.Duration
	running bool
	since   time.Time
}

func (c *clock) start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.running {
		c.running, c.since = true, time.Now()
	}
}

func (c *clock) pause() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		c.running, c.spent = false, c.spent+time.Since(c.since)
	}
}

func (c *clock) elapsed() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		return c.spent + time.Since(c.since)
	}
	return c.spent
}
