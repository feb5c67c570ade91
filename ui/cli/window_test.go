package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"parley/httpcore/body"
)

func TestAWindowPassesOnMoreThanItHolds(t *testing.T) {
	w, err := newWindow(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	store := body.NewStore(body.StoreOptions{File: w})
	defer store.Close()
	want := make([]byte, 100_000)
	random := rand.NewChaCha8([32]byte{1})
	random.Read(want)
	go func() {
		sizes := rand.New(rand.NewPCG(1, 2))
		for rest := want; len(rest) > 0; {
			n := min(len(rest), 1+sizes.IntN(700))
			if _, err := store.Write(rest[:n]); err != nil {
				store.Finish(err)
				return
			}
			rest = rest[n:]
		}
		store.Finish(nil)
	}()
	got, err := io.ReadAll(store.Reader(t.Context()))
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d of %d bytes, equal: %v, %v", len(got), len(want), bytes.Equal(got, want), err)
	}
	if info, err := w.file.Stat(); err != nil || info.Size() > 1000 {
		t.Errorf("the file has %d bytes, %v; want no more than its size", info.Size(), err)
	}
	if _, err := store.ReadAt(make([]byte, 10), 0); err == nil {
		t.Error("what was overwritten is read")
	}
}

func TestAWindowThatFitsCanBeReadAgain(t *testing.T) {
	w, err := newWindow(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	store := body.NewStore(body.StoreOptions{File: w})
	defer store.Close()
	want := bytes.Repeat([]byte("0123456789"), 100)
	if _, err := store.Write(want); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got := make([]byte, 1000)
		if _, err := store.ReadAt(got, 0); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q, %v", got, err)
		}
	}
}

func TestAWindowEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w, err := newWindow(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	written := make(chan error)
	go func() {
		_, err := w.WriteAt(make([]byte, 20), 0)
		written <- err
	}()
	select {
	case err := <-written:
		t.Fatalf("it does not wait for a reader: %v", err)
	default:
	}
	cancel()
	if err := <-written; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
