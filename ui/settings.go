package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/pane"
)

// Settings of a folder are edited in a tab of their own, with the sides that a request would inherit from them: all that a
// tab does for the file of a request, from the journal to merging, it does for theirs.

// OpenSettings implements pane.TreeHost.
func (r *Root) OpenSettings(folder string) tea.Cmd {
	cmd := r.OpenRequest(collections.SettingsPath(folder))
	if _, settings := r.tab().settings(); settings {
		r.setFocus(partRequest)
		r.tab().request.Enter(1) // on the sides, of which one is looked for
	}
	return cmd
}

// folderSettings opens those of the folder that the current request is in.
func (r *Root) folderSettings() tea.Cmd {
	folder, settings := r.tab().settings()
	if !settings {
		folder = collections.FolderOf(r.tab().draft.Path)
	}
	return r.OpenSettings(folder)
}

// whySettings says why something cannot be done that needs a request.
func (r *Root) whySettings() string {
	if _, settings := r.tab().settings(); settings {
		return "these are settings, not a request"
	}
	return ""
}

// newRequest is the pane for what is edited.
func (r *Root) newRequest(draft *collections.Request) *pane.Request {
	if folder, settings := collections.SettingsOf(draft.Path); settings {
		return pane.NewSettings(r, r.options.Schemes, folder == "")
	}
	return pane.NewRequest(r, r.options.Schemes)
}

// tellInherited shows what is said around a folder, and where.
func tellInherited(shown *pane.Request, e *collections.Effective) {
	shown.SetInherited("Headers", inheritedEntries(e, e.Headers))
	var vars []collections.Entry
	for _, scope := range e.Scopes[1:] {
		for _, v := range scope.Vars {
			if !hasName(e.Scopes[0].Vars, v.Name) && !hasName(vars, v.Name) {
				vars = append(vars, v)
			}
		}
	}
	shown.SetInherited("Vars", inheritedEntries(e, vars))
	shown.SetInherited("Options", pane.InheritedOptions(e.Options, e.ScopeOf))
	var auth []pane.Inherited
	if scope := e.ScopeOf(e.Auth.Type.Pos); e.Auth.IsSet() && scope != ownScope {
		auth = append(auth, pane.Inherited{Value: e.Auth.Type.Text, Scope: scope})
	}
	shown.SetInherited("Auth", auth)
}

// ownScope is what package collections calls the scope of what is edited itself.
const ownScope = "request"

func hasName(entries []collections.Entry, name string) bool {
	return slices.ContainsFunc(entries, func(e collections.Entry) bool { return e.Name == name })
}

// inheritedEntries lists those that come from around.
func inheritedEntries(e *collections.Effective, entries []collections.Entry) []pane.Inherited {
	var list []pane.Inherited
	for _, entry := range entries {
		if scope := e.ScopeOf(entry.Pos); scope != ownScope {
			list = append(list, pane.Inherited{Name: entry.Name, Value: written(entry.Value), Scope: scope})
		}
	}
	return list
}
