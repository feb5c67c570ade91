package disk

import "errors"

// syncDir has nothing to do: Windows has no fsync of a folder, and NTFS journals its names.
func syncDir(string) error { return nil }

// lockFolder fails: Windows locks no folders.
func lockFolder(string) (unlock func() error, ok bool, err error) {
	return nil, false, errors.ErrUnsupported
}
