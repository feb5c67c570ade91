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

// node returns the value under the cursor; ok is false where there is none.
func (b *bodyView) node() (document.Node, bool) {
	s := b.seen()
	if s == nil {
		return document.Node{}, false
	}
	lines, _ := s.view().Lines()
	at, _ := b.pager.Position()
	p := place{view: s.view(), at: at, offset: b.pager.Offset(), lines: lines}
	if b.place.view == p.view && b.place.at == p.at && b.place.offset == p.offset && b.place.lines == p.lines {
		return b.place.node, b.place.ok
	}
	var err error
	p.node, p.ok, err = p.view.NodeAt(document.Pos{Line: at.Line})
	p.ok = p.ok && err == nil
	b.place = p
	return p.node, p.ok
}
