// Package sample is the collection that comes with Parley: a request for every endpoint of the playground, and a tour for
// newcomers, as the TOML files that a person would have written.
//
// The files are under files, embedded whole. [Write] copies them into a folder, once, and fills in where the playground is; from
// then on they are the person's own, and this package never touches them again. It has no state, and may be used concurrently
// on different folders.
package sample

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/disk"
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

// Write writes the sample collection into dir, which must be empty or missing, and points its environments at the playground.
// A folder with anything in it gives ErrNotEmpty, and is left alone; a failure half-way leaves what was written, without the
// collection.toml that would make a collection of it.
func Write(fsys disk.FS, dir string, at Addresses) error {
	fill, err := at.replacer()
	if err != nil {
		return err
	}
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
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err := disk.MkdirAll(fsys, filepath.Dir(target), 0o777); err != nil {
			return err
		}
		if err := disk.CreateFile(fsys, target, []byte(fill.Replace(string(text))), 0o666); err != nil {
			return err
		}
	}
	return nil
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

// replacer fills in the addresses. They stand in basic strings of TOML, so what would need an escape there is refused: no
// origin has any of it.
func (a Addresses) replacer() (*strings.Replacer, error) {
	for _, address := range []string{a.Clear, a.TLS} {
		if !strings.Contains(address, "://") || strings.ContainsFunc(address, func(r rune) bool {
			return r <= ' ' || r > '~' || r == '"' || r == '\\'
		}) {
			return nil, fmt.Errorf("%q is not the address of a playground, such as http://127.0.0.1:8080", address)
		}
	}
	return strings.NewReplacer("@base_url@", a.Clear, "@tls_url@", a.TLS), nil
}
