package ui

import (
	"maps"
	"slices"

	"parley/collections"
	"parley/history"
	"parley/httpcore"
	"parley/ui/pane"
)

// rememberedTab is one that was open.
type rememberedTab struct {
	// Path is that of its request; Key, of one without a file, its name in the journal.
	Path    string      `json:"path,omitempty"`
	Key     string      `json:"key,omitempty"`
	Section string      `json:"section,omitempty"`
	Edited  pane.Edited `json:"edited,omitzero"`
	Pinned  bool        `json:"pinned,omitzero"`
	Preview bool        `json:"preview,omitzero"`
	// Shown is the response, Before the exchange before it, and Beside, in a split, the second response.
	Shown  rememberedResponse  `json:"shown,omitzero"`
	Before history.ID          `json:"before,omitzero"`
	Beside *rememberedResponse `json:"beside,omitempty"`
}

// rememberedResponse is one that was shown. It is read again from history.
type rememberedResponse struct {
	Exchange history.ID `json:"exchange,omitzero"`
	Place    pane.Place `json:"place,omitzero"`
	Pinned   bool       `json:"pinned,omitzero"`
}

// partWords name parts in the file, where they stay what they are when others come.
var partWords = map[part]string{
	partURL: "url", partSidebar: "sidebar", partRequest: "request", partResponse: "response", partOther: "other",
}

// partOf returns the part of that name, of those that it may be, else the first of them.
func partOf(word string, may ...part) part {
	for _, p := range may {
		if partWords[p] == word {
			return p
		}
	}
	return may[0]
}

// restore opens what was open, or the start request, or an empty one. What is gone since is left out.
func (r *Root) restore() {
	was, err := r.options.Memory.load()
	if err != nil {
		r.fail(err)
	}
	if len(r.work.Environments) == 0 {
		r.work.Environments = r.existing(was.Environments)
	}
	r.sidebar.SetOpen(was.Folders)
	maps.Copy(r.filters, was.Filters)
	tabs := was.Tabs
	if len(tabs) == 0 && r.options.Start != "" {
		tabs = []rememberedTab{{Path: r.options.Start}}
	}
	var current *tab
	for i, m := range tabs[:min(len(tabs), tabsMost)] {
		if t := r.reopen(m); t != nil && (current == nil || i <= was.Current) {
			current = t
		}
	}
	r.recover()
	if len(r.tabs) == 0 {
		r.addTab(nil, &collections.Request{})
	}
	r.goTab(max(0, slices.Index(r.tabs, current)))
	if was.Version > 0 {
		r.rearrange(was)
	}
}

// rearrange puts borders, sides and focus where they were.
func (r *Root) rearrange(was remembered) {
	r.sidebar.Return(was.Node, was.History)
	r.zoomed, r.noSidebar, r.linked, r.sizes = was.Zoomed, was.NoSide, was.Linked, was.Sizes
	r.last = partOf(was.Last, partRequest, partResponse)
	r.answer = partOf(was.Answer, partResponse, partOther)
	r.focused().SetFocus(false)
	r.focus = partOf(was.Focus, partURL, partSidebar, partRequest, partResponse, partOther)
}

// reopen opens a tab again; nil when its request is gone.
func (r *Root) reopen(m rememberedTab) *tab {
	t := r.reopenRequest(m)
	if t == nil {
		return nil
	}
	t.pinned, t.preview, t.before = m.Pinned, m.Preview && !t.dirty, m.Before
	t.request.Show(m.Section)
	pane.ReturnEdited(t.url, t.request, m.Edited)
	t.response.Return(m.Shown.Place)
	if m.Shown.Exchange != 0 {
		t.asleep = &asleep{id: m.Shown.Exchange}
		t.response.SetEmpty(readingText)
	}
	if m.Beside != nil {
		s := r.split(t)
		s.pinned = m.Beside.Pinned
		r.wordSecond(s)
		s.response.Return(m.Beside.Place)
		if m.Beside.Exchange != 0 {
			s.asleep = &asleep{id: m.Beside.Exchange}
			s.response.SetEmpty(readingText)
		}
	}
	return t
}

// readingText is said until a response of last time is read.
const readingText = "Reading the response of last time"

func (r *Root) reopenRequest(m rememberedTab) *tab {
	if m.Path != "" {
		loaded, draft, dirty, err := r.opened(m.Path)
		if err != nil {
			return nil // it was removed or renamed since
		}
		t := r.addTab(loaded, draft)
		t.dirty = dirty
		return t
	}
	for _, kept := range r.options.Journal.Drafts() {
		if kept.Path != "" || kept.Tab != m.Key {
			continue
		}
		if loaded, draft, err := kept.Requests(); err == nil {
			t := r.addTab(loaded, draft)
			r.recovered(t, kept.Tab)
			return t
		}
	}
	return nil
}

// memory is what there is to remember of a tab.
func (t *tab) memory() rememberedTab {
	m := rememberedTab{
		Path: t.draft.Path, Section: t.request.Section(), Edited: pane.EditedPlace(t.url, t.request), Pinned: t.pinned, Preview: t.preview,
		Shown: rememberedResponse{Exchange: shownID(t.exchange, t.asleep), Place: t.response.Place()}, Before: t.before,
	}
	if t.untitled() {
		m.Key = t.journalTab()
	}
	if s := t.second; s != nil {
		m.Beside = &rememberedResponse{Exchange: shownID(s.exchange, s.asleep), Place: s.response.Place(), Pinned: s.pinned}
	}
	return m
}

// shownID names what is shown, or is to be; 0 for nothing.
func shownID(x *httpcore.Exchange, waits *asleep) history.ID {
	switch {
	case x != nil:
		return idOf(x)
	case waits != nil:
		return waits.id
	default:
		return 0
	}
}
