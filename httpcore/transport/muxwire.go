package transport

import (
	"fmt"
	"sync"

	"parley/httpcore"
)

// muxWire tells the exchanges of a multiplexed connection what goes over the wire: each hears of the frames of its own
// stream, and all of those that are about the connection.
type muxWire struct {
	streams *muxStreams

	mu      sync.Mutex
	running map[*httpcore.Trace]bool
}

// newMuxWire returns a muxWire with the exchange for which the connection is made; nil when that wants no log.
func newMuxWire(first *httpcore.Trace, streams *muxStreams) *muxWire {
	if !first.LogsWire() {
		return nil
	}
	return &muxWire{streams: streams, running: map[*httpcore.Trace]bool{first: true}}
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

// end removes an exchange.
func (w *muxWire) end(trace *httpcore.Trace) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, trace)
}

// trace returns that of a stream; nil when there is none.
func (w *muxWire) trace(stream uint64) *httpcore.Trace {
	if x := w.streams.exchange(stream); x != nil {
		return x.trace
	}
	return nil
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
	} else if trace := w.trace(stream); trace != nil {
		trace.WireFrame(sent, frame, payload)
	}
}

// tellsContent reports whether the exchange has to tell of its content itself: of HTTP/3, nobody else hears of it.
func (x *muxExchange) tellsContent() bool {
	return x.conn.wire != nil && x.conn.protocol == protocolHTTP3
}

// tellContent tells of a piece of content.
func (x *muxExchange) tellContent(sent bool, b []byte) {
	if stream := x.conn.streams.streamOf(x); stream > 0 {
		x.trace.WireData(sent, fmt.Sprintf("DATA stream=%d length=%d", stream-1, len(b)), b, 0)
	}
}
