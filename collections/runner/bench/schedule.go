package bench

import (
	"context"
	"sync"
	"time"
)

// lateAfter is how late a request may be sent before it counts as late: more than a busy machine's clock and scheduler need.
const lateAfter = 10 * time.Millisecond

// arrival is a request that is to be sent now.
type arrival struct {
	// due is when it should have been.
	due time.Time
	// counted says that the warm-up is over.
	counted bool
	late    bool
}

// schedule hands out arrivals. In an open loop it never slips: the next one is due when it is due, however long those
// before it took.
type schedule struct {
	load    Load
	started time.Time
	// counting is when the warm-up is over, end when the load is; zero without one.
	counting, end time.Time

	// turn is held by the worker that waits for the next arrival, so that one timer at a time runs.
	turn    sync.Mutex
	next    int64 // how many were handed out
	counted int64 // those of them that count
	warm    int64 // those that do not
}

func newSchedule(load Load, now time.Time) *schedule {
	s := &schedule{load: load, started: now, counting: now.Add(load.WarmUp)}
	if load.Duration > 0 {
		s.end = s.counting.Add(load.Duration)
	}
	return s
}

// take waits until the next request is due. It returns false when there is none, or ctx has ended.
func (s *schedule) take(ctx context.Context) (arrival, bool) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if ctx.Err() != nil || s.load.Requests > 0 && s.counted >= s.load.Requests {
		return arrival{}, false
	}
	now := time.Now()
	due := now
	if s.load.IsOpen() {
		due = s.started.Add(s.load.dueAfter(s.next))
	}
	if s.isOver(due) || s.isOver(now) || !waitUntil(ctx, due) {
		return arrival{}, false
	}
	s.next++
	a := arrival{due: due, counted: !due.Before(s.counting), late: time.Since(due) > lateAfter}
	if a.counted {
		s.counted++
	} else {
		s.warm++
	}
	return a, true
}

func (s *schedule) isOver(at time.Time) bool { return !s.end.IsZero() && !at.Before(s.end) }

// missed is how many requests that count were due before a moment and have not been handed out.
func (s *schedule) missed(until time.Time) int64 {
	s.turn.Lock()
	defer s.turn.Unlock()
	if !s.load.IsOpen() {
		return 0
	}
	if s.isOver(until) {
		until = s.end
	}
	var missed int64
	first := max(s.next, s.arrivalsBefore(s.counting))
	missed = max(0, s.arrivalsBefore(until)-first)
	if s.load.Requests > 0 {
		missed = min(missed, s.load.Requests-s.counted)
	}
	return missed
}

// arrivalsBefore is how many requests are due before a moment.
func (s *schedule) arrivalsBefore(at time.Time) int64 {
	n := int64(at.Sub(s.started).Seconds() * s.load.Rate)
	for n > 0 && !s.started.Add(s.load.dueAfter(n-1)).Before(at) {
		n--
	}
	for s.started.Add(s.load.dueAfter(n)).Before(at) {
		n++
	}
	return n
}
