package history

import (
	"encoding/json"
	"path/filepath"

	"parley/collections/disk"
	"parley/httpcore"
)

// Spool records exchanges without a database: a file each, or those of a [Log] in one. The next Store that is opened takes
// them in.
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
