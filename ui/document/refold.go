package document

// Folds is what a person has folded in a view, to come back to it with
// Refold: the nodes of a depth, then nodes by the lines they were on.
type Folds struct {
	// Asked says that FoldTo was called, with Depth.
	Asked bool    `json:"asked,omitzero"`
	Depth int     `json:"depth,omitzero"`
	Lines []int64 `json:"lines,omitempty"`
}

// maxFolds is how many nodes are remembered. Of more, none are.
const maxFolds = 256

// note remembers that the node on a line was toggled. The caller holds mu.
func (f *folding) note(line int64) {
	if len(f.done.Lines) <= maxFolds {
		f.done.Lines = append(f.done.Lines, line)
	}
}

// Folded returns what was folded in the view.
func (v *View) Folded() Folds {
	v.mu.Lock()
	defer v.mu.Unlock()
	done := v.folding.done
	if len(done.Lines) > maxFolds {
		done.Lines = nil
	}
	done.Lines = append([]int64(nil), done.Lines...)
	return done
}

// Refold toggles the nodes of f, one after the other. All lines have to be
// known; what f is of must be what is shown.
func (v *View) Refold(f Folds) error {
	for _, line := range f.Lines[:min(len(f.Lines), maxFolds)] {
		if _, err := v.Toggle(Pos{Line: line}); err != nil {
			return err
		}
	}
	return nil
}
