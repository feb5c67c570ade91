package collections

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"parley/collections/disk"
)

// SnapshotDir is the folder of snapshots: bodies that responses are compared with, at SnapshotDir/PATH/NAME.json of the
// request PATH. It lies in the collection and not behind a dot, so that a change of a response is reviewed with the rest.
const SnapshotDir = "snapshots"

// snapshotFile is the file of a request's snapshot, relative to the collection.
func snapshotFile(request, name string) (string, error) {
	if request = Clean(request); request == "" {
		return "", &NameError{name, "a snapshot is kept for a saved request, and this one is not saved", "save the request first"}
	}
	if strings.Contains(name, "/") {
		return "", &NameError{name, "a snapshot has a plain name", "write it without /"}
	}
	if err := checkName(strings.TrimSuffix(name, path.Ext(name))); err != nil {
		return "", err
	}
	return path.Join(SnapshotDir, request, name), nil
}

// ReadSnapshot reads a snapshot of a request by its file's name, such as "user.json".
func (c *Collection) ReadSnapshot(request, name string) ([]byte, error) {
	file, err := snapshotFile(request, name)
	if err != nil {
		return nil, err
	}
	if _, err := c.lstat(file); err != nil {
		return nil, err
	}
	return c.ReadFile(file)
}

// WriteSnapshot keeps a snapshot, in the place of one called old when that is not "".
func (c *Collection) WriteSnapshot(request, name, old string, content []byte) error {
	file, err := snapshotFile(request, name)
	if err != nil {
		return err
	}
	if c.fsys == nil {
		return errNoFolder(file)
	}
	if err := c.makeFolder(path.Dir(file)); err != nil {
		return err
	}
	if _, err := c.lstat(file); err == nil {
		if err := c.inside(file); err != nil {
			return err
		}
	}
	disk.Sweep(c.fsys, c.Abs(path.Dir(file)), "") // nobody else looks for what a crash left here
	if err := disk.WriteFile(c.fsys, c.Abs(file), content, 0o644); err != nil || old == "" || old == name {
		return err
	}
	before, err := snapshotFile(request, old)
	if err != nil {
		return err
	}
	return disk.Wrap("remove", c.Abs(before), c.fsys.Remove(c.Abs(before)))
}

// maxSnapshotDepth bounds the folders of snapshots that are looked into.
const maxSnapshotDepth = 100

// Snapshots lists the requests that there are snapshots of, whether they are there or not.
func (c *Collection) Snapshots() []string {
	if c.fsys == nil || c.inside(SnapshotDir) != nil {
		return nil
	}
	return c.snapshotsBelow("", nil, maxSnapshotDepth)
}

func (c *Collection) snapshotsBelow(dir string, list []string, depth int) []string {
	entries, err := c.fsys.ReadDir(c.Abs(path.Join(SnapshotDir, dir)))
	if err != nil || depth == 0 {
		return list
	}
	files := false
	for _, entry := range entries {
		if entry.IsDir() {
			list = c.snapshotsBelow(path.Join(dir, entry.Name()), list, depth-1)
			continue
		}
		files = true
	}
	if files {
		list = append(list, dir)
	}
	return list
}

func (c *Collection) lstat(file string) (os.FileInfo, error) {
	if c.fsys == nil {
		return nil, errNoFolder(file)
	}
	return c.fsys.Lstat(c.Abs(file))
}

func errNoFolder(file string) error {
	return fmt.Errorf("%s cannot be read: there is no collection here", file)
}

// MaxFile bounds what ReadFile reads.
const MaxFile = 32 << 20

// ReadFile reads a file of the collection by its path relative to the folder. It refuses what is outside of it.
func (c *Collection) ReadFile(file string) ([]byte, error) {
	if c.fsys == nil {
		return nil, errNoFolder(file)
	}
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return nil, &OutsideError{File: file, Target: c.Abs(file)}
	}
	if err := c.inside(file); err != nil {
		return nil, err
	}
	return disk.ReadRegular(c.fsys, c.Abs(file), MaxFile)
}

// Look says why the file that another file names cannot be read, nil if it is there.
func (c *Collection) Look(beside, name string) error {
	if c.fsys == nil {
		return errNoFolder(name)
	}
	_, err := c.fsys.Resolve(c.Beside(beside, name))
	return err
}
