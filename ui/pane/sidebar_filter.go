package pane

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
)

func (s *Sidebar) startFilter() {
	s.filtering = true
	s.filter.Reset(s.query[s.side()])
	s.filter.Focus(true)
	s.layout()
}

func (s *Sidebar) stopFilter() {
	s.filtering = false
	s.filter.Focus(false)
	s.layout()
}

// doFilter answers the actions that reach the filter line.
func (s *Sidebar) doFilter(id action.ID) bool {
	switch id {
	case action.Escape:
		s.stopFilter()
		s.setQuery("")
	case action.Next:
		s.stopFilter()
	case action.Undo:
		s.filter.Undo()
	case action.Redo:
		s.filter.Redo()
	default:
		return false
	}
	return true
}

// setQuery filters the tree by itself, and asks for the exchanges that fit.
func (s *Sidebar) setQuery(query string) tea.Cmd {
	s.query[s.side()] = query
	s.layout()
	if s.history {
		return s.host.SearchHistory(query)
	}
	s.tree.SetQuery(query)
	return nil
}
