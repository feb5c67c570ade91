package ui

import (
	"errors"
	"fmt"
	"strings"
	"sync"
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
	back, again step
}

// step changes files, off the screen's goroutine, of a collection as the screen has it. What it returns is done on the
// screen's.
type step func(c *collections.Collection) func() (tea.Cmd, error)

// fileChanges are those that can be taken back and made again, the last ones last.
type fileChanges struct {
	done, undone []fileChange
	// fresh says that the last change was the last thing that was done: undo takes it back wherever focus is.
	fresh bool
	// times counts the changes. busy says that files are being changed, and waiting is what is done to them next.
	times   int
	busy    bool
	waiting []func() tea.Cmd
	// finish waits for what is being done, and goes on from it.
	finish func() (tea.Cmd, error)
}

// fileChangesKept is how many of them are remembered.
const fileChangesKept = 100

// did remembers a change. What was taken back before cannot be made again after it.
func (f *fileChanges) did(c fileChange) {
	f.done = append(f.done, c)
	f.done = f.done[max(0, len(f.done)-fileChangesKept):]
	f.undone, f.fresh = nil, true
	f.times++
}

// inTurn changes files off the screen's goroutine, one change after another: what the next one finds is what the one before
// has left.
func (r *Root) inTurn(change step) tea.Cmd {
	return r.queued(func() tea.Cmd {
		return r.begin(change, func(err error) tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			return nil
		})
	})
}

// queued starts something now, or when what is being done to files is over.
func (r *Root) queued(start func() tea.Cmd) tea.Cmd {
	f := &r.organised
	switch {
	case !f.busy:
		return start()
	case len(f.waiting) >= fileChangesKept:
		return r.notify(warning("the files are still being changed", "wait for that, then try again"))
	default:
		f.waiting = append(f.waiting, start)
		return nil
	}
}

// begin changes files; over is called with what came of it, before the next one has its turn.
func (r *Root) begin(change step, over func(error) tea.Cmd) tea.Cmd {
	f, c := &r.organised, r.work.Collection
	work := sync.OnceValue(func() func() (tea.Cmd, error) { return change(c) })
	f.busy = true
	f.finish = func() (tea.Cmd, error) {
		cmd, err := work()()
		cmds := []tea.Cmd{cmd}
		if over != nil {
			cmds = append(cmds, over(err))
		}
		f.busy = false
		return tea.Batch(append(cmds, r.nextTurn())...), err
	}
	finish := f.finish
	return r.Background(func() func() tea.Cmd {
		work()
		return func() tea.Cmd {
			cmd, _ := finish() // over has told of the error
			return cmd
		}
	})
}

// finishFiles does what was asked for before the program ends: the screen has no turn for it any more.
func (r *Root) finishFiles() error {
	var errs []error
	for f := &r.organised; f.busy; {
		_, err := f.finish()
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// nextTurn starts what waits. What has nothing to do to files lets the next one begin.
func (r *Root) nextTurn() tea.Cmd {
	var cmds []tea.Cmd
	for f := &r.organised; !f.busy && len(f.waiting) > 0; {
		next := f.waiting[0]
		f.waiting = f.waiting[1:]
		cmds = append(cmds, next())
	}
	return tea.Batch(cmds...)
}

// undoFiles takes the last change of files back.
func (r *Root) undoFiles() tea.Cmd {
	f := &r.organised
	return r.turnBack(&f.done, &f.undone, "there is nothing to undo", "took back ", func(c fileChange) step { return c.back })
}

// undoKey is what brings back what is gone, as a notice names it.
func (r *Root) undoKey() string { return action.Label(r.keymap.Best(action.Undo, action.Bare, nil)) }

// redoFiles makes the change again that was taken back last.
func (r *Root) redoFiles() tea.Cmd {
	f := &r.organised
	return r.turnBack(&f.undone, &f.done, "there is nothing to redo", "made again: ", func(c fileChange) step { return c.again })
}

// turnBack carries out the last change of from, and puts it into to. What fails is not tried again: something else was
// done to the files since.
func (r *Root) turnBack(from, to *[]fileChange, nothing, done string, do func(fileChange) step) tea.Cmd {
	r.organised.fresh = false
	return r.queued(func() tea.Cmd {
		last := len(*from) - 1
		if last < 0 {
			return r.notify(info(nothing))
		}
		change, times := (*from)[last], r.organised.times
		*from = (*from)[:last]
		return r.begin(do(change), func(err error) tea.Cmd {
			if err != nil {
				return tea.Batch(r.fail(err), r.reload())
			}
			if to == &r.organised.done || times == r.organised.times {
				*to = append(*to, change)
			}
			return tea.Batch(r.reload(), r.notify(success(done+change.what)))
		})
	})
}

// fresh is a collection as it is now in the folders of some paths: what is on the screen may not have heard of the last
// change yet.
func fresh(c *collections.Collection, paths ...string) (*collections.Collection, error) {
	clean := make([]string, len(paths))
	for i, path := range paths {
		clean[i] = collections.Clean(path)
	}
	return c.Reload(clean...)
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
			var moved *collections.Moved
			move := func(c *collections.Collection) func() (tea.Cmd, error) {
				now, err := moveFiles(c, from, to)
				return func() (tea.Cmd, error) {
					if now == nil {
						return nil, err
					}
					moved = now
					return nil, errors.Join(err, r.followMove(moved.From, moved.To))
				}
			}
			back := func(c *collections.Collection) func() (tea.Cmd, error) {
				err := moveBack(c, moved)
				return func() (tea.Cmd, error) {
					if err != nil {
						return nil, err
					}
					return nil, r.followMove(moved.To, moved.From)
				}
			}
			return r.queued(func() tea.Cmd {
				return r.begin(move, func(err error) tea.Cmd {
					if moved == nil {
						return r.fail(err)
					}
					r.organised.did(fileChange{what: "the move of " + from, back: back, again: move})
					r.sidebar.SetCurrent(to + from[len(collections.Clean(from)):])
					return tea.Batch(r.changed(err), r.notify(movedNotice(moved)), r.findReferences(moved.From))
				})
			})
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

// moveFiles moves a request or a folder.
func moveFiles(c *collections.Collection, from, to string) (*collections.Moved, error) {
	now, err := fresh(c, from)
	if err != nil {
		return nil, err
	}
	return now.Move(from, to)
}

func moveBack(c *collections.Collection, moved *collections.Moved) error {
	now, err := fresh(c, moved.From, moved.To)
	if err != nil {
		return err
	}
	return now.MoveBack(moved)
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
	return r.inTurn(func(c *collections.Collection) func() (tea.Cmd, error) {
		now, err := fresh(c, path)
		copied := ""
		if err == nil {
			copied, err = now.Duplicate(path)
		}
		return func() (tea.Cmd, error) {
			if err != nil {
				return nil, err
			}
			if strings.HasSuffix(path, "/") {
				r.sidebar.SetCurrent(copied + "/")
			} else {
				r.sidebar.SetCurrent(copied)
			}
			return tea.Batch(r.reload(), r.notify(success("copied to "+copied))), nil
		}
	})
}

// Delete implements pane.TreeHost. It can be undone, so nobody is asked.
func (r *Root) Delete(path string) tea.Cmd {
	var trashed *collections.Trashed
	trash := r.options.Trash
	remove := func(c *collections.Collection) func() (tea.Cmd, error) {
		var gone *collections.Trashed
		now, err := fresh(c, path)
		if err == nil {
			gone, err = now.Delete(path, trash)
		}
		return func() (tea.Cmd, error) {
			if gone != nil {
				trashed = gone
			}
			return nil, err
		}
	}
	return r.queued(func() tea.Cmd {
		return r.begin(remove, func(err error) tea.Cmd {
			if trashed == nil {
				return r.fail(err)
			}
			r.organised.did(fileChange{what: "the deletion of " + path, back: func(*collections.Collection) func() (tea.Cmd, error) {
				err := trashed.Restore()
				return func() (tea.Cmd, error) { return nil, err }
			}, again: remove})
			return tea.Batch(r.changed(err), r.notify(success("deleted "+path+" · "+r.undoKey()+" brings it back")), r.findReferences(path))
		})
	})
}

// pickTrashed offers what is in the trash, to bring it back.
func (r *Root) pickTrashed() tea.Cmd {
	c, trash := r.work.Collection, r.options.Trash
	return r.Background(func() func() tea.Cmd {
		list, err := c.Trashed(trash)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			r.offerTrashed(list)
			return nil
		}
	})
}

func (r *Root) offerTrashed(list []*collections.Trashed) {
	var entries []overlay.Entry
	for _, t := range list {
		name := t.Path
		if t.Folder {
			name += "/"
		}
		entries = append(entries, overlay.Entry{
			Text: name, Badge: " ", BadgeRole: themes.Accent, Detail: t.At.Local().Format(time.DateTime),
			Pick: func() tea.Cmd { return r.restoreTrashed(t, name) },
		})
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Restore from the trash", Placeholder: "Search", Empty: "Nothing of this collection is in the trash.",
	}, entries))
}

func (r *Root) restoreTrashed(t *collections.Trashed, name string) tea.Cmd {
	return r.inTurn(func(*collections.Collection) func() (tea.Cmd, error) {
		err := t.Restore()
		return func() (tea.Cmd, error) {
			if err != nil {
				return nil, err
			}
			r.sidebar.SetCurrent(name)
			return tea.Batch(r.reload(), r.notify(success("restored "+name))), nil
		}
	})
}
