package protocol

import (
	"context"
	"errors"
	"io"

	"parley/httpcore"
	"parley/httpcore/body"
)

// listening hears one connection: it is the sink of its exchange, and reads the events in a goroutine of its own while
// the body grows.
type listening struct {
	following *following
	ctx       context.Context
	cancel    context.CancelCauseFunc
	opened    bool
	done      chan error // of the reading that runs; nil before there is one
}

// Handle begins to read where a response brings events.
func (l *listening) Handle(event httpcore.Event) {
	if sink := l.following.source.Sink; sink != nil {
		sink.Handle(event)
	}
	head, ok := event.(httpcore.HeadReceived)
	if !ok || !answersWithEvents(head.Response) {
		return
	}
	before := l.done
	l.opened = true
	l.done = make(chan error, 1)
	go func(done chan<- error) {
		if before != nil {
			if err := <-before; err != nil {
				done <- err
				return
			}
		}
		err := l.read(head.Response)
		if err != nil {
			l.cancel(err)
		}
		done <- err
	}(l.done)
}

// finish waits until everything was heard, and returns the error of hear.
func (l *listening) finish() error {
	if l.done == nil {
		return nil
	}
	return <-l.done
}

// read passes the events of a response on. That its body broke off is the exchange's to tell.
func (l *listening) read(r *httpcore.Response) error {
	f := l.following
	f.opened++
	events := NewEventReader(r.Body.Reader(l.ctx), f.source.MaxEvent, f.lastID)
	if err := f.hear(Opened{Connection: f.repeats + 1, Response: r}); err != nil {
		return err
	}
	for {
		message, err := events.Next()
		f.lastID = events.LastID()
		if err != nil {
			return unlessBroken(err)
		}
		if set, ok := message.(RetrySet); ok {
			set.Wait = min(max(set.Wait, minRetry), maxRetry)
			f.retry, message = set.Wait, set
		}
		if err := f.hear(message); err != nil {
			return err
		}
	}
}

// unlessBroken drops the ways a body ends.
func unlessBroken(err error) error {
	_, engine := errors.AsType[*httpcore.Error](err)
	if engine || errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, body.ErrClosed) {
		return nil
	}
	return err
}
