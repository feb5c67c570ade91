package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// showWhy lists every value that the request would be sent with now, and where it comes from.
func (r *Root) showWhy() tea.Cmd {
	edited, work := r.tab().draft.Clone(), *r.work
	work.Host.Ask = nil // looking must not ask
	return r.Background(func() func() tea.Cmd {
		lines, err := explained(r.ctx, work, edited)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			r.pushWhy(lines)
			return nil
		}
	})
}

// explained resolves and prepares a request. What cannot be prepared is explained as far as it got: sending says the rest.
func explained(ctx context.Context, work runner.Workspace, edited *collections.Request) ([]resolve.Line, error) {
	out, err := work.Resolve(ctx, edited)
	if err != nil {
		return nil, err
	}
	session, err := work.SessionFor(out)
	if err != nil {
		return nil, err
	}
	prepared, err := session.Prepare(ctx, out.Request)
	if err != nil {
		prepared = nil
	}
	return resolve.Explain(out, prepared).Lines(), nil
}

func (r *Root) pushWhy(lines []resolve.Line) {
	r.overlays.Push(overlay.NewScreen(overlay.ScreenOptions{
		Title: "Where every value comes from", Titles: [3]string{"What", "Value", "Where from"}, Empty: "Nothing is sent.",
		Hint: r.keysOf(keyWord{action.Copy, "copy the value"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"}),
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(lines))
			for i, line := range lines {
				rows[i] = widget.Entry{Name: line.Key, Value: line.Text, Note: line.Origin}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Copy: func(row int) tea.Cmd {
				if row < 0 || row >= len(lines) {
					return nil
				}
				return r.Copy(lines[row].Text, lines[row].Key)
			},
		},
	}))
}
