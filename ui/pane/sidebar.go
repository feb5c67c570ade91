package pane

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/history"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// TreeHost is what the sidebar asks of the root beside what every pane does.
type TreeHost interface {
	Host
	// NewRequest asks for the name of a new request in a folder, and NewFolder for that of a folder.
	NewRequest(folder string) tea.Cmd
	NewFolder(folder string) tea.Cmd
	// Rename, Move, Duplicate and Delete act on a request or folder; what needs a word asks for it.
	Rename(path string) tea.Cmd
	Move(path string) tea.Cmd
	Duplicate(path string) tea.Cmd
	Delete(path string) tea.Cmd
	// OpenSettings shows the settings of a folder in a tab; "" is the collection.
	OpenSettings(folder string) tea.Cmd
	// RunFolder asks how a request or a folder is to be run.
	RunFolder(path string) tea.Cmd
	// ReplayExchange asks how an exchange is to be sent again.
	ReplayExchange(id history.ID) tea.Cmd
	// CompareExchange shows how an exchange and the response that is shown differ.
	CompareExchange(id history.ID) tea.Cmd
	// PreviewRequest shows the saved request of that path in the tab for previews.
	PreviewRequest(path string) tea.Cmd
	// SearchHistory asks for the exchanges that fit a query; SetHistory brings them.
	SearchHistory(query string) tea.Cmd
}

// Sidebar shows the collection as a tree, or the history as a list.
type Sidebar struct {
	host    TreeHost
	styles  style.Styles
	frame   framed
	tree    *widget.Tree
	list    *widget.List
	filter  *widget.Editor
	now     func() time.Time
	entries []history.Summary
	shown   *collections.Collection
	nodes   map[string]*collections.Node
	badges  map[string]string // of methods
	click   nodeClick
	awaited string // the ID that the cursor goes to when it is there
	// history says that the list is shown, filtering that the filter line has the keys.
	history, filtering bool
	query              [2]string // of the tree and of the list
}

// NewSidebar returns a sidebar that shows the tree.
func NewSidebar(host TreeHost, now func() time.Time) *Sidebar {
	s := &Sidebar{host: host, now: now, nodes: map[string]*collections.Node{}, badges: map[string]string{}}
	s.tree = widget.NewTree(s.styles, themes.Background)
	s.list = widget.NewList(s.styles, themes.Background)
	s.filter = widget.NewInput(s.styles, widget.EditorOptions{Placeholder: "filter"})
	s.tree.SetEmpty("No requests yet. Press a to make one.")
	s.list.SetEmpty("Nothing was sent yet.")
	return s
}

// SetCollection shows another state of the collection; what is open and where the cursor is stay. Of folders that nobody
// has read yet, those that are open are read.
func (s *Sidebar) SetCollection(c *collections.Collection) {
	s.shown = c
	clear(s.nodes)
	s.tree.SetRoots(s.children(c.Tree))
	if s.nodes[s.awaited] != nil {
		s.SetCurrent(s.awaited)
	}
}

// children turns the nodes of a folder into lines of the tree.
func (s *Sidebar) children(folder *collections.Folder) []widget.Node {
	lines := make([]widget.Node, 0, len(folder.Nodes()))
	for _, n := range folder.Nodes() {
		line := widget.Node{ID: idOf(n), Label: n.Name, Role: themes.Text}
		s.nodes[line.ID] = n
		switch n.Kind {
		case collections.FolderNode:
			line.Folder = true
			if !n.Folder.IsRead() && !s.tree.IsOpen(line.ID) {
				break
			}
			line.Children = s.children(n.Folder)
			if n.Folder.Err() != nil {
				line.Role, line.Detail = themes.Error, "broken"
			}
		case collections.RequestNode:
			line.Badge, line.BadgeRole = s.badge(n.Method), themes.Method(n.Method)
		case collections.OtherNode:
			line.Role, line.Detail = themes.Faint, "not a request"
		case collections.BrokenNode:
			line.Role, line.Detail = themes.Error, "broken"
		case collections.UnreadNode: // as good as always a request, which is not to move when its method is known
			line.Badge = s.badge("")
		}
		lines = append(lines, line)
	}
	return lines
}

// badge is a method in the width that all have; one is made for each method, not for each request.
func (s *Sidebar) badge(method string) string {
	badge, ok := s.badges[method]
	if !ok {
		badge = fmt.Sprintf("%-5s", ShortMethod(method))
		s.badges[method] = badge
	}
	return badge
}

// Unread returns the paths of the files on the screen that nobody has looked at yet.
func (s *Sidebar) Unread() []string {
	var paths []string
	for _, id := range s.tree.Shown() {
		if n := s.nodes[id]; n != nil && n.Kind == collections.UnreadNode {
			paths = append(paths, n.Path)
		}
	}
	return paths
}

// SetCurrent puts the cursor on a request, or on a folder if a slash ends the path. What has just been made may not be in
// the tree yet: the cursor goes there when it comes.
func (s *Sidebar) SetCurrent(path string) {
	s.awaited = ""
	if path != "" && s.nodes[path] == nil && s.readSince(path) {
		s.SetCollection(s.shown)
	}
	switch {
	case path == "":
	case s.nodes[path] == nil:
		s.awaited = path
	default:
		s.tree.Select(path)
	}
}

// readSince reports whether the folder around a node that is not shown was read after it was shown.
func (s *Sidebar) readSince(path string) bool {
	for i, c := range path {
		if c != '/' {
			continue
		}
		n := s.nodes[path[:i+1]]
		switch {
		case n == nil || n.Folder == nil || !n.Folder.IsRead():
			return false
		case len(n.Folder.Nodes()) > 0 && s.nodes[idOf(n.Folder.Nodes()[0])] == nil:
			return true
		}
	}
	return false
}

// idOf is a node's ID in the tree. A slash tells a folder from a request of the same path.
func idOf(n *collections.Node) string {
	if n.Kind == collections.FolderNode {
		return n.Path + "/"
	}
	return n.Path
}

// Open returns the folders that are open, and SetOpen opens them.
func (s *Sidebar) Open() []string { return s.tree.Open() }

// SetOpen opens folders, and closes all others.
func (s *Sidebar) SetOpen(paths []string) {
	s.tree.SetOpen(paths)
	if s.shown != nil {
		s.SetCollection(s.shown)
	}
}

// Place returns which side is shown, and the line of the tree that the cursor is on.
func (s *Sidebar) Place() (node string, history bool) {
	node, _ = s.tree.ID()
	return node, s.history
}

// Return goes to a place, if it is still there.
func (s *Sidebar) Return(node string, history bool) {
	if s.nodes[node] != nil {
		s.tree.Select(node)
	}
	s.show(history)
}

// ShowTree shows the collection.
func (s *Sidebar) ShowTree() { s.show(false) }

func (s *Sidebar) show(history bool) {
	s.stopFilter()
	s.history = history
	s.layout()
}

// Turn implements Sided: there are two sides.
func (s *Sidebar) Turn(int) { s.show(!s.history) }

// Offers implements Offering.
func (s *Sidebar) Offers() []action.ID {
	switch {
	case s.filtering:
		return nil
	case s.history:
		return []action.ID{action.PrevSide, action.NextSide, action.Open, action.Replay, action.Find}
	}
	return []action.ID{action.PrevSide, action.NextSide, action.Open, action.TreeNew, action.TreeRename, action.TreeDelete, action.TreeRun, action.Settings, action.Find}
}

// Tips implements Tipping.
func (s *Sidebar) Tips() []Tip {
	if !s.filtering {
		return nil
	}
	return []Tip{{"enter", "to the list"}, {"esc", "list all"}}
}

// SetSize implements Pane.
func (s *Sidebar) SetSize(width, height int) {
	s.frame.width, s.frame.height = width, height
	s.layout()
}

// layout gives the lists what the filter line leaves of the inside.
func (s *Sidebar) layout() {
	w, h := s.frame.inside()
	if s.filterShown() {
		h--
	}
	s.tree.SetSize(w, max(0, h))
	s.list.SetSize(w, max(0, h))
	s.filter.SetSize(max(0, w-2), 1)
}

func (s *Sidebar) filterShown() bool { return s.filtering || s.query[s.side()] != "" }

func (s *Sidebar) side() int {
	if s.history {
		return 1
	}
	return 0
}

// SetFocus implements Pane.
func (s *Sidebar) SetFocus(focused bool) {
	s.frame.focused = focused
	s.tree.Focus(focused)
	s.list.Focus(focused)
	s.filter.Focus(focused && s.filtering)
}

// SetFences implements Fenced.
func (s *Sidebar) SetFences(left, right bool) { s.frame.fences = fences{left, right} }

// SetStyles implements Pane.
func (s *Sidebar) SetStyles(styles style.Styles) {
	s.styles, s.frame.styles = styles, styles
	s.tree.SetStyles(styles, themes.Background)
	s.list.SetStyles(styles, themes.Background)
	s.filter.SetStyles(styles, themes.Background)
}

// Lines implements Pane.
func (s *Sidebar) Lines() []string {
	w, _ := s.frame.inside()
	var lines []string
	if s.filterShown() {
		lines = append(lines, s.styles.Paint(themes.Accent, themes.Background, "/ ")+s.filter.View())
	}
	view := s.tree.View()
	if s.history {
		view = s.list.View()
	}
	if w > 0 {
		lines = append(lines, strings.Split(view, "\n")...)
	}
	return s.frame.draw(edges{title: s.title()}, lines)
}

func (s *Sidebar) title() []Span {
	on, off := themes.Title, themes.Muted
	if s.frame.focused {
		on = themes.Accent
	}
	switch {
	case s.styles.Shape() == style.Linear && s.history:
		return []Span{{"Sidebar, History side", on}}
	case s.styles.Shape() == style.Linear:
		return []Span{{"Sidebar, Collection side", on}}
	case s.history:
		on, off = off, on
	}
	return []Span{{"Collection", on}, {between, themes.Faint}, {"History", off}}
}

// Jumps implements Jumper: the collection and the history.
func (s *Sidebar) Jumps() []Spot {
	to := func(history bool) func() tea.Cmd {
		return func() tea.Cmd {
			s.show(history)
			return nil
		}
	}
	return []Spot{{X: stripStart - 1, Go: to(false)}, {X: historyTitle - 1, Go: to(true)}}
}

// historyTitle is the first cell of the word History in the upper edge.
const historyTitle = stripStart + len("Collection") + len(between)

// Cursor implements Pane.
func (s *Sidebar) Cursor() *tea.Cursor {
	if !s.filtering {
		return nil
	}
	x, y, ok := s.filter.Cursor()
	if !ok {
		return nil
	}
	return tea.NewCursor(x+3, y+1)
}

// Context implements Pane.
func (s *Sidebar) Context() action.Context {
	switch {
	case s.filtering:
		return action.Field
	case s.history:
		return action.List
	default:
		return action.Tree
	}
}
