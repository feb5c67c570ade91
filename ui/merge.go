package ui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-udiff"

	"parley/collections"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// conflict goes on when the file was changed meanwhile. Changes of other keys are merged, which is said; of what both
// changed, the person chooses. Nothing is lost: what is not chosen stays in the file or in the tab until then.
func (r *Root) conflict(t *tab, c *collections.Conflict) tea.Cmd {
	switch {
	case c.Disk == nil:
		return r.whatOfFile(c.Error()+". Your version is kept here.",
			append([]overlay.Option{
				{Key: "b", Label: "write it back to " + c.File, Run: func() tea.Cmd { return r.recreate(t, c) }},
			}, r.asNew(t)...)...,
		)
	case c.Theirs == nil:
		text := c.Error() + ", and cannot be read. Your version is kept here."
		if c.Err != nil {
			text += "\n\n" + c.Err.Error()
		}
		return r.whatOfFile(text, r.asNew(t)...)
	case c.Merge == nil:
		return r.whatOfFile(changed(c)+changes(c),
			overlay.Option{Key: "m", Label: "write yours over theirs", Run: func() tea.Cmd { return r.saveOver(t, c.Theirs) }},
			overlay.Option{Key: "t", Label: "take theirs, drop your changes", Danger: true, Run: func() tea.Cmd { return r.takeTheirs(t, c.Theirs) }},
		)
	case len(c.Merge.Clashes) == 0:
		return r.saveMerge(t, c)
	}
	var all []string
	for _, clash := range c.Merge.Clashes {
		all = append(all, clash.Key)
	}
	return r.whatOfFile(changed(c)+clashes(c.Merge.Clashes),
		overlay.Option{Key: "m", Label: "write yours over theirs, merge the rest", Run: func() tea.Cmd { return r.saveMerge(t, c, all...) }},
		overlay.Option{Key: "c", Label: "choose for each key", Run: func() tea.Cmd { return r.chooseKeys(t, c) }},
		overlay.Option{Key: "t", Label: "take theirs, drop your changes", Danger: true, Run: func() tea.Cmd { return r.takeTheirs(t, c.Theirs) }},
	)
}

// asNew is the answer that leaves the file to others. Settings have no other place.
func (r *Root) asNew(t *tab) []overlay.Option {
	if _, settings := t.settings(); settings {
		return nil
	}
	return []overlay.Option{{Key: "w", Label: "write yours as a new request", Run: func() tea.Cmd { return r.saveAs(t) }}}
}

// whatOfFile is a question that comes up by itself.
func (r *Root) whatOfFile(text string, options ...overlay.Option) tea.Cmd {
	r.overlays.Push(overlay.NewLateChoice(r.now, "The file changed", text, options...))
	return nil
}

func changed(c *collections.Conflict) string {
	return fmt.Sprintf("%s was changed on disk while you edited it here.\n\n", c.File)
}

// saveMerge writes both versions as one; of what both changed, prefer names the keys that are to be as they are here.
func (r *Root) saveMerge(t *tab, c *collections.Conflict, prefer ...string) tea.Cmd {
	saved, err := r.work.Collection.SaveMerge(c, prefer...)
	if next, ok := errors.AsType[*collections.Conflict](err); ok {
		return r.conflict(t, next)
	}
	if err != nil {
		return r.fail(err)
	}
	said := r.wasSaved(t, saved)
	r.edit(t, saved.Clone())
	text := "merged with changes on disk"
	if len(c.Merge.Theirs) > 0 {
		text += ": " + strings.Join(c.Merge.Theirs, ", ")
	}
	return tea.Sequence(said, r.notify(success(text)))
}

// recreate writes a request whose file was deleted back to where it was.
func (r *Root) recreate(t *tab, c *collections.Conflict) tea.Cmd {
	saved, err := r.work.Collection.Recreate(c)
	if err != nil {
		return r.fail(err)
	}
	return r.wasSaved(t, saved)
}

// chooseKeys lists what both changed, to choose one of the two for each key.
func (r *Root) chooseKeys(t *tab, c *collections.Conflict) tea.Cmd {
	list := c.Merge.Clashes
	mine := make([]bool, len(list))
	for i := range mine {
		mine[i] = true
	}
	var screen *overlay.Screen
	choose := func(row int) tea.Cmd {
		if row >= 0 {
			mine[row] = !mine[row]
		}
		return nil
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Changed on both sides: " + c.File, Titles: [3]string{"Key", "Yours", "On disk"}, Tips: r.keysOf(keyWord{action.Toggle, "choose"}, keyWord{action.Open, "write"}, keyWord{action.Escape, "leave it"}),
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(list))
			for i, clash := range list {
				yours, theirs := "● ", "○ "
				if !mine[i] {
					yours, theirs = theirs, yours
				}
				rows[i] = widget.Entry{Name: clash.Key, Value: yours + brief(clash.Mine), Note: theirs + brief(clash.Theirs)}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Toggle: choose, action.Left: choose, action.Right: choose,
			action.Open: func(int) tea.Cmd {
				screen.Close()
				var prefer []string
				for i, clash := range list {
					if mine[i] {
						prefer = append(prefer, clash.Key)
					}
				}
				return r.saveMerge(t, c, prefer...)
			},
		},
	})
	r.overlays.Push(screen)
	return nil
}

// changesShown bounds how much of a difference is shown before a choice.
const changesShown = 12

// clashes shows both values of what both changed.
func clashes(list []collections.Clash) string {
	var lines []string
	for _, clash := range list {
		lines = append(lines, clash.Key, "  yours    "+brief(clash.Mine), "  on disk  "+brief(clash.Theirs))
	}
	return shorten(lines)
}

// changes shows how the file on disk differs from what would be saved.
func changes(c *collections.Conflict) string {
	return shorten(strings.Split(strings.TrimSpace(udiff.Unified("on disk", "yours", string(c.Disk), string(c.Mine))), "\n"))
}

func shorten(lines []string) string {
	if len(lines) > changesShown {
		lines = append(lines[:changesShown], "…")
	}
	return strings.Join(lines, "\n")
}

// brief is a value on one line.
func brief(v collections.Value) string {
	switch {
	case !v.IsSet():
		return "(removed)"
	case v.IsScalar():
		return strings.ReplaceAll(v.Text, "\n", "⏎")
	case len(v.Items) > 0:
		var list []string
		for _, item := range v.Items {
			list = append(list, brief(item))
		}
		return strings.Join(list, ", ")
	}
	var list []string
	for _, p := range v.Pairs {
		list = append(list, p.Key+" = "+brief(p.Value))
	}
	return strings.Join(list, ", ")
}
