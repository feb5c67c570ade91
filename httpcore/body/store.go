package body

import (
	"context"
	"errors"
	"io"
	"sync"
)

// DefaultMemory is how much of a body a [Store] keeps in memory before it moves to a file.
const DefaultMemory = 8 << 20

// ErrClosed is what a [Store] reports after Close.
var ErrClosed = errors.New("the response body is closed")

// StoreOptions say where a [Store] keeps its bytes.
type StoreOptions struct {
	// Memory is the number of bytes kept in memory; beyond it everything moves to a file. 0 means [DefaultMemory];
	// below 0, nothing is kept in memory.
	Memory int64
	// Dir is the folder of the file, made with mode 0700 if missing; "" means the system's folder for temporary files.
	Dir string
	// Create makes the file; nil means a temporary file in Dir. It is here so that a full disk can be simulated.
	Create func(dir string) (StoreFile, error)
	// File takes the content from its first byte on, where somebody wants to have it: nothing is kept in memory, and
	// Close does not remove it. nil means that the rest of the options rule.
	File StoreFile
}

// StoreFile is what a [Store] needs of a file. Close also removes one that Create made.
type StoreFile interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

// Store holds a response body while and after it arrives. One goroutine calls Write and then Finish; any number may read
// at the same time, also while the body grows. Close ends it for everyone and removes the file.
//
// Bytes that were written are never lost to a later error: a full disk, a broken connection and a bad coding all leave
// what came before them readable.
type Store struct {
	options StoreOptions

	// mu guards what readers see. The writer fills memory beyond size without it, because nobody reads there.
	mu       sync.RWMutex
	blocks   blocks
	file     StoreFile // nil while in memory
	size     int64
	finished bool
	closed   bool
	err      error         // why the body ended early
	changed  chan struct{} // closed at the next change; made when somebody waits

	failed error // why nothing more can be written; the writer's own
}

// NewStore makes an empty store. It creates no file before one is needed.
func NewStore(options StoreOptions) *Store {
	switch {
	case options.Memory == 0:
		options.Memory = DefaultMemory
	case options.Memory < 0:
		options.Memory = 0
	}
	if options.Create == nil {
		options.Create = createTemp
	}
	return &Store{options: options, file: options.File}
}

// Write appends p. After an error, which is an [*Error] or [ErrClosed], nothing more is taken; n bytes of p were.
func (s *Store) Write(p []byte) (n int, err error) {
	if s.failed != nil {
		return 0, s.failed
	}
	for n < len(p) && err == nil {
		var m int
		m, err = s.write(p[n:])
		n += m
	}
	s.failed = err
	return n, err
}

// write does one step: it takes what fits of p into the current block, or makes room, or writes all of p to the file.
func (s *Store) write(p []byte) (int, error) {
	s.mu.RLock()
	file, memory, size, closed := s.file, s.blocks, s.size, s.closed
	s.mu.RUnlock()
	switch {
	case closed:
		return 0, ErrClosed
	case file != nil:
		return s.writeFile(file, p, size)
	case size >= s.options.Memory:
		return 0, s.spill(memory, size)
	case memory.room(size) == 0:
		return 0, s.grow()
	}
	n := memory.put(p[:min(int64(len(p)), s.options.Memory-size)], size)
	return n, s.advance(n)
}

func (s *Store) grow() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.blocks = s.blocks.grown()
	return nil
}

func (s *Store) writeFile(file StoreFile, p []byte, size int64) (int, error) {
	n, err := file.WriteAt(p, size)
	if advanced := s.advance(n); advanced != nil {
		return 0, advanced // Close came first, and is why the write failed
	}
	if err != nil {
		err = s.options.storeError(size+int64(n), err)
	}
	return n, err
}

// advance shows n more bytes to the readers.
func (s *Store) advance(n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.size += int64(n)
	s.wake()
	return nil
}

// spill moves everything from memory to a new file. Readers keep using memory until all of it is in the file, and if the
// move fails they keep it for good.
func (s *Store) spill(memory blocks, size int64) error {
	file, err := s.options.Create(s.options.Dir)
	if err != nil {
		return s.options.storeError(size, err)
	}
	if err := memory.writeTo(file, size); err != nil {
		return errors.Join(s.options.storeError(size, err), file.Close())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errors.Join(ErrClosed, file.Close())
	}
	s.file, s.blocks = file, nil
	return nil
}

// Finish says that no more will come: err is nil when the body is whole, else why it is not. Only the first call counts.
func (s *Store) Finish(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.finished {
		return
	}
	s.finished, s.err = true, err
	s.wake()
}

// Size is the number of bytes that can be read now.
func (s *Store) Size() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size
}

// Done reports whether the body has ended, and why it ended early if it did.
func (s *Store) Done() (bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.finished, s.err
}

// Wait returns nil once more than size bytes are there or the body has ended, so that a view which has shown size bytes
// sleeps until there is something to do. It returns ctx's error when that ends first, and [ErrClosed] after Close.
func (s *Store) Wait(ctx context.Context, size int64) error {
	for {
		changed, err := s.pending(size)
		if changed == nil {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// pending returns a channel to wait on, or nil when there is no reason to.
func (s *Store) pending(size int64) (<-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, ErrClosed
	case s.size > size || s.finished:
		return nil, nil
	}
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed, nil
}

// wake tells those who wait to look again. The caller holds mu.
func (s *Store) wake() {
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// ReadAt implements [io.ReaderAt] over what is there now: io.EOF means the end of what has arrived, which is the end of
// the body only when Done says so.
func (s *Store) ReadAt(p []byte, off int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch {
	case s.closed:
		return 0, ErrClosed
	case off < 0:
		return 0, errors.New("body: negative offset")
	case off >= s.size:
		return 0, io.EOF
	}
	short := int64(len(p)) > s.size-off
	if short {
		p = p[:s.size-off]
	}
	n, err := s.read(p, off)
	if err == nil && short {
		err = io.EOF
	}
	return n, err
}

func (s *Store) read(p []byte, off int64) (int, error) {
	if s.file == nil {
		return s.blocks.get(p, off), nil
	}
	n, err := s.file.ReadAt(p, off)
	if n == len(p) {
		return n, nil
	}
	return n, s.options.readError(err)
}

// Close forgets the body and removes its file. Whoever waits or reads gets [ErrClosed]. It may be called twice.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	file := s.file
	s.closed, s.file, s.blocks, s.size = true, nil, nil, 0
	s.wake()
	if file == nil {
		return nil
	}
	return file.Close()
}
