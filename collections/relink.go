package collections

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Relink is a name of another file, relative to the file that says it, which was to go on naming the same one when that
// was moved or copied.
type Relink struct {
	File   string // where it is said, relative to the collection
	Key    string // such as body.file
	Before string
	// After is what the file says now; empty when the name could not be changed, since it is put together by a template.
	After string
}

// String says what became of the name.
func (r Relink) String() string {
	if r.After == "" {
		return fmt.Sprintf("%s: %s = %q is looked for beside the file, and was not changed", r.File, r.Key, r.Before)
	}
	return fmt.Sprintf("%s: %s = %q is %q now", r.File, r.Key, r.Before, r.After)
}

// relink lets what a file or folder names go on naming the same files after it came from one place to another. Both are
// relative to the collection.
func (c *Collection) relink(from, to string) ([]Relink, error) {
	if dirOfFile(from) == dirOfFile(to) {
		return nil, nil
	}
	var done []Relink
	var walk func(rest string) error
	walk = func(rest string) error {
		at := path.Join(to, rest)
		info, err := c.fsys.Lstat(c.Abs(at))
		switch {
		case err != nil:
			return disk.Wrap("read", c.Abs(at), err)
		case info.Mode().IsRegular() && strings.HasSuffix(at, suffix):
			links, err := c.relinkFile(from, path.Join(from, rest), at)
			done = append(done, links...)
			return err
		case !info.IsDir():
			return nil
		}
		list, err := c.fsys.ReadDir(c.Abs(at))
		if err != nil {
			return disk.Wrap("read", c.Abs(at), err)
		}
		for _, entry := range list {
			if err := walk(path.Join(rest, entry.Name())); err != nil {
				return err
			}
		}
		return nil
	}
	return done, walk("")
}

// relinkFile changes the names in one file. What lies in the folder that came along keeps its name.
func (c *Collection) relinkFile(moved, from, to string) ([]Relink, error) {
	src, err := c.readSource(to)
	if err != nil {
		return nil, nil // what is no TOML names nothing; the tree says what is wrong with it
	}
	var done []Relink
	next := src.doc
	for _, key := range fileKeys(src.doc.Root()) {
		name := next.Get(key...).Text
		slashed := filepath.ToSlash(name)
		target := path.Join(dirOfFile(from), slashed)
		if name == "" || path.IsAbs(slashed) || filepath.IsAbs(name) || target == moved || strings.HasPrefix(target, moved+"/") {
			continue
		}
		link := Relink{File: to, Key: strings.Join(key, "."), Before: name}
		if !strings.Contains(name, "{{") {
			rel, err := filepath.Rel(c.Abs(dirOfFile(to)), c.Abs(target))
			if err != nil {
				return done, err
			}
			link.After = filepath.ToSlash(rel)
			if link.After == path.Clean(slashed) {
				continue
			}
			if next, err = next.Set(tomldoc.Str(link.After), key...); err != nil {
				return done, err
			}
		}
		done = append(done, link)
	}
	if next == src.doc {
		return done, nil
	}
	return done, disk.ReplaceFile(c.fsys, c.Abs(to), src.doc.Bytes(), next.Bytes())
}

// dirOfFile is the folder that a file is in; "" is the collection. Unlike dirOf it takes the name of a file as it is.
func dirOfFile(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}

// fileKeys lists the paths of the texts in a file that name other files.
func fileKeys(root Value) [][]string {
	var list [][]string
	add := func(v Value, key ...string) {
		if v.Kind == tomldoc.String {
			list = append(list, key)
		}
	}
	options := func(v Value, key ...string) {
		under := func(more ...string) []string { return append(slices.Clone(key), more...) }
		add(v.Get("verify"), under("verify")...)
		add(v.Get("cert"), under("cert")...)
		add(v.Get("cert").Get("file"), under("cert", "file")...)
		add(v.Get("cert").Get("key"), under("cert", "key")...)
		add(v.Get("tls").Get("key_log"), under("tls", "key_log")...)
	}
	add(root.Get("body").Get("file"), "body", "file")
	for i, part := range root.Get("body").Get("multipart").Items {
		add(part.Get("file"), "body", "multipart", strconv.Itoa(i), "file")
	}
	options(root.Get("options"), "options")
	for _, key := range []string{"for", "sessions"} {
		for _, section := range root.Get(key).Pairs {
			options(section.Value.Get("options"), key, section.Key, "options")
			options(section.Value, key, section.Key) // a certificate may stand right in it
		}
	}
	for _, hook := range root.Get("hooks").Pairs {
		add(hook.Value.Get("file"), "hooks", hook.Key, "file")
	}
	return list
}
