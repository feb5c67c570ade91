package document

import (
	"context"

	"parley/httpcore/content"
)

// Folds reports whether the view shows nodes that can be folded.
func (v *View) Folds() bool {
	base, _ := v.nested()
	return base != nil
}

// nested returns the lines that are shown while nothing has been toggled, and
// the source of the lines of all nodes; nil if lines do not nest.
func (v *View) nested() (foldable, *indexed) {
	switch from := v.lines().(type) {
	case *branch:
		return from, from.of
	case *indexed:
		if from.nests {
			return from, from
		}
	}
	return nil, nil
}

// folding is what is folded in a view.
type folding struct {
	base  foldable // what was
	shown *composed
	begun bool               // it is as it should be before anyone toggles
	stop  context.CancelFunc // ends the index of a depth, if there is one
	done  Folds              // how it came to be so
}

// shown is the source of the lines that are shown.
func (v *View) shown() lineSource {
	base, _ := v.nested()
	if base == nil {
		return v.lines()
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.folded(base)
}

// folded returns what is folded. The caller holds mu.
func (v *View) folded(base foldable) *composed {
	if v.folding.base != base { // of another kind, as far as was known
		v.show(folding{base: base, shown: &composed{base: base}})
	}
	if tree, ok := base.(*branch); ok && !v.folding.begun {
		if begun := tree.begin(); begun != nil {
			v.folding.shown, v.folding.begun = begun, true
		}
	}
	return v.folding.shown
}

// show replaces what is folded. The caller holds mu.
func (v *View) show(f folding) {
	if v.folding.stop != nil {
		v.folding.stop()
	}
	v.folding = f
}

// Toggle folds the node that opens or closes on a line, or unfolds the one that
// the line stands for. It returns where the node's first line is now.
func (v *View) Toggle(at Pos) (Pos, error) {
	return v.change(at, func(toggled) bool { return true })
}

// Unfold unfolds the node that a line stands for.
func (v *View) Unfold(at Pos) (Pos, error) {
	return v.change(at, func(t toggled) bool { return !t.folds })
}

// Fold folds the node that opens or closes on a line, or else the one around
// the line.
func (v *View) Fold(at Pos) (Pos, error) {
	folded := false
	folds := func(t toggled) bool {
		folded = t.folds
		return folded
	}
	now, err := v.change(at, folds)
	if folded || err != nil {
		return now, err
	}
	parent, err := v.Parent(at)
	if err != nil || parent.Line == at.Line {
		return at, err
	}
	if now, err = v.change(parent, folds); !folded {
		return at, err
	}
	return now, err
}

// change toggles the node at a line, if that is wanted.
func (v *View) change(at Pos, wanted func(toggled) bool) (Pos, error) {
	base, _ := v.nested()
	if base == nil {
		return at, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	t, ok, err := v.folded(base).toggle(at.Line)
	if !ok || err != nil || t.own || !wanted(t) {
		return at, err
	}
	v.folding.shown = t.shown
	v.folding.note(at.Line)
	return Pos{Line: t.line}, nil
}

// FoldTo folds all nodes that so many others are around, and none else; if
// depth is negative, none at all. The lines of a long body come to be known
// again from the first on. A tree, whose nodes open one by one, shows its first
// level or, if depth is 0, none.
func (v *View) FoldTo(depth int) {
	base, x := v.nested()
	if base == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	f := folding{base: base, shown: &composed{base: base}, done: Folds{Asked: true, Depth: depth}}
	switch _, tree := base.(*branch); {
	case tree:
		f.begun = depth == 0
	case depth >= 0 && depth < content.MaxDepth:
		at := newFolded(x, depth)
		f.shown.base, f.stop = at, v.build(at.indexed)
	}
	v.show(f)
}

// maxReveal is how many nodes Reveal unfolds at most.
const maxReveal = 256

// Reveal unfolds all that hides the byte of the source at offset, and returns
// its line. Of more than 256 nodes, one within another, the inner stay folded.
func (v *View) Reveal(offset int64) (Pos, error) {
	base, _ := v.nested()
	if base == nil {
		line, err := v.shown().lineAt(offset)
		return Pos{Line: line}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for left := maxReveal; ; left-- {
		c, err := v.folded(base).now()
		if err != nil {
			return Pos{}, err
		}
		line, err := c.lineAt(offset)
		if err != nil {
			return Pos{Line: line}, err
		}
		hides, err := c.hides(line, offset)
		if err != nil || !hides || left == 0 {
			return Pos{Line: line}, err
		}
		t, ok, err := c.toggle(line)
		if !ok || err != nil || t.own || t.folds {
			return Pos{Line: line}, err
		}
		v.folding.shown = t.shown
		v.folding.note(line)
	}
}
