package ui

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"

	"parley/collections"
	"parley/collections/disk"
)

// Memory is the file in which the workbench remembers, for one collection, what was open.
type Memory struct {
	FS   disk.FS
	File string
}

// remembered is what a start brings back. Unsaved edits are not in it: they are in the journal.
type remembered struct {
	Tabs         []string `json:"tabs"`
	Current      int      `json:"current"`
	Environments []string `json:"environments,omitempty"`
	Folders      []string `json:"folders,omitempty"`
	Sections     []string `json:"sections,omitempty"`
	// Filters are the expressions that the bodies of each request were filtered by.
	Filters map[string][]string `json:"filters,omitempty"`
}

func (m Memory) load() (remembered, error) {
	var r remembered
	data, err := disk.ReadFile(m.FS, m.File)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return remembered{}, nil // it is only a convenience, and written anew at the end
	}
	return r, nil
}

func (m Memory) save(r remembered) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return disk.WriteFile(m.FS, m.File, data, 0o600)
}

// restore opens what was open, or the start request, or an empty one.
func (r *Root) restore() {
	was, err := r.options.Memory.load()
	if err != nil {
		r.fail(err)
	}
	if len(r.work.Environments) == 0 {
		r.work.Environments = r.existing(was.Environments)
	}
	r.sidebar.SetOpen(was.Folders)
	maps.Copy(r.filters, was.Filters)
	paths := was.Tabs
	if len(paths) == 0 && r.options.Start != "" {
		paths = []string{r.options.Start}
	}
	for i, path := range paths {
		loaded, draft, dirty, err := r.opened(path)
		if err != nil {
			continue // it was removed or renamed since
		}
		t := r.addTab(loaded, draft)
		t.dirty = dirty
		if i < len(was.Sections) {
			t.request.Show(was.Sections[i])
		}
	}
	r.recover()
	if len(r.tabs) == 0 {
		r.addTab(nil, &collections.Request{})
	}
	r.goTab(max(0, min(was.Current, len(r.tabs)-1)))
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

// remember writes down what is open, and what is not saved. It is called at the end, when there is no frame to wait for.
func (r *Root) remember() error {
	now := remembered{Environments: r.work.Environments, Folders: r.sidebar.Open()}
	for i, t := range r.tabs {
		t.stale = t.dirty
		r.keepFilters(t)
		if t.untitled() {
			continue
		}
		if i == r.current {
			now.Current = len(now.Tabs)
		}
		now.Tabs, now.Sections = append(now.Tabs, t.draft.Path), append(now.Sections, t.request.Section())
	}
	r.writeJournal()
	now.Filters = r.keptFilters()
	return r.options.Memory.save(now)
}

// keepFilters remembers what a tab's bodies were filtered by.
func (r *Root) keepFilters(t *tab) {
	if list := t.response.Filters(); !t.untitled() && len(list) > 0 {
		r.filters[t.draft.Path] = list
	}
}

// keptFilters are those of requests that are still there.
func (r *Root) keptFilters() map[string][]string {
	kept := map[string][]string{}
	for path, list := range r.filters {
		if _, err := r.work.Collection.Request(path); err == nil {
			kept[path] = list
		}
	}
	return kept
}
