package ui

import (
	"bytes"
	"errors"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/overlay"
)

// filesChanged says that files of the collection changed on disk.
type filesChanged struct{ paths []string }

// watchStopped says that nobody watches the files any more, and why.
type watchStopped struct{ err error }

// watchFiles watches the collection until the program ends.
func (r *Root) watchFiles() tea.Cmd {
	root, since := r.work.Collection.Root, r.started
	watch := func() tea.Msg {
		return watchStopped{collections.Watch(r.ctx, root, since, func(paths []string) {
			select {
			case r.changes <- paths:
			case <-r.ctx.Done():
			}
		})}
	}
	return tea.Batch(watch, r.nextChange())
}

func (r *Root) nextChange() tea.Cmd {
	return func() tea.Msg {
		select {
		case paths := <-r.changes:
			return filesChanged{paths}
		case <-r.ctx.Done():
			return nil
		}
	}
}

// follow keeps a tab to its file. Without edits it shows what the file says now; edits stay, and learn of a change when
// they are saved. What has no file any more, or one that cannot be read, is only here, and so it is kept as an edit.
func (r *Root) follow(t *tab, c *collections.Collection) tea.Cmd {
	if t.untitled() || t.loaded == nil {
		return nil
	}
	now, err := c.Editable(t.draft.Path)
	gone := t.gone
	t.gone = err != nil
	switch {
	case err != nil:
		t.stale = t.stale || !t.dirty
		t.dirty = true
		if _, missing := errors.AsType[*collections.NotFound](err); missing && !gone {
			return r.notify(warning(t.draft.Path+" has no file any more", "it is kept here until you save or close it"))
		}
	case bytes.Equal(now.Source(), t.loaded.Source()):
		if t.dirty && t.request.Problem() == "" && t.unchanged() {
			t.dirty, t.stale = false, false
			r.forget(t)
		}
	case !t.dirty:
		t.loaded = now
		r.edit(t, now.Clone())
	}
	return nil
}

// NewRequest implements pane.TreeHost.
func (r *Root) NewRequest(folder string) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "New request", Label: "Path in the collection", Value: inFolder(folder), Accept: "create", Check: r.freePath,
		Answer: func(path string) tea.Cmd {
			made, err := r.work.Collection.Create(path, &collections.Request{})
			if err != nil {
				return r.fail(err)
			}
			r.addTab(made, made.Clone())
			r.setFocus(partURL)
			return r.reload()
		},
	}))
	return nil
}

// NewFolder implements pane.TreeHost.
func (r *Root) NewFolder(folder string) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "New folder", Label: "Path in the collection", Value: inFolder(folder), Accept: "create", Check: r.freePath,
		Answer: func(path string) tea.Cmd {
			path = collections.Clean(path)
			r.sidebar.SetCurrent(path + "/")
			return r.changed(r.work.Collection.CreateFolder(path))
		},
	}))
	return nil
}

func inFolder(folder string) string {
	if folder == "" {
		return ""
	}
	return folder + "/"
}

// changed goes on after a change of the collection.
func (r *Root) changed(err error) tea.Cmd {
	if err != nil {
		return r.fail(err)
	}
	return r.reload()
}

// title is the collection's name, or that of its folder.
func (r *Root) collectionName() string {
	if name := r.work.Collection.Settings.Name.Text; name != "" {
		return name
	}
	return filepath.Base(r.work.Collection.Root)
}
