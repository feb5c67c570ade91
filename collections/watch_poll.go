package collections

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// stamp is what can be seen of a file or folder without reading it.
type stamp struct {
	size int64
	mode fs.FileMode
	mod  time.Time
}

// stamps is a collection as it looks from outside: the files that count and the folders, by path.
type stamps map[string]stamp

// scan looks at everything below root that could be part of the collection. What cannot be looked at is left out, and
// so counts as gone.
func scan(root string) stamps {
	found := stamps{}
	// WalkDir's error is one that the function returns; it returns none.
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if d.IsDir() && name != root && skippedFolder(d.Name()) {
			return filepath.SkipDir
		}
		if !d.IsDir() && name != filepath.Join(root, DotenvFile) && (!ofCollection(d.Name()) || strings.HasPrefix(d.Name(), ".")) {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return nil
		}
		if info, err := d.Info(); err == nil {
			found[filepath.ToSlash(rel)] = stamp{info.Size(), info.Mode(), info.ModTime()}
		}
		return nil
	})
	return found
}

// since lists what was modified at a time or later; a folder was when something in it came or went. A second is added
// for file systems that count in seconds.
func (s stamps) since(t time.Time) map[string]bool {
	list := map[string]bool{}
	for name, st := range s {
		if !st.mod.Before(t.Add(-time.Second)) {
			list[name] = true
		}
	}
	return list
}

// diff lists what is new, gone or different. Of folders only coming and going counts: what is in them is listed itself.
func (s stamps) diff(next stamps) map[string]bool {
	list := map[string]bool{}
	for name, st := range next {
		old, ok := s[name]
		if !ok || (!st.mode.IsDir() && st != old) || st.mode.IsDir() != old.mode.IsDir() {
			list[name] = true
		}
	}
	for name := range s {
		if _, ok := next[name]; !ok {
			list[name] = true
		}
	}
	return list
}

// poll looks at all files again and again. A look that takes long makes the next ones rarer, so that looking never
// takes more than a fiftieth of the time.
func (w *watch) poll(ctx context.Context, after func(time.Duration) <-chan time.Time) error {
	last := scan(w.root)
	w.report() // what was noted before, now that what comes after it would be seen
	wait := pollInterval
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-after(wait):
		}
		start := time.Now()
		next := scan(w.root)
		wait = max(pollInterval, 50*time.Since(start))
		for name := range last.diff(next) {
			w.dirty[name] = true
		}
		last = next
		w.report()
	}
}
