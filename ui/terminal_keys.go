package ui

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"parley/collections/disk"
)

// terminalKeys is the file in which it is kept which keys each kind of terminal does not send.
type terminalKeys struct {
	fsys disk.FS
	file string
}

func (p Place) terminalKeys() terminalKeys {
	return terminalKeys{p.FS, filepath.Join(p.Home.State, "terminal-keys.json")}
}

// terminal names the kind of terminal that the environment tells of. What lies between, such as tmux, swallows keys, too.
func (p Place) terminal() string {
	name := first(p.Env("TERM_PROGRAM"), p.Env("TERM"), "unknown")
	if p.Env("TMUX") != "" {
		name += " in tmux"
	}
	if p.Env("STY") != "" {
		name += " in screen"
	}
	return name
}

// load returns what is known of every terminal. A file that cannot be read says nothing: the keys can be asked for again.
func (k terminalKeys) load() map[string][]string {
	known := map[string][]string{}
	data, err := disk.ReadFile(k.fsys, k.file)
	if err != nil || json.Unmarshal(data, &known) != nil {
		return map[string][]string{}
	}
	return known
}

// save keeps which keys a terminal does not send.
func (k terminalKeys) save(terminal string, swallowed []string) error {
	if _, err := disk.ReadFile(k.fsys, k.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	known := k.load()
	known[terminal] = slices.Sorted(slices.Values(swallowed))
	data, err := json.Marshal(known)
	if err != nil {
		return err
	}
	return disk.WriteFile(k.fsys, k.file, data, 0o600)
}
