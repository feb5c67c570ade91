package widget

import (
	"fmt"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/uitest"
)

func sampleTree() []Node {
	return []Node{
		{ID: "users", Label: "users", Folder: true, Children: []Node{
			{ID: "users/create", Label: "create", Badge: "POST", BadgeRole: themes.MethodPost},
			{ID: "users/admin", Label: "admin", Folder: true, Children: []Node{{ID: "users/admin/ban", Label: "Ban", Badge: "DEL", BadgeRole: themes.MethodDelete}}},
		}},
		{ID: "broken", Label: "broken", Role: themes.Error, Detail: "line 3"},
		{ID: "notes", Label: "not a request", Role: themes.Faint},
	}
}

func TestTree(t *testing.T) {
	tree := NewTree(testStyles(), themes.Background)
	tree.SetRoots(sampleTree())
	tree.SetSize(30, 6)
	tree.Focus(true)
	at := func() string { id, _ := tree.ID(); return id }
	for _, c := range []struct {
		do   func()
		want string
	}{
		{func() { press(tree, "right") }, "users"},
		{func() { press(tree, "right") }, "users/create"},
		{func() { press(tree, "down", "right", "right") }, "users/admin/ban"},
		{func() { press(tree, "left") }, "users/admin"},
		{func() { press(tree, "left", "left") }, "users"},
		{func() { press(tree, "down", "down", "down") }, "broken"},
		{func() { tree.Update(tea.MouseClickMsg{Y: 2, Button: tea.MouseLeft}) }, "users/admin"},
	} {
		if c.do(); at() != c.want {
			t.Errorf("the cursor is at %s, want %s", at(), c.want)
		}
		uitest.Exact(t, tree.View(), 30, 6)
	}
	uitest.Golden(t, "tree", uitest.Grid(t, tree.View(), 30, 6))
	open := tree.Open()
	slices.Sort(open)
	if !slices.Equal(open, []string{"users", "users/admin"}) {
		t.Errorf("open are %v", open)
	}
}

// A reload must not lose a person's place.
func TestTreeKeepsPlace(t *testing.T) {
	tree := NewTree(testStyles(), themes.Background)
	tree.SetRoots(sampleTree())
	tree.SetSize(30, 6)
	tree.Select("users/admin/ban")
	tree.SetRoots(append([]Node{{ID: "new", Label: "new"}}, sampleTree()...))
	if id, _ := tree.ID(); id != "users/admin/ban" {
		t.Errorf("the cursor went to %s", id)
	}
	tree.SetQuery("us cre")
	if len(tree.rows) != 2 {
		t.Errorf("%d rows match", len(tree.rows))
	}
	if node, _ := tree.Node(); node.ID == "users/admin/ban" {
		t.Error("the cursor is on a node that is not shown")
	}
	uitest.Golden(t, "tree-filter", uitest.Grid(t, tree.View(), 30, 6))
	tree.SetQuery("")
	if len(tree.rows) != 7 {
		t.Errorf("%d rows after the filter", len(tree.rows))
	}
	tree.SetRoots(nil)
	tree.SetEmpty("Empty. a makes a request.")
	if _, ok := tree.ID(); ok {
		t.Error("an empty tree has a cursor")
	}
	uitest.Exact(t, tree.View(), 30, 6)
	press(tree, "down", "right", "left")
}

func bigTree() []Node {
	var roots []Node
	for f := range 500 {
		folder := Node{ID: fmt.Sprint(f), Label: fmt.Sprint("folder ", f), Folder: true}
		for r := range 20 {
			folder.Children = append(folder.Children, Node{ID: fmt.Sprint(f, "/", r), Label: fmt.Sprint("request ", r), Badge: "GET", BadgeRole: themes.MethodGet})
		}
		roots = append(roots, folder)
	}
	return roots
}

func BenchmarkTree(b *testing.B) {
	tree := NewTree(testStyles(), themes.Background)
	roots := bigTree()
	tree.SetRoots(roots)
	tree.SetSize(40, 60)
	var ids []string
	for _, root := range roots {
		ids = append(ids, root.ID)
	}
	tree.SetOpen(ids)
	b.Run("move", func(b *testing.B) {
		for b.Loop() {
			tree.Move(Down)
			_ = tree.View()
		}
	})
	b.Run("filter", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			tree.SetQuery([]string{"f", "folder 4", "req 19", "4 7"}[i%4])
			_ = tree.View()
		}
	})
}
