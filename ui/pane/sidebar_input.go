package pane

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/history"
	"parley/ui/action"
	"parley/ui/widget"
)

// Do implements Pane.
func (s *Sidebar) Do(id action.ID) (tea.Cmd, bool) {
	if s.filtering {
		return nil, s.doFilter(id)
	}
	if motion, ok := motions[id]; ok {
		s.move(motion)
		return nil, true
	}
	switch id {
	case action.Open:
		return s.open(s.host.OpenRequest), true
	case action.Toggle:
		return s.open(s.host.PreviewRequest), true
	case action.Find:
		s.startFilter()
		return nil, true
	case action.Escape:
		if s.query[s.side()] == "" {
			return nil, false
		}
		return s.setQuery(""), true
	case action.Copy:
		return s.copy(), true
	}
	if !s.history {
		return s.doTree(id)
	}
	e, ok := s.exchange()
	switch {
	case ok && id == action.Replay:
		return s.host.ReplayExchange(e.ID), true
	case ok && id == action.Compare:
		return s.host.CompareExchange(e.ID), true
	}
	return nil, false
}

// exchange is the one in history that the cursor is on.
func (s *Sidebar) exchange() (history.Summary, bool) {
	i, ok := s.list.Index()
	if !ok || i >= len(s.entries) {
		return history.Summary{}, false
	}
	return s.entries[i], true
}

// doTree changes the collection at the cursor.
func (s *Sidebar) doTree(id action.ID) (tea.Cmd, bool) {
	path, _ := s.tree.ID()
	switch id {
	case action.TreeNew:
		return s.host.NewRequest(s.folder()), true
	case action.TreeFolder:
		return s.host.NewFolder(s.folder()), true
	case action.Settings:
		return s.host.OpenSettings(s.folder()), true
	}
	if path == "" {
		return nil, false
	}
	switch id {
	case action.TreeRename:
		return s.host.Rename(path), true
	case action.TreeDelete:
		return s.host.Delete(path), true
	case action.TreeCopy:
		return s.host.Duplicate(path), true
	case action.TreeMove:
		return s.host.Move(path), true
	case action.TreeRun:
		return s.host.RunFolder(path), true
	}
	return nil, false
}

// folder is where something new goes: the folder at the cursor, or the one around it.
func (s *Sidebar) folder() string {
	path, ok := s.tree.ID()
	if !ok {
		return ""
	}
	if n := s.nodes[path]; n != nil && n.Kind == collections.FolderNode {
		return n.Path
	}
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return ""
}

func (s *Sidebar) move(m widget.Motion) {
	if s.history {
		s.list.Move(m)
		return
	}
	s.tree.Move(m)
}

// open opens what the cursor is on; show is how requests are.
func (s *Sidebar) open(show func(path string) tea.Cmd) tea.Cmd {
	if s.history {
		if e, ok := s.exchange(); ok {
			return s.host.OpenExchange(e.ID)
		}
		return nil
	}
	path, ok := s.tree.ID()
	if !ok || s.tree.Toggle() {
		return nil
	}
	n := s.nodes[path]
	switch {
	case n == nil:
		return nil
	case n.Err != nil:
		return s.host.Notify(Failed(n.Err))
	case n.Kind == collections.OtherNode:
		return s.host.Notify(Notice{Level: Info, Text: n.File + " has no url, so it is not a request"})
	default:
		return show(path)
	}
}

func (s *Sidebar) copy() tea.Cmd {
	if s.history {
		if e, ok := s.exchange(); ok {
			return s.host.Copy(e.URL, "the URL")
		}
		return nil
	}
	path, ok := s.tree.ID()
	if !ok {
		return nil
	}
	return s.host.Copy(path, "the path")
}

// Key implements Pane.
func (s *Sidebar) Key(key tea.KeyPressMsg) tea.Cmd {
	if !s.filtering {
		return nil
	}
	if key.String() == "enter" || key.String() == "down" {
		s.stopFilter()
		return nil
	}
	s.filter.Update(key)
	return s.setQuery(s.filter.Text())
}

// Paste implements Pane.
func (s *Sidebar) Paste(text string) tea.Cmd {
	if !s.filtering {
		return nil
	}
	s.filter.Paste(text)
	return s.setQuery(s.filter.Text())
}

// Mouse implements Pane.
func (s *Sidebar) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	click, clicked := event.(tea.MouseClickMsg)
	if clicked && y == 0 {
		s.show(x >= historyTitle)
		return nil
	}
	top := 1
	if s.filterShown() {
		top++
	}
	if clicked && y < top {
		s.startFilter()
		return nil
	}
	at := widget.MouseAt(event, x-1, y-top)
	if s.history {
		s.list.Update(at)
	} else {
		s.tree.Update(at)
	}
	if clicked && click.Button == tea.MouseLeft {
		return s.clicked()
	}
	return nil
}

// clicked shows what was clicked, and opens it at the second click; folders have been toggled by the tree.
func (s *Sidebar) clicked() tea.Cmd {
	if s.history {
		return s.open(nil)
	}
	n, ok := s.tree.Node()
	if !ok || n.Folder {
		return nil
	}
	now, before := s.now(), s.click
	s.click = nodeClick{n.ID, now}
	if before.id == n.ID && now.Sub(before.at) < doubleClick {
		return s.open(s.host.OpenRequest)
	}
	return s.open(s.host.PreviewRequest)
}

// nodeClick is the node that was clicked last, and when.
type nodeClick struct {
	id string
	at time.Time
}

// doubleClick is how soon a second click has to come.
const doubleClick = 400 * time.Millisecond
