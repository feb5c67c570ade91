package ui

import (
	"bytes"
	"path/filepath"
	"strings"

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
func (r *Root) follow(t *tab, c *collections.Collection) {
	if t.untitled() || t.loaded == nil {
		return
	}
	now, err := c.Request(t.draft.Path)
	switch {
	case err != nil:
		t.stale = t.stale || !t.dirty
		t.dirty = true
	case bytes.Equal(now.Source(), t.loaded.Source()):
		if t.dirty && t.unchanged() {
			t.dirty, t.stale = false, false
			r.forget(t)
		}
	case !t.dirty:
		t.loaded = now
		r.edit(t, now.Clone())
	}
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

// Rename implements pane.TreeHost.
func (r *Root) Rename(path string) tea.Cmd { return r.moveTo(path, "Rename", "rename") }

// Move implements pane.TreeHost.
func (r *Root) Move(path string) tea.Cmd { return r.moveTo(path, "Move", "move") }

func (r *Root) moveTo(from, title, accept string) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: title + " " + collections.Clean(from), Label: "New path in the collection", Value: collections.Clean(from), Accept: accept, Check: r.freePath,
		Answer: func(to string) tea.Cmd {
			to = collections.Clean(to)
			if _, err := r.work.Collection.Move(from, to); err != nil {
				return r.fail(err)
			}
			r.undo = &undoable{"the move of " + from, func() error { return r.moveBack(to, from) }}
			r.sidebar.SetCurrent(to + from[len(collections.Clean(from)):])
			return tea.Batch(r.changed(r.followMove(from, to)), r.notify(success("moved to "+to)))
		},
	}))
	return nil
}

// moveBack undoes a move. The collection on the screen may not have heard of it yet.
func (r *Root) moveBack(to, from string) error {
	now, err := r.work.Collection.Reload()
	if err != nil {
		return err
	}
	if strings.HasSuffix(from, "/") {
		to += "/" // a request may have the same path
	}
	if _, err := now.Move(to, collections.Clean(from)); err != nil {
		return err
	}
	return r.followMove(to, from)
}

// followMove lets open requests keep to their files, those in a folder that was moved as well.
func (r *Root) followMove(from, to string) error {
	from, to = collections.Clean(from), collections.Clean(to)
	for _, t := range r.tabs {
		rest, ok := strings.CutPrefix(t.draft.Path, from)
		if t.loaded == nil || !ok || rest != "" && rest[0] != '/' {
			continue
		}
		moved, err := collections.ParseRequest(to+rest, t.loaded.Source())
		if moved == nil {
			return err
		}
		r.forget(t)
		t.loaded, t.draft.Path, t.draft.File = moved, moved.Path, moved.File
		t.stale = t.dirty
	}
	return nil
}

// Duplicate implements pane.TreeHost.
func (r *Root) Duplicate(path string) tea.Cmd {
	copied, err := r.work.Collection.Duplicate(path)
	if err != nil {
		return r.fail(err)
	}
	if strings.HasSuffix(path, "/") {
		r.sidebar.SetCurrent(copied + "/")
	} else {
		r.sidebar.SetCurrent(copied)
	}
	return tea.Batch(r.reload(), r.notify(success("copied to "+copied)))
}

// Delete implements pane.TreeHost. It can be undone, so nobody is asked.
func (r *Root) Delete(path string) tea.Cmd {
	trashed, err := r.work.Collection.Delete(path, r.options.Trash)
	if err != nil {
		return r.fail(err)
	}
	r.undo = &undoable{"the deletion of " + path, trashed.Restore}
	return tea.Batch(r.reload(), r.notify(success("deleted "+path+" · ctrl+z brings it back")))
}

// undoable is the last change of the collection's files, and how to take it back.
type undoable struct {
	what string
	back func() error
}

// undoFiles takes the last change of files back.
func (r *Root) undoFiles() tea.Cmd {
	if r.undo == nil {
		return r.notify(info("there is nothing to undo"))
	}
	undo := r.undo
	r.undo = nil
	if err := undo.back(); err != nil {
		return r.fail(err)
	}
	return tea.Batch(r.reload(), r.notify(success("took back "+undo.what)))
}

// title is the collection's name, or that of its folder.
func (r *Root) collectionName() string {
	if name := r.work.Collection.Settings.Name.Text; name != "" {
		return name
	}
	return filepath.Base(r.work.Collection.Root)
}
