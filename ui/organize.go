package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// fileChange is a deletion or a move: how to take it back, and how to make it again.
type fileChange struct {
	what        string
	back, again func() error
}

// fileChanges are those that can be taken back and made again, the last ones last.
type fileChanges struct {
	done, undone []fileChange
	// fresh says that the last change was the last thing that was done: undo takes it back wherever focus is.
	fresh bool
}

// fileChangesKept is how many of them are remembered.
const fileChangesKept = 100

// did remembers a change. What was taken back before cannot be made again after it.
func (f *fileChanges) did(c fileChange) {
	f.done = append(f.done, c)
	f.done = f.done[max(0, len(f.done)-fileChangesKept):]
	f.undone, f.fresh = nil, true
}

// undoFiles takes the last change of files back.
func (r *Root) undoFiles() tea.Cmd {
	return r.turnBack(&r.organised.done, &r.organised.undone, "there is nothing to undo", "took back ", func(c fileChange) error { return c.back() })
}

// undoKey is what brings back what is gone, as a notice names it.
func (r *Root) undoKey() string { return action.Label(r.keymap.Best(action.Undo, action.Bare, nil)) }

// redoFiles makes the change again that was taken back last.
func (r *Root) redoFiles() tea.Cmd {
	return r.turnBack(&r.organised.undone, &r.organised.done, "there is nothing to redo", "made again: ", func(c fileChange) error { return c.again() })
}

// turnBack carries out the last change of from, and puts it into to. What fails is not tried again: something else was
// done to the files since.
func (r *Root) turnBack(from, to *[]fileChange, nothing, done string, do func(fileChange) error) tea.Cmd {
	r.organised.fresh = false
	last := len(*from) - 1
	if last < 0 {
		return r.notify(info(nothing))
	}
	change := (*from)[last]
	*from = (*from)[:last]
	if err := do(change); err != nil {
		return tea.Batch(r.fail(err), r.reload())
	}
	*to = append(*to, change)
	after := r.after
	r.after = nil
	return tea.Batch(after, r.reload(), r.notify(success(done+change.what)))
}

// fresh is the collection as it is now in the folders of some paths: what is on the screen may not have heard of the last
// change yet.
func (r *Root) fresh(paths ...string) (*collections.Collection, error) {
	for i, path := range paths {
		paths[i] = collections.Clean(path)
	}
	return r.work.Collection.Reload(paths...)
}

// Rename implements pane.TreeHost.
func (r *Root) Rename(path string) tea.Cmd { return r.moveTo(path, "Rename", "rename") }

// Move implements pane.TreeHost.
func (r *Root) Move(path string) tea.Cmd { return r.moveTo(path, "Move", "move") }

func (r *Root) moveTo(from, title, accept string) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: title + " " + collections.Clean(from), Label: "New path in the collection", Value: collections.Clean(from), Accept: accept,
		Check: func(to string) error { return r.freePathFor(from, to) },
		Answer: func(to string) tea.Cmd {
			to = collections.Clean(to)
			moved, err := r.move(from, to)
			if moved == nil {
				return r.fail(err)
			}
			r.organised.did(fileChange{
				what: "the move of " + from,
				back: func() error { return r.moveBack(moved) },
				again: func() (err error) {
					moved, err = r.move(from, to)
					return err
				},
			})
			r.sidebar.SetCurrent(to + from[len(collections.Clean(from)):])
			return tea.Batch(r.changed(err), r.notify(movedNotice(moved)), r.findReferences(moved.From))
		},
	}))
	return nil
}

// freePathFor is freePath, but the name that something has already may be spelled anew.
func (r *Root) freePathFor(from, to string) error {
	if strings.EqualFold(collections.Clean(from), collections.Clean(to)) && collections.Clean(from) != collections.Clean(to) {
		return collections.CheckPath(to)
	}
	return r.freePath(to)
}

// move moves, and has open requests keep to their files.
func (r *Root) move(from, to string) (*collections.Moved, error) {
	now, err := r.fresh(from)
	if err != nil {
		return nil, err
	}
	moved, err := now.Move(from, to)
	if moved == nil {
		return nil, err
	}
	if follow := r.followMove(moved.From, moved.To); err == nil {
		err = follow
	}
	return moved, err
}

func (r *Root) moveBack(moved *collections.Moved) error {
	now, err := r.fresh(moved.From, moved.To)
	if err != nil {
		return err
	}
	if err := now.MoveBack(moved); err != nil {
		return err
	}
	return r.followMove(moved.To, moved.From)
}

func movedNotice(moved *collections.Moved) pane.Notice {
	n := success("moved to " + collections.Clean(moved.To))
	if count := len(moved.Relinks); count > 0 {
		n.Hint = moved.Relinks[0].String()
		if count > 1 {
			n.Hint += fmt.Sprintf(", and %d more", count-1)
		}
	}
	return n
}

// findReferences tells what still speaks of a request or folder that has gone.
func (r *Root) findReferences(gone string) tea.Cmd {
	c, ctx := r.work.Collection, r.ctx
	return r.Background(func() func() tea.Cmd {
		list, err := c.References(ctx, gone)
		return func() tea.Cmd {
			if err != nil || len(list) == 0 {
				return nil // the program ends, or nobody does
			}
			hint := list[0].String()
			if len(list) > 1 {
				hint += fmt.Sprintf(", and %d more", len(list)-1)
			}
			return r.notify(warning("requests still ask for "+collections.Clean(gone), hint))
		}
	})
}

// followMove lets open requests keep to their files, those in a folder that was moved as well.
func (r *Root) followMove(from, to string) error {
	var errs []error
	folder := strings.HasSuffix(from, "/")
	from, to = collections.Clean(from), collections.Clean(to)
	for _, t := range r.tabs {
		rest, ok := strings.CutPrefix(t.draft.Path, from)
		if t.loaded == nil || !ok || folder != strings.HasPrefix(rest, "/") || !folder && rest != "" {
			continue
		}
		moved, err := collections.ParseRequest(to+rest, t.loaded.Source())
		if moved == nil {
			errs = append(errs, err)
			continue
		}
		r.forget(t)
		t.loaded, t.draft.Path, t.draft.File = moved, moved.Path, moved.File
		t.stale = t.dirty
	}
	return errors.Join(errs...)
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
	if trashed == nil {
		return r.fail(err)
	}
	r.organised.did(fileChange{
		what: "the deletion of " + path,
		back: func() error { return trashed.Restore() },
		again: func() error {
			now, err := r.fresh(path)
			if err != nil {
				return err
			}
			again, err := now.Delete(path, r.options.Trash)
			if again != nil {
				trashed = again
			}
			return err
		},
	})
	return tea.Batch(r.changed(err), r.notify(success("deleted "+path+" · "+r.undoKey()+" brings it back")), r.findReferences(path))
}

// pickTrashed offers what is in the trash, to bring it back.
func (r *Root) pickTrashed() tea.Cmd {
	list, err := r.work.Collection.Trashed(r.options.Trash)
	if err != nil {
		return r.fail(err)
	}
	var entries []overlay.Entry
	for _, t := range list {
		name := t.Path
		if t.Folder {
			name += "/"
		}
		entries = append(entries, overlay.Entry{
			Text: name, Badge: " ", BadgeRole: themes.Accent, Detail: t.At.Local().Format(time.DateTime),
			Pick: func() tea.Cmd {
				if err := t.Restore(); err != nil {
					return r.fail(err)
				}
				r.sidebar.SetCurrent(name)
				return tea.Batch(r.reload(), r.notify(success("restored "+name)))
			},
		})
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Restore from the trash", Placeholder: "Search", Empty: "Nothing of this collection is in the trash.",
	}, entries))
	return nil
}
