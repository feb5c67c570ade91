// Package sample is the collection that comes with Parley: a request for every endpoint of the playground, and a tour for
// newcomers, as the TOML files that a person would have written.
//
// A description of the playground as an API, openapi.yaml, lies beside them for the URL bar to complete with.
//
// The files are under files, embedded whole. [Write] copies them into a folder, once, and fills in where the playground is; from
// then on they are the person's own, and only [Point] changes them again: the addresses, and nothing else. There is no state; the
// functions may run concurrently on different folders.
package sample

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

//go:embed all:files
var files embed.FS

const (
	root       = "files"
	entryPoint = "collection.toml"
)

// ErrNotEmpty is returned by [Write] for a folder that has something in it.
var ErrNotEmpty = errors.New("the folder is not empty")

// Addresses say where the playground is: origins without a final slash, such as http://127.0.0.1:8080.
type Addresses struct {
	Clear string // the variable base_url
	TLS   string // the variable tls_url, and base_url of the environment playground-tls
}

// environments are the files that hold addresses, and which of them each holds as base_url.
func (a Addresses) environments() map[string]string {
	return map[string]string{"environments/playground.toml": a.Clear, "environments/playground-tls.toml": a.TLS}
}

// Write writes the sample collection into dir, which must be empty or missing, and points its environments at the playground.
// A folder with anything in it gives ErrNotEmpty, and is left alone; a failure half-way leaves what was written, without the
// collection.toml that would make a collection of it.
func Write(fsys disk.FS, dir string, at Addresses) error {
	if err := makeEmpty(fsys, dir); err != nil {
		return err
	}
	names, err := list()
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := files.ReadFile(root + "/" + name)
		if err != nil {
			return err
		}
		if base, ok := at.environments()[name]; ok {
			if text, err = point(name, text, base, at.TLS); err != nil {
				return err
			}
		}
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err := disk.MkdirAll(fsys, filepath.Dir(target), 0o777); err != nil {
			return err
		}
		if err := disk.CreateFile(fsys, target, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// Where returns the addresses that a sample collection was pointed at last; they are empty where its environment says none.
func Where(fsys disk.FS, dir string) (Addresses, error) {
	file := filepath.Join(dir, "environments", "playground.toml")
	text, err := disk.ReadFile(fsys, file)
	if err != nil {
		return Addresses{}, err
	}
	doc, err := tomldoc.Parse(file, text)
	if err != nil {
		return Addresses{}, err
	}
	return Addresses{Clear: doc.Get("vars", "base_url").Text, TLS: doc.Get("vars", "tls_url").Text}, nil
}

// Point corrects the addresses in a sample collection that was written before, for a playground that has started elsewhere.
// Only the values base_url and tls_url of the two environments change; an environment that is no longer there stays away.
func Point(fsys disk.FS, dir string, at Addresses) error {
	for name, base := range at.environments() {
		file := filepath.Join(dir, filepath.FromSlash(name))
		before, err := disk.ReadFile(fsys, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		after, err := point(file, before, base, at.TLS)
		if err != nil {
			return err
		}
		if bytes.Equal(before, after) {
			continue
		}
		if err := disk.WriteFile(fsys, file, after, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// point returns an environment's text with other addresses in it.
func point(name string, text []byte, base, secure string) ([]byte, error) {
	doc, err := tomldoc.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if doc, err = doc.Set(tomldoc.Str(base), "vars", "base_url"); err != nil {
		return nil, err
	}
	if doc, err = doc.Set(tomldoc.Str(secure), "vars", "tls_url"); err != nil {
		return nil, err
	}
	return doc.Bytes(), nil
}

// makeEmpty makes dir, unless it is there and empty.
func makeEmpty(fsys disk.FS, dir string) error {
	entries, err := fsys.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return disk.MkdirAll(fsys, dir, 0o777)
	case err != nil:
		return disk.Wrap("read", dir, err)
	case len(entries) > 0:
		return fmt.Errorf("writing the sample collection to %s: %w", dir, ErrNotEmpty)
	}
	return nil
}

// list returns the slash-separated names of all files, with collection.toml last.
func list() ([]string, error) {
	var names []string
	err := fs.WalkDir(files, root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path != root+"/"+entryPoint {
			names = append(names, strings.TrimPrefix(path, root+"/"))
		}
		return err
	})
	slices.Sort(names)
	return append(names, entryPoint), err
}
