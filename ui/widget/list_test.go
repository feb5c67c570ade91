package widget

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/uitest"
)

func sampleItems() []Item {
	return []Item{
		{Text: "users/create", Badge: "POST", BadgeRole: themes.MethodPost, Detail: "^P"},
		{Text: "users/list", Badge: "GET", BadgeRole: themes.MethodGet},
		{Text: "日本語/größe", Badge: "GET", BadgeRole: themes.MethodGet, Dim: true, Detail: "nothing is running"},
		{Text: "evil\x1b]0;x\x07\u202e/name", Badge: "DELETE", BadgeRole: themes.MethodDelete},
		{Text: strings.Repeat("long/", 30)},
	}
}

// What stands at the right end of an item gives way only to what its text really needs.
func TestDetailsOfAListStayWhereThereIsRoom(t *testing.T) {
	l := NewList(testStyles(), themes.Raised)
	l.SetSize(40, 2)
	l.SetItems([]Item{{Text: "Send", Detail: "F5 ^enter ^J alt+enter ^X s"}, {Text: strings.Repeat("long ", 9), Detail: "F5 ^enter ^J alt+enter ^X s"}})
	grid := strings.Split(uitest.Grid(t, l.View(), 40, 2), "\n")
	if !strings.Contains(grid[0], "^X s") {
		t.Errorf("the keys have no room in %q", grid[0])
	}
	if !strings.Contains(grid[1], "long long long long long") {
		t.Errorf("a long text gives way in %q", grid[1])
	}
}

// Where a list has a scrollbar, details keep a blank before it.
func TestDetailsOfAListDoNotTouchItsBar(t *testing.T) {
	for _, height := range []int{2, 5} {
		l := NewList(testStyles(), themes.Raised)
		l.SetSize(40, height)
		l.SetItems(sampleItems())
		row, _, _ := strings.Cut(uitest.Grid(t, l.View(), 40, height), "\n")
		if height == 2 && !strings.HasSuffix(row, " ^P ┃") || height == 5 && !strings.HasSuffix(row, " ^P") {
			t.Errorf("at a height of %d: %q", height, row)
		}
	}
}

func TestList(t *testing.T) {
	l := NewList(testStyles(), themes.Raised)
	l.SetSize(40, 6)
	l.SetItems(sampleItems())
	uitest.Exact(t, l.View(), 40, 6)
	uitest.Golden(t, "list", uitest.Grid(t, l.View(), 40, 6))
	l.SetQuery("grö")
	if i, ok := l.Index(); !ok || i != 2 || l.Len() != 1 {
		t.Errorf("grö finds %d (%d listed)", i, l.Len())
	}
	screen := uitest.Screen(l.View(), 40, 6)
	if accent := testStyles().Color(themes.Accent); screen.CellAt(15, 0).Style.Fg != accent || screen.CellAt(14, 0).Style.Fg == accent {
		t.Errorf("the letters that match are not marked: %+v", screen.CellAt(15, 0))
	}
	l.SetQuery("zzz")
	if _, ok := l.Index(); ok || l.Len() != 0 {
		t.Error("something matches zzz")
	}
	l.SetEmpty("No match")
	if got := uitest.Grid(t, l.View(), 40, 6); !strings.HasPrefix(got, " No match\n") {
		t.Errorf("an empty list shows %q", got)
	}
}

func TestListMoves(t *testing.T) {
	l := NewList(testStyles(), themes.Background)
	l.SetSize(20, 4)
	items := make([]Item, 100)
	for i := range items {
		items[i].Text = fmt.Sprint("item ", i)
	}
	l.SetItems(items)
	index := func() int { i, _ := l.Index(); return i }
	for _, c := range []struct {
		do   func()
		want int
	}{
		{func() { press(l, "down", "down") }, 2},
		{func() { l.Move(Bottom) }, 99},
		{func() { press(l, "down") }, 99},
		{func() { l.Move(PageUp) }, 95},
		{func() { l.Move(HalfDown) }, 97},
		{func() { l.Move(Top) }, 0},
		{func() { l.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown}) }, 3},
		{func() { l.Update(tea.MouseClickMsg{X: 3, Y: 2, Button: tea.MouseLeft}) }, 5},
		{func() { l.Select(50) }, 50},
	} {
		if c.do(); index() != c.want {
			t.Errorf("the cursor is at %d, want %d", index(), c.want)
		}
		uitest.Exact(t, l.View(), 20, 4)
	}
	l.SetItems(items[:3])
	if index() != 2 {
		t.Errorf("with fewer items the cursor is at %d", index())
	}
}

func TestPicker(t *testing.T) {
	p := NewPicker(testStyles(), themes.Raised, "Search…")
	p.SetItems(sampleItems())
	p.SetSize(30, 6)
	typeText(p, "us/l")
	press(p, "down")
	uitest.Exact(t, p.View(), 30, 6)
	uitest.Golden(t, "picker", uitest.Grid(t, p.View(), 30, 6))
	if x, y, ok := p.Cursor(); x != 6 || y != 0 || !ok {
		t.Errorf("the cursor is at %d,%d", x, y)
	}
	if i, _ := p.List.Index(); i != 1 {
		t.Errorf("found %d", i)
	}
}

func BenchmarkListKey(b *testing.B) {
	l := NewList(testStyles(), themes.Raised)
	l.SetSize(80, 20)
	items := make([]Item, 10_000)
	for i := range items {
		items[i].Text = fmt.Sprintf("folder-%d/sub-%d/request-%d", i%50, i%500, i)
	}
	l.SetItems(items)
	for i := 0; b.Loop(); i++ {
		l.SetQuery([]string{"r", "re", "req", "req9", "frs42"}[i%5])
		_ = l.View()
	}
}

func TestListPutsWholeWordsFirst(t *testing.T) {
	l := NewList(testStyles(), themes.Raised)
	l.SetSize(40, 6)
	l.SetItems([]Item{{Text: "tour/basic-auth-shown"}, {Text: "no-trash"}, {Text: "Restore from the Trash…"}, {Text: "other"}})
	l.SetQuery("trash")
	for _, want := range []int{2, 1, 0} {
		if i, ok := l.Index(); !ok || i != want {
			t.Errorf("the cursor is on %d, want %d", i, want)
		}
		l.Move(Down)
	}
}

// Other words for an item find it: before texts of which a word only begins so, after those that have the word itself.
func TestListFindsOtherWords(t *testing.T) {
	l := NewList(testStyles(), themes.Raised)
	l.SetSize(40, 6)
	l.SetItems([]Item{{Text: "Wrap lines"}, {Text: "Save", Also: "w write store"}, {Text: "Quit", Also: "leave", Dim: true}, {Text: "Écrire", Also: "leave all"}})
	for query, want := range map[string]int{"w": 1, "wr": 0, "store": 1, "save store": 1, "leave": 3, "all leave": 3, "quit": 2, "écr": 3} {
		l.SetQuery(query)
		if i, ok := l.Index(); !ok || i != want {
			t.Errorf("%q finds %d, %v, want %d", query, i, ok, want)
		}
	}
	l.SetQuery("unheard")
	if _, ok := l.Index(); ok {
		t.Error("what nothing is called is found")
	}
}
