package collections

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"parley/collections/disk"
	"parley/collections/example"
)

const (
	// exampleSuffix ends the folder of a request's examples, which lies beside its file: users/create.examples has those of
	// users/create.toml. It is no part of the tree.
	exampleSuffix = ".examples"
	// exampleFileSuffix ends the name of an example's file.
	exampleFileSuffix = ".http"
	// maxExamples bounds the examples of a request.
	maxExamples = 500
)

func exampleDir(request string) string { return Clean(request) + exampleSuffix }

func isExampleDir(name string) bool { return strings.HasSuffix(strings.ToLower(name), exampleSuffix) }

// Example is a named example as it lies in the collection.
type Example struct {
	Name string
	// File is relative to the collection, Size counts its bytes.
	File string
	Size int64
}

// Examples lists the examples of a request by name. Files whose names could not be shown as they are, are none.
func (c *Collection) Examples(request string) ([]Example, error) {
	if c.fsys == nil {
		return nil, errNoFolder(exampleDir(request))
	}
	dir := exampleDir(request)
	entries, err := c.fsys.ReadDir(c.Abs(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.Wrap("read", c.Abs(dir), err)
	}
	var list []Example
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), exampleFileSuffix)
		if !ok || name == "" || strings.ContainsFunc(name, unsuitable) || !entry.Type().IsRegular() || disk.IsTemp(entry.Name()) {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			continue // it went meanwhile
		}
		list = append(list, Example{Name: name, File: path.Join(dir, entry.Name()), Size: info.Size()})
		if len(list) == maxExamples {
			break
		}
	}
	return list, nil
}

// ReadExample reads an example of a request.
func (c *Collection) ReadExample(e Example) (*example.Example, error) {
	if c.fsys == nil {
		return nil, errNoFolder(e.File)
	}
	if err := c.inside(e.File); err != nil {
		return nil, err
	}
	data, err := disk.ReadRegular(c.fsys, c.Abs(e.File), example.MaxFile)
	if err != nil {
		return nil, err
	}
	read, err := example.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.File, err)
	}
	return read, nil
}

// CheckExampleName says whether a name can be that of another example beside those of a list.
func CheckExampleName(list []Example, name string) error {
	if name == "" || strings.Contains(name, "/") {
		return &NameError{name, "an example has a plain name", "write it without /, such as not-found"}
	}
	if err := checkName(name); err != nil {
		return err
	}
	if len(list) >= maxExamples {
		return &NameError{name, fmt.Sprintf("the request has %d examples, and no more are listed", maxExamples), "delete some"}
	}
	for _, e := range list {
		if areTwins(e.Name, name) {
			return &NameError{name, "there is an example of that name", "choose another name"}
		}
	}
	return nil
}

// SaveExample writes an example of a request under a name, and returns what is listed of it. It never replaces one.
func (c *Collection) SaveExample(request, name string, e *example.Example) (Example, error) {
	if request = Clean(request); request == "" {
		return Example{}, &NameError{name, "an example is kept for a saved request, and this one is not saved", "save the request first"}
	}
	list, err := c.Examples(request)
	if err == nil {
		err = CheckExampleName(list, name)
	}
	if err != nil {
		return Example{}, err
	}
	text, err := e.Encode()
	if err != nil {
		return Example{}, err
	}
	dir := exampleDir(request)
	if err := c.makeFolder(dir); err != nil {
		return Example{}, err
	}
	disk.Sweep(c.fsys, c.Abs(dir), "") // nobody else looks for what a crash left here
	saved := Example{Name: name, File: path.Join(dir, name+exampleFileSuffix), Size: int64(len(text))}
	return saved, disk.CreateFile(c.fsys, c.Abs(saved.File), text, 0o644)
}

// FreeExampleName returns name, or the first of name-2, name-3 … that no example in a list has.
func FreeExampleName(list []Example, name string) string {
	free := name
	for i := 2; ; i++ {
		taken := false
		for _, e := range list {
			taken = taken || areTwins(e.Name, free)
		}
		if !taken {
			return free
		}
		free = fmt.Sprintf("%s-%d", name, i)
	}
}

// DeleteExample puts an example into the trash, from where it can be brought back as requests are.
func (c *Collection) DeleteExample(e Example, trash string) (*Trashed, error) {
	if c.fsys == nil {
		return nil, errNoFolder(e.File)
	}
	if err := c.inside(e.File); err != nil {
		return nil, err
	}
	t, err := c.discard(&Trashed{Path: e.File, File: e.File}, trash)
	_ = c.fsys.Remove(c.Abs(path.Dir(e.File))) // where it is not empty, it stays
	return t, err
}
