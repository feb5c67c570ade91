package body

import (
	"context"
	"io"
)

// Reader reads the body from its beginning and follows it while it grows: at the end of what is there it waits for more.
// It ends with io.EOF when the body is whole, else with the error that Finish was given, ctx's, or [ErrClosed]. Every
// call gives a reader of its own, for one goroutine.
func (s *Store) Reader(ctx context.Context) io.Reader {
	return &follower{ctx: ctx, store: s}
}

type follower struct {
	ctx   context.Context // a reader has no other way to learn that nobody needs it any more
	store *Store
	off   int64
}

func (f *follower) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if err := f.store.Wait(f.ctx, f.off); err != nil {
		return 0, err
	}
	n, err := f.store.ReadAt(p, f.off)
	f.off += int64(n)
	if err != io.EOF {
		return n, err
	}
	if n > 0 {
		return n, nil
	}
	// Wait found nothing more, so the body has ended.
	if _, ended := f.store.Done(); ended != nil {
		return 0, ended
	}
	return 0, io.EOF
}
