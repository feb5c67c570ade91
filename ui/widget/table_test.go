package widget

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/uitest"
)

func newTable(w, h int, entries ...Entry) *Table {
	t := NewTable(testStyles(), themes.Background, TableOptions{
		Titles: [3]string{"Name", "Value", "Note"}, Adding: "Add a header",
		Highlight: func(c Column, cell string) []Span {
			if i := strings.Index(cell, "{{"); c == ColumnValue && i >= 0 {
				return []Span{{i, len(cell), themes.Variable}} // to the end is enough here
			}
			return nil
		},
	})
	t.SetEntries(entries)
	t.SetSize(w, h)
	t.Focus(true)
	return t
}

func sampleEntries() []Entry {
	return []Entry{
		{Name: "Accept", Value: "application/json"},
		{Name: "X-Debug", Value: "1", Off: true, Note: "only locally"},
		{Name: "Authorization", Value: "Bearer {{token}}", Fixed: true, Note: "collection"},
	}
}

func TestTable(t *testing.T) {
	table := newTable(70, 6, sampleEntries()...)
	uitest.Exact(t, table.View(), 70, 6)
	uitest.Golden(t, "table", uitest.Grid(t, table.View(), 70, 6))
	narrow := newTable(34, 3, Entry{Name: "Auth", Value: "Bearer {{a long name}} and more"})
	uitest.Golden(t, "table-narrow", uitest.Grid(t, narrow.View(), 34, 3))
	screen := uitest.Screen(table.View(), 70, 6)
	if active := testStyles().Color(themes.Active); screen.CellAt(4, 1).Style.Bg != active || screen.CellAt(4, 2).Style.Bg == active || screen.CellAt(20, 1).Style.Bg == active {
		t.Error("the cell that enter would edit does not stand out")
	}
	for _, size := range [][2]int{{20, 3}, {59, 2}, {8, 4}, {1, 1}, {0, 0}, {200, 10}} {
		table.SetSize(size[0], size[1])
		if size[1] > 0 {
			uitest.Exact(t, table.View(), size[0], size[1])
		}
	}
}

// A list of headers is typed in one go, from the empty line on.
func TestTableTyping(t *testing.T) {
	table := newTable(60, 8)
	typeText(table, "Accept\ntext/html\nX-B\n2\n")
	uitest.Exact(t, table.View(), 60, 8)
	if x, y, ok := table.EditCursor(); x != 4 || y != 3 || !ok {
		t.Errorf("the cursor is at %d,%d %v", x, y, ok)
	}
	press(table, "enter")
	if table.Editing() {
		t.Error("enter on the empty line goes on editing")
	}
	want := []Entry{{Name: "Accept", Value: "text/html"}, {Name: "X-B", Value: "2"}}
	if got := table.Entries(); !slices.Equal(got, want) {
		t.Errorf("typed %+v", got)
	}
	for table.Undo() {
	}
	if len(table.Entries()) != 0 {
		t.Errorf("undone to %+v", table.Entries())
	}
	for table.Redo() {
	}
	if got := table.Entries(); !slices.Equal(got, want) {
		t.Errorf("redone to %+v", got)
	}
}

func TestTableEdits(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*Table)
		want string
	}{
		{"toggle", func(t *Table) { t.Toggle() }, "~a=1 b=2 c=3!"},
		{"delete", func(t *Table) { t.Delete() }, "b=2 c=3!"},
		{"move down", func(t *Table) { t.Reorder(1) }, "b=2 a=1 c=3!"},
		{"not past what is fixed", func(t *Table) { t.Move(Down); t.Reorder(1) }, "a=1 b=2 c=3!"},
		{"not what is fixed", func(t *Table) { t.Move(Bottom); t.Move(Up); t.Toggle(); t.Delete(); t.Edit() }, "a=1 b=2 c=3!"},
		{"edit a value", func(t *Table) { t.Move(Right); t.Edit(); typeText(t, "x\n") }, "a=1x b=2 c=3!"},
		{"cancel", func(t *Table) { t.Edit(); typeText(t, "x"); press(t, "esc") }, "a=1 b=2 c=3!"},
		{"arrows keep", func(t *Table) { t.Edit(); typeText(t, "x"); press(t, "down") }, "ax=1 b=2 c=3!"},
		{"leaving keeps", func(t *Table) { t.Edit(); typeText(t, "x"); t.Focus(false) }, "ax=1 b=2 c=3!"},
		{"shift+tab", func(t *Table) { t.Move(Right); t.Edit(); typeText(t, "x"); press(t, "shift+tab"); typeText(t, "y\n") }, "ay=1x b=2 c=3!"},
		{"add", func(t *Table) { t.Add(Entry{Name: "d", Value: "4"}) }, "a=1 b=2 c=3! d=4"},
		{"click the box", func(t *Table) { t.Update(tea.MouseClickMsg{X: 1, Y: 2, Button: tea.MouseLeft}) }, "a=1 ~b=2 c=3!"},
		{"click twice to edit", func(t *Table) {
			for range 2 {
				t.Update(tea.MouseClickMsg{X: 17, Y: 2, Button: tea.MouseLeft})
			}
			typeText(t, "x\n")
		}, "a=1 b=2x c=3!"},
		{"paste on the empty line", func(t *Table) { t.Move(Bottom); t.Update(tea.PasteMsg{Content: "d"}); t.Commit() }, "a=1 b=2 c=3! d="},
	} {
		table := newTable(60, 8, Entry{Name: "a", Value: "1"}, Entry{Name: "b", Value: "2"}, Entry{Name: "c", Value: "3", Fixed: true})
		before := list(table)
		c.do(table)
		if got := list(table); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		uitest.Exact(t, table.View(), 60, 8)
		for table.Undo() {
		}
		if list(table) != before {
			t.Errorf("%s: undone to %s", c.name, list(table))
		}
	}
}

func list(t *Table) string {
	var parts []string
	for _, e := range t.Entries() {
		s := e.Name + "=" + e.Value
		if e.Off {
			s = "~" + s
		}
		if e.Fixed {
			s += "!"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func TestReadOnlyTable(t *testing.T) {
	table := NewTable(testStyles(), themes.Background, TableOptions{Titles: [3]string{"Name", "Value"}, Empty: "No headers", ReadOnly: true})
	table.SetSize(30, 3)
	if got := uitest.Grid(t, table.View(), 30, 3); !strings.Contains(got, "No headers") {
		t.Errorf("without entries it shows\n%s", got)
	}
	table.SetEntries([]Entry{{Name: "content-type", Value: "text/plain\r\n\x1b[2J"}})
	table.Focus(true)
	typeText(table, "x\n")
	if table.Toggle() || table.Delete() || table.Edit() || table.Add(Entry{}) || table.Editing() {
		t.Error("a read-only table can be changed")
	}
	if strings.Contains(table.View(), "\x1b[2J") {
		t.Error("a value acts on the terminal")
	}
	uitest.Exact(t, table.View(), 30, 3)
}

func BenchmarkTable(b *testing.B) {
	entries := make([]Entry, 10_000)
	for i := range entries {
		entries[i] = Entry{Name: fmt.Sprint("name-", i), Value: "some value {{variable}}"}
	}
	table := newTable(120, 36, entries...)
	b.ReportAllocs()
	for b.Loop() {
		table.Move(Down)
		_ = table.View()
	}
}
