package body

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestStoreInAFileOfTheUsers(t *testing.T) {
	name := filepath.Join(t.TempDir(), "kept")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	s := NewStore(StoreOptions{File: file, Create: func(string) (StoreFile, error) {
		t.Error("a second file is made")
		return nil, os.ErrInvalid
	}})
	want := prose(3 * blockSize)
	fill(t, s, want[:blockSize], 1000)
	if got, err := os.ReadFile(name); err != nil || string(got) != string(want[:blockSize]) {
		t.Fatalf("%d bytes, %v: not everything that arrived is in the file", len(got), err)
	}
	fill(t, s, want[blockSize:], blockSize)
	s.Finish(nil)
	if got := content(t, s); string(got) != string(want) {
		t.Error("it does not read back as it was written")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != string(want) {
		t.Errorf("%d bytes, %v: Close leaves the file", len(got), err)
	}
	if _, err := file.Write(nil); err == nil {
		t.Error("Close leaves the file open")
	}
}

// namedFull is a full disk's file that has a name.
type namedFull struct{ StoreFile }

func (namedFull) Name() string { return "/mine/big.iso" }

func TestStoreNamesTheUsersFile(t *testing.T) {
	full, err := disk(t, 3, syscall.ENOSPC)("")
	if err != nil {
		t.Fatal(err)
	}
	s := NewStore(StoreOptions{File: namedFull{full}})
	defer s.Close()
	n, err := s.Write([]byte("abcdef"))
	if known, ok := err.(*Error); n != 3 || !ok || known.Kind != DiskFull || !strings.Contains(known.Message, "/mine/big.iso holds the first 3 bytes") {
		t.Errorf("%d, %v", n, err)
	}
}
