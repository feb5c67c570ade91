package secrets

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"parley/collections/disk"
)

// names is a file that says which secrets a store has, so that they can be listed without opening it. It holds no value.
// Changes are made under the folder's lock, which is the caller's to take.
type names struct {
	fsys disk.FS
	file string
}

// nameRecord is what the file holds.
type nameRecord struct {
	// Of is the digest of what the names are those of, where that can change without them.
	Of    string   `json:"of,omitempty"`
	Names []string `json:"names"`
}

// namesBrokenError says that the file cannot be read as what it should be.
type namesBrokenError struct {
	file string
	err  error
}

func (e *namesBrokenError) Error() string {
	return fmt.Sprintf("the names of secrets in %s cannot be read: %v", e.file, e.err)
}

func (e *namesBrokenError) Hint() string {
	return "remove the file: the secrets stay, and are listed again when they are set again"
}

func (e *namesBrokenError) Unwrap() error { return e.err }

func (n names) read() (nameRecord, error) {
	var record nameRecord
	data, err := readBounded(n.fsys, n.file)
	if errors.Is(err, fs.ErrNotExist) {
		return record, nil
	}
	if err != nil {
		return record, err
	}
	if err := json.Unmarshal(data, &record); err != nil {
		return nameRecord{}, &namesBrokenError{n.file, err}
	}
	return record, nil
}

func (n names) write(of string, set map[string]bool) error {
	data, err := json.Marshal(nameRecord{Of: of, Names: slices.Sorted(maps.Keys(set))})
	if err != nil {
		return err
	}
	return disk.WriteFile(n.fsys, n.file, append(data, '\n'), 0o600)
}

// change edits the names, and reports what the edit does.
func (n names) change(edit func(set map[string]bool) bool) (bool, error) {
	record, err := n.read()
	if err != nil {
		return false, err
	}
	set := map[string]bool{}
	for _, name := range record.Names {
		set[name] = true
	}
	if !edit(set) {
		return false, nil
	}
	return true, n.write("", set)
}

// add puts a name in, and says whether it was not there before.
func (n names) add(name string) (bool, error) {
	return n.change(func(set map[string]bool) bool {
		before := set[name]
		set[name] = true
		return !before
	})
}

// remove takes a name out, and says whether it was there.
func (n names) remove(name string) (bool, error) {
	return n.change(func(set map[string]bool) bool {
		before := set[name]
		delete(set, name)
		return before
	})
}
