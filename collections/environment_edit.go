package collections

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// environmentKeys is the order in which the keys of an environment are written.
var environmentKeys = []string{"protected", "vars"}

// EnvironmentFile is the file of an environment, relative to the collection; if local that of a person's own values.
func EnvironmentFile(name string, local bool) string {
	if local {
		name += localSuffix
	}
	return path.Join(EnvironmentDir, name+suffix)
}

// CreateEnvironment makes an environment without variables. One that is there stays as it is, and is an error.
func (c *Collection) CreateEnvironment(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if strings.HasSuffix(name, localSuffix) || strings.Contains(name, "/") {
		return &NameError{name, "local values belong to the environment of the name before it", "choose another name"}
	}
	if err := disk.MkdirAll(c.fsys, c.Abs(EnvironmentDir), 0o755); err != nil {
		return err
	}
	return disk.CreateFile(c.fsys, c.Abs(EnvironmentFile(name, false)), []byte("[vars]\n"), 0o644)
}

// PutVariable writes a variable of an environment, in the place of the one of that name if there is one. Of its file,
// which is read anew, nothing else changes. The first local value makes the local file, and has git ignore such files.
func (c *Collection) PutVariable(environment string, local bool, entry Entry) error {
	return c.editEnvironment(environment, local, func(p *patch, was *Environment) {
		after := slices.Clone(was.Vars)
		entry.Pos = Pos{}
		if i := slices.IndexFunc(after, func(e Entry) bool { return e.Name == entry.Name }); i >= 0 {
			entry.item, entry.Note = after[i].item, after[i].Note
			after[i] = entry
		} else {
			after = append(after, entry)
		}
		p.entries(was.Vars, after, environmentKeys, "vars")
	})
}

// DropVariable takes a variable out of an environment's file.
func (c *Collection) DropVariable(environment string, local bool, name string) error {
	return c.editEnvironment(environment, local, func(p *patch, was *Environment) {
		after := slices.DeleteFunc(slices.Clone(was.Vars), func(e Entry) bool { return e.Name == name })
		p.entries(was.Vars, after, environmentKeys, "vars")
	})
}

// Protect says in an environment's shared file that it is protected; or in no file of it any more.
func (c *Collection) Protect(environment string, on bool) error {
	for _, local := range []bool{false, true} {
		err := c.editEnvironment(environment, local, func(p *patch, was *Environment) {
			if was.Protected != on && !(on && local) {
				p.set(tomldoc.Boolean(on), environmentKeys, "protected")
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// editEnvironment changes one of an environment's files. A shared file that is gone is an error; a local one begins when
// there is something to write.
func (c *Collection) editEnvironment(name string, local bool, edit func(p *patch, was *Environment)) error {
	file := EnvironmentFile(name, local)
	before, err := c.environmentText(file)
	isNew := local && errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return err
	}
	doc, err := tomldoc.Parse(file, before)
	if err != nil {
		return err
	}
	was := &Environment{Name: name}
	decodeEnvironment(was, doc)
	if err := firstFault(was.findings); err != nil {
		return err
	}
	p := &patch{doc: doc}
	edit(p, was)
	switch after := p.doc.Bytes(); {
	case p.err != nil:
		return p.err
	case bytes.Equal(after, before):
		return nil
	case isNew:
		return errors.Join(c.ignoreLocal(), disk.CreateFile(c.fsys, c.Abs(file), after, 0o600))
	}
	err = disk.ReplaceFile(c.fsys, c.Abs(file), before, p.doc.Bytes())
	if errors.Is(err, disk.ErrChanged) { // between the look and the write; what is gone by now ends it
		return c.editEnvironment(name, local, edit)
	}
	return err
}

func (c *Collection) environmentText(file string) ([]byte, error) {
	if _, err := c.fsys.Lstat(c.Abs(file)); err != nil {
		return nil, disk.Wrap("read", c.Abs(file), err)
	}
	if err := c.inside(file); err != nil {
		return nil, err
	}
	return disk.ReadFile(c.fsys, c.Abs(file))
}

// ignoreFile tells git what is not to be shared, and ignoredLocal is the line about local files.
const (
	ignoreFile   = ".gitignore"
	ignoredLocal = "*" + localSuffix + suffix
)

// ignoreLocal has git ignore local files, if no line does so yet.
func (c *Collection) ignoreLocal() error {
	name := filepath.Join(c.Root, ignoreFile)
	text, err := disk.ReadFile(c.fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for line := range strings.Lines(string(text)) {
		switch strings.TrimPrefix(strings.TrimSpace(line), "/") {
		case ignoredLocal, "*.local.*", "**/" + ignoredLocal, EnvironmentDir + "/" + ignoredLocal:
			return nil
		}
	}
	end := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		end = "\r\n"
	}
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, end...)
	}
	text = fmt.Appendf(text, "%s%s", ignoredLocal, end)
	return disk.WriteFile(c.fsys, name, text, 0o644)
}

// DeleteEnvironment moves the files of an environment to the trash.
func (c *Collection) DeleteEnvironment(name, trash string) (*Trashed, error) {
	var files []string
	for _, local := range []bool{false, true} {
		file := EnvironmentFile(name, local)
		switch _, err := c.fsys.Lstat(c.Abs(file)); {
		case err == nil:
			files = append(files, file)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, disk.Wrap("delete", c.Abs(file), err)
		}
	}
	if len(files) == 0 {
		return nil, disk.Wrap("delete", c.Abs(EnvironmentFile(name, false)), fs.ErrNotExist)
	}
	return c.discard(&Trashed{Path: path.Join(EnvironmentDir, name), File: files[0], With: files[1:]}, trash)
}
