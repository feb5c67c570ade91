package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"parley/httpcore/body"
)

// windowSize is as much as history keeps of a body, so that what fits can be recorded.
const windowSize = 256 << 20

// window is the file of a stream that may never end: it holds the newest bytes, and a server that sends more than a
// reader takes has to wait. Bytes are written in order and read by one reader while they come; what was read may be
// gone later. It is safe for concurrent use.
type window struct {
	file   *os.File
	linked bool // it still has its name, where a file in use cannot be removed
	size   int64
	stop   func() bool

	mu            sync.Mutex
	moved         *sync.Cond
	read, written int64 // how far both have come
	ended         error // nobody will read on
}

// newWindow makes a window in a temporary file. When ctx ends, writing fails instead of waiting.
func newWindow(ctx context.Context, size int64) (*window, error) {
	file, err := os.CreateTemp("", "parley-stream-*")
	if err != nil {
		return nil, err
	}
	w := &window{file: file, linked: os.Remove(file.Name()) != nil, size: size}
	w.moved = sync.NewCond(&w.mu)
	w.stop = context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.ended = ctx.Err()
		w.moved.Broadcast()
	})
	return w, nil
}

// windowOr returns a window, or nil where no file can be made: then the content is kept as that of any other body.
func windowOr(ctx context.Context) body.StoreFile {
	if w, err := newWindow(ctx, windowSize); err == nil {
		return w
	}
	return nil
}

// WriteAt implements io.WriterAt for bytes that follow those before.
func (w *window) WriteAt(p []byte, at int64) (done int, err error) {
	for done < len(p) && err == nil {
		var room, n int
		if room, err = w.waitForRoom(at, len(p)-done); err != nil {
			break
		}
		n, err = w.file.WriteAt(p[done:done+room], at%w.size)
		done += n
		at += int64(n)
		w.mu.Lock()
		w.written = at
		w.mu.Unlock()
	}
	return done, err
}

// waitForRoom returns how many of n bytes can be written at once from at on.
func (w *window) waitForRoom(at int64, n int) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.ended == nil && at-w.read >= w.size {
		w.moved.Wait()
	}
	free := min(w.size-(at-w.read), w.size-at%w.size)
	return int(min(int64(n), free)), w.ended
}

// ReadAt implements io.ReaderAt for bytes that have not been overwritten.
func (w *window) ReadAt(p []byte, at int64) (done int, err error) {
	w.mu.Lock()
	lost := at < w.written-w.size
	w.mu.Unlock()
	if lost {
		return 0, fmt.Errorf("only the newest %d bytes of the stream are kept", w.size)
	}
	for done < len(p) && err == nil {
		var n int
		from := at % w.size
		n, err = w.file.ReadAt(p[done:done+int(min(int64(len(p)-done), w.size-from))], from)
		done += n
		at += int64(n)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.read = max(w.read, at)
	w.moved.Broadcast()
	return done, err
}

// Close removes the file.
func (w *window) Close() error {
	w.stop()
	err := w.file.Close()
	if w.linked {
		err = errors.Join(err, os.Remove(w.file.Name()))
	}
	return err
}
