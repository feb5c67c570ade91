// Package job runs exchanges for the workbench: off its goroutine, cancellable, and heard of at most once a frame.
//
// Start begins a job and returns it at once. What happens is kept in the job and read with State; Wait returns a command
// that sleeps until there is something new to draw, but no shorter than a frame. The root asks for the next Wait when it
// has drawn, until it gets a Done. Every message carries the tab and the generation it belongs to, so that what comes
// from a job that was replaced is known to be stale. A job ends when its exchange does or when Cancel is called; nobody
// has to close it. All methods may be called from anywhere.
package job

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/httpcore/protocol"
)

const (
	// frame is the shortest time between two messages of a job: a screen shows no more.
	frame = 33 * time.Millisecond
	// beat is the longest: the elapsed time on the screen goes on while nothing happens.
	beat = 100 * time.Millisecond
)

// ID says whose job it is: a tab, and which of its jobs.
type ID struct{ Tab, Generation int }

// Progress says that a job's State has changed. Whoever gets it asks Next for the next news, also of a job that nobody
// wants any more: its Done brings the exchange that has to be closed.
type Progress struct {
	ID   ID
	Next tea.Cmd
	// Over are exchanges that are over while the job goes on with another one; whoever gets them closes them.
	Over []*httpcore.Exchange
}

// Done says that a job is over. Exchange is never nil; Over is as in Progress.
type Done struct {
	ID       ID
	Over     []*httpcore.Exchange
	Exchange *httpcore.Exchange
	Err      error
}

// State is how far a job is.
type State struct {
	Started time.Time
	// Request is what is sent, nil until its variables are resolved.
	Request *httpcore.Request
	// Withheld says that the body is not to be shown before it is known what in it is secret.
	Withheld bool
	// Phase is what is going on now, of the attempt that is running.
	Phase httpcore.Phase
	// Trail is every attempt so far, the one that runs last.
	Trail []Step
	// Waiting is what the next attempt waits for; nil while one runs.
	Waiting *httpcore.Waiting
	// Notice is what the person has to do for it to go on; empty for nothing.
	Notice string
	// Events are what a stream of server-sent events has brought that is connected to again when it is lost; nil for any
	// other exchange.
	Events *protocol.EventLog
	// Lost says when such a stream is connected to again; nil while there is a connection.
	Lost *protocol.Lost
	// Response is nil until a head has arrived; its body may be read while it grows.
	Response *httpcore.Response
	// Sent and Received count bytes of content; the totals are -1 when unknown.
	Sent, SendTotal        int64
	Received, ReceiveTotal int64
	// Sending and Receiving are when the first byte of content had left or was there; rates are counted from them.
	Sending, Receiving time.Time

	pending Step // what is known of the attempt to come
}

// Rate returns the bytes of content per second that are received, or sent as long as there is no response; 0 before
// there is anything to say.
func (s State) Rate(now time.Time) float64 {
	done, from := s.Received, s.Receiving
	if s.Response == nil && from.IsZero() {
		done, from = s.Sent, s.Sending
	}
	since := now.Sub(from)
	if from.IsZero() || since < frame {
		return 0
	}
	return float64(done) / since.Seconds()
}

// Job is one exchange that runs.
type Job struct {
	id     ID
	cancel context.CancelFunc
	now    func() time.Time

	mu    sync.Mutex
	state State
	done  *Done
	over  []*httpcore.Exchange // not handed out yet

	dirty chan struct{} // holds one token when there is something new
	ended chan struct{} // closed when done is set
}

// Send carries an exchange out and reports to its job, which is the sink.
type Send func(ctx context.Context, to *Job) (*httpcore.Exchange, error)

// Start runs send.
func Start(ctx context.Context, id ID, now func() time.Time, send Send) *Job {
	ctx, cancel := context.WithCancel(ctx)
	j := &Job{
		id: id, cancel: cancel, now: now,
		state: State{Started: now(), SendTotal: -1, ReceiveTotal: -1},
		dirty: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	go j.run(ctx, send)
	return j
}

// run keeps a panic of the engine away from the terminal: it becomes the job's error.
func (j *Job) run(ctx context.Context, send Send) {
	done := &Done{ID: j.id}
	defer func() {
		if cause := recover(); cause != nil {
			done.Err = &httpcore.Error{
				Kind:    httpcore.KindRequest,
				Message: fmt.Sprintf("Parley itself failed while sending: %v", cause),
				Advice:  "please report this with what you did",
				Err:     fmt.Errorf("%v\n%s", cause, debug.Stack()),
			}
		}
		if done.Exchange == nil {
			done.Exchange = &httpcore.Exchange{Request: &httpcore.Request{}, Err: httpcore.AsError(done.Err, httpcore.KindRequest)}
		}
		j.cancel()
		j.mu.Lock()
		j.done = done
		j.mu.Unlock()
		close(j.ended)
	}()
	done.Exchange, done.Err = send(ctx, j)
}

// Cancel asks the job to end; its Done follows.
func (j *Job) Cancel() { j.cancel() }

// ID returns whose job it is.
func (j *Job) ID() ID { return j.id }

// State returns how far the job is now.
func (j *Job) State() State {
	j.mu.Lock()
	defer j.mu.Unlock()
	state := j.state
	state.Trail = slices.Clone(state.Trail)
	return state
}

// Wait returns a command that brings the next Progress, or Done.
func (j *Job) Wait() tea.Cmd {
	return func() tea.Msg {
		rest := time.NewTimer(frame)
		defer rest.Stop()
		select {
		case <-j.ended:
			return j.result()
		case <-rest.C:
		}
		quiet := time.NewTimer(beat - frame)
		defer quiet.Stop()
		select {
		case <-j.ended:
			return j.result()
		case <-j.dirty:
		case <-quiet.C:
		}
		return Progress{j.id, j.Wait(), j.take()}
	}
}

func (j *Job) result() Done {
	j.mu.Lock()
	defer j.mu.Unlock()
	done := *j.done
	done.Over, j.over = j.over, nil
	return done
}

func (j *Job) take() []*httpcore.Exchange {
	j.mu.Lock()
	defer j.mu.Unlock()
	over := j.over
	j.over = nil
	return over
}

// Handle implements httpcore.Sink.
func (j *Job) Handle(event httpcore.Event) {
	j.change(func(s *State) { s.hear(event, j.now()) })
}

// Resolved says what is going to be sent.
func (j *Job) Resolved(request *httpcore.Request) {
	j.change(func(s *State) { s.Request = request })
}

// Withhold says that a secret is to be found in the response: its body is not to be shown before the job is done.
func (j *Job) Withhold() {
	j.change(func(s *State) { s.Withheld = true })
}

// Over hands out an exchange that is over while the job goes on with another one.
func (j *Job) Over(x *httpcore.Exchange) {
	j.change(func(*State) { j.over = append(j.over, x) })
}

// What is kept of a stream of events.
const (
	EventsMost     = 5000
	EventBytesMost = 4 << 20
)

// Hear takes what a stream of server-sent events brings, and what happens to its connection.
func (j *Job) Hear(m protocol.Message) error {
	j.change(func(s *State) {
		if s.Events == nil {
			s.Events = protocol.NewEventLog(EventsMost, EventBytesMost)
		}
		s.Events.Add(j.now(), m)
		if lost, ok := m.(protocol.Lost); ok {
			s.Lost, s.Trail = &lost, nil // the next connection is an exchange of its own
		}
	})
	return nil
}

func (j *Job) change(state func(*State)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	state(&j.state)
	select {
	case j.dirty <- struct{}{}:
	default:
	}
}

// hear takes in one event.
func (s *State) hear(event httpcore.Event, now time.Time) {
	s.follow(event, now)
	switch e := event.(type) {
	case httpcore.PhaseBegan:
		s.Phase, s.Waiting, s.Lost = e.Phase, nil, nil
	case httpcore.Uploaded:
		s.Sent, s.SendTotal = e.Bytes, e.Total
		if s.Sending.IsZero() {
			s.Sending = now
		}
	case httpcore.HeadReceived:
		s.Response, s.Notice = e.Response, ""
		if e.Request != nil { // it knows the secrets that were obtained meanwhile
			s.Request = e.Request
		}
		s.Received, s.ReceiveTotal, s.Receiving = 0, -1, time.Time{}
	case httpcore.Downloaded:
		if s.Receiving.IsZero() {
			s.Receiving = now
		}
		s.Received, s.ReceiveTotal = e.Bytes, e.Total
	case httpcore.Waiting:
		s.Waiting = &e
	case httpcore.Notice:
		s.Notice = e.Text
	}
}
