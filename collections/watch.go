package collections

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of a watch. An editor's save is several events within a few milliseconds; git's checkout is many.
const (
	quietTime    = 75 * time.Millisecond
	pollInterval = 2 * time.Second
)

// Watch reports changes of a collection's files until ctx is done, which is no error. It calls changed, from the
// goroutine it is called in, with the paths that changed, relative to root with slashes, ready for
// [Collection.Reload]; "." means everything. Changes that come close together come in one call, and what Parley writes
// itself is reported too.
//
// Files that were changed since the given time, when the collection was about to be read, are reported at once, so
// that nothing is missed in between. Where the system has no watches left, or root is on a file system without them,
// Watch looks at all files every two seconds, or more rarely where that takes long.
func Watch(ctx context.Context, root string, since time.Time, changed func([]string)) error {
	w := &watch{root: root, changed: changed, dirty: map[string]bool{}}
	events, err := fsnotify.NewWatcher()
	if err == nil {
		defer events.Close()
		err = w.add(events, root)
	}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			w.dirty["."] = true // it went as soon as it was read
		}
		return w.poll(ctx, time.After)
	}
	for name := range scan(root).since(since) {
		w.dirty[name] = true
	}
	w.report()
	return w.listen(ctx, events)
}

// watch collects what changed until it is quiet.
type watch struct {
	root    string
	changed func([]string)
	dirty   map[string]bool
}

// errWatchLost says that the system's watches cannot be relied on.
var errWatchLost = errors.New("the watch was lost")

func (w *watch) listen(ctx context.Context, events *fsnotify.Watcher) error {
	quiet := time.NewTimer(quietTime)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-events.Events:
			if !ok {
				return errWatchLost
			}
			if err := w.note(events, e); err != nil {
				w.dirty["."] = true
				return w.poll(ctx, time.After)
			}
			quiet.Reset(quietTime)
		case _, ok := <-events.Errors:
			if !ok {
				return errWatchLost
			}
			w.dirty["."] = true // the queue overflowed: what was in it is not known
			quiet.Reset(quietTime)
		case <-quiet.C:
			w.report()
		}
	}
}

// note takes one event in. An error means that a new folder could not be watched, or that the collection itself is gone,
// of which the system would not say that it came back.
func (w *watch) note(events *fsnotify.Watcher, e fsnotify.Event) error {
	name, err := filepath.Rel(w.root, e.Name)
	if err != nil || e.Op == fsnotify.Chmod {
		return nil
	}
	name = filepath.ToSlash(name)
	base := filepath.Base(e.Name)
	if name == "." && (e.Op.Has(fsnotify.Remove) || e.Op.Has(fsnotify.Rename)) {
		return errWatchLost
	}
	if name == DotenvFile {
		w.dirty[name] = true
		return nil
	}
	if name != "." && (skippedFolder(base) || strings.HasPrefix(base, ".")) {
		return nil
	}
	if e.Op.Has(fsnotify.Create) {
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
			w.dirty[name] = true
			return w.add(events, e.Name)
		}
	}
	// Of what is gone it cannot be said any more whether it was a folder.
	if ofCollection(base) || e.Op.Has(fsnotify.Remove) || e.Op.Has(fsnotify.Rename) {
		w.dirty[name] = true
	}
	return nil
}

// ofCollection reports whether a file counts by its name: those that are read, and the descriptions of APIs.
func ofCollection(base string) bool { return strings.HasSuffix(base, suffix) || IsDescription(base) }

// add watches a folder and those below it. What disappears meanwhile needs no watch.
func (w *watch) add(events *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != w.root:
			return nil
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != w.root && skippedFolder(d.Name()):
			return filepath.SkipDir
		}
		if err := events.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// report hands over what changed.
func (w *watch) report() {
	if len(w.dirty) == 0 {
		return
	}
	list := slices.Sorted(maps.Keys(w.dirty))
	clear(w.dirty)
	w.changed(list)
}
