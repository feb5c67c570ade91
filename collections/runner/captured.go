package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/expect"
	"parley/collections/template"
	"parley/httpcore"
)

// CapturedName is the scope of captured values.
const CapturedName = "captured"

// CapturedStore keeps the values that were captured from the responses of a collection, apart for each choice of
// environments and each session, in a file for its owner alone (0600 in 0700): FOLDER/COLLECTION.json. Several processes
// may use one at once, and many goroutines. A nil store keeps nothing. One of [NewCapturedMemory] has no file.
type CapturedStore struct {
	fsys   disk.FS
	name   string
	memory *capturedMemory
}

// NewCapturedStore returns the store of the collection at root below a folder, which is made when there is something to
// keep.
func NewCapturedStore(fsys disk.FS, folder, root string) *CapturedStore {
	return &CapturedStore{fsys: fsys, name: filepath.Join(folder, collections.StateName(root)+".json")}
}

// capturedFile is what the file holds.
type capturedFile struct {
	Version int `json:"version"`
	// Values are by place, then by name.
	Values map[string]map[string]keptCapture `json:"values"`
}

// capturedVersion is the format of the file. One of a later version is left alone.
const capturedVersion = 1

type keptCapture struct {
	Value json.RawMessage `json:"value"`
	// From is the path of the request whose response had it.
	From   string `json:"from,omitempty"`
	Secret bool   `json:"secret,omitempty"`
}

// CapturedFileError says that captured values cannot be read. The file stays as it is.
type CapturedFileError struct{ Path, Reason string }

// Error names the file.
func (e *CapturedFileError) Error() string {
	return fmt.Sprintf("captured values cannot be read from %s: %s", e.Path, e.Reason)
}

// Hint says how to go on.
func (e *CapturedFileError) Hint() string {
	return "remove the file, and send what captures them again"
}

func (s *CapturedStore) read() (capturedFile, error) {
	f := capturedFile{Version: capturedVersion, Values: map[string]map[string]keptCapture{}}
	data, err := disk.ReadFile(s.fsys, s.name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // keeping something there says what is wrong
		return f, nil
	}
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return f, &CapturedFileError{s.name, "it is broken"} // and may quote a secret
	}
	if f.Version != capturedVersion {
		return f, &CapturedFileError{s.name, fmt.Sprintf("it has the format %d, and this version of Parley reads %d", f.Version, capturedVersion)}
	}
	if f.Values == nil {
		f.Values = map[string]map[string]keptCapture{}
	}
	return f, nil
}

// place names a choice of environments and a session.
func capturedPlace(environments []string, session string) string {
	return strings.Join(append(slices.Clone(environments), session), "\n")
}

// Layer returns what is kept for a choice of environments and a session, as variables.
func (s *CapturedStore) Layer(environments []string, session string) (env.Layer, error) {
	layer := env.Layer{Name: CapturedName}
	if s == nil {
		return layer, nil
	}
	if s.memory != nil {
		return s.memory.layer(), nil
	}
	f, err := s.read()
	if err != nil {
		return layer, err
	}
	for name, kept := range f.Values[capturedPlace(environments, session)] {
		value, err := decodeCaptured(kept.Value)
		if err != nil {
			return layer, &CapturedFileError{s.name, "it is broken"}
		}
		layer.Vars = append(layer.Vars, capturedVariable(name, kept.From, value, kept.Secret))
	}
	slices.SortFunc(layer.Vars, func(a, b template.Variable) int { return strings.Compare(a.Name, b.Name) })
	return layer, nil
}

func capturedVariable(name, from string, value any, secret bool) template.Variable {
	scope := CapturedName
	if from != "" {
		scope += " from " + from
	}
	return template.Variable{Name: name, Value: value, Literal: true, Secret: secret, Origin: template.Origin{Scope: scope}}
}

// capturedSecrets are the values of a layer that must not be shown.
func capturedSecrets(layer env.Layer) []httpcore.Secret {
	var list []httpcore.Secret
	for _, v := range layer.Vars {
		if v.Secret {
			list = append(list, expect.CapturedSecret(v.Name, v.Value)...)
		}
	}
	return list
}

// Keep keeps what a response of the request at from gave, in the place of what was kept under those names.
func (s *CapturedStore) Keep(ctx context.Context, environments []string, session, from string, captured []expect.Captured) (err error) {
	if s == nil || !slices.ContainsFunc(captured, func(c expect.Captured) bool { return c.Err == nil }) {
		return nil
	}
	if s.memory != nil {
		return s.memory.keep(from, captured)
	}
	if err := disk.MkdirAll(s.fsys, filepath.Dir(s.name), 0o700); err != nil {
		return err
	}
	unlock, err := disk.Lock(context.WithoutCancel(ctx), s.fsys, s.name+lockSuffix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, disk.Wrap("unlock", s.name, unlock())) }()
	f, err := s.read()
	if err != nil {
		return err
	}
	at := capturedPlace(environments, session)
	if f.Values[at] == nil {
		f.Values[at] = map[string]keptCapture{}
	}
	for _, c := range captured {
		if c.Err != nil {
			continue
		}
		value, err := json.Marshal(c.Value)
		if err != nil {
			return err
		}
		f.Values[at][c.Name] = keptCapture{value, from, c.Secret}
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return disk.WriteFile(s.fsys, s.name, append(data, '\n'), 0o600)
}

// decodeCaptured reads a value with its numbers as they are spelled.
func decodeCaptured(data json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return spelled(value), err
}

func spelled(value any) any {
	switch v := value.(type) {
	case json.Number:
		return template.Number(v)
	case []any:
		for i := range v {
			v[i] = spelled(v[i])
		}
	case map[string]any:
		for key, item := range v {
			v[key] = spelled(item)
		}
	}
	return value
}

// CapturedFor returns the captured values that a request sees.
func (w Workspace) CapturedFor(r *collections.Request) (env.Layer, error) {
	return w.Captured.Layer(w.Names(), w.SessionOf(r))
}

// KeepCaptured keeps what a response of a request gave for those that are sent after it.
func (w Workspace) KeepCaptured(ctx context.Context, r *collections.Request, captured []expect.Captured) error {
	if len(captured) == 0 {
		return nil
	}
	return w.Captured.Keep(ctx, w.Names(), w.SessionOf(r), r.Path, captured)
}
