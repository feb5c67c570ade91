package playground

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
)

// A Recorder is a raw server that keeps the exact bytes of everything it receives and answers with bytes it was given. It is
// for tests of what a client puts on the wire.
type Recorder struct {
	Addr string // host:port
	URL  string // http:// and Addr, without a final slash

	listener net.Listener
	conns    *connSet
	running  sync.WaitGroup

	mu       sync.Mutex
	replies  []string
	next     int
	received [][]byte      // by connection, in the order of their acceptance
	requests [][]byte      // whole ones, in the order of their completion
	changed  chan struct{} // closed, and made anew, with every change
	err      error
}

// StartRecorder answers the n-th request with the n-th of replies, byte for byte, and every one beyond with the last; without
// any, with an empty 200. A reply that ends with the connection, by `Connection: close` or for want of a length, ends it.
//
// A request that waits for `100 Continue` gets its next reply after the head: an interim one, and the body is then read; or a
// final one, and the connection is closed.
func StartRecorder(replies ...string) (*Recorder, error) {
	if len(replies) == 0 {
		replies = []string{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}
	}
	l, err := listen("")
	if err != nil {
		return nil, err
	}
	r := &Recorder{
		Addr: l.Addr().String(), URL: "http://" + l.Addr().String(),
		conns: newConnSet(), replies: replies, changed: make(chan struct{}),
	}
	r.listener = r.conns.track(l)
	r.running.Go(r.accept)
	return r, nil
}

// Requests returns the bytes of each whole request so far, in the order of their completion.
func (r *Recorder) Requests() [][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return cloneAll(r.requests)
}

// Connections returns all the bytes of each connection so far, those of unfinished requests included.
func (r *Recorder) Connections() [][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return cloneAll(r.received)
}

// WaitRequests returns when at least n whole requests have come. The error says how many had when ctx ended.
func (r *Recorder) WaitRequests(ctx context.Context, n int) ([][]byte, error) {
	err := r.Wait(ctx, func() bool { return len(r.Requests()) >= n })
	if err != nil {
		return nil, fmt.Errorf("waiting for %d requests, %d came: %w", n, len(r.Requests()), err)
	}
	return r.Requests(), nil
}

// Wait returns when met reports true; it is asked at once and after every arrival.
func (r *Recorder) Wait(ctx context.Context, met func() bool) error {
	for {
		r.mu.Lock()
		changed, err := r.changed, r.err
		r.mu.Unlock()
		switch {
		case met():
			return nil
		case err != nil:
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Close stops listening, closes every connection and waits until nothing runs any more. What was recorded stays.
func (r *Recorder) Close() {
	_ = r.listener.Close() // fails only when it was closed before
	r.conns.closeAll()
	r.running.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = errors.New("the recorder was closed")
		r.notify()
	}
}

func (r *Recorder) accept() {
	for {
		c, err := r.listener.Accept()
		if err != nil {
			return // only Close ends it
		}
		id := r.addConnection()
		r.running.Go(func() {
			defer c.Close()
			r.serve(c, id)
		})
	}
}

func (r *Recorder) addConnection() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.received = append(r.received, nil)
	r.notify()
	return len(r.received) - 1
}

// notify wants the lock.
func (r *Recorder) notify() {
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *Recorder) serve(c net.Conn, id int) {
	in := &recording{conn: c, keep: func(b []byte) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.received[id] = append(r.received[id], b...)
		r.notify()
	}}
	for {
		head, err := in.readHead()
		if err != nil {
			return
		}
		if head.expectsContinue {
			reply := r.nextReply()
			if _, err := c.Write([]byte(reply)); err != nil || !isInterim(reply) {
				return
			}
		}
		if in.readBody(head) != nil {
			return
		}
		r.finish(in.take())
		reply := r.nextReply()
		if _, err := c.Write([]byte(reply)); err != nil || endsConnection(reply) {
			return
		}
	}
}

func (r *Recorder) finish(request []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, request)
	r.notify()
}

func (r *Recorder) nextReply() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	reply := r.replies[min(r.next, len(r.replies)-1)]
	r.next++
	return reply
}

func cloneAll(all [][]byte) [][]byte {
	clone := slices.Clone(all)
	for i := range clone {
		clone[i] = bytes.Clone(clone[i])
	}
	return clone
}
