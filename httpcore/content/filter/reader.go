package filter

import (
	"context"
	"io"

	"parley/httpcore/content"
)

// reader reads a source from its beginning, waiting for what has not arrived
// yet. Every read asks whether the context has ended. The end is io.EOF, or
// why the body broke off.
type reader struct {
	ctx context.Context
	src content.Source
	at  int64
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if err := r.src.Wait(r.ctx, r.at); err != nil {
		return 0, err
	}
	n, err := content.ReadAt(r.src, p, r.at)
	r.at += int64(n)
	if n > 0 || err != nil {
		return n, err
	}
	if done, err := r.src.Done(); done && err != nil {
		return 0, err
	}
	return 0, io.EOF
}
