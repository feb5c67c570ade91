package widget

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore/content"
	"parley/themes"
	"parley/ui/document"
	"parley/ui/uitest"
)

func newPager(t testing.TB, body string, w, h int) *Pager {
	t.Helper()
	d := document.Open(content.NewSource(strings.NewReader(body), int64(len(body))), document.Options{})
	t.Cleanup(d.Close)
	p := NewPager(testStyles(), themes.Background)
	p.SetSize(w, h)
	p.Focus(true)
	p.SetView(d.View(document.Raw), "")
	for {
		if _, done := p.from.Lines(); done {
			break
		}
		<-d.Changes()
	}
	p.Refresh()
	return p
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestPager(t *testing.T) {
	p := newPager(t, numbered(100), 40, 5)
	under := func() string {
		s, err := p.Selected()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, c := range []struct {
		name string
		do   func()
		want string
		top  int64
	}{
		{"down", func() { press(p, "down", "down") }, "line 3", 0},
		{"below the view", func() { press(p, "down", "down", "down") }, "line 6", 1},
		{"end", func() { p.Move(Bottom) }, "line 100", 95},
		{"past the end", func() { p.Move(Down); p.Move(PageDown) }, "line 100", 95},
		{"page up", func() { p.Move(PageUp) }, "line 95", 90},
		{"half page up", func() { p.Move(HalfUp) }, "line 93", 88},
		{"top", func() { p.Move(Top) }, "line 1", 0},
		{"before the top", func() { p.Move(Up); p.Move(PageUp) }, "line 1", 0},
		{"wheel", func() { p.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown}) }, "line 4", 3},
		{"wheel back", func() { p.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp}) }, "line 4", 0},
		{"click", func() { p.Update(tea.MouseClickMsg{X: 9, Y: 1, Button: tea.MouseLeft}) }, "line 2", 0},
		{"scroll bar", func() { p.Update(tea.MouseClickMsg{X: 39, Y: 4, Button: tea.MouseLeft}) }, "line 96", 95},
		{"offset", func() { _ = p.Go(7) }, "line 2", 0},
		{"select", func() { press(p, "shift+down", "shift+down") }, "line 2\nline 3\nline 4", 0},
	} {
		c.do()
		if got := under(); got != c.want || p.top.Line != c.top {
			t.Errorf("%s: the cursor is on %q and the top is %d, want %q and %d", c.name, got, p.top.Line, c.want, c.top)
		}
		uitest.Exact(t, p.View(), 40, 5)
	}
	uitest.Golden(t, "pager", uitest.Grid(t, p.View(), 40, 5))
	p.Update(tea.MouseClickMsg{X: 9, Y: 0, Button: tea.MouseLeft})
	p.Update(tea.MouseMotionMsg{X: 9, Y: 1, Button: tea.MouseLeft})
	if got := under(); got != "line 1\nline 2" {
		t.Errorf("dragged over %q", got)
	}
}

func TestPagerWrapsAndCuts(t *testing.T) {
	p := newPager(t, strings.Repeat("0123456789", 5)+"\nshort\t日本語\x1b[2J\nend", 20, 6)
	uitest.Exact(t, p.View(), 20, 6)
	press(p, "right", "right")
	uitest.Golden(t, "pager-cut", uitest.Grid(t, p.View(), 20, 6))
	p.SetWrap(true)
	press(p, "down", "down")
	uitest.Exact(t, p.View(), 20, 6)
	uitest.Golden(t, "pager-wrap", uitest.Grid(t, p.View(), 20, 6))
	if got, _ := p.Selected(); got != strings.Repeat("0123456789", 5) {
		t.Errorf("the cursor is on %q", got)
	}
	if strings.Contains(p.View(), "\x1b[2J") {
		t.Error("the body acts on the terminal")
	}
	for _, size := range [][2]int{{1, 1}, {2, 2}, {31, 1}, {200, 60}} {
		p.SetSize(size[0], size[1])
		uitest.Exact(t, p.View(), size[0], size[1])
	}
}

func TestPagerMessages(t *testing.T) {
	p := NewPager(testStyles(), themes.Background)
	p.SetSize(50, 2)
	p.SetView(nil, "F5 sends the request")
	press(p, "down", "end")
	uitest.Exact(t, p.View(), 50, 2)
	if got := uitest.Grid(t, p.View(), 50, 2); !strings.Contains(got, "F5 sends the request") {
		t.Errorf("shows %q", got)
	}
	d := document.Open(content.NewSource(broken{}, 100), document.Options{})
	t.Cleanup(d.Close)
	p.SetView(d.View(document.Hex), "")
	if got := uitest.Grid(t, p.View(), 50, 2); !strings.Contains(got, "The body can't be read: the disk is gone") {
		t.Errorf("a body that can't be read shows %q", got)
	}
}

// The titles of a table stay at the top, and all that scrolls has one row less.
func TestPagerKeepsTitles(t *testing.T) {
	body := "name,age\n" + strings.Repeat("Ada,36\n", 50) + "Grace,85\n"
	d := document.Open(content.NewSource(strings.NewReader(body), int64(len(body))), document.Options{ContentType: "text/csv"})
	t.Cleanup(d.Close)
	p := NewPager(testStyles(), themes.Background)
	p.SetSize(40, 5)
	p.SetView(d.View(document.Table), "")
	for range d.Changes() {
		if _, done := d.View(document.Table).Lines(); done {
			break
		}
	}
	p.Refresh()
	for _, key := range []string{"pgdown", "end"} {
		press(p, key)
		uitest.Exact(t, p.View(), 40, 5)
		lines := strings.Split(uitest.Grid(t, p.View(), 40, 5), "\n")
		if !strings.Contains(lines[0], "name   age") {
			t.Errorf("after %s the top shows %q", key, lines[0])
		}
		if key == "pgdown" && !strings.Contains(lines[1], " 5  Ada") || key == "end" && !strings.Contains(lines[4], " 51  Grace   85") {
			t.Errorf("after %s it shows\n%s", key, strings.Join(lines, "\n"))
		}
	}
	p.Update(tea.MouseClickMsg{Button: tea.MouseLeft, X: 12, Y: 1})
	if text, err := p.Selected(); err != nil || text != "Ada     36" {
		t.Errorf("a click on the row below the titles takes %q, %v", text, err)
	}
	p.SetSize(40, 1)
	uitest.Exact(t, p.View(), 40, 1)
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is gone") }

func BenchmarkPager(b *testing.B) {
	p := newPager(b, strings.Repeat(`{"name": "some value", "n": [1, 2, 3]}`+"\n", 30_000), 120, 36)
	b.ReportAllocs()
	for b.Loop() {
		p.Move(Down)
		_ = p.View()
	}
}
