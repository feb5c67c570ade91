package httpcore

import (
	"sync"
	"time"
)

// Trace collects what a Transport observes while it carries one attempt, and passes it on to the Sink as it happens.
// Its methods are safe for concurrent use, and do nothing once the attempt is over: a dial that lost a race may still
// report afterwards.
type Trace struct {
	mu      sync.Mutex
	now     func() time.Time
	emit    func(Event)
	hop     int
	number  int
	attempt *Attempt
	over    bool
}

// newTrace returns a trace that fills attempt; emit is called with the trace's lock held, so events are in order.
func newTrace(attempt *Attempt, hop, number int, now func() time.Time, emit func(Event)) *Trace {
	return &Trace{now: now, emit: emit, hop: hop, number: number, attempt: attempt}
}

// Begin says that a phase has begun; the one before it is over.
func (t *Trace) Begin(phase Phase) {
	t.do(func() {
		at := t.now().Sub(t.attempt.Started)
		t.end(at)
		t.attempt.Timeline = append(t.attempt.Timeline, Span{Phase: phase, Start: at, End: -1})
		t.emit(PhaseBegan{Hop: t.hop, Attempt: t.number, Phase: phase})
	})
}

// End says that the phase that is running is over.
func (t *Trace) End() {
	t.do(func() { t.end(t.now().Sub(t.attempt.Started)) })
}

// Connected tells of the connection that carries the attempt.
func (t *Trace) Connected(conn Conn) { t.do(func() { t.attempt.Conn = conn }) }

// Secured tells of the connection's TLS.
func (t *Trace) Secured(info *TLSInfo) { t.do(func() { t.attempt.TLS = info }) }

// WroteHead tells of the request head as it went out.
func (t *Trace) WroteHead(head []byte) { t.do(func() { t.attempt.Sent.Head = head }) }

// head is what WroteHead told; it is never changed afterwards.
func (t *Trace) head() (head []byte) {
	t.do(func() { head = t.attempt.Sent.Head })
	return head
}

// WroteBody says how many bytes of content have been written so far, of total (-1: unknown).
func (t *Trace) WroteBody(written, total int64) {
	t.do(func() {
		t.attempt.Sent.BodySize = written
		t.emit(Uploaded{Bytes: written, Total: total})
	})
}

// GotInterim tells of a 1xx response.
func (t *Trace) GotInterim(interim Interim) {
	t.do(func() { t.attempt.Interim = append(t.attempt.Interim, interim) })
}

// finish ends the phase that is running, and makes every later report a no-op.
func (t *Trace) finish() {
	t.do(func() {
		t.end(t.now().Sub(t.attempt.Started))
		t.over = true
	})
}

func (t *Trace) do(report func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.over {
		report()
	}
}

func (t *Trace) end(at time.Duration) {
	if n := len(t.attempt.Timeline); n > 0 && t.attempt.Timeline[n-1].End < 0 {
		t.attempt.Timeline[n-1].End = at
	}
}
