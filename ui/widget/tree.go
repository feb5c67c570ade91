package widget

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/style"
)

// Node is a line of a tree, and what is below it.
type Node struct {
	ID        string // names the node across changes; unique in the tree
	Label     string
	Badge     string // before the label, such as a method
	BadgeRole themes.Role
	Detail    string // at the right end
	Role      themes.Role
	Folder    bool
	Children  []Node
}

// Tree shows nodes, of which folders can be opened. Only what is open is laid out, and only what is seen is drawn, so
// that tens of thousands of nodes are fine.
type Tree struct {
	styles  style.Styles
	on      themes.Role
	roots   []Node
	open    map[string]bool
	query   []string // words, in lower case
	empty   string
	rows    []treeRow
	scroll  scroll
	focused bool
	w, h    int
	view    string
	blank   emptyRows
}

// treeRow is a node that is laid out.
type treeRow struct {
	node   *Node
	depth  int
	parent int // row of the folder it is in; -1 at the top
}

// NewTree returns a tree on a surface.
func NewTree(styles style.Styles, on themes.Role) *Tree {
	return &Tree{styles: styles, on: on, open: map[string]bool{}}
}

// SetRoots replaces the nodes. What is open, and the cursor, stay with the IDs.
func (t *Tree) SetRoots(roots []Node) {
	id, _ := t.ID()
	t.roots = roots
	t.layout()
	t.Select(id)
}

// SetEmpty says what is shown when there are no nodes.
func (t *Tree) SetEmpty(message string) {
	t.empty, t.view = message, ""
}

// SetQuery shows only nodes of whose path every word of query is a part, with the folders they are in. The cursor
// stays where it is, or goes to the first match that is no folder.
func (t *Tree) SetQuery(query string) {
	id, _ := t.ID()
	t.query = strings.Fields(strings.ToLower(query))
	t.layout()
	if len(t.query) > 0 {
		t.scroll.to(max(0, slices.IndexFunc(t.rows, func(r treeRow) bool { return !r.node.Folder })))
	}
	t.Select(id)
}

// layout lists the nodes that can be seen by scrolling.
func (t *Tree) layout() {
	t.rows = t.rows[:0]
	if len(t.query) > 0 {
		t.filter(t.roots, 0, -1, "")
	} else {
		t.flatten(t.roots, 0, -1)
	}
	t.scroll.resize(len(t.rows), t.h)
	t.view = ""
}

func (t *Tree) flatten(nodes []Node, depth, parent int) {
	for i := range nodes {
		t.rows = append(t.rows, treeRow{&nodes[i], depth, parent})
		if t.open[nodes[i].ID] {
			t.flatten(nodes[i].Children, depth+1, len(t.rows)-1)
		}
	}
}

// filter lists the nodes that match; a folder is listed when anything in it is.
func (t *Tree) filter(nodes []Node, depth, parent int, path string) {
	for i := range nodes {
		node := &nodes[i]
		full := path + "/" + strings.ToLower(node.Badge+" "+node.Label)
		row := len(t.rows)
		t.rows = append(t.rows, treeRow{node, depth, parent})
		t.filter(node.Children, depth+1, row, full)
		if len(t.rows) == row+1 && !t.matches(full) {
			t.rows = t.rows[:row]
		}
	}
}

func (t *Tree) matches(path string) bool {
	for _, word := range t.query {
		if !strings.Contains(path, word) {
			return false
		}
	}
	return true
}

// ID returns the ID of the node that the cursor is on; ok is false in an empty tree.
func (t *Tree) ID() (id string, ok bool) {
	node, ok := t.Node()
	return node.ID, ok
}

// Node returns the node that the cursor is on; ok is false in an empty tree.
func (t *Tree) Node() (node Node, ok bool) {
	if t.scroll.cursor >= len(t.rows) {
		return Node{}, false
	}
	return *t.rows[t.scroll.cursor].node, true
}

// Select puts the cursor on a node and opens the folders it is in. A node that is not there, or does not match the
// query, leaves the cursor where it is.
func (t *Tree) Select(id string) {
	if len(t.query) == 0 && t.reveal(t.roots, id) {
		t.layout()
	}
	for i, row := range t.rows {
		if row.node.ID == id {
			t.scroll.to(i)
			t.view = ""
			return
		}
	}
}

// reveal opens the folders around a node and reports whether it is there.
func (t *Tree) reveal(nodes []Node, id string) bool {
	for i := range nodes {
		if nodes[i].ID == id {
			return true
		}
		if t.reveal(nodes[i].Children, id) {
			t.open[nodes[i].ID] = true
			return true
		}
	}
	return false
}

// Shown returns the IDs of the nodes on the screen.
func (t *Tree) Shown() []string {
	var ids []string
	for _, row := range t.rows[min(t.scroll.top, len(t.rows)):min(t.scroll.top+t.h, len(t.rows))] {
		ids = append(ids, row.node.ID)
	}
	return ids
}

// Open returns the IDs of the folders that are open, to be kept for the next start.
func (t *Tree) Open() []string {
	var ids []string
	for id, open := range t.open {
		if open {
			ids = append(ids, id)
		}
	}
	return ids
}

// IsOpen reports whether a folder is open, if it is there.
func (t *Tree) IsOpen(id string) bool { return t.open[id] }

// SetOpen opens folders, and closes all others.
func (t *Tree) SetOpen(ids []string) {
	t.open = make(map[string]bool, len(ids))
	for _, id := range ids {
		t.open[id] = true
	}
	t.layout()
}

// Toggle opens the folder that the cursor is on, or closes it; it reports whether it is one.
func (t *Tree) Toggle() bool {
	node, ok := t.Node()
	if !ok || !node.Folder {
		return false
	}
	t.open[node.ID] = !t.open[node.ID]
	t.layout()
	return true
}

// Move moves the cursor. Left closes a folder or goes to the one around, Right opens one or goes into it.
func (t *Tree) Move(m Motion) {
	t.view = ""
	if t.scroll.move(m) || len(t.rows) == 0 {
		return
	}
	row := t.rows[t.scroll.cursor]
	expanded := len(t.query) > 0 || t.open[row.node.ID]
	switch {
	case m == Left && row.node.Folder && expanded && len(t.query) == 0:
		t.Toggle()
	case m == Left && row.parent >= 0:
		t.scroll.to(row.parent)
	case m == Right && row.node.Folder && !expanded:
		t.Toggle()
	case m == Right && row.node.Folder && len(row.node.Children) > 0:
		t.scroll.to(t.scroll.cursor + 1)
	}
}

// Update takes arrows, the wheel and clicks, and reports whether it was its business. A click on a folder toggles it.
func (t *Tree) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m, ok := motionOf(msg.String())
		if ok {
			t.Move(m)
		}
		return ok
	case tea.MouseWheelMsg:
		t.view = ""
		return t.scroll.turn(msg)
	case tea.MouseClickMsg:
		line, ok := t.scroll.at(msg.Y)
		if !ok || !points(msg.Button) {
			return false
		}
		t.scroll.to(line)
		t.view = ""
		if len(t.query) == 0 && msg.Button == tea.MouseLeft {
			t.Toggle()
		}
		return true
	}
	return false
}

// SetSize says how many cells there are.
func (t *Tree) SetSize(w, h int) {
	t.w, t.h = max(0, w), max(0, h)
	t.scroll.resize(len(t.rows), t.h)
	t.view = ""
}

// SetStyles replaces the styles.
func (t *Tree) SetStyles(styles style.Styles, on themes.Role) {
	t.styles, t.on, t.view = styles, on, ""
}

// Focus says whether the cursor's line is the selection or only where it would be.
func (t *Tree) Focus(focused bool) {
	t.focused, t.view = focused, ""
}
