//go:build unix

package body

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestPipeIsSentOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fifo")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	p, err := Multipart([]Part{{Name: "f", File: path}}, "B")
	if err != nil {
		t.Fatal(err)
	}
	if p.Size() != -1 {
		t.Errorf("Size is %d", p.Size())
	}
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(path, []byte("once"), 0) }()
	r, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); err != nil {
		t.Fatal(err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	r, err = p.Open()
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadAll(r)
	wantKind(t, err, NotRepeatable)
}
