package overlay

import (
	"slices"
	"strings"

	"parley/ui/action"
)

// Tip is a key that works in an overlay, with the word for what it does there.
type Tip struct {
	// Key is spelled as in keymaps, or is a sign for several keys, such as ↑↓.
	Key, Word string
}

// Tipping is an Overlay that tells its keys, the most useful first: its lower edge and the footer name those that fit.
type Tipping interface {
	Tips() []Tip
}

// Tips that many overlays have.
var (
	closes = Tip{"esc", "close"}
	moves  = Tip{"↑↓", "move"}
)

// Fitting leaves tips out, the last ones first, until the others fit into that many cells with as many between two of them.
// The way out stays to the last.
func Fitting(tips []Tip, cells, between int) []Tip {
	tips = slices.Clone(tips)
	for len(tips) > 1 {
		wide := -between
		for _, t := range tips {
			wide += between + columns(action.Label(t.Key)+" "+t.Word)
		}
		if wide <= cells {
			break
		}
		last := len(tips) - 1
		if tips[last].Key == "esc" {
			last--
		}
		tips = slices.Delete(tips, last, last+1)
	}
	return tips
}

// tipLine writes those tips that fit into the lower edge of a frame.
func tipLine(tips []Tip, cells int) string {
	var parts []string
	for _, t := range Fitting(tips, cells, columns(tipBetween)) {
		parts = append(parts, action.Label(t.Key)+" "+t.Word)
	}
	return strings.Join(parts, tipBetween)
}

const tipBetween = " · "
