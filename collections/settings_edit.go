package collections

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Settings are edited as a [Request] under a path of their own, which no request can have: what a file of settings says is
// mostly what a request says, and what [Collection.Save], [Conflict], [Merge3] and [Draft] do for a request they do for
// settings. What a request does not have is its Around; what no part of it says, such as a comment, is its text.

// SettingsPath is the path under which the settings of a folder are edited; "" is the collection.
func SettingsPath(folder string) string {
	return path.Join(Clean(folder), strings.TrimSuffix(settingsFile(Clean(folder)), suffix))
}

func settingsFile(folder string) string {
	if folder == "" {
		return CollectionFile
	}
	return FolderFile
}

// SettingsOf returns the folder whose settings are edited under a path; ok is false for the path of anything else.
func SettingsOf(name string) (folder string, ok bool) {
	name = Clean(name)
	folder = dirOfFile(name)
	return folder, path.Base(name)+suffix == settingsFile(folder)
}

// FolderOf returns the folder that a request is in; "" is the collection.
func FolderOf(name string) string { return dirOf(name) }

// Around is what settings say of a folder itself, and no request does.
type Around struct {
	Name        Value
	Environment Value
	Order       []Value
	Parallel    Value
	// For and Sessions are what [for."PREFIX"] and [sessions.NAME] say, key by key, and Secrets the hosts of [secrets.NAME].
	For      []Nested
	Sessions []Nested
	Secrets  []Entry
}

// Editable reads what is edited under a path: a request, or the settings of [SettingsPath]. Settings that have no file yet
// say nothing.
func (c *Collection) Editable(name string) (*Request, error) {
	folder, ok := SettingsOf(name)
	if !ok {
		return c.Request(name)
	}
	if _, err := c.Folder(folder); err != nil {
		return nil, err
	}
	var text []byte
	src, err := c.readSource(fileOf(name))
	switch {
	case err == nil:
		text = src.doc.Bytes()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	return ParseRequest(name, text)
}

// settingsRequest is what a file of settings says, to be edited.
func settingsRequest(name string, src *source) *Request {
	s := decodeSettings(src)
	return &Request{
		Path: name, File: s.File, source: src, findings: s.findings,
		Notes: s.Notes, Vars: s.Vars, Headers: s.Headers, Auth: s.Auth, Options: s.Options, Expect: s.Expect, Hooks: s.Hooks,
		Around: Around{
			Name: s.Name, Environment: s.Environment, Order: s.Order, Parallel: s.Parallel,
			For: nested(src.doc.Get(ForSection)), Sessions: nested(src.doc.Get(SessionsSection)), Secrets: secretHosts(src.doc.Get(secretsSection)),
		},
	}
}

// around edits what only settings say.
func (p *patch) around(before, after Around) {
	p.change(before.Name, after.Name, settingsKeys, "name")
	p.change(before.Environment, after.Environment, settingsKeys, "environment")
	if !slices.EqualFunc(before.Order, after.Order, Value.Equal) {
		order := tomldoc.List(after.Order...)
		if len(after.Order) == 0 {
			order = Value{}
		}
		p.set(order, settingsKeys, "order")
	}
	p.change(before.Parallel, after.Parallel, settingsKeys, "parallel")
	p.nested(before.For, after.For, ForSection)
	p.nested(before.Sessions, after.Sessions, SessionsSection)
	p.secrets(before.Secrets, after.Secrets)
}

// Text is the file of a request or of settings as it says it now: the text that it was read from, with its changes.
func (r *Request) Text() ([]byte, error) {
	loaded := &Request{Path: r.Path}
	if r.source != nil {
		loaded = decodeRequest(r.Path, r.source)
	}
	return Render(loaded, r)
}

// Retype returns what another text of the file says. When it is saved, that text is written, with comments and keys that
// Parley does not know, and what was changed after it.
func (r *Request) Retype(text []byte) (*Request, error) {
	typed, err := ParseRequest(r.Path, text)
	if err != nil {
		return nil, err
	}
	typed.retyped = typed.source
	return typed, nil
}

// create writes the first file of settings that had none.
func (c *Collection) create(loaded *Request, text []byte) (*Request, error) {
	if err := c.makeFolder(dirOf(loaded.Path)); err != nil {
		return nil, err
	}
	if err := disk.CreateFile(c.fsys, c.Abs(loaded.File), text, 0o644); err != nil {
		return nil, err
	}
	return ParseRequest(loaded.Path, text)
}
