package batch

import (
	"sync"

	"parley/collections"
	"parley/collections/runner"
)

// maxLoaded bounds how many requests a run keeps ready.
const maxLoaded = 1024

// library reads the requests of a run, and keeps those ready that are sent again and again.
type library struct {
	work  runner.Workspace
	again bool

	mu    sync.Mutex
	ready map[*collections.Node]*runner.Saved
}

// newLibrary returns a library; again says that requests are sent more than once.
func newLibrary(work runner.Workspace, again bool) *library {
	return &library{work: work, again: again, ready: map[*collections.Node]*runner.Saved{}}
}

func (l *library) get(n *collections.Node) (*runner.Saved, error) {
	if l.again {
		l.mu.Lock()
		saved := l.ready[n]
		l.mu.Unlock()
		if saved != nil {
			return saved, nil
		}
	}
	request, err := n.Request()
	if err != nil {
		return nil, err
	}
	saved, err := l.work.Saved(request)
	if err != nil || !l.again {
		return saved, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.ready) == maxLoaded {
		clear(l.ready)
	}
	l.ready[n] = saved
	return saved, nil
}
