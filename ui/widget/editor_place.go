package widget

// Place is where the cursor of an editor is and where the selection began, in bytes of the whole text, to be kept for the
// next start.
type Place struct {
	Cursor int `json:"cursor,omitzero"`
	Anchor int `json:"anchor,omitzero"`
}

// Place returns where the cursor and the selection are.
func (e *Editor) Place() Place {
	from, to := e.buffer.Selection()
	at := e.buffer.Cursor()
	if at == from {
		from = to
	}
	return Place{Cursor: e.buffer.Offset(at), Anchor: e.buffer.Offset(from)}
}

// Return goes to a place, or as near to it as the text goes.
func (e *Editor) Return(to Place) {
	e.buffer.MoveTo(e.buffer.At(to.Anchor), false)
	if to.Cursor != to.Anchor {
		e.buffer.MoveTo(e.buffer.At(to.Cursor), true)
	}
	e.seen()
}
