//go:build !windows

package disk

import (
	"errors"
	"os"
	"syscall"

	"github.com/gofrs/flock"
)

func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	// Some network and FUSE file systems cannot sync a folder and say so; there is nothing more to be had from them.
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

func lockFolder(name string) (unlock func() error, ok bool, err error) {
	l := flock.New(name, flock.SetFlag(os.O_RDONLY)) // a folder cannot be opened for writing
	ok, err = l.TryLock()
	return l.Unlock, ok, err
}
