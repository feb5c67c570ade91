package ui

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/exporter"
	"parley/collections/importer"
	"parley/collections/runner"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/overlay"
)

// Import implements pane.URLHost: text that another program understands becomes the request of the tab.
func (r *Root) Import(text string) (tea.Cmd, bool) {
	for _, format := range importer.All() {
		if !format.Sniff(text) {
			continue
		}
		items, err := format.Import(text)
		if err != nil {
			return r.fail(err), true
		}
		return r.imported(format.Name, items), true
	}
	return nil, false
}

// typedCommand fills a request in from a command that was typed in the place of its URL, as a terminal without bracketed
// paste types what is pasted; ok is false when there is none.
func (r *Root) typedCommand(t *tab) (cmd tea.Cmd, ok bool) {
	text := t.draft.URL.Text
	if !strings.Contains(text, " ") {
		return nil, false
	}
	alone := t.draft.Clone()
	alone.URL = collections.Value{}
	if t.untitled() && reflect.DeepEqual(alone, &collections.Request{}) {
		t.dirty = false // there is nothing else to lose
	}
	return r.Import(text)
}

// imported fills the current tab if it is empty, and opens a new one for every other request.
func (r *Root) imported(format string, items []importer.Item) tea.Cmd {
	notes := 0
	for i, item := range items {
		t := r.tab()
		if i > 0 || !t.untitled() || t.dirty {
			t = r.addTab(nil, item.Request)
		} else {
			r.edit(t, item.Request)
		}
		t.dirty, t.stale = true, true
		notes += len(item.Notes)
	}
	if notes == 0 {
		return r.notify(success("filled in from " + format))
	}
	first := firstNote(items)
	text := fmt.Sprintf("filled in from %s; %s: %s", format, first.What, first.Why)
	if notes > 1 {
		text += fmt.Sprintf(" (and %d more)", notes-1)
	}
	return r.notify(warning(text, ""))
}

func firstNote(items []importer.Item) importer.Note {
	for _, item := range items {
		if len(item.Notes) > 0 {
			return item.Notes[0]
		}
	}
	return importer.Note{}
}

// copyAs puts the request on the clipboard as another program's.
func (r *Root) copyAs() tea.Cmd {
	var entries []overlay.Entry
	for _, format := range exporter.All() {
		entries = append(entries, overlay.Entry{
			Text: format.Title, Badge: "›", BadgeRole: themes.Accent, Pick: func() tea.Cmd { return r.export(format) },
		})
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Copy the request as", Placeholder: "Search", Empty: "No format is called that.",
	}, entries))
	return nil
}

// export resolves and prepares the request as it would be sent; secrets stay masked.
func (r *Root) export(format exporter.Exporter) tea.Cmd {
	r.tab().url.Settle()
	work, edited := *r.work, r.tab().draft.Clone()
	return r.Background(func() func() tea.Cmd {
		result, err := exported(r.ctx, work, edited, format)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			copied := r.Copy(result.Text, "the request as "+format.Title)
			if len(result.Notes) > 0 {
				return tea.Batch(copied, r.notify(warning(result.Notes[0], "")))
			}
			return copied
		}
	})
}

func exported(ctx context.Context, work runner.Workspace, edited *collections.Request, format exporter.Exporter) (exporter.Result, error) {
	out, err := work.Resolve(ctx, edited)
	if err != nil {
		return exporter.Result{}, err
	}
	session, err := work.SessionFor(out)
	if err != nil {
		return exporter.Result{}, err
	}
	prepared, err := session.Prepare(ctx, out.Request)
	if err != nil {
		return exporter.Result{}, err
	}
	return format.Export(prepared, exporter.Options{Masker: httpcore.NewMasker(prepared.Request.Secrets, httpcore.Mark)})
}
