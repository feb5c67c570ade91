//go:build unix

package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"parley/collections/disk"
)

// A pipe that nobody writes to would be waited for for ever.
func TestOnlyRegularFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	pipe, link, file := filepath.Join(dir, "pipe"), filepath.Join(dir, "link"), filepath.Join(dir, "file")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink(pipe, link), os.WriteFile(file, []byte("12345"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pipe, link, dir} {
		if _, err := disk.ReadRegular(disk.OS(), name, 5); !errors.As(err, new(*disk.NotRegularError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if data, err := disk.ReadRegular(disk.OS(), file, 5); string(data) != "12345" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	if _, err := disk.ReadRegular(disk.OS(), file, 4); !errors.As(err, new(*disk.TooLargeError)) {
		t.Errorf("of 5 bytes 4 are too few, and it says %v", err)
	}
	if _, err := disk.ReadRegular(disk.OS(), filepath.Join(dir, "none"), 4); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
}
