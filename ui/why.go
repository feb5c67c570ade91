package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/secrets"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/widget"
)

// showWhy lists every value that the request would be sent with now, and where it comes from; the one that has focus is
// filtered by.
func (r *Root) showWhy() tea.Cmd {
	key := ""
	if p, ok := r.focused().(pane.Explained); ok {
		key = p.Why()
	}
	edited, work := r.tab().draft.Clone(), *r.work
	work.Host.Ask, work.SendFor = nil, nil // looking must not ask, nor send another request
	return r.Background(func() func() tea.Cmd {
		lines, err := explained(secrets.Quietly(r.ctx), work, edited)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			r.pushWhy(key, lines)
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

// placeFirst turns "collection, collection.toml:5:1" around: what is to be found must not be cut.
func placeFirst(origin string) string {
	if at := strings.LastIndex(origin, ", "); at >= 0 && strings.Contains(origin[at:], ".toml:") {
		return origin[at+2:] + " · " + origin[:at]
	}
	return origin
}

func (r *Root) pushWhy(key string, lines []resolve.Line) {
	if !slices.ContainsFunc(lines, func(l resolve.Line) bool { return l.Key == key }) {
		key = "" // it has no value, so that there is all to look through
	}
	r.overlays.Push(overlay.NewScreen(overlay.ScreenOptions{
		Title: "Where every value comes from", Titles: [3]string{"What", "Value", "Where from"}, Empty: "Nothing is called that.", Filter: key,
		Tips: r.keysOf(keyWord{action.Copy, "copy the value"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"}),
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(lines))
			for i, line := range lines {
				rows[i] = widget.Entry{Name: line.Key, Value: line.Text, Note: placeFirst(line.Origin)}
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
