package ui

import (
	"path/filepath"
	"slices"

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

// reloaded brings the collection as it is now.
type reloaded struct {
	collection *collections.Collection
	err        error
}

// reload reads what changed, off the screen's goroutine; without paths, everything.
func (r *Root) reload(paths ...string) tea.Cmd {
	before := r.work.Collection
	return func() tea.Msg {
		c, err := before.Reload(paths...)
		return reloaded{c, err}
	}
}

// gotCollection shows another state of the collection. Open requests without edits follow their files; those with edits
// keep them, and learn of the change when they are saved.
func (r *Root) gotCollection(msg reloaded) tea.Cmd {
	if msg.err != nil {
		return r.fail(msg.err)
	}
	r.work.Collection = msg.collection
	r.sidebar.SetCollection(msg.collection)
	for _, t := range r.tabs {
		if t.untitled() || t.dirty {
			continue
		}
		if now, err := msg.collection.Request(t.draft.Path); err == nil && !sameText(t.loaded, now) {
			t.loaded = now
			r.edit(t, now.Clone())
		}
	}
	return nil
}

// sameText reports whether two states of a request are one file.
func sameText(a, b *collections.Request) bool {
	before, err := collections.NewDraft("", a, a)
	if err != nil {
		return false
	}
	after, err := collections.NewDraft("", b, b)
	return err == nil && slices.Equal(before.Text, after.Text)
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
		Answer: func(path string) tea.Cmd { return r.changed(r.work.Collection.CreateFolder(collections.Clean(path))) },
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
		Title: title + " " + from, Label: "New path in the collection", Value: from, Accept: accept, Check: r.freePath,
		Answer: func(to string) tea.Cmd {
			to = collections.Clean(to)
			if err := r.work.Collection.Move(from, to); err != nil {
				return r.fail(err)
			}
			r.undo = &undoable{"the move of " + from, func() error { return r.work.Collection.Move(to, from) }}
			r.followMove(from, to)
			return r.reload()
		},
	}))
	return nil
}

// followMove lets open requests keep to their files.
func (r *Root) followMove(from, to string) {
	for _, t := range r.tabs {
		if t.draft.Path == from && t.loaded != nil && !t.dirty {
			t.draft.Path, t.draft.File = to, to+".toml"
		}
	}
}

// Duplicate implements pane.TreeHost.
func (r *Root) Duplicate(path string) tea.Cmd {
	copied, err := r.work.Collection.Duplicate(path)
	if err != nil {
		return r.fail(err)
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
