package ui

import (
	"context"
	"fmt"
	"path"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/importer/openapi"
	"parley/ui/pane"
)

// apis are the descriptions of APIs beside the requests, as they were read last. One reading follows another.
type apis struct {
	files []apiFile
	// reading says that they are looked for, again that something has changed since that began.
	reading, again bool
	told           map[string]bool // what was said of them
}

// apiFile is a description and what it says; err is why it says nothing.
type apiFile struct {
	file collections.Description
	doc  *openapi.Document
	err  error
}

// readAPIs reads the descriptions that have changed, off the screen's goroutine.
func (r *Root) readAPIs() tea.Cmd {
	if r.apis.reading {
		r.apis.again = true
		return nil
	}
	r.apis.reading, r.apis.again = true, false
	before, collection := r.apis.files, r.work.Collection
	return r.Background(func() func() tea.Cmd {
		files, changed := readAPIFiles(r.ctx, collection, before)
		return func() tea.Cmd { return r.gotAPIs(files, changed) }
	})
}

// readAPIFiles reads what is not as it was before.
func readAPIFiles(ctx context.Context, c *collections.Collection, before []apiFile) (files []apiFile, changed bool) {
	list := c.Descriptions(ctx)
	changed = len(list) != len(before)
	for i, file := range list {
		if i < len(before) && file.Same(before[i].file) {
			files = append(files, before[i])
			continue
		}
		changed = true
		if ctx.Err() != nil {
			return files, changed
		}
		next := apiFile{file: file}
		var data []byte
		if data, next.err = file.Read(openapi.MaxSize); next.err == nil {
			next.doc, next.err = openapi.Read(file.Name, data)
		}
		files = append(files, next)
	}
	return files, changed
}

// gotAPIs takes over what was read, and says once what could not be.
func (r *Root) gotAPIs(files []apiFile, changed bool) tea.Cmd {
	r.apis.reading = false
	var said []tea.Cmd
	if changed && r.ctx.Err() == nil {
		r.apis.files = files
		said = append(said, r.tellAPIs(), r.tab().url.Relearn())
	}
	if r.apis.again {
		said = append(said, r.readAPIs())
	}
	return tea.Batch(said...)
}

func (r *Root) tellAPIs() tea.Cmd {
	now := map[string]bool{}
	var said []tea.Cmd
	for _, f := range r.apis.files {
		switch {
		case f.err != nil:
			if now[f.err.Error()] = true; !r.apis.told[f.err.Error()] {
				n := pane.Failed(f.err)
				said = append(said, r.notify(warning(n.Text, n.Hint)))
			}
		case f.doc.Cut:
			text := fmt.Sprintf("%s has more than %d operations: the others do not complete", f.file.Name, len(f.doc.Operations))
			if now[text] = true; !r.apis.told[text] {
				said = append(said, r.notify(info(text)))
			}
		}
	}
	r.apis.told = now // what was mended may be told of again
	return tea.Batch(said...)
}

// knownAPIs are those that could be read. A single one is marked as what it is, several by their files.
func (r *Root) knownAPIs() (known []pane.KnownAPI) {
	for _, f := range r.apis.files {
		if f.doc != nil {
			known = append(known, pane.KnownAPI{Source: path.Base(f.file.Name), Document: f.doc})
		}
	}
	if len(known) == 1 {
		known[0].Source = "openapi"
	}
	return known
}

// Filled implements pane.URLHost.
func (r *Root) Filled(by *pane.URL, from string) tea.Cmd {
	r.showFilled(by)
	if from == "" {
		return nil
	}
	return r.notify(success("filled in from " + from + " · " + r.undoKey() + " takes it back"))
}

// TookBack implements pane.URLHost.
func (r *Root) TookBack(by *pane.URL, from string) tea.Cmd {
	r.showFilled(by)
	if from == "" {
		return nil
	}
	return r.notify(success("took back what was filled in from " + from))
}

func (r *Root) showFilled(by *pane.URL) {
	for _, t := range r.tabs {
		if t.url == by {
			t.request.SetRequest(t.draft)
			r.Changed(by)
		}
	}
}
