package httpcore

import (
	"slices"
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
	wire    *wireRecorder // nil unless Options.WireLimit asks for a log
}

// newTrace returns a trace that fills attempt; emit is called with the trace's lock held, so events are in order.
func newTrace(attempt *Attempt, hop, number int, now func() time.Time, emit func(Event)) *Trace {
	return &Trace{now: now, emit: emit, hop: hop, number: number, attempt: attempt}
}

// wholeLogs is how many attempts of a hop keep as much as they may. The next so many keep half of it, then a third: retries
// may go on and on, and all are kept.
const wholeLogs = 16

// logWire makes the trace keep a log of the wire, as far as the options of p ask for one.
func (t *Trace) logWire(p *Prepared) {
	if p.Options.WireLimit > 0 {
		secrets := slices.Concat(p.Request.Secrets, p.Options.Network.Proxies.Secrets())
		t.wire = newWireRecorder(p.Options.WireLimit/(1+t.number/wholeLogs), secrets)
		t.attempt.Wire = t.wire.log
	}
}

// LogsWire reports whether anybody wants to know what goes over the wire. When nobody does, the methods that tell of it
// need not be called, and do nothing.
func (t *Trace) LogsWire() bool { return t.wire != nil }

// WireBytes tells of bytes in the clear, as they went over the wire. The label is empty for HTTP/1.1 with the server, and
// WireProxy for what was said to a proxy on the way.
func (t *Trace) WireBytes(sent bool, label string, data []byte) {
	if t.wire != nil && len(data) > 0 {
		t.do(func() { t.wire.bytes(t.since(), t.phase(), sent, label, data, t.wired) })
	}
}

// WireFrame tells of a frame, described as in [WireEntry], other than DATA. The payload is in readable form: of a HEADERS
// frame, a line "name: value" for each field.
func (t *Trace) WireFrame(sent bool, frame string, payload []byte) {
	if t.wire != nil {
		t.do(func() { t.wire.frame(t.since(), t.phase(), sent, frame, payload, t.wired) })
	}
}

// WireData tells of a DATA frame, of which more bytes are not in content.
func (t *Trace) WireData(sent bool, frame string, content []byte, more int64) {
	if t.wire != nil {
		t.do(func() { t.wire.data(t.since(), t.phase(), sent, frame, content, more, t.wired) })
	}
}

func (t *Trace) wired(entry WireEntry) {
	t.emit(Wired{Hop: t.hop, Attempt: t.number, Entry: entry})
}

func (t *Trace) since() time.Duration { return t.now().Sub(t.attempt.Started) }

// phase is the one that was begun last.
func (t *Trace) phase() Phase {
	if n := len(t.attempt.Timeline); n > 0 {
		return t.attempt.Timeline[n-1].Phase
	}
	return ""
}

// Begin says that a phase has begun; the one before it is over.
func (t *Trace) Begin(phase Phase) {
	t.do(func() {
		at := t.since()
		if t.wire != nil && phase == PhaseWait {
			t.wire.requestSent(at, t.phase(), t.wired)
		}
		t.end(at)
		t.attempt.Timeline = append(t.attempt.Timeline, Span{Phase: phase, Start: at, End: -1})
		t.emit(PhaseBegan{Hop: t.hop, Attempt: t.number, Phase: phase})
	})
}

// End says that the phase that is running is over.
func (t *Trace) End() {
	t.do(func() { t.end(t.since()) })
}

// Recorded gives the attempt the times of one that was made before and is played back: what the clock says is not its own.
func (t *Trace) Recorded(timeline Timeline) {
	t.do(func() { t.attempt.Timeline, t.attempt.recorded = timeline, true })
}

// Connected tells of the connection that carries the attempt.
func (t *Trace) Connected(conn Conn) { t.do(func() { t.attempt.Conn = conn }) }

// ProtocolNote adds to why the connection's protocol was spoken.
func (t *Trace) ProtocolNote(note string) {
	t.do(func() { t.attempt.Conn.ProtocolWhy += "; " + note })
}

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
		if t.wire != nil {
			t.wire.finish(t.since(), t.phase(), t.wired)
		}
		t.end(t.since())
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
