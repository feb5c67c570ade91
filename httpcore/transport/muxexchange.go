package transport

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/httpcore"
)

// muxExchange is one request and its reply: a stream of an HTTP/2 or HTTP/3 connection.
type muxExchange struct {
	conn    *muxConn
	outer   context.Context // the caller's
	ctx     context.Context // ends with outer, with the exchange, and when the server was silent for too long
	cancel  context.CancelCauseFunc
	r       *request
	trace   *httpcore.Trace
	silence *watch
	upload  *muxUpload // nil without content
	stream  uint64     // set by muxStreams, and guarded by it
	// announced counts the bytes of the DATA frames that have begun, and fields are those of the newest HEADERS frame, in
	// the order they came: of HTTP/3 only, and touched only by whoever reads the reply.
	announced int64
	fields    httpcore.Fields

	mu       sync.Mutex
	waiting  bool // all of the request has left
	replied  bool // the final head is there
	finished bool
}

var errSilence = errors.New("no progress for too long")

func newMuxExchange(ctx context.Context, c *muxConn, r *request, trace *httpcore.Trace) *muxExchange {
	x := &muxExchange{conn: c, outer: ctx, r: r, trace: trace}
	x.ctx, x.cancel = context.WithCancelCause(ctx)
	x.silence = &watch{gap: r.Options.Timeout.Read, expired: func() { x.cancel(errSilence) }}
	return x
}

// sent begins the wait for the reply, unless it is already there.
func (x *muxExchange) sent() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.replied {
		x.waiting = true
		x.trace.Begin(httpcore.PhaseWait)
	}
}

// answered ends the wait. A fast reply overtakes the library's word that the request has left; without content there
// was nothing to do but wait.
func (x *muxExchange) answered() {
	x.silence.stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.waiting && x.upload == nil {
		x.trace.Begin(httpcore.PhaseWait)
	}
	x.replied = true
}

func (x *muxExchange) reply(response *http.Response) *httpcore.Reply {
	x.trace.Begin(httpcore.PhaseReceive)
	reply := &httpcore.Reply{
		Proto:   x.conn.protocol,
		Status:  response.StatusCode,
		Headers: fieldsFrom(response.Header),
		Length:  response.ContentLength,
	}
	if x.r.Method == http.MethodHead || reply.Status == http.StatusNoContent || reply.Status == http.StatusNotModified {
		reply.Length = 0
	}
	if x.fields != nil {
		reply.Headers = x.fields
	}
	reply.RawHead = appendReplyHead(make([]byte, 0, 256), reply)
	if httpcore.IsEventStream(reply.Headers) {
		x.silence.gap = 0
	}
	reply.Body = &muxBody{x: x, content: response.Body, length: reply.Length}
	reply.Trailers = func() httpcore.Fields { return fieldsFrom(response.Trailer) }
	return reply
}

// finish ends the exchange; more calls do nothing.
func (x *muxExchange) finish() {
	x.mu.Lock()
	done := x.finished
	x.finished, x.replied = true, true
	x.mu.Unlock()
	if done {
		return
	}
	x.silence.stop()
	if x.upload != nil {
		x.upload.stop()
	}
	if errors.Is(context.Cause(x.ctx), errSilence) {
		x.conn.giveUp() // silent for this exchange, it may be dead for all
	}
	x.cancel(nil)
	x.conn.wire.end(x.trace)
	x.conn.streams.ends(x)
	x.conn.done()
}

// fieldsFrom lists header fields by name, in lower case; the library does not keep their order.
func fieldsFrom(header http.Header) httpcore.Fields {
	if len(header) == 0 {
		return nil
	}
	names := slices.AppendSeq(make([]string, 0, len(header)), maps.Keys(header))
	slices.Sort(names)
	fields := make(httpcore.Fields, 0, len(names))
	for _, name := range names {
		for _, value := range header[name] {
			fields = append(fields, httpcore.Field{Name: strings.ToLower(name), Value: value})
		}
	}
	return fields
}

// appendReplyHead appends the head in HTTP/1.1 form.
func appendReplyHead(b []byte, reply *httpcore.Reply) []byte {
	b = append(b, reply.Proto...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(reply.Status), 10)
	b = append(b, "\r\n"...)
	for _, field := range reply.Headers {
		b = append(b, field.Name...)
		b = append(b, ": "...)
		b = append(b, field.Value...)
		b = append(b, "\r\n"...)
	}
	return append(b, "\r\n"...)
}

// muxBody is the content of a reply.
type muxBody struct {
	x        *muxExchange
	content  io.ReadCloser
	length   int64 // -1 when unknown
	received int64
	err      error // what every later Read returns
}

func (b *muxBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	b.x.silence.renew()
	n, err := b.content.Read(p)
	b.x.silence.stop()
	b.received += int64(n)
	if errors.Is(err, io.EOF) && b.received < b.x.announced {
		err = io.ErrUnexpectedEOF // the stream ended in the middle of a frame, which the library takes for its end
	}
	if n > 0 && b.x.tellsContent() {
		b.x.tellContent(false, p[:n])
	}
	if err != nil {
		b.end(err)
		if n > 0 && !errors.Is(err, io.EOF) {
			return n, nil // what arrived goes before the error
		}
	}
	return n, b.err
}

func (b *muxBody) end(err error) {
	b.err = io.EOF
	if !errors.Is(err, io.EOF) || b.x.sentPart() {
		b.err = b.readError(err)
	}
	_ = b.content.Close() // frees the stream; what went wrong is in err
	b.x.finish()
}

// Close gives the stream up, unless the content was read to its end.
func (b *muxBody) Close() error {
	if b.err == nil {
		b.err = errBodyClosed
		_ = b.content.Close() // it resets the stream, and the connection tells if that failed
		b.x.finish()
	}
	return nil
}

// watch calls expired when it was not renewed for the gap; a gap of 0 waits for ever.
type watch struct {
	gap     time.Duration
	expired func()

	mu      sync.Mutex
	timer   *time.Timer
	running bool
}

func (w *watch) renew() {
	if w.gap <= 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running = true
	if w.timer == nil {
		w.timer = time.AfterFunc(w.gap, w.expired)
		return
	}
	w.timer.Reset(w.gap)
}

// touch renews a watch that is running.
func (w *watch) touch() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running {
		w.timer.Reset(w.gap)
	}
}

func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running = false
	if w.timer != nil {
		w.timer.Stop()
	}
}
