package history

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"

	"github.com/google/uuid"

	"parley/collections/disk"
	"parley/httpcore"
)

const (
	// logExt ends the name of a log that may still be written to, takenExt that of one which a Store takes in.
	logExt   = ".log"
	takenExt = ".taken"
)

// Log records the many exchanges of a run in one file of the spool, a line each: making a file costs more than a request.
// It may be used from many goroutines; Close it.
//
// A Store takes a log in at any time, and does not wait for its end: it gives the file another name, reads what is in it
// and removes it. So whoever has written a record looks whether the file still has its name. If it has, the record is
// read by whoever takes that away; if not, it may have come too late, and is recorded once more in a file of its own.
// Of two records with one uid a Store keeps one.
type Log struct {
	spool *Spool

	mu   sync.Mutex
	name string
	file *disk.Appender // nil before the first record, and after the file was taken in
}

// NewLog returns a log in the spool. It creates nothing before the first Add.
func (s *Spool) NewLog() *Log { return &Log{spool: s} }

// Add records an exchange as [Spool.Add] does.
func (l *Log) Add(meta Meta, x *httpcore.Exchange) error {
	made, err := newEncoder(l.spool.bodies, meta, x).record(x)
	if err != nil {
		return explain("record this exchange", err)
	}
	line, err := json.Marshal(made)
	if err != nil {
		return explain("record this exchange", err)
	}
	taken, err := l.write(append(line, '\n'))
	if taken && err == nil {
		err = l.spool.put(made)
	}
	return explain("record this exchange", err)
}

// write adds a line, and reports whether the file was taken in meanwhile.
func (l *Log) write(line []byte) (taken bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		if err := l.open(); err != nil {
			return false, err
		}
	}
	if _, err := l.file.Write(line); err != nil {
		return false, err
	}
	_, err = l.spool.fs.Lstat(l.name)
	if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	file := l.file
	l.file = nil
	return true, file.Close()
}

func (l *Log) open() error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	if err := disk.MkdirAll(l.spool.fs, l.spool.dir, 0o700); err != nil {
		return err
	}
	l.name = filepath.Join(l.spool.dir, id.String()+logExt)
	l.file, err = disk.Append(l.spool.fs, l.name, 0o600)
	return err
}

// Close closes the file.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	file := l.file
	l.file = nil
	return explain("close the records of this run", file.Close())
}
