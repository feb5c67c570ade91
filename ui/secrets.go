package ui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections/env"
	"parley/collections/secrets"
	"parley/httpcore"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

func (r *Root) whyNoSecrets() string {
	if r.work.Secrets == nil {
		return "no secrets are kept here"
	}
	return ""
}

// listedSecret is a secret with what uses it.
type listedSecret struct {
	secrets.Kept
	uses []string
}

// listSecrets reads the list of secrets off the screen's goroutine.
func (r *Root) listSecrets(then func([]listedSecret) tea.Cmd) tea.Cmd {
	collection := r.work.Collection
	return r.Background(func() func() tea.Cmd {
		uses, err := collection.SecretUses(r.ctx)
		if err != nil {
			return func() tea.Cmd { return r.fail(err) }
		}
		var used []string
		for name := range uses {
			used = append(used, name)
		}
		kept, err := r.work.Secrets.List(r.ctx, used...)
		list := make([]listedSecret, len(kept))
		for i, k := range kept {
			list[i] = listedSecret{k, uses[k.Name]}
		}
		return func() tea.Cmd {
			if err != nil {
				return tea.Batch(r.fail(err), then(list))
			}
			return then(list)
		}
	})
}

// showSecrets lists the secrets that are kept or asked for.
func (r *Root) showSecrets() tea.Cmd {
	return r.listSecrets(func(list []listedSecret) tea.Cmd {
		r.pushSecrets(list)
		return nil
	})
}

func (r *Root) pushSecrets(list []listedSecret) {
	var screen *overlay.Screen
	again := func() tea.Cmd {
		return r.listSecrets(func(now []listedSecret) tea.Cmd {
			list = now
			screen.Refresh()
			return nil
		})
	}
	of := func(do func(listedSecret) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(list) {
				return nil
			}
			return do(list[row])
		}
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Secrets", Titles: [3]string{"Name", "Kept in", "Used by"},
		Empty: `There are no secrets yet: a adds one, for {{ secret("name") }}.`,
		Tips: r.keysOf(
			keyWord{action.Open, "set"}, keyWord{action.ItemNew, "add"}, keyWord{action.ItemDelete, "forget"},
			keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(list))
			for i, s := range list {
				rows[i] = widget.Entry{Name: s.Name, Value: s.Where(), Note: strings.Join(s.uses, ", ")}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open:    of(func(s listedSecret) tea.Cmd { return r.setSecret(s.Name, again) }),
			action.ItemNew: func(int) tea.Cmd { return r.setSecret("", again) },
			action.ItemDelete: of(func(s listedSecret) tea.Cmd {
				r.overlays.Push(overlay.NewChoice("Forget the secret "+s.Name+"?", "It cannot be brought back.",
					overlay.Option{Key: "f", Label: "forget it", Danger: true, Run: func() tea.Cmd { return r.forgetSecret(s.Name, again) }},
				))
				return nil
			}),
		},
	})
	r.overlays.Push(screen)
}

func (r *Root) forgetSecret(name string, then func() tea.Cmd) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		found, err := r.work.Secrets.Remove(r.ctx, name)
		return func() tea.Cmd {
			note := success("the secret " + name + " is forgotten")
			switch {
			case err != nil:
				note = failure(err)
			case !found:
				note = info("the secret " + name + " is not kept by Parley")
			}
			return tea.Batch(r.notify(note), then())
		}
	})
}

// setSecret asks for a secret, whose value is not shown, and keeps it.
func (r *Root) setSecret(name string, then func() tea.Cmd) tea.Cmd {
	typed := func(value func(string) string) httpcore.Secret {
		if name != "" {
			return httpcore.NewSecret(name, value("value"))
		}
		return httpcore.NewSecret(strings.TrimSpace(value("name")), value("value"))
	}
	title := "Set the secret " + name
	fields := []widget.Field{{Key: "value", Label: "Value", Kind: widget.FieldSecret, Help: "it is kept in the keyring, else in an encrypted file"}}
	if name == "" {
		title = "Add a secret"
		fields = slices.Insert(fields, 0, widget.Field{Key: "name", Label: "Name", Placeholder: "api-token"})
	}
	r.overlays.Push(overlay.NewForm(overlay.FormOptions{
		Title: title, Accept: "keep", Fields: fields,
		Check: func(value func(string) string) (string, error) {
			if err := secrets.CheckName(typed(value).Name); err != nil {
				return "name", err
			}
			return "value", secrets.Check(typed(value))
		},
		Answer: func(value func(string) string) tea.Cmd { return r.keepSecret(typed(value), then) },
	}))
	return nil
}

func (r *Root) keepSecret(secret httpcore.Secret, then func() tea.Cmd) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		kept, trouble, err := r.work.Secrets.Set(r.ctx, secret)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			note := success("the secret " + secret.Name + " is kept")
			for _, k := range kept {
				note = success("the secret " + secret.Name + " is kept: " + k.Where())
				if k.Protection == secrets.Unprotected {
					note = warning(k.File+" is not protected: its key lies beside it", "")
				}
			}
			if trouble != nil {
				note = warning(note.Text+"; "+trouble.Error(), "")
			}
			return tea.Batch(r.notify(note), then())
		}
	})
}

// offerSecret offers to set the secret that a request could not be sent without, and sends it then.
func (r *Root) offerSecret(t *tab, err error) {
	if r.work.Secrets == nil || t != r.tab() {
		return
	}
	name := ""
	if unknown, ok := errors.AsType[*env.UnknownSecret](err); ok {
		name = unknown.Name
	}
	if name == "" || secrets.CheckName(name) != nil {
		return
	}
	r.overlays.Push(overlay.NewLateChoice(r.now, "There is no secret "+name, "The request needs it. It can be set now, and the request is sent then.",
		overlay.Option{Key: "s", Label: "set it", Run: func() tea.Cmd {
			return r.setSecret(name, func() tea.Cmd {
				if t != r.tab() {
					return nil
				}
				return r.send()
			})
		}},
	))
}
