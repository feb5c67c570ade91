package transport

import (
	"fmt"
	"sync"

	"parley/httpcore"
)

// muxWire tells the exchanges of a multiplexed connection what goes over the wire: each hears of the frames of its own
// stream, and all of those that are about the connection.
type muxWire struct {
	mu      sync.Mutex
	running map[*httpcore.Trace]bool
	streams map[uint64]*httpcore.Trace
	// next is the exchange whose stream is about to be opened.
	next *httpcore.Trace
}

// newMuxWire returns a muxWire with the exchange for which the connection is made; nil when that wants no log.
func newMuxWire(first *httpcore.Trace) *muxWire {
	if !first.LogsWire() {
		return nil
	}
	return &muxWire{running: map[*httpcore.Trace]bool{first: true}, streams: map[uint64]*httpcore.Trace{}}
}

// begin adds an exchange.
func (w *muxWire) begin(trace *httpcore.Trace) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running[trace] = true
}

// opens says that the next stream to be opened is that of an exchange. The library says so, with a lock of its own held,
// when it encodes the header fields.
func (w *muxWire) opens(trace *httpcore.Trace) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.next = trace
}

// end removes an exchange.
func (w *muxWire) end(trace *httpcore.Trace) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, trace)
	for stream, of := range w.streams {
		if of == trace {
			delete(w.streams, stream)
		}
	}
	if w.next == trace {
		w.next = nil
	}
}

// headersSent notes whose stream was opened by a HEADERS frame.
func (w *muxWire) headersSent(stream uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.streams[stream]; !known && w.next != nil {
		w.streams[stream], w.next = w.next, nil
	}
}

// stream returns the exchange of a stream; nil when there is none that wants to know.
func (w *muxWire) stream(id uint64) *httpcore.Trace {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.streams[id]
}

// streamOf returns the stream of an exchange, and whether it has one.
func (w *muxWire) streamOf(trace *httpcore.Trace) (uint64, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for stream, of := range w.streams {
		if of == trace {
			return stream, true
		}
	}
	return 0, false
}

// tellAll tells every exchange of a frame that is about the connection.
func (w *muxWire) tellAll(sent bool, frame string, payload []byte) {
	w.mu.Lock()
	all := make([]*httpcore.Trace, 0, len(w.running))
	for trace := range w.running {
		all = append(all, trace)
	}
	w.mu.Unlock()
	for _, trace := range all {
		trace.WireFrame(sent, frame, payload)
	}
}

// tell tells of a frame whom it concerns; one of stream 0 concerns all.
func (w *muxWire) tell(sent bool, stream uint64, frame string, payload []byte) {
	if stream == 0 {
		w.tellAll(sent, frame, payload)
	} else if trace := w.stream(stream); trace != nil {
		trace.WireFrame(sent, frame, payload)
	}
}

// tellsContent reports whether the exchange has to tell of its content itself.
func (x *muxExchange) tellsContent() bool { return x.conn.log != nil && x.conn.wire != nil }

// tellContent tells of a piece of content.
func (x *muxExchange) tellContent(sent bool, b []byte) {
	if stream, ok := x.conn.wire.streamOf(x.trace); ok {
		x.trace.WireData(sent, fmt.Sprintf("DATA stream=%d length=%d", stream-1, len(b)), b, 0)
	}
}
