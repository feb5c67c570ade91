package ui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/safe"
)

// textSearch is a search through the collection's text that goes on as long as its picker asks for that text. It does a
// piece at a time, off the screen's goroutine, and shows what it has found so far.
type textSearch struct {
	picker *overlay.Picker
	cancel context.CancelFunc // of what runs
	found  []collections.Hit
}

// hitsShown bounds what is listed: who sees so much types on.
const hitsShown = 500

const typeToSearch = "Type what to look for: every line that has it is listed."

// searchText asks for a text, and finds it in all files of the collection.
func (r *Root) searchText() tea.Cmd {
	s := &textSearch{cancel: func() {}}
	s.picker = overlay.NewPicker(overlay.PickerOptions{
		Title: "Search the collection's text", Placeholder: "a word of a URL, a header, a body, notes, a variable", Wide: true,
		Empty:  typeToSearch,
		Search: func(query string) tea.Cmd { return r.findText(s, query) },
	}, nil)
	r.overlays.Push(s.picker)
	return nil
}

// findText begins anew, for another text.
func (r *Root) findText(s *textSearch, query string) tea.Cmd {
	s.cancel()
	s.found = nil
	if strings.TrimSpace(query) == "" {
		s.picker.SetEmpty(typeToSearch)
		s.picker.SetEntries(nil)
		return nil
	}
	s.picker.SetEmpty("Nothing to show: no file has what is typed.")
	ctx, cancel := context.WithCancel(r.ctx)
	s.cancel = cancel
	collection := r.work.Collection
	var search *collections.Search
	var step func() tea.Cmd
	step = func() tea.Cmd {
		return r.Background(func() func() tea.Cmd {
			if search == nil {
				search = collection.Find(query)
			}
			hits, done := search.Next(ctx)
			return func() tea.Cmd {
				if ctx.Err() != nil || s.picker.Done() || s.picker.Query() != query {
					cancel()
					return nil
				}
				s.found = append(s.found, hits...)
				s.found = s.found[:min(len(s.found), hitsShown)]
				if len(hits) > 0 || done {
					s.picker.SetEntries(r.hitEntries(s.found))
				}
				if done || len(s.found) == hitsShown {
					cancel()
					return nil
				}
				return step()
			}
		})
	}
	return step()
}

// hitEntries lists what was found: a line for each file, and below it one for each place.
func (r *Root) hitEntries(hits []collections.Hit) []overlay.Entry {
	var entries []overlay.Entry
	for i, hit := range hits {
		open := func() tea.Cmd { return r.openHit(hit) }
		if i == 0 || hits[i-1].File != hit.File {
			entry := overlay.Entry{Text: hit.File, Badge: pane.ShortMethod(hit.Method), BadgeRole: themes.Method(hit.Method), Pick: open}
			if hit.Method != "" {
				entry.Text = hit.Path
			}
			if hit.Line == 0 {
				entry.Marked = markedBytes(strings.Index(entry.Text, hit.Text)+hit.From, hit.To-hit.From)
			}
			if n := placesIn(hits[i:]); n > 1 {
				entry.Detail = fmt.Sprintf("%d places", n)
			}
			entries = append(entries, entry)
		}
		if hit.Line == 0 {
			continue
		}
		text, from, to := safeHit(hit)
		entries = append(entries, overlay.Entry{
			Text: text, Marked: markedBytes(from, to-from), Badge: strconv.Itoa(hit.Line), BadgeRole: themes.Faint, Detail: safe.Line(hit.Key), Pick: open,
		})
	}
	return entries
}

// placesIn counts those of the first file.
func placesIn(hits []collections.Hit) int {
	n := 0
	for _, hit := range hits {
		if hit.File != hits[0].File {
			break
		}
		if hit.Line > 0 {
			n++
		}
	}
	return n
}

// safeHit is a line that can be shown, and where in it the found text is.
func safeHit(hit collections.Hit) (text string, from, to int) {
	before, found := safe.Line(hit.Text[:hit.From]), safe.Line(hit.Text[hit.From:hit.To])
	return before + found + safe.Line(hit.Text[hit.To:]), len(before), len(before) + len(found)
}

func markedBytes(from, n int) []int {
	list := make([]int, 0, max(0, n))
	for i := range n {
		list = append(list, from+i)
	}
	return list
}

// openHit shows a place where the text is edited: the request with the side and the row, if there are such.
func (r *Root) openHit(hit collections.Hit) tea.Cmd {
	if hit.Environment != "" {
		return r.showVariables(hit.Environment)
	}
	cmd := r.OpenRequest(hit.Path)
	t := r.tab()
	if t.draft.Path != hit.Path {
		return cmd // it cannot be opened, which is said
	}
	section, name, _ := strings.Cut(hit.Key, ".")
	side := sideOf(section)
	if _, settings := t.settings(); settings && side == "" {
		side = "General"
		if section == "for" || section == "sessions" || section == "secrets" {
			side = "File"
		}
	}
	switch {
	case side != "":
		t.request.ShowRow(side, name)
		r.setFocus(partRequest)
	case section == "url", section == "method":
		r.setFocus(partURL)
	}
	return cmd
}

// sideOf is the side of a request on which a key of its file is edited; empty for none.
func sideOf(section string) string {
	switch section {
	case "params", "path", "headers", "cookies", "vars", "auth", "body", "options", "hooks", "expect", "capture", "notes":
		return strings.ToUpper(section[:1]) + section[1:]
	case "tags", "when", "record":
		return "Options"
	default:
		return ""
	}
}
