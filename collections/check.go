package collections

import (
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Check reads every file whole and returns the collection with those that turn out not to be usable as broken nodes:
// what a glance does not see, such as a key that is there twice, or a timeout that is no duration. It takes several
// times as long as [Open], and is for the background. When there is nothing to mark, it returns c.
func (c *Collection) Check() *Collection {
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	faults := map[*Node]*Node{}
	for n := range c.All() {
		if n.Kind != RequestNode {
			continue
		}
		marked := &Node{}
		faults[n] = marked
		work.Go(func() error {
			if _, err := n.Request(); err != nil {
				*marked = *n
				marked.Kind, marked.Err = BrokenNode, err
			}
			return nil
		})
	}
	_ = work.Wait() // the functions return no error
	found := false
	for n, marked := range faults {
		if marked.Err == nil {
			delete(faults, n)
		}
		found = found || marked.Err != nil
	}
	if !found {
		return c
	}
	return c.with(faults)
}
