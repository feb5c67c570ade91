package pane

import (
	"slices"

	"parley/ui/document"
	"parley/ui/widget"
)

// Place is where the reader of a response is, to be kept for the next start.
type Place struct {
	Side string `json:"side,omitempty"`
	// View is the view of the body, when one was chosen.
	View  string         `json:"view,omitempty"`
	Wrap  bool           `json:"wrap,omitzero"`
	Spot  widget.Spot    `json:"spot,omitzero"`
	Folds document.Folds `json:"folds,omitzero"`
}

// resume is the place in a body to come back to. As long as the lines before it are not known, it waits.
type resume struct {
	place  Place
	looked bool // the view is the one that was chosen
	folded bool // to the depth that was asked for
}

// Place returns where the reader is.
func (r *Response) Place() Place {
	p := Place{Side: r.strip.titles[r.strip.at], Wrap: r.body.pager.Wrapped(), Spot: r.Spot()}
	if waits := r.body.resume; waits != nil {
		p.View, p.Spot, p.Folds = waits.place.View, waits.place.Spot, waits.place.Folds
		return p
	}
	if s := r.body.body; s != nil {
		if s.chosen {
			p.View = s.mode.String()
		}
		p.Folds = s.view().Folded()
	}
	return p
}

// Return goes to a place as soon as there is what it is in. A body is looked at from its beginning until then.
func (r *Response) Return(to Place) {
	r.ShowSide(to.Side)
	r.body.pager.SetWrap(to.Wrap)
	r.body.resume = &resume{place: to}
	if to.Side == bodyTitle {
		r.events.back = &to.Spot
	}
	r.body.comeBack()
}

// comeBack goes to the place that was asked for, if it can be.
func (b *bodyView) comeBack() {
	to := b.resume
	if to == nil || b.body == nil || b.seen() != b.body || b.emptyText() != "" {
		return
	}
	if mode, ok := b.modeOf(to.place.View); ok && !to.looked {
		b.choose(mode)
	}
	to.looked = true
	view := b.body.view()
	if _, done := view.Lines(); !done || b.h == 0 {
		return
	}
	if to.place.Folds.Asked && !to.folded {
		to.folded = true
		view.FoldTo(to.place.Folds.Depth)
		if _, done := view.Lines(); !done {
			return
		}
	}
	b.resume = nil
	b.problem = problemText(view.Refold(to.place.Folds))
	if to.place.Side == bodyTitle {
		b.pager.Show(to.place.Spot)
	}
}

// bodyTitle is that of the side of the content.
const bodyTitle = "Body"

// pageBack goes to the place that was asked for on a side that is text.
func (r *Response) pageBack() {
	to := r.body.resume
	p := r.text()
	if to == nil || p == nil || r.listsEvents() || to.place.Side != r.strip.titles[r.strip.at] {
		return
	}
	p.load()
	p.to(int(to.place.Spot.Cursor.Line))
	p.scroll(int(to.place.Spot.Top.Line))
}

// modeOf returns the view of that name, if the body has it.
func (b *bodyView) modeOf(name string) (document.Mode, bool) {
	modes := b.body.document.Modes()
	i := slices.IndexFunc(modes, func(m document.Mode) bool { return m.String() == name })
	if i < 0 {
		return 0, false
	}
	return modes[i], true
}

// Edited is where the cursors of what is edited are: of the URL, of the content as text, and of the parts of a GraphQL body,
// with the one that has focus; and whether long lines are wrapped.
type Edited struct {
	URL     widget.Place    `json:"url,omitzero"`
	Body    widget.Place    `json:"body,omitzero"`
	GraphQL [3]widget.Place `json:"graphql,omitzero"`
	Part    int             `json:"part,omitzero"`
	Wrap    bool            `json:"wrap,omitzero"`
}

// EditedPlace returns where the cursors of a request are, and how its texts are shown.
func EditedPlace(u *URL, r *Request) Edited {
	now := Edited{URL: u.input.Place(), Body: r.bodyEditor().Place(), Wrap: r.wrap}
	if b := r.bodySide(); b != nil {
		now.Part = b.graphQL.at
		for i, editor := range b.graphQL.editors() {
			now.GraphQL[i] = editor.Place()
		}
	}
	return now
}

// ReturnEdited puts the cursors of a request back, and shows its texts as they were.
func ReturnEdited(u *URL, r *Request, to Edited) {
	u.input.Return(to.URL)
	r.SetWrap(to.Wrap)
	r.bodyEditor().Return(to.Body)
	if b := r.bodySide(); b != nil {
		editors := b.graphQL.editors()
		for i, editor := range editors {
			editor.Return(to.GraphQL[i])
		}
		b.graphQL.at = min(max(0, to.Part), len(editors)-1)
	}
}

// bodyEditor is the editor of a body that is text.
func (r *Request) bodyEditor() *widget.Editor {
	if b := r.bodySide(); b != nil {
		return b.content
	}
	return widget.NewEditor(r.frame.styles, widget.EditorOptions{})
}

// bodySide is the side of the body; settings have none.
func (r *Request) bodySide() *bodySection {
	for _, s := range r.sections {
		if b, ok := s.(*bodySection); ok {
			return b
		}
	}
	return nil
}
