package transport

import (
	"bufio"
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"parley/httpcore"
)

const (
	bufferSize = 8 << 10
	// inlineUpload is the largest body that is written before the reply is looked at: one that fits into any socket's
	// buffer, so that writing does not wait for the server.
	inlineUpload = 16 << 10
	// uploadGrace is how long the end of a reply waits for the end of its request before the connection is given up.
	uploadGrace = 50 * time.Millisecond
)

// h1Conn is a connection that speaks HTTP/1.1: one exchange at a time.
type h1Conn struct {
	stream *stream
	r      *bufio.Reader
	w      *bufio.Writer
	limits Limits
	// release gives the connection back to its pool; it is called once after each exchange.
	release func(c *h1Conn, reusable bool)

	uses int       // exchanges carried so far
	idle time.Time // since when it has been idle; the pool's
}

func newH1Conn(s *stream, limits Limits, release func(*h1Conn, bool)) *h1Conn {
	return &h1Conn{
		stream:  s,
		r:       bufio.NewReaderSize(s, bufferSize),
		w:       bufio.NewWriterSize(s, bufferSize),
		limits:  limits,
		release: release,
	}
}

// h1Exchange is one request and its reply on a connection.
type h1Exchange struct {
	conn   *h1Conn
	ctx    context.Context
	r      *request
	trace  *httpcore.Trace
	upload *upload       // nil without content
	wakeup func() bool   // stops the watch on ctx; false when ctx ended first
	ready  chan struct{} // closed when the body may go out; nil when nothing is waited for (any more)
	silent bool          // there is an error, and not one byte of a reply came before it
	unfit  bool          // the connection can't be used again, whatever the reply says

	mu       sync.Mutex
	answered bool // the final head has begun
	finished bool
}

// roundTrip sends r and reads the head of the reply. again reports that the connection turned out to be dead before the
// server can have acted, or that acting twice does no harm, so that the same may be tried on another one.
func (c *h1Conn) roundTrip(ctx context.Context, r *request, trace *httpcore.Trace) (reply *httpcore.Reply, again bool, err error) {
	x := &h1Exchange{conn: c, ctx: ctx, r: r, trace: trace}
	reused, written := c.uses > 0, c.stream.timed.written.Load()
	reply, err = x.run()
	if err == nil {
		return reply, false, nil
	}
	nothingSent := c.stream.timed.written.Load() == written
	again = reused && x.silent && httpcore.KindClosed.Is(kindOf(err)) && (nothingSent || r.isIdempotent())
	return nil, again, err
}

func (x *h1Exchange) run() (*httpcore.Reply, error) {
	if x.r.Body != nil {
		var err error
		if x.upload, err = newUpload(x.r, x.conn, x.trace); err != nil {
			x.conn.release(x.conn, true) // it was not touched
			return nil, err
		}
	}
	x.conn.stream.timed.setGap(x.r.Options.Timeout.Read)
	x.wakeup = context.AfterFunc(x.ctx, x.conn.stream.abort)
	if x.trace.LogsWire() {
		x.conn.stream.listen(func(sent bool, b []byte) { x.trace.WireBytes(sent, "", b) })
	}
	x.trace.Begin(httpcore.PhaseSend)
	x.send()
	h, err := x.finalHead()
	if err != nil {
		err = x.headError(err)
		x.finish(false)
		return nil, err
	}
	return x.reply(h)
}

// send writes the request, or starts to. An error of the connection is not looked at here: whatever the server said
// before it hung up is worth more, and reading tells.
func (x *h1Exchange) send() {
	x.unfit = x.asksToClose() || x.upload != nil && !x.r.framing.chunked && x.r.framing.promise < 0
	raw := x.r.AppendHead(nil)
	x.trace.WroteHead(x.r.shown(raw))
	_, _ = x.conn.w.Write(raw)
	switch u := x.upload; {
	case u == nil:
		if x.r.framing.chunked {
			_, _ = x.conn.w.WriteString("0\r\n\r\n")
		}
		x.unfit = x.conn.w.Flush() != nil || x.unfit
		x.sent()
	case x.expectsContinue():
		_ = x.conn.w.Flush()
		x.ready = make(chan struct{})
		go x.uploadWhenReady(x.ready)
	case u.total >= 0 && u.total <= inlineUpload:
		x.runUpload()
	default:
		if u.total < 0 {
			_ = x.conn.w.Flush() // who knows when the first piece comes
		}
		go x.runUpload()
	}
}

// runUpload writes the content. A body that fails makes the request worthless: the connection goes, so that the server
// can't take a part for the whole, and reading ends.
func (x *h1Exchange) runUpload() {
	err := x.upload.run()
	if err == nil {
		x.sent()
		return
	}
	if _, ours := asEngineError(err); ours {
		x.conn.stream.abort()
	}
}

// uploadWhenReady waits for 100 Continue, or until waiting longer makes no sense (RFC 9110 section 10.1.1).
func (x *h1Exchange) uploadWhenReady(ready <-chan struct{}) {
	timer := time.NewTimer(x.conn.limits.ContinueWait)
	defer timer.Stop()
	select {
	case <-ready:
	case <-timer.C:
	case <-x.upload.quit: // run notices, and closes the body
	}
	x.runUpload()
}

func (x *h1Exchange) expectsContinue() bool {
	expect, _ := x.r.Header("Expect")
	return strings.EqualFold(strings.TrimSpace(expect), "100-continue")
}

// sent begins the wait for the reply, unless it is already there.
func (x *h1Exchange) sent() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.answered {
		x.trace.Begin(httpcore.PhaseWait)
	}
}

// finalHead reads heads until one is not interim.
func (x *h1Exchange) finalHead() (*head, error) {
	reader := headReader{x.conn.r, x.conn.limits}
	size := 0
	for interim := 0; ; interim++ {
		h, err := reader.next(x.began)
		if err != nil {
			_, nothing := errors.AsType[noReplyError](err)
			x.silent = nothing && interim == 0
			return nil, err
		}
		if h.status >= 200 || h.status == 101 {
			return h, nil
		}
		size += len(h.raw)
		if err := x.conn.limits.checkInterim(interim+1, size); err != nil {
			return nil, err
		}
		x.trace.GotInterim(httpcore.Interim{Status: h.status, Reason: h.reason, Headers: h.fields})
		if h.status == 100 && x.ready != nil {
			close(x.ready)
			x.ready = nil
		}
	}
}

// began ends the wait when the head of the final reply begins.
func (x *h1Exchange) began(status int) {
	if status < 200 && status != 101 {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.answered = true
	x.trace.Begin(httpcore.PhaseReceive)
}

// reply makes the reply whose head is h.
func (x *h1Exchange) reply(h *head) (*httpcore.Reply, error) {
	framing, err := replyFraming(x.r.Method, h)
	if err != nil {
		err = x.headError(err)
		x.finish(false)
		return nil, err
	}
	if x.upload != nil && (h.status >= 400 || x.ready != nil) {
		x.upload.stop() // the server does not want the rest
	}
	if httpcore.IsEventStream(h.fields) {
		x.conn.stream.timed.setGap(0)
	}
	body := newH1Body(x, framing)
	return &httpcore.Reply{
		Proto:    h.proto,
		Status:   h.status,
		Reason:   h.reason,
		Headers:  h.fields,
		RawHead:  h.raw,
		Length:   framing.size(),
		Body:     body,
		Trailers: body.trailers,
	}, nil
}

// finish ends the exchange; more calls do nothing.
func (x *h1Exchange) finish(reusable bool) {
	x.mu.Lock()
	done := x.finished
	x.finished, x.answered = true, true
	x.mu.Unlock()
	if done {
		return
	}
	if x.upload != nil {
		reusable = reusable && x.upload.finished(uploadGrace)
		x.upload.stop()
	}
	if !x.wakeup() {
		reusable = false
	}
	x.conn.stream.listen(nil)
	x.conn.uses++
	x.conn.release(x.conn, reusable && !x.unfit)
}

func (x *h1Exchange) asksToClose() bool {
	for _, option := range fieldsOf(x.r.Prepared).List("Connection") {
		if strings.EqualFold(option, "close") {
			return true
		}
	}
	return false
}
