package bench

import (
	"fmt"
	"math"
	"time"
)

// Load says how many requests are sent, and when.
type Load struct {
	// Rate is how many requests a second are due. 0 means a closed loop.
	Rate float64
	// Jobs is how many requests are in flight at most.
	Jobs int
	// Duration is how long requests are counted, Requests how many; 0 does not bound. One of them must, and with both the
	// first to be reached does.
	Duration time.Duration
	Requests int64
	// WarmUp is how long requests are sent before any is counted.
	WarmUp time.Duration
}

// The most that a load can ask for: what one machine cannot do anyway.
const (
	MaxRate = 1_000_000
	MaxJobs = 10_000
)

// LoadError says that a load makes no sense.
type LoadError struct{ Reason, Advice string }

// Error says why.
func (e *LoadError) Error() string { return e.Reason }

// Hint says what would make sense.
func (e *LoadError) Hint() string { return e.Advice }

// Check refuses a load that cannot be carried out with a *LoadError.
func (l Load) Check() error {
	switch {
	case l.Rate < 0 || l.Rate > MaxRate || math.IsNaN(l.Rate):
		return &LoadError{fmt.Sprintf("a rate of %v requests a second cannot be kept", l.Rate), fmt.Sprintf("it is more than 0 and at most %d", MaxRate)}
	case l.Jobs < 1 || l.Jobs > MaxJobs:
		return &LoadError{fmt.Sprintf("%d requests cannot be in flight", l.Jobs), fmt.Sprintf("it is between 1 and %d", MaxJobs)}
	case l.Duration < 0 || l.WarmUp < 0 || l.Requests < 0:
		return &LoadError{"durations and numbers of requests are not negative", "leave out what is not to bound the load"}
	case l.Duration == 0 && l.Requests == 0:
		return &LoadError{"the load has no end", "give a duration or a number of requests"}
	}
	return nil
}

// IsOpen reports whether requests are due at fixed times.
func (l Load) IsOpen() bool { return l.Rate > 0 }

// dueAfter is how long after the start a request is due, counted from 0, in an open loop.
func (l Load) dueAfter(arrival int64) time.Duration {
	return time.Duration(float64(arrival) / l.Rate * float64(time.Second))
}
