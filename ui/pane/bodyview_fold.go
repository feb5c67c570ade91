package pane

import (
	"slices"

	"parley/ui/action"
	"parley/ui/widget"
)

// foldTo are the actions that fold to a depth, from 1 on.
var foldTo = []action.ID{
	action.Fold1, action.Fold2, action.Fold3, action.Fold4, action.Fold5, action.Fold6, action.Fold7, action.Fold8, action.Fold9,
}

// doFold folds, and goes along the structure; false means that the view has none, or the action is another.
func (b *bodyView) doFold(id action.ID) bool {
	if b.emptyText() != "" || !b.seen().view().Folds() {
		return false
	}
	var err error
	switch id {
	case action.Open:
		err = b.pager.ToggleFold()
	case action.Left:
		return b.foldLeft()
	case action.Right:
		if b.pager.Folding() != widget.Folded {
			return false
		}
		err = b.pager.Unfold()
	case action.Parent:
		err = b.pager.Parent()
	case action.NextSibling:
		err = b.pager.Sibling(1)
	case action.PrevSibling:
		err = b.pager.Sibling(-1)
	case action.UnfoldAll:
		err = b.pager.FoldTo(-1)
	default:
		depth := slices.Index(foldTo, id) + 1
		if depth == 0 {
			return false
		}
		err = b.pager.FoldTo(depth)
	}
	b.problem = problemText(err)
	return true
}

// foldLeft scrolls back what is scrolled, else folds the node under the cursor, else goes to the one around it.
func (b *bodyView) foldLeft() bool {
	var err error
	switch {
	case b.pager.Scrolled() > 0:
		return false
	case b.pager.Folding() == widget.Unfolded:
		err = b.pager.Fold()
	default:
		err = b.pager.Parent()
	}
	b.problem = problemText(err)
	return true
}
