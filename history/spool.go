package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/httpcore"
)

// Spool records exchanges without a database: a file each, which the next Store that is opened takes in.
type Spool struct {
	fs     disk.FS
	dir    string
	bodies bodies
}

// NewSpool returns the spool of the history in dir. It creates nothing before the first Add.
func NewSpool(fsys disk.FS, dir string) *Spool {
	return &Spool{fs: fsys, dir: filepath.Join(dir, "spool"), bodies: bodies{fsys, filepath.Join(dir, "bodies")}}
}

// Add records an exchange, with a mark in the place of every secret. It does not wait for the disk: the process may end
// right afterwards, but a power cut within seconds may take the record.
func (s *Spool) Add(meta Meta, x *httpcore.Exchange) error {
	made, err := newEncoder(s.bodies, meta, x).record(x)
	if err != nil {
		return explain("record this exchange", err)
	}
	return explain("record this exchange", s.put(made))
}

func (s *Spool) put(r *record) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := disk.MkdirAll(s.fs, s.dir, 0o700); err != nil {
		return err
	}
	return disk.WriteFileSoon(s.fs, filepath.Join(s.dir, r.UID+".json"), data, 0o600)
}

// takeInAtOnce is how many records are in memory, and in one transaction: a run may have left thousands.
const takeInAtOnce = 200

// takeIn gives every record in the spool to insert, oldest first, and removes those that it accepted. A file that is not
// a record is left where it is and said.
func (s *Spool) takeIn(insert func([]*record) error) error {
	entries, err := s.fs.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var problems []error
	for part := range slices.Chunk(entries, takeInAtOnce) {
		problems = append(problems, s.takeInPart(part, insert))
	}
	return errors.Join(problems...)
}

func (s *Spool) takeInPart(entries []fs.DirEntry, insert func([]*record) error) error {
	var (
		names    []string
		batch    []*record
		problems []error
	)
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".json") || disk.IsTemp(entry.Name()) {
			continue
		}
		name := filepath.Join(s.dir, entry.Name())
		switch r, err := s.read(name); {
		case errors.Is(err, fs.ErrNotExist):
			// Another process was faster.
		case err != nil:
			problems = append(problems, err)
		default:
			names = append(names, name)
			if r != nil {
				batch = append(batch, r)
			}
		}
	}
	if len(batch) > 0 {
		if err := insert(batch); err != nil {
			return errors.Join(append(problems, err)...)
		}
	}
	for _, name := range names {
		if err := s.fs.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

// read returns the record in a file; nil for an empty one, which is what a power cut leaves of a record.
func (s *Spool) read(name string) (*record, error) {
	data, err := disk.ReadFile(s.fs, name)
	if err != nil || len(data) == 0 {
		return nil, err
	}
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("%s is not a record of history: %w", name, err)
	}
	if r.UID == "" {
		return nil, fmt.Errorf("%s is not a record of history: it has no uid", name)
	}
	return &r, nil
}
