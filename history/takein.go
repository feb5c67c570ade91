package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parley/collections/disk"
)

// takeInAtOnce is how many records are in memory, and in one transaction: a run may have left thousands.
const takeInAtOnce = 200

// takeIn gives every record in the spool to insert, oldest first, and removes those that it accepted. A file that is not
// of records is left where it is and said.
func (s *Spool) takeIn(insert func([]*record) error) error {
	entries, err := s.fs.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	taken := part{spool: s, insert: insert}
	var problems []error
	for _, entry := range entries {
		if disk.IsTemp(entry.Name()) {
			continue
		}
		problems = append(problems, taken.add(filepath.Join(s.dir, entry.Name())))
	}
	return errors.Join(append(problems, taken.end())...)
}

// part is some of the records in a spool, and the files of which they are the last.
type part struct {
	spool   *Spool
	insert  func([]*record) error
	records []*record
	files   []string
}

// add takes in a file, as far as it is one of the spool.
func (p *part) add(name string) (err error) {
	switch filepath.Ext(name) {
	case ".json":
		err = p.addOne(name)
	case logExt:
		taken := strings.TrimSuffix(name, logExt) + takenExt
		err = disk.Wrap("take in", name, p.spool.fs.Rename(name, taken))
		if denied, ok := errors.AsType[*disk.Error](err); ok && denied.Kind == disk.KindDenied {
			return nil // not every system renames what is open: it is taken in after the run
		}
		name = taken
		fallthrough
	case takenExt:
		if err == nil {
			err = p.addLines(name)
		}
	default:
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another process was faster
	}
	if err == nil {
		p.files = append(p.files, name)
	}
	return err
}

// addOne takes in a file of one record; an empty one is what a power cut leaves of a record.
func (p *part) addOne(name string) error {
	data, err := disk.ReadFile(p.spool.fs, name)
	if err != nil || len(data) == 0 {
		return err
	}
	return p.take(name, data)
}

// addLines takes in what was a log. A last line without its end was being written when its process was killed.
func (p *part) addLines(name string) error {
	file, err := p.spool.fs.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = p.take(name, bytes.TrimSpace(line))
		}
		if err != nil {
			return err
		}
	}
}

func (p *part) take(name string, data []byte) error {
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return fmt.Errorf("%s is not a record of history: %w", name, err)
	}
	if r.UID == "" {
		return fmt.Errorf("%s is not a record of history: it has no uid", name)
	}
	if p.records = append(p.records, &r); len(p.records) < takeInAtOnce {
		return nil
	}
	return p.end()
}

// end inserts the records, removes the files that are done with, and begins anew.
func (p *part) end() error {
	records, files := p.records, p.files
	p.records, p.files = nil, nil
	if len(records) > 0 {
		if err := p.insert(records); err != nil {
			return err
		}
	}
	var problems []error
	for _, name := range files {
		if err := p.spool.fs.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}
