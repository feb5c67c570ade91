package secrets

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"parley/collections/disk"
)

const (
	ageName     = "secrets.age"
	keyName     = "secrets.key"
	ringNames   = "keyring-names.json"
	fileNames   = "file-names.json"
	lockName    = "lock"
	maxFileSize = 64 << 20
)

// folder is where the stores have their files.
type folder struct {
	fsys disk.FS
	dir  string
}

func (f folder) path(name string) string { return filepath.Join(f.dir, name) }

// locked makes the folder and does something there that no other Parley does at the same time.
func (f folder) locked(ctx context.Context, do func() error) (err error) {
	if err := disk.MkdirAll(f.fsys, f.dir, 0o700); err != nil {
		return err
	}
	unlock, err := disk.Lock(ctx, f.fsys, f.path(lockName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	return do()
}

// readBounded reads a file that is not larger than such files become.
func readBounded(fsys disk.FS, name string) ([]byte, error) {
	file, err := fsys.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, disk.Wrap("read", name, err)
	}
	defer file.Close() // nothing was written: closing has nothing to report
	data, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, disk.Wrap("read", name, err)
	}
	if len(data) > maxFileSize {
		return nil, fmt.Errorf("%s is larger than %d MB", name, maxFileSize>>20)
	}
	return data, nil
}
