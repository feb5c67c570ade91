package ui

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/overlay"
)

func (r *Root) whyNotSave() string {
	switch t := r.tab(); {
	case t.request.Problem() != "":
		return t.request.Problem()
	case !t.dirty && !t.untitled():
		return "everything is saved"
	}
	return ""
}

// unkept reports whether something was typed that neither the file nor the journal can say yet, such as a row that is not
// whole.
func (t *tab) unkept() bool { return t.request.Problem() != "" && t.draft.Held == nil }

// askUnread asks before what is [tab.unkept] is lost.
func (r *Root) askUnread(t *tab, anyway string, do func() tea.Cmd) tea.Cmd {
	r.goTab(slices.Index(r.tabs, t))
	r.overlays.Push(overlay.NewChoice("What you typed cannot be saved yet", "It would be lost: "+t.request.Problem(),
		overlay.Option{Key: "e", Label: "go on editing", Run: func() tea.Cmd {
			t.request.ShowProblem()
			return nil
		}},
		overlay.Option{Key: "c", Label: anyway, Danger: true, Run: do},
	))
	return nil
}

// leave quits, unless something would be lost by it.
func (r *Root) leave() tea.Cmd {
	for _, t := range r.tabs {
		if t.unkept() {
			return r.askUnread(t, "quit all the same", r.quit)
		}
	}
	return r.quit()
}

// save writes the request's changes to its file; one that has none asks for a name first. While files are being moved it
// waits for its turn: a file that is written where another one is just leaving is there twice.
func (r *Root) save() tea.Cmd {
	t := r.tab()
	t.url.Settle()
	if t.untitled() {
		return r.saveAs(t)
	}
	return r.queued(func() tea.Cmd { return r.saveOver(t, t.loaded) })
}

// saveOver writes what differs from loaded. The journal has it first: should the program be killed right after, the draft
// and the file are the same, and nobody is asked which of them counts.
func (r *Root) saveOver(t *tab, loaded *collections.Request) tea.Cmd {
	noted := r.writeJournal()
	saved, err := r.work.Collection.Save(loaded, t.draft)
	if conflict, ok := errors.AsType[*collections.Conflict](err); ok {
		return tea.Batch(noted, r.conflict(t, conflict))
	}
	if err != nil {
		return tea.Batch(noted, r.fail(err))
	}
	return tea.Batch(noted, r.wasSaved(t, saved))
}

// wasSaved goes on from what is in the file now.
func (r *Root) wasSaved(t *tab, saved *collections.Request) tea.Cmd {
	r.forget(t)
	t.loaded = saved
	// The panes go on editing the same request, so that undo and cursors stay.
	t.draft.Path, t.draft.File = saved.Path, saved.File
	t.dirty, t.stale = false, false
	// At once: after a crash, an older draft would hide what was saved.
	written := r.writeJournal()
	return tea.Batch(written, r.reload(saved.File), r.notify(success("saved "+saved.File)))
}

// takeTheirs shows what is in the file.
func (r *Root) takeTheirs(t *tab, theirs *collections.Request) tea.Cmd {
	r.forget(t)
	t.loaded = theirs
	r.edit(t, theirs.Clone())
	t.dirty, t.stale = false, false
	return nil
}

// saveAs asks for the path of a new request.
func (r *Root) saveAs(t *tab) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Save as", Label: "Path in the collection, such as users/create", Suggestion: t.suggestedName(), Accept: "save",
		Check: r.freePath,
		Answer: func(path string) tea.Cmd {
			saved, err := r.work.Collection.Create(path, t.draft)
			if err != nil {
				return r.fail(err)
			}
			return r.wasSaved(t, saved)
		},
	}))
	return nil
}

// freePath refuses a path that cannot be that of a new request.
func (r *Root) freePath(path string) error {
	if err := collections.CheckPath(path); err != nil {
		return err
	}
	if clean := collections.Clean(path); r.work.Collection.FreeName(clean) != clean {
		return fmt.Errorf("%s is there already", clean)
	}
	return nil
}
