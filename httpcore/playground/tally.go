package playground

import "sync"

// maxKeys bounds what a tally remembers: beyond it, a new key pushes out an arbitrary one.
const maxKeys = 10_000

// A tally counts tries by key.
type tally struct {
	mu    sync.Mutex
	tries map[string]int
}

func newTally() *tally { return &tally{tries: map[string]int{}} }

// try counts one and returns the number of this try, from 1, and whether it is within the first fail ones. The first beyond
// them starts the count over.
func (t *tally) try(key string, fail int) (n int, failing bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n = t.tries[key] + 1
	if n > fail {
		delete(t.tries, key)
		return n, false
	}
	if _, known := t.tries[key]; !known && len(t.tries) >= maxKeys {
		for other := range t.tries {
			delete(t.tries, other)
			break
		}
	}
	t.tries[key] = n
	return n, true
}

func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.tries)
}
