package batch

import "sync"

// crew carries out chains side by side. Its workers stay for the whole run: a new goroutine for each of many short chains
// would grow a stack each time.
type crew struct {
	most, workers int
	walk          func(*links)
	waiting       chan *links
	ended         sync.WaitGroup
}

func newCrew(most int, walk func(*links)) *crew {
	return &crew{most: most, walk: walk, waiting: make(chan *links)}
}

// do hands a chain to a worker, and waits for one when all are at work.
func (c *crew) do(l *links) {
	select {
	case c.waiting <- l:
		return
	default:
	}
	if c.workers < c.most {
		c.workers++
		c.ended.Go(func() {
			for l := range c.waiting {
				c.walk(l)
			}
		})
	}
	c.waiting <- l
}

// finish returns when all chains have been walked.
func (c *crew) finish() {
	close(c.waiting)
	c.ended.Wait()
}
