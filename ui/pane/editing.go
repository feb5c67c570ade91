package pane

import (
	"parley/ui/widget"
)

// Editor implements Editing.
func (u *URL) Editor() *widget.Editor { return u.input }

// Editor implements Editing.
func (r *Request) Editor() *widget.Editor {
	if r.held() != nil {
		return nil
	}
	if s, ok := r.current().(interface{ typing() *widget.Editor }); ok && !r.strip.focused {
		return s.typing()
	}
	return nil
}

func (e *entries) typing() *widget.Editor { return e.editor() }

func (f *formed) typing() *widget.Editor { return f.form.Editor() }

func (h *hooks) typing() *widget.Editor { return h.editor() }

func (b *bodySection) typing() *widget.Editor {
	switch {
	case b.kinds.focused:
		return nil
	case b.tabled():
		return b.fields.editor()
	default:
		return b.editor()
	}
}
