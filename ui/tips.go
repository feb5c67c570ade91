package ui

import (
	"slices"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/safe"
)

// tips are the keys of what lies on top of the screen, or of a line that is typed in a pane, the most useful first; nil when
// the panes have their own keys.
func (r *Root) tips() []overlay.Tip {
	if panel := r.chord(); panel != nil {
		return panel.Tips()
	}
	if r.overlays.Top() == nil {
		return r.paneTips()
	}
	top, ok := r.overlays.Top().(overlay.Tipping)
	if !ok {
		return nil
	}
	tips := slices.Clip(top.Tips())
	also := []keyWord{{action.Log, "messages"}}
	if r.context().Has(action.InScreen) {
		also = []keyWord{{action.Palette, "palette"}, {action.Log, "messages"}}
	}
	return append(tips, r.keysIn(r.context(), also...)...)
}

func (r *Root) paneTips() []overlay.Tip {
	p, ok := r.focused().(pane.Tipping)
	if !ok {
		return nil
	}
	var tips []overlay.Tip
	for _, t := range p.Tips() {
		tips = append(tips, overlay.Tip(t))
	}
	if tips == nil {
		return nil
	}
	if r.tab().runs() {
		tips = append(tips, r.keysIn(r.context(), keyWord{action.Interrupt, "stop"})...)
	}
	return append(tips, r.keysIn(r.context(), keyWord{action.Send, "send"}, keyWord{action.Palette, "palette"}, keyWord{action.Help, "help"})...)
}

// writeTips writes as many tips as fit.
func writeTips(tips []overlay.Tip, width int) (spans []pane.Span, spots []footerSpot) {
	x := 0
	for _, t := range overlay.Fitting(tips, width-2, 2) {
		label, word := " "+action.Label(t.Key), " "+capital(t.Word)+" "
		w := safe.Width(label) + safe.Width(word)
		spans = append(spans, pane.Span{Text: label, Role: themes.Shortcut}, pane.Span{Text: word, Role: themes.Muted})
		spots = append(spots, footerSpot{key: t.Key, from: x, to: x + w})
		x += w
	}
	return spans, spots
}

// capital begins a word with a capital letter, as the footer's words do.
func capital(word string) string {
	first, n := utf8.DecodeRuneInString(word)
	if n == 0 {
		return word
	}
	return string(unicode.ToUpper(first)) + word[n:]
}

// clickTip does what the key of a tip does.
func (r *Root) clickTip(key string) tea.Cmd {
	if r.matcher.Pending() {
		if !r.turnChord(key) {
			r.matcher.Release()
		}
		return nil
	}
	if id, ok := r.keymap.Lookup(key, r.context()); ok {
		return r.perform(id)
	}
	if key == "enter" {
		return r.input(func(t typing) tea.Cmd { return t.Key(tea.KeyPressMsg{Code: tea.KeyEnter}) })
	}
	return nil
}
