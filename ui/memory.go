package ui

import (
	"encoding/json"
	"errors"
	"io/fs"

	"parley/collections/disk"
)

// Memory is the file in which the workbench remembers, for one collection, what was open.
type Memory struct {
	FS   disk.FS
	File string
}

// remembered is what a start brings back. Unsaved edits are not in it: they are in the journal.
type remembered struct {
	Version      int             `json:"version"`
	Tabs         []rememberedTab `json:"tabs"`
	Current      int             `json:"current"`
	Environments []string        `json:"environments,omitempty"`
	Folders      []string        `json:"folders,omitempty"`
	// Node is where the cursor of the tree is; History says that the sidebar shows history instead.
	Node    string `json:"node,omitempty"`
	History bool   `json:"history,omitzero"`
	Focus   string `json:"focus,omitempty"`
	// Last and Answer had focus last, of request and response, and of two responses.
	Last   string `json:"last,omitempty"`
	Answer string `json:"answer,omitempty"`
	Zoomed bool   `json:"zoomed,omitzero"`
	NoSide bool   `json:"no_sidebar,omitzero"`
	Linked bool   `json:"linked,omitzero"`
	Sizes  sizes  `json:"sizes,omitzero"`
	// Filters are the expressions that the bodies of each request were filtered by.
	Filters map[string][]string `json:"filters,omitempty"`
}

const (
	memoryVersion = 1
	// memoryMost bounds the file, and tabsMost the tabs that are opened again.
	memoryMost = 4 << 20
	tabsMost   = 100
)

// load reads what was open. What another version wrote, or what cannot be understood, is as good as nothing: it is only a
// convenience, and written anew at the end.
func (m Memory) load() (remembered, error) {
	data, err := disk.ReadRegular(m.FS, m.File, memoryMost)
	if _, large := errors.AsType[*disk.TooLargeError](err); large || errors.Is(err, fs.ErrNotExist) {
		return remembered{}, nil
	}
	if err != nil {
		return remembered{}, err
	}
	var r remembered
	if err := json.Unmarshal(data, &r); err != nil || r.Version != memoryVersion {
		return remembered{}, nil
	}
	return r, nil
}

// existing drops the names of environments that are gone.
func (r *Root) existing(names []string) []string {
	var found []string
	for _, name := range names {
		if _, err := r.work.Collection.Environment(name); err == nil {
			found = append(found, name)
		}
	}
	return found
}

// keepFilters remembers what a tab's bodies were filtered by.
func (r *Root) keepFilters(t *tab) {
	if list := t.response.Filters(); !t.untitled() && len(list) > 0 {
		r.filters[t.draft.Path] = list
	}
}
