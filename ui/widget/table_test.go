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
		{"click to edit", func(t *Table) {
			drag(t, 30, 2, 2)
			typeText(t, "x\n")
		}, "a=1 b=2x c=3!"},
		{"drag", func(t *Table) { drag(t, 5, 1, 2) }, "b=2 a=1 c=3!"},
		{"drag there and back", func(t *Table) { drag(t, 5, 1, 2, 1) }, "a=1 b=2 c=3!"},
		{"not past what is fixed by the mouse", func(t *Table) { drag(t, 5, 1, 5) }, "b=2 a=1 c=3!"},
		{"tab walks on to the next entry", func(t *Table) {
			t.Edit()
			press(t, "tab")
			typeText(t, "x")
			press(t, "tab")
			typeText(t, "y")
			press(t, "shift+tab")
			typeText(t, "z\n")
		}, "a=1xz by=2 c=3!"},
		{"enter goes to the next entry when there is a value", func(t *Table) { t.Edit(); typeText(t, "x\n"); t.Toggle() }, "ax=1 ~b=2 c=3!"},
		{"insert", func(t *Table) { t.Insert(Entry{Name: "d", Value: "4"}, Entry{Name: "e", Value: "5"}) }, "a=1 d=4 e=5 b=2 c=3!"},
		{"replace", func(t *Table) { t.Replace([]Entry{{Name: "d", Value: "4"}}) }, "d=4"},
		{"begin", func(t *Table) { t.Begin(); typeText(t, "d\n4\n") }, "a=1 b=2 c=3! d=4"},
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

// drag holds the left button from a row of the view to others, and lets it go there.
func drag(t *Table, x int, rows ...int) {
	t.Update(tea.MouseClickMsg{X: x, Y: rows[0], Button: tea.MouseLeft})
	for _, y := range rows[1:] {
		t.Update(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
	}
	t.Update(tea.MouseReleaseMsg{X: x, Y: rows[len(rows)-1], Button: tea.MouseLeft})
}

// What is elsewhere goes over by a move and by being switched off, and undo knows of what has changed there since.
func TestTablePlaces(t *testing.T) {
	table := NewTable(testStyles(), themes.Background, TableOptions{
		Titles: [3]string{"Name", "Value", "Note"},
		Over: func(e Entry, place string) (Entry, bool) {
			if place == "up" && e.Off {
				return e, false
			}
			e.Place, e.Value = place, e.Value+"'"
			return e, true
		},
	})
	table.SetSize(70, 8)
	table.Focus(true)
	start := []Entry{{Name: "a", Value: "1", Place: "up"}, {Name: "b", Value: "2", Place: "up"}, {Name: "c", Value: "3"}, {Name: "d", Off: true}}
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"down across the border", func() { table.Move(Down); table.Reorder(1) }, "a=1^ b=2' c=3 ~d="},
		{"up across the border", func() { table.Move(Down); table.Move(Down); table.Reorder(-1) }, "a=1^ b=2^ c=3'^ ~d="},
		{"what is off cannot go there", func() { drag(table, 5, 4, 1) }, "a=1^ b=2^ ~d= c=3"},
		{"drawn across", func() { drag(table, 5, 3, 1) }, "c=3'^ a=1^ b=2^ ~d="},
		{"switched off", func() { table.Toggle() }, "b=2^ ~a=1' c=3 ~d="},
		{"no note", func() { table.Move(Right); table.Move(Right); table.Edit(); typeText(table, "x\n") }, "a=1^ b=2^ c=3 ~d="},
	} {
		table.SetEntries(start)
		table.Move(Top)
		table.column = ColumnName
		c.do()
		table.Commit()
		if got := list(table); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		table.Undo()
		if got := list(table); got != "a=1^ b=2^ c=3 ~d=" {
			t.Errorf("%s: undone to %s", c.name, got)
		}
	}
	table.SetEntries(start)
	table.Move(Bottom)
	table.Move(Up)
	table.Delete()
	elsewhere := func(entries []Entry) []Entry {
		return slices.Concat([]Entry{{Name: "new", Place: "up"}}, slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Place != "" }))
	}
	table.Move(Bottom)
	table.Rebase(elsewhere)
	if !table.AtEnd() {
		t.Error("the cursor leaves the empty line")
	}
	if table.Undo(); list(table) != "new=^ c=3 ~d=" {
		t.Errorf("undo brings back what is elsewhere: %s", list(table))
	}
	table.Move(Top)
	table.column = ColumnName
	table.Edit()
	if table.Rebase(func([]Entry) []Entry { return nil }); len(table.Entries()) != 3 {
		t.Error("a cell that is edited is taken away")
	}
}

func TestTableSaysWhatIsWrong(t *testing.T) {
	table := NewTable(testStyles(), themes.Background, TableOptions{
		Titles: [3]string{"Name", "Value"},
		Check: func(entries []Entry) (found []Complaint) {
			for i, e := range entries {
				if strings.Contains(e.Name, "x") {
					found = append(found, Complaint{Line: i, Role: themes.Error, Text: e.Name + " has an x"})
				}
			}
			return found
		},
	})
	table.SetEntries([]Entry{{Name: "a"}, {Name: "bx"}, {Name: "c"}, {Name: "dx"}})
	table.SetSize(40, 8)
	table.Focus(true)
	if got := uitest.Grid(t, table.View(), 40, 8); strings.Count(got, "☑!") != 2 {
		t.Errorf("it marks\n%s", got)
	}
	if c, ok := table.Complaint(); !ok || c.Text != "bx has an x" {
		t.Errorf("of the first it says %q", c.Text)
	}
	table.Move(Bottom)
	typeText(table, "ex")
	if c, ok := table.Complaint(); !ok || c.Text != "ex has an x" {
		t.Errorf("as one types it says %q", c.Text)
	}
	if got := uitest.Grid(t, table.View(), 40, 8); !strings.Contains(got, "+!") {
		t.Errorf("the new one is not marked\n%s", got)
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
		if e.Place != "" {
			s += "^"
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
