package pane

import (
	"parley/ui/document"
)

// place is the node under the cursor, kept until the cursor or the content is another: it is asked for at every frame.
type place struct {
	view   *document.View
	at     document.Pos
	offset int64
	lines  int64
	node   document.Node
	ok     bool
}

// isAt reports whether two places are the same, of a body that may have grown in between.
func (p place) isAt(other place) bool {
	return p.view == other.view && p.at == other.at && p.offset == other.offset
}

// here is where the cursor is, without what is there.
func (b *bodyView) here() place {
	view := b.seen().view()
	lines, _ := view.Lines()
	at, _ := b.pager.Position()
	return place{view: view, at: at, offset: b.pager.Offset(), lines: lines}
}

// nodePath is the path of the value under the cursor. It stays as it is while the value grows, so a frame of a body that
// arrives does not look for the value's end.
func (b *bodyView) nodePath() (string, bool) {
	if b.seen() != nil && b.place.ok && b.place.isAt(b.here()) {
		return b.place.node.Path, true
	}
	node, ok := b.node()
	return node.Path, ok
}

// node returns the value under the cursor; ok is false where there is none.
func (b *bodyView) node() (document.Node, bool) {
	if b.seen() == nil {
		return document.Node{}, false
	}
	p := b.here()
	if b.place.isAt(p) && b.place.lines == p.lines {
		return b.place.node, b.place.ok
	}
	var err error
	p.node, p.ok, err = p.view.NodeAt(document.Pos{Line: p.at.Line})
	p.ok = p.ok && err == nil
	b.place = p
	return p.node, p.ok
}
