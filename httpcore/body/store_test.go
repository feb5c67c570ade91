package body

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
)

func newStore(t testing.TB, options StoreOptions) *Store {
	t.Helper()
	if options.Dir == "" && options.Create == nil {
		options.Dir = t.TempDir()
	}
	s := NewStore(options)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func fill(t testing.TB, s *Store, data []byte, piece int) {
	t.Helper()
	for chunk := range slices.Chunk(data, piece) {
		if n, err := s.Write(chunk); err != nil || n != len(chunk) {
			t.Fatalf("wrote %d of %d: %v", n, len(chunk), err)
		}
	}
}

func content(t testing.TB, s *Store) []byte {
	t.Helper()
	data := make([]byte, s.Size())
	if n, err := s.ReadAt(data, 0); n != len(data) || err != nil && err != io.EOF {
		t.Fatalf("read %d of %d: %v", n, len(data), err)
	}
	return data
}

// memories are sizes at, around and away from where blocks and memory end.
func memories() []int64 {
	return []int64{-1, 1, blockSize - 1, blockSize, blockSize + 1, 3 * blockSize, 0}
}

func TestStoreGivesBackWhatWasWritten(t *testing.T) {
	want := prose(5*blockSize + 7)
	for _, memory := range memories() {
		for _, piece := range []int{1000, blockSize, len(want)} {
			s := newStore(t, StoreOptions{Memory: memory})
			fill(t, s, want, piece)
			s.Finish(nil)
			if err := iotest.TestReader(s.Reader(t.Context()), want); err != nil {
				t.Errorf("memory %d, pieces of %d: %v", memory, piece, err)
			}
			if err := iotest.TestReader(io.NewSectionReader(s, 0, s.Size()), want); err != nil {
				t.Errorf("memory %d, pieces of %d: %v", memory, piece, err)
			}
		}
	}
}

func TestStoreReadAtTheEdges(t *testing.T) {
	for _, memory := range []int64{0, -1} {
		s := newStore(t, StoreOptions{Memory: memory})
		fill(t, s, []byte("0123456789"), 3)
		for _, c := range []struct {
			off  int64
			n    int
			want string
			err  error
		}{
			{0, 10, "0123456789", nil},
			{4, 3, "456", nil},
			{8, 5, "89", io.EOF},
			{10, 1, "", io.EOF},
			{99, 1, "", io.EOF},
		} {
			p := make([]byte, c.n)
			if n, err := s.ReadAt(p, c.off); string(p[:n]) != c.want || err != c.err {
				t.Errorf("ReadAt(%d bytes, %d) gives %q and %v, want %q and %v", c.n, c.off, p[:n], err, c.want, c.err)
			}
		}
		if _, err := s.ReadAt(make([]byte, 1), -1); err == nil {
			t.Error("a negative offset is taken")
		}
	}
}

func TestStoreIsPrivateAndLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir() + "/new"
	var mode os.FileMode
	s := newStore(t, StoreOptions{Memory: 10, Dir: dir, Create: func(dir string) (StoreFile, error) {
		f, err := createTemp(dir)
		if opened, ok := f.(interface{ Stat() (os.FileInfo, error) }); ok {
			if info, err := opened.Stat(); err == nil {
				mode = info.Mode().Perm()
			}
		}
		return f, err
	}})
	fill(t, s, prose(10), 10)
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder was made before it was needed: %v", err)
	}
	fill(t, s, prose(10), 10)
	if mode != 0o600 {
		t.Errorf("the file's mode is %o", mode)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// The path of systems that cannot unlink an open file.
func TestStoreRemovesALinkedFileOnClose(t *testing.T) {
	var name string
	s := newStore(t, StoreOptions{Memory: -1, Create: func(string) (StoreFile, error) {
		f, err := os.CreateTemp(t.TempDir(), "x")
		if err != nil {
			return nil, err
		}
		name = f.Name()
		return linkedFile{f}, nil
	}})
	fill(t, s, []byte("x"), 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
}

func TestStoreCanBeReadWhileItGrows(t *testing.T) {
	want := prose(40 * blockSize)
	for _, memory := range []int64{0, 10 * blockSize} {
		s := newStore(t, StoreOptions{Memory: memory})
		var readers sync.WaitGroup
		for range 3 {
			readers.Go(func() {
				if got, err := io.ReadAll(s.Reader(t.Context())); err != nil || !bytes.Equal(got, want) {
					t.Errorf("a follower got %d bytes and error %v", len(got), err)
				}
			})
			readers.Go(func() { // a view: sleeps until something changes, then reads at random
				var size int64
				for done := false; !done; done, _ = s.Done() {
					if err := s.Wait(t.Context(), size); err != nil {
						t.Error(err)
						return
					}
					size = s.Size()
					p := make([]byte, min(100, size))
					off := max(0, size/2-50)
					if n, _ := s.ReadAt(p, off); !bytes.Equal(p[:n], want[off:off+int64(n)]) {
						t.Errorf("read something else at %d", off)
					}
				}
			})
		}
		fill(t, s, want, 777)
		s.Finish(nil)
		readers.Wait()
	}
}

func TestStoreSaysHowTheBodyEnded(t *testing.T) {
	broken := errors.New("connection reset")
	s := newStore(t, StoreOptions{})
	fill(t, s, []byte("so far"), 6)
	if done, err := s.Done(); done || err != nil {
		t.Errorf("done %v with %v before the end", done, err)
	}
	s.Finish(broken)
	s.Finish(nil)
	if done, err := s.Done(); !done || err != broken {
		t.Errorf("done %v with %v", done, err)
	}
	if err := s.Wait(t.Context(), 1<<40); err != nil {
		t.Errorf("waiting for more than will come: %v", err)
	}
	if got, err := io.ReadAll(s.Reader(t.Context())); string(got) != "so far" || err != broken {
		t.Errorf("got %q and error %v", got, err)
	}
}

func TestStoreWaitEnds(t *testing.T) {
	s := newStore(t, StoreOptions{})
	fill(t, s, []byte("12345"), 5)
	if err := s.Wait(t.Context(), 4); err != nil {
		t.Errorf("with more there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Wait(ctx, 5); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
	waited := make(chan error, 2)
	go func() { waited <- s.Wait(t.Context(), 5) }()
	go func() {
		_, err := io.ReadAll(s.Reader(t.Context()))
		waited <- err
	}()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := <-waited; err != ErrClosed {
			t.Errorf("closed: %v", err)
		}
	}
}

func TestStoreAfterClose(t *testing.T) {
	for _, memory := range []int64{0, -1} {
		s := newStore(t, StoreOptions{Memory: memory})
		fill(t, s, []byte("12345"), 5)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Write([]byte("x")); err != ErrClosed {
			t.Errorf("Write: %v", err)
		}
		if _, err := s.ReadAt(make([]byte, 1), 0); err != ErrClosed {
			t.Errorf("ReadAt: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("the second Close: %v", err)
		}
	}
}

func TestStoreClosedWhileItGrows(t *testing.T) {
	for _, memory := range []int64{0, 4 * blockSize} {
		s := newStore(t, StoreOptions{Memory: memory})
		started := make(chan struct{})
		ended := make(chan error)
		go func() {
			close(started)
			var err error
			for err == nil {
				_, err = s.Write(make([]byte, 999))
			}
			ended <- err
		}()
		<-started
		if err := s.Wait(t.Context(), 8*blockSize); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, ErrClosed) {
			t.Errorf("the writer ends with %v", err)
		}
	}
}

// fullDisk is a file on a disk with room for so many bytes.
type fullDisk struct {
	*os.File
	room int64
	err  error
}

func (f *fullDisk) WriteAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) <= f.room {
		return f.File.WriteAt(p, off)
	}
	n, err := f.File.WriteAt(p[:max(0, f.room-off)], off)
	if err == nil {
		err = f.err
	}
	return n, err
}

func TestStoreKeepsWhatArrivedWhenWritingFails(t *testing.T) {
	want := prose(6 * blockSize)
	const memory = 2 * blockSize
	nospace := &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	for _, c := range []struct {
		name   string
		create func(string) (StoreFile, error)
		kind   Kind
		keeps  int64
	}{
		{"no file", func(string) (StoreFile, error) { return nil, syscall.EROFS }, StoreFailed, memory},
		{"no room for the file", func(string) (StoreFile, error) { return nil, nospace }, DiskFull, memory},
		{"full while it moves", disk(t, blockSize+5, nospace), DiskFull, memory},
		{"full later", disk(t, 4*blockSize+5, nospace), DiskFull, 4*blockSize + 5},
		{"input/output error", disk(t, 3*blockSize, syscall.EIO), StoreFailed, 3 * blockSize},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStore(t, StoreOptions{Memory: memory, Create: c.create})
			n, err := io.Copy(s, onlyReader{bytes.NewReader(want)})
			if e := wantKind(t, err, c.kind); e.Advice == "" {
				t.Error("the error has no hint")
			}
			if n != c.keeps || s.Size() != c.keeps {
				t.Errorf("%d bytes were taken and %d are there, want %d", n, s.Size(), c.keeps)
			}
			if _, again := s.Write([]byte("more")); again != err {
				t.Errorf("a later write gives %v", again)
			}
			s.Finish(err)
			if got := content(t, s); !bytes.Equal(got, want[:c.keeps]) {
				t.Error("what is there is not what arrived")
			}
		})
	}
}

func disk(t *testing.T, room int64, err error) func(string) (StoreFile, error) {
	return func(string) (StoreFile, error) {
		f, createErr := os.CreateTemp(t.TempDir(), "")
		return &fullDisk{f, room, err}, createErr
	}
}

// onlyReader hides the faster ways to copy.
type onlyReader struct{ io.Reader }

func TestStoreReportsAFileThatCannotBeReadBack(t *testing.T) {
	s := newStore(t, StoreOptions{Memory: -1, Create: func(string) (StoreFile, error) {
		f, err := os.CreateTemp(t.TempDir(), "")
		return &unreadable{f}, err
	}})
	fill(t, s, []byte("12345"), 5)
	_, err := s.ReadAt(make([]byte, 5), 0)
	wantKind(t, err, StoreFailed)
}

type unreadable struct{ *os.File }

func (u *unreadable) ReadAt([]byte, int64) (int, error) { return 0, syscall.EIO }
