package ui

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/example"
	"parley/httpcore"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

func (r *Root) whyNotExample() string {
	x := r.answered()
	switch {
	case r.tab().job != nil:
		return "the request still runs"
	case x == nil || x.Response() == nil:
		return "no response is shown"
	case r.tab().untitled():
		return r.withKey("save the request first", action.Save)
	}
	return ""
}

func (r *Root) whyNoExamples() string {
	if why := r.whySettings(); why != "" {
		return why
	}
	if r.tab().untitled() {
		return r.withKey("save the request first", action.Save)
	}
	return ""
}

// saveExample asks for the name of an example with the response that is shown.
func (r *Root) saveExample() tea.Cmd {
	x, request, c := r.answered(), r.tab().draft.Path, r.work.Collection
	if err := example.Fits(x); err != nil {
		return r.fail(err)
	}
	known := r.response().Checks().Secrets
	return r.Background(func() func() tea.Cmd {
		list, err := c.Examples(request)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
				Title: "Save as an example of " + request, Label: "A name, such as not-found or no-results", Accept: "save",
				Suggestion: collections.FreeExampleName(list, exampleName(x.Response())),
				Check:      func(name string) error { return collections.CheckExampleName(list, strings.TrimSpace(name)) },
				Answer:     func(name string) tea.Cmd { return r.keepExample(request, strings.TrimSpace(name), x, known) },
			}))
			return nil
		}
	})
}

// exampleName proposes a name for a response, such as 404-not-found.
func exampleName(response *httpcore.Response) string {
	reason := cmp.Or(response.Reason, http.StatusText(response.Status))
	return strings.ToLower(strings.Trim(strconv.Itoa(response.Status)+"-"+nameable.ReplaceAllString(reason, "-"), "-"))
}

// keepExample writes an example of a request.
func (r *Root) keepExample(request, name string, x *httpcore.Exchange, known []httpcore.Secret) tea.Cmd {
	var saved collections.Example
	save := func(c *collections.Collection) func() (tea.Cmd, error) {
		var made collections.Example
		e, err := example.Of(x, known...)
		if err == nil {
			made, err = c.SaveExample(request, name, e)
		}
		return func() (tea.Cmd, error) {
			saved = made
			return nil, err
		}
	}
	return r.queued(func() tea.Cmd {
		return r.begin(save, func(err error) tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			gone := new(*collections.Trashed)
			r.organised.did(fileChange{what: "the example " + name, back: r.intoTrash(saved, gone), again: outOfTrash(gone)})
			key := action.Label(r.keymap.Best(action.Examples, r.context(), r.delivers))
			return r.notify(success("saved the example " + name + " of " + request + " · " + key + " lists them"))
		})
	})
}

// intoTrash deletes an example; gone is what becomes of it.
func (r *Root) intoTrash(e collections.Example, gone **collections.Trashed) step {
	trash := r.options.Trash
	return func(c *collections.Collection) func() (tea.Cmd, error) {
		trashed, err := c.DeleteExample(e, trash)
		return func() (tea.Cmd, error) {
			if trashed != nil {
				*gone = trashed
			}
			return nil, err
		}
	}
}

// outOfTrash brings back what was deleted.
func outOfTrash(gone **collections.Trashed) step {
	return func(*collections.Collection) func() (tea.Cmd, error) {
		err := (*gone).Restore()
		return func() (tea.Cmd, error) { return nil, err }
	}
}

// showExample shows an example of a tab's request in the place of its response.
func (r *Root) showExample(of int, e collections.Example) tea.Cmd {
	c := r.work.Collection
	return r.Background(func() func() tea.Cmd {
		x, err := readExample(c, e)
		return func() tea.Cmd {
			t := r.byID(of)
			switch {
			case err != nil:
				return r.fail(err)
			case t == nil:
				return r.free(x)
			case t.job != nil:
				return tea.Batch(r.free(x), r.notify(info("the request still runs")))
			}
			t.entry = nil
			cmd := r.show(t, x, "example "+e.Name)
			t.response.SetChecks(pane.Checks{})
			if t == r.tab() {
				r.setFocus(partResponse)
			}
			return cmd
		}
	})
}

// deleteExample puts an example into the trash.
func (r *Root) deleteExample(e collections.Example) tea.Cmd {
	gone := new(*collections.Trashed)
	remove := r.intoTrash(e, gone)
	return r.queued(func() tea.Cmd {
		return r.begin(remove, func(err error) tea.Cmd {
			if *gone == nil {
				return r.fail(err)
			}
			r.organised.did(fileChange{what: "the deletion of the example " + e.Name, back: outOfTrash(gone), again: remove})
			if err != nil {
				return r.fail(err)
			}
			return r.notify(success("deleted the example " + e.Name + " · " + r.undoKey() + " brings it back"))
		})
	})
}
