package pane

import (
	"slices"

	"parley/ui/document"
	"parley/ui/widget"
)

// SetEmpty says what is shown when there is no response; without texts, that nothing was sent yet.
func (r *Response) SetEmpty(texts ...string) { r.empty = texts }

// SetLabel says which one of two responses this is.
func (r *Response) SetLabel(text string) { r.label = text }

// Origin says where the exchange comes from; empty when it was just sent.
func (r *Response) Origin() string { return r.origin }

// Checks are those that are shown.
func (r *Response) Checks() Checks { return r.checks }

// ShowSideOf shows the side that another response shows.
func (r *Response) ShowSideOf(other *Response) { r.choose(other.strip.at) }

// ScrollAs brings the response to the place of another one that shows the same side, when that has been scrolled.
func (r *Response) ScrollAs(other *Response) {
	if r.strip.at != other.strip.at || r.listsEvents() != other.listsEvents() {
		return
	}
	at := other.Spot()
	if at == r.mirrored {
		return
	}
	r.mirrored = at
	if p := r.text(); p != nil {
		p.load()
		p.to(int(at.Cursor.Line))
		p.scroll(int(at.Top.Line))
		return
	}
	if r.strip.at == sideBody {
		r.body.pager.Show(at)
	}
}

// Spot is where the reader of the side that is shown is.
func (r *Response) Spot() widget.Spot {
	if p := r.text(); p != nil {
		return widget.Spot{Cursor: document.Pos{Line: int64(p.cursor)}, Top: document.Pos{Line: int64(p.top)}}
	}
	return r.body.pager.Spot()
}

// tellMore adds to the note, if there is room beside what it says of the response already.
func (r *Response) tellMore(text *edges, spans []Span) {
	more := *text
	more.note = slices.Clip(text.note)
	more.tell(spans...)
	if len(text.note) == 0 || padded(more.note) <= r.frame.width-4 {
		*text = more
	}
}
