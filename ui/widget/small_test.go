package widget

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/uitest"
)

func TestTabs(t *testing.T) {
	tabs := NewTabs(testStyles(), themes.Surface)
	tabs.SetSize(46)
	tabs.SetTabs([]Tab{
		{Title: "create", Badge: "POST", BadgeRole: themes.MethodPost, Mark: "●"},
		{Title: "list", Badge: "GET", BadgeRole: themes.MethodGet},
		{Title: "third"},
	}, 0)
	uitest.Exact(t, tabs.View(), 46, 1)
	uitest.Golden(t, "tabs", uitest.Grid(t, tabs.View(), 46, 1))
	if i, ok := tabs.At(17); !ok || i != 1 {
		t.Errorf("cell 17 is of tab %d, %v", i, ok)
	}
	if _, ok := tabs.At(45); ok {
		t.Error("there is a tab where none is")
	}
	if x, ok := tabs.Place(1); !ok || x != 15 {
		t.Errorf("the second tab begins at %d, %v", x, ok)
	}
}

// The active tab is seen whatever the width and however many there are.
func TestTabsScroll(t *testing.T) {
	var many []Tab
	for i := range 30 {
		many = append(many, Tab{Title: fmt.Sprint("tab-", i), Mark: "●"})
	}
	many = append(many, Tab{Title: strings.Repeat("日本", 40)})
	tabs := NewTabs(testStyles(), themes.Surface)
	for _, w := range []int{1, 5, 12, 40, 200} {
		tabs.SetSize(w)
		for i := range many {
			tabs.SetTabs(many, i)
			uitest.Exact(t, tabs.View(), w, 1)
			if title := many[i].Title; w > 12 && len(title) < 10 && !strings.Contains(uitest.Grid(t, tabs.View(), w, 1), title) {
				t.Errorf("%s is not seen in %d cells", title, w)
			}
		}
	}
	tabs.SetTabs(nil, 0)
	uitest.Exact(t, tabs.View(), 200, 1)
}

func TestBarsAreToScaleAndSeenHoweverShort(t *testing.T) {
	for _, w := range []int{1, 3, 20, 60} {
		var lines []string
		for _, bar := range [][2]int64{{0, 2}, {2, 5}, {13, 80}, {100, 0}, {99, 1}, {-20, 10}, {90, 40}} {
			lines = append(lines, NewRow(testStyles(), themes.Background, w).Bar(themes.Accent, bar[0], bar[1], 100, w).String())
		}
		view := strings.Join(lines, "\n")
		uitest.Exact(t, view, w, len(lines))
		if w == 60 {
			uitest.Golden(t, "bars", uitest.Grid(t, view, w, len(lines)))
		}
	}
	nothing := NewRow(testStyles(), themes.Background, 8).Bar(themes.Accent, 0, 5, 0, 8).String()
	if uitest.Exact(t, nothing, 8, 1); strings.Contains(nothing, "█") {
		t.Error("without a total there is nothing to scale to")
	}
}

func TestScrollbar(t *testing.T) {
	for _, c := range []struct {
		bar  Scrollbar
		want string
	}{
		{Scrollbar{Total: 5, Seen: 5}, "     "},
		{Scrollbar{Total: 10, Seen: 5}, "┃┃┃││"},
		{Scrollbar{Total: 10, Top: 5, Seen: 5}, "││┃┃┃"},
		{Scrollbar{Total: 1 << 40, Top: 1 << 39, Seen: 5}, "││┃││"},
		{Scrollbar{Total: 100, Seen: 5}, "┃││││"},
	} {
		var got string
		for _, cell := range c.bar.Cells(testStyles(), themes.Background, 5) {
			got += strings.TrimSuffix(uitest.Grid(t, cell, 1, 1), "\n")
		}
		if strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%+v is %q, want %q", c.bar, got, c.want)
		}
	}
}

func newForm() *Form {
	f := NewForm(testStyles(), themes.Background,
		Field{Key: "type", Label: "Type", Kind: FieldSelect, Options: []string{"none", "basic", "bearer"}, Value: "basic"},
		Field{Key: "user", Label: "User name", Placeholder: "inherited", Help: "As the server knows it."},
		Field{Key: "password", Label: "Password", Kind: FieldSecret, Value: "secret"},
		Field{Key: "timeout", Label: "Timeout", Value: "10x", Check: func(s string) error {
			if _, err := time.ParseDuration(s); err != nil {
				return errors.New("not a duration")
			}
			return nil
		}},
		Field{Key: "verify", Label: "Verify TLS", Kind: FieldToggle, Value: "true"},
	)
	f.SetSize(60, 7)
	f.Focus(true)
	return f
}

func TestForm(t *testing.T) {
	f := newForm()
	before := f.Version()
	press(f, "right", "enter", "tab")
	typeText(f, "ada")
	uitest.Exact(t, f.View(), 60, 7)
	uitest.Golden(t, "form", uitest.Grid(t, f.View(), 60, 7))
	if got := f.Value("type"); got != "none" {
		t.Errorf("the type is %q", got)
	}
	if f.Value("user") != "ada" || f.Version() == before {
		t.Errorf("the user is %q", f.Value("user"))
	}
	if x, y, ok := f.Cursor(); x != 16 || y != 1 || !ok {
		t.Errorf("the cursor is at %d,%d %v", x, y, ok)
	}
	if key, err := f.Err(); key != "timeout" || err == nil {
		t.Errorf("the wrong field is %q: %v", key, err)
	}
	press(f, "down", "down", "backspace")
	typeText(f, "s")
	if _, err := f.Err(); err != nil {
		t.Errorf("%q is wrong: %v", f.Value("timeout"), err)
	}
	press(f, "down", "space")
	if f.Value("verify") != "false" {
		t.Error("space does not toggle")
	}
	if f.Update(uitest.Key("tab")) {
		t.Error("tab is kept at the last field")
	}
	f.Update(tea.MouseClickMsg{X: 15, Y: 4, Button: tea.MouseLeft})
	if f.Value("verify") != "true" {
		t.Error("a click does not toggle")
	}
	f.SetFields(Field{Key: "token", Label: "Token"}, Field{Key: "verify", Label: "Verify", Kind: FieldToggle})
	if f.Key() != "verify" {
		t.Errorf("with other fields the cursor is on %s", f.Key())
	}
	for _, size := range [][2]int{{1, 1}, {10, 2}, {200, 20}} {
		f.SetSize(size[0], size[1])
		uitest.Exact(t, f.View(), size[0], size[1])
	}
	if strings.Contains(f.View(), "secret") {
		t.Error("the password is shown")
	}
}
