package ui

import (
	"fmt"
	"path"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// showEnvironments lists the environments of the collection: which are in use and in what order, which are protected.
func (r *Root) showEnvironments() tea.Cmd {
	var screen *overlay.Screen
	var gone []*collections.Trashed // what was deleted here, the last one last
	of := func(do func(*collections.Environment) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if list := r.work.Collection.Environments; row >= 0 && row < len(list) {
				return do(list[row])
			}
			return nil
		}
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Environments", Titles: [3]string{"Name", "What is in it", "Files"},
		Empty: "This collection has no environments yet: a adds one.",
		Tips: r.keysOf(
			keyWord{action.Open, "variables"}, keyWord{action.Toggle, "use"}, keyWord{action.ItemNew, "add"}, keyWord{action.ItemProtect, "protect"}, keyWord{action.ItemDelete, "delete"},
			keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: r.environmentRows,
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: of(func(e *collections.Environment) tea.Cmd {
				if e.Err != nil {
					return r.fail(e.Err)
				}
				return r.showVariables(e.Name)
			}),
			action.Toggle:      of(func(e *collections.Environment) tea.Cmd { return r.toggleEnvironment(e.Name) }),
			action.ItemNew:     func(int) tea.Cmd { return r.newEnvironment(screen) },
			action.ItemProtect: of(func(e *collections.Environment) tea.Cmd { return r.protect(screen, e) }),
			action.ItemDelete: of(func(e *collections.Environment) tea.Cmd {
				return r.deleteEnvironment(screen, e.Name, func(t *collections.Trashed) { gone = append(gone, t) })
			}),
			action.Undo: func(int) tea.Cmd {
				if len(gone) == 0 {
					return r.notify(info("nothing was deleted here"))
				}
				last := gone[len(gone)-1]
				gone = gone[:len(gone)-1]
				return r.changeEnvironments(screen, path.Base(last.Path)+" is back", func(*collections.Collection) error { return last.Restore() })
			},
		},
	})
	r.overlays.Push(screen)
	for _, f := range r.work.Collection.Dotenv.Findings() {
		return r.notify(warning(f.Error(), f.Hint()))
	}
	return nil
}

// environmentRows number those in use: of several, later ones win.
func (r *Root) environmentRows() []widget.Entry {
	chosen := r.work.Names()
	list := r.work.Collection.Environments
	rows := make([]widget.Entry, len(list))
	for i, e := range list {
		mark := "○ "
		if at := slices.Index(chosen, e.Name); at >= 0 {
			mark = "● "
			if len(chosen) > 1 {
				mark = fmt.Sprintf("%d ", at+1)
			}
		}
		what := fmt.Sprintf("%d variables", len(e.Active()))
		switch {
		case e.Err != nil:
			what = "cannot be read: " + e.Err.Error()
		case e.Protected:
			what = "protected · " + what
		}
		rows[i] = widget.Entry{Name: mark + e.Name, Value: what, Note: strings.Join(e.Files, ", ")}
	}
	return rows
}

// toggleEnvironment takes an environment into use, after those that are, or out of it. With none left the collection's
// own choice is in use again.
func (r *Root) toggleEnvironment(name string) tea.Cmd {
	chosen := slices.Clone(r.work.Names())
	if at := slices.Index(chosen, name); at >= 0 {
		chosen = slices.Delete(chosen, at, at+1)
	} else {
		chosen = append(chosen, name)
	}
	return r.useEnvironments(chosen)
}

// useEnvironments resolves everything in these environments from now on.
func (r *Root) useEnvironments(names []string) tea.Cmd {
	r.work.Environments = names
	for _, t := range r.tabs {
		r.resolveTab(t)
	}
	switch chosen := r.work.Names(); len(chosen) {
	case 0:
		return r.notify(info("no environment is in use"))
	case 1:
		return r.notify(info("environment " + chosen[0]))
	default:
		return r.notify(info("environments " + strings.Join(chosen, ", then ") + ": later ones win"))
	}
}

func (r *Root) newEnvironment(screen *overlay.Screen) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "New environment", Label: "Name", Accept: "create",
		Answer: func(name string) tea.Cmd {
			name = strings.TrimSpace(name)
			return r.changeEnvironments(screen, name+" is made", func(c *collections.Collection) error { return c.CreateEnvironment(name) })
		},
	}))
	return nil
}

// protect switches the protection of an environment. To take it away is asked about: it is there to be in the way.
func (r *Root) protect(screen *overlay.Screen, e *collections.Environment) tea.Cmd {
	on := !e.Protected
	said := e.Name + " is protected: what is not safe asks for its name"
	if !on {
		said = e.Name + " is not protected any more"
	}
	change := func() tea.Cmd {
		return r.changeEnvironments(screen, said, func(c *collections.Collection) error { return c.Protect(e.Name, on) })
	}
	if on {
		return change()
	}
	r.overlays.Push(overlay.NewChoice("Take the protection of "+e.Name+" away?", "Methods that change something are sent there without a question then.",
		overlay.Option{Key: "t", Label: "take it away", Danger: true, Run: change},
	))
	return nil
}

// deleteEnvironment moves an environment to the trash, and out of use. It can be undone, so nobody is asked.
func (r *Root) deleteEnvironment(screen *overlay.Screen, name string, keep func(*collections.Trashed)) tea.Cmd {
	c, trash := r.work.Collection, r.options.Trash
	return r.Background(func() func() tea.Cmd {
		trashed, err := c.DeleteEnvironment(name, trash)
		return func() tea.Cmd {
			if trashed == nil {
				return r.fail(err)
			}
			keep(trashed)
			r.work.Environments = slices.DeleteFunc(slices.Clone(r.work.Environments), func(used string) bool { return used == name })
			back := action.Label(r.keymap.Best(action.Undo, action.Screen, nil))
			said := []tea.Cmd{r.notify(success(name + " is deleted; " + back + " brings it back")), r.reloadThen(screen.Refresh, collections.EnvironmentDir)}
			if err != nil {
				said = append(said, r.fail(err))
			}
			return tea.Batch(said...)
		}
	})
}

// changeEnvironments writes files of environments off the screen's goroutine, takes in what they say then, and shows it.
func (r *Root) changeEnvironments(screen *overlay.Screen, said string, change func(*collections.Collection) error) tea.Cmd {
	c := r.work.Collection
	return r.Background(func() func() tea.Cmd {
		err := change(c)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			return tea.Batch(r.notify(success(said)), r.reloadThen(screen.Refresh, collections.EnvironmentDir))
		}
	})
}
