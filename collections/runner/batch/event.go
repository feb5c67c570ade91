package batch

import (
	"time"

	"parley/collections"
	"parley/collections/runner"
	"parley/httpcore"
)

// Event is one of Planned, Started, Waiting, Finished and Again.
type Event interface{ event() }

// Planned says how many steps there are to run: once at the start, and again when that changes. Total is -1 when nobody
// knows, as with `--until`.
type Planned struct{ Total int }

// Started says that a step has begun. A step that is not even begun because the run ended before has a Finished alone.
type Started struct {
	Step Step
	At   time.Time
}

// Waiting says that nothing is sent for a while, and why: "the rate that was asked for", "429 Too Many Requests".
type Waiting struct {
	Until  time.Time
	Reason string
}

// Finished says what came of a step. What is in it may be used until the sink returns: its exchange is closed then.
type Finished struct{ Result *Result }

// Again says that all is run again, since Options.Until is not true yet: what has not passed so far were tries, which do
// not count.
type Again struct{}

func (Again) event()    {}
func (Planned) event()  {}
func (Started) event()  {}
func (Waiting) event()  {}
func (Finished) event() {}

// Step is one request at its place in a run.
type Step struct {
	// ID counts from 1 in the order of starting.
	ID int
	// Request is what the file says; its Path names it.
	Request *collections.Request
	// Chain names what it runs in order with: its folder, with the row and the repetition when there are several.
	Chain string
	// Row counts the rows of data from 1, Repeat the repetitions; 0 where there is only one.
	Row, Repeat int
}

// Status is how a step ended.
type Status int

// The ends of a step.
const (
	Passed  Status = iota // it was answered, as expected
	Failed                // an expectation was not met, a capture found nothing, or options.fail and a status of 400 or more
	Broken                // there is no whole response, or nothing could be sent
	Skipped               // `when`, a hook or an end of the run kept it from being sent
	Tried                 // it was Failed or Broken before an Again; no step is told so, since that is known only later
)

// Result is what came of a step.
type Result struct {
	Step   Step
	Status Status
	// Call is nil when the request could not be resolved.
	Call *runner.Call
	// Exchange is nil when nothing was sent.
	Exchange *httpcore.Exchange
	Verdict  runner.Verdict
	// Err is why it is Broken, or the status error of one that Failed by options.fail.
	Err error
	// Reason says why it was Skipped.
	Reason  string
	Started time.Time
	// Elapsed is the time from resolving to the verdict.
	Elapsed time.Duration
}

// Summary is a run as a whole.
type Summary struct {
	// Tried counts those that had not passed when all was run again; they are not in Failed and Broken.
	Passed, Failed, Broken, Skipped, Tried int
	Started                                time.Time
	Elapsed                                time.Duration
	// Err is why the run as a whole ended before its time: the context's, a bound of --until, or a plan that holds nothing.
	Err error
}

// Options say how a plan is run. The zero values are: one after another, once, to the end, as fast as it goes.
type Options struct {
	Work runner.Workspace
	// Jobs is how many chains run side by side.
	Jobs int
	// Rows are what the plan is run with, once for each; nil runs it once. They are gone through several times.
	Rows Rows
	// Repeat is how often all of that is done.
	Repeat int
	// Until is an expression of package expect; all of it is done again, Interval (DefaultInterval) after its end, until that
	// is true of the last response, but no longer than Limit (DefaultLimit).
	Until           string
	Interval, Limit time.Duration
	// Bail stops after the first step that has not passed.
	Bail bool
	// Delay is waited between two steps of a chain; Rate bounds the steps per second of the whole run, 0 does not.
	Delay time.Duration
	Rate  float64
	// Sink hears what happens.
	Sink func(Event)
	// Keep is given every result that has an exchange, before Sink, to record it.
	Keep func(*Result)
	// Now is the clock, After the timer of all waits but those of the engine; nil means those of package time.
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
}
