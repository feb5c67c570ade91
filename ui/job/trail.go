package job

import (
	"slices"
	"time"

	"parley/httpcore"
)

// Step is one attempt of a job, as far as it has been heard of.
type Step struct {
	Hop, Attempt int // both from 0
	Started      time.Time
	// Repeat is why it was made, nil for the first of a hop.
	Repeat *httpcore.Repeat
	// To and Dropped say where a redirect led and what it left out, for the first attempt of its hop.
	To      string
	Dropped []httpcore.Dropped
	// Head is the request head, nil until there is an answer to it.
	Head     []byte
	Response *httpcore.Response
	// Timeline ends with the phase that runs, whose end is where it began. Once it has been handed out it never changes.
	Timeline httpcore.Timeline
	// Wire is what has gone over the wire. It only ever grows at its end.
	Wire []httpcore.WireEntry
}

// stepsMost bounds the trail: an exchange has a limit of hops, and each of attempts, but a person may have set them high.
const stepsMost = 1000

// follow notes in the trail what an event says about its attempt.
func (s *State) follow(event httpcore.Event, now time.Time) {
	switch e := event.(type) {
	case httpcore.PhaseBegan:
		step := s.step(e.Hop, e.Attempt, now)
		at := now.Sub(step.Started)
		timeline := slices.Clone(step.Timeline)
		if n := len(timeline); n > 0 {
			timeline[n-1].End = at
		}
		step.Timeline = append(timeline, httpcore.Span{Phase: e.Phase, Start: at, End: at})
	case httpcore.HeadReceived:
		step := s.step(e.Hop, e.Attempt, now)
		step.Head, step.Response = e.Head, e.Response
	case httpcore.Wired:
		step := s.step(e.Hop, e.Attempt, now)
		step.Wire = append(step.Wire, e.Entry)
	case httpcore.Waiting:
		s.rest(now)
		s.pending = Step{Repeat: &e.Repeat}
	case httpcore.Redirected:
		s.rest(now)
		s.pending = Step{To: e.To, Dropped: e.Dropped}
	}
}

// step returns the step of an attempt, which begins now if it has not been heard of.
func (s *State) step(hop, attempt int, now time.Time) *Step {
	n := len(s.Trail)
	if n > 0 && s.Trail[n-1].Hop == hop && s.Trail[n-1].Attempt == attempt {
		return &s.Trail[n-1]
	}
	if n == stepsMost {
		s.Trail = slices.Delete(s.Trail, 0, 1)
	}
	next := s.pending
	next.Hop, next.Attempt, next.Started = hop, attempt, now
	s.pending = Step{}
	s.Trail = append(s.Trail, next)
	return &s.Trail[len(s.Trail)-1]
}

// rest ends the phase that runs: what comes next is another attempt.
func (s *State) rest(now time.Time) {
	if len(s.Trail) == 0 {
		return
	}
	step := &s.Trail[len(s.Trail)-1]
	if n := len(step.Timeline); n > 0 {
		step.Timeline = slices.Clone(step.Timeline)
		step.Timeline[n-1].End = now.Sub(step.Started)
	}
}
