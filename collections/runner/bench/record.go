package bench

import (
	"maps"
	"sync"
	"time"

	"parley/collections/expect"
	"parley/httpcore"
)

// Counts is what was counted so far, the warm-up left out.
type Counts struct {
	// Answered got a whole response, with whatever status.
	Answered int64
	// Failed were answered, but not as expected: an expectation was not met, or options.fail and a status of 400 or more.
	Failed int64
	// Broken got no whole response; Errors says why.
	Broken int64
	// Unfinished were in flight when everything ended.
	Unfinished int64
	// Late were sent later than they were due because too many were in flight. Missed were due, and never sent.
	Late, Missed int64
	Statuses     map[int]int64
	Errors       map[httpcore.Kind]Failure
	// Unmet counts the failures of each expectation by its name, and captures that found nothing.
	Unmet map[string]int64
	// Opened connections were made for a request, Reused had carried another one before.
	Opened, Reused int64
	// Sent and Received are bytes of heads and content, as on HTTP/1.1.
	Sent, Received int64
}

// Failure is a kind of error.
type Failure struct {
	Count int64
	// First is the first of them.
	First *httpcore.Error
}

func (c Counts) clone() Counts {
	c.Statuses, c.Errors, c.Unmet = maps.Clone(c.Statuses), maps.Clone(c.Errors), maps.Clone(c.Unmet)
	return c
}

// recorder takes in what came of requests. It is safe for concurrent use, and does not allocate.
type recorder struct {
	mu               sync.Mutex
	counts           Counts
	latency, service Distribution
	last             time.Time // when the last request ended that counts
}

func newRecorder() *recorder {
	return &recorder{
		counts:  Counts{Statuses: map[int]int64{}, Errors: map[httpcore.Kind]Failure{}, Unmet: map[string]int64{}},
		latency: newDistribution(), service: newDistribution(),
	}
}

// outcome is what came of a request.
type outcome struct {
	arrival
	sent, ended time.Time
	exchange    *httpcore.Exchange
	report      expect.Report
	// unfinished says that it was cut off, and not by the server.
	unfinished bool
}

func (r *recorder) record(o outcome) {
	if !o.counted {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	c := &r.counts
	if o.late {
		c.Late++
	}
	for _, attempt := range o.exchange.Attempts() {
		c.attempt(attempt)
	}
	switch {
	case o.unfinished:
		c.Unfinished++
		return
	case !expect.Answered(o.exchange):
		c.fail(o.exchange.Err)
	default:
		c.Answered++
		c.Statuses[o.exchange.Response().Status]++
		if o.exchange.Err != nil || c.unmet(o.report) {
			c.Failed++
		}
		r.latency.add(o.ended.Sub(o.due))
		r.service.add(o.ended.Sub(o.sent))
	}
	if o.ended.After(r.last) {
		r.last = o.ended
	}
}

func (c *Counts) attempt(a *httpcore.Attempt) {
	switch {
	case a.Conn.Reused:
		c.Reused++
	case a.Conn.Protocol != "":
		c.Opened++
	}
	c.Sent += int64(len(a.Sent.Head)) + a.Sent.BodySize
	if a.Response != nil {
		c.Received += int64(len(a.Response.RawHead)) + a.Response.WireSize
	}
}

func (c *Counts) fail(err *httpcore.Error) {
	c.Broken++
	failure := c.Errors[err.Kind]
	failure.Count++
	if failure.First == nil {
		failure.First = err
	}
	c.Errors[err.Kind] = failure
}

// unmet counts what a response does not meet, and reports whether there is any.
func (c *Counts) unmet(report expect.Report) bool {
	found := false
	for _, captured := range report.Captured {
		if captured.Err != nil {
			c.Unmet["capture "+captured.Name]++
			found = true
		}
	}
	for _, expected := range report.Expected {
		if !expected.Passed {
			c.Unmet[expected.Name]++
			found = true
		}
	}
	return found
}
