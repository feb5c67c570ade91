package script

import (
	"slices"
	"time"

	"github.com/dop251/goja"
)

// maxTimers bounds those that wait at the same time.
const maxTimers = 1000

// timers are the functions that are to be called later, by when.
type timers struct {
	last int
	list []timed
}

type timed struct {
	id    int
	due   time.Time
	every time.Duration // of one that repeats
	run   goja.Callable
	args  []goja.Value
}

// add returns the number of a new timer; 0 when there are too many.
func (t *timers) add(after time.Duration, repeat bool, run goja.Callable, args []goja.Value) int {
	if len(t.list) >= maxTimers {
		return 0
	}
	t.last++
	added := timed{id: t.last, due: time.Now().Add(after), run: run, args: args}
	if repeat {
		added.every = max(after, time.Millisecond)
	}
	t.insert(added)
	return t.last
}

// insert keeps those that are due at the same time in the order in which they were set.
func (t *timers) insert(added timed) {
	at, _ := slices.BinarySearchFunc(t.list, added, func(a, b timed) int {
		if a.due.After(b.due) {
			return 1
		}
		return -1
	})
	t.list = slices.Insert(t.list, at, added)
}

func (t *timers) remove(id int) {
	t.list = slices.DeleteFunc(t.list, func(a timed) bool { return a.id == id })
}

// next returns how long it is until the next one.
func (t *timers) next() (wait time.Duration, set bool) {
	if len(t.list) == 0 {
		return 0, false
	}
	return max(time.Until(t.list[0].due), 0), true
}

// run calls the next one.
func (t *timers) run() error {
	next := t.list[0]
	t.list = t.list[1:]
	if next.every > 0 {
		next.due = time.Now().Add(next.every)
		t.insert(next)
	}
	_, err := next.run(goja.Undefined(), next.args...)
	return err
}
