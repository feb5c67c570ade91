package overlay

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/uitest"
	"parley/ui/widget"
)

// onScreen pushes an overlay on an empty screen of that size.
func onScreen(o Overlay, width, height int) (*Stack, func() []string) {
	stack := &Stack{}
	stack.SetStyles(style.New(themes.Embedded().Default(true), colorprofile.TrueColor))
	stack.SetScreen(width, height)
	stack.Push(o)
	return stack, func() []string {
		lines := make([]string, height)
		for i := range lines {
			lines[i] = strings.Repeat("·", width)
		}
		stack.Splice(lines)
		return lines
	}
}

func text(lines []string) string { return ansi.Strip(strings.Join(lines, "\n")) }

func press(o Overlay, keys ...string) (cmds []tea.Cmd) {
	for _, key := range keys {
		cmds = append(cmds, o.Key(uitest.Key(key)))
	}
	return cmds
}

func typeText(o Overlay, typed string) {
	for _, key := range uitest.Typed(typed) {
		o.Key(key)
	}
}

func TestOverlaysLeaveTheScreenAsWideAsItIs(t *testing.T) {
	for name, o := range map[string]func() Overlay{
		"picker": func() Overlay {
			return NewPicker(PickerOptions{Title: "T"}, []Entry{{Text: "wide 漢字", Badge: "GET"}, {Text: "b\x1b[31m"}})
		},
		"choice": func() Overlay {
			return NewChoice("T", strings.Repeat("word ", 40), Option{Key: "a", Label: "first"}, Option{Key: "b", Label: "second"})
		},
		"screen": func() Overlay {
			return NewScreen(ScreenOptions{Title: "T", Titles: [3]string{"A", "B", "C"}, Tips: []Tip{{"enter", strings.Repeat("hint ", 40)}}, Rows: func() []widget.Entry {
				return []widget.Entry{{Name: "wide 漢字", Value: strings.Repeat("v", 200), Note: "\x1b[31mred"}}
			}})
		},
		"form": func() Overlay {
			return NewForm(FormOptions{Title: "T", Fields: []widget.Field{{Key: "a", Label: "A"}, {Key: "b", Label: "B", Kind: widget.FieldToggle}}})
		},
		"prompt": func() Overlay { return NewPrompt(PromptOptions{Title: "T", Label: "label", Value: "value"}) },
	} {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {200, 60}, {20, 6}} {
			_, draw := onScreen(o(), size[0], size[1])
			for i, line := range draw() {
				if got := ansi.StringWidth(line); got != size[0] {
					t.Errorf("%s at %v: line %d has %d cells: %q", name, size, i, got, ansi.Strip(line))
				}
			}
		}
	}
}

func TestAPickerFindsAndPicks(t *testing.T) {
	picked := ""
	entry := func(name, why string) Entry {
		return Entry{Text: name, Why: why, Pick: func() tea.Cmd { picked = name; return nil }}
	}
	p := NewPicker(PickerOptions{Title: "Things", Empty: "nothing"}, []Entry{entry("alpha", ""), entry("beta", ""), entry("blocked", "not now")})
	stack, draw := onScreen(p, 80, 24)
	typeText(p, "blo")
	press(p, "enter")
	if picked != "" || p.Done() {
		t.Fatalf("what cannot be picked was: %q", picked)
	}
	if !strings.Contains(text(draw()), "not now") {
		t.Errorf("it does not say why:\n%s", text(draw()))
	}
	press(p, "ctrl+u")
	typeText(p, "bet")
	press(p, "enter")
	stack.Drop()
	if picked != "beta" || stack.Top() != nil {
		t.Errorf("picked %q, and on top is %v", picked, stack.Top())
	}
}

func TestAPickerPreviewsAndTakesItBack(t *testing.T) {
	shown := ""
	entry := func(name string) Entry {
		return Entry{Text: name, Preview: func() { shown = name }, Pick: func() tea.Cmd { return nil }}
	}
	p := NewPicker(PickerOptions{Restore: func() { shown = "before" }}, []Entry{entry("alpha"), entry("beta")})
	onScreen(p, 80, 24)
	press(p, "down")
	if shown != "beta" {
		t.Errorf("%q is shown", shown)
	}
	if _, taken := p.Do(action.Escape); !taken || shown != "before" || !p.Done() {
		t.Errorf("after escape %q is shown, done is %v", shown, p.Done())
	}
}

func TestALateChoiceIsNotAnsweredByWhatWasTypedForSomethingElse(t *testing.T) {
	answers, now := 0, time.Unix(0, 0)
	late := func() *Choice {
		c := NewLateChoice(func() time.Time { return now }, "T", "text", Option{Key: "w", Label: "write", Run: func() tea.Cmd { answers++; return nil }})
		onScreen(c, 80, 24)
		return c
	}
	c := late()
	press(c, "w")
	if answers != 0 || c.Done() {
		t.Fatal("the first key was taken as the answer")
	}
	press(c, "w")
	if answers != 1 || !c.Done() {
		t.Errorf("%d answers, done is %v", answers, c.Done())
	}
	c = late()
	now = now.Add(reaction)
	if press(c, "w"); answers != 2 {
		t.Error("the answer of somebody who has read the question was not taken")
	}
}

func TestAPromptRefusesAndSaysWhy(t *testing.T) {
	var answer string
	p := NewPrompt(PromptOptions{
		Title: "Name", Label: "Path", Check: func(s string) error {
			if s == "" {
				return errors.New("a name is needed")
			}
			return nil
		},
		Answer: func(s string) tea.Cmd { answer = s; return nil },
	})
	_, draw := onScreen(p, 80, 24)
	press(p, "enter")
	if p.Done() || !strings.Contains(text(draw()), "a name is needed") {
		t.Fatalf("it was taken, or does not say why not:\n%s", text(draw()))
	}
	p.Paste("users/")
	typeText(p, "new")
	press(p, "enter")
	if answer != "users/new" || !p.Done() {
		t.Errorf("the answer is %q", answer)
	}
}

func TestHelpListsWhatWorksHereAndDoesIt(t *testing.T) {
	keymap, err := action.NewKeymap()
	if err != nil {
		t.Fatal(err)
	}
	var ran action.ID
	help := NewHelp(keymap, action.Tree, "the sidebar",
		func(id action.ID) tea.Cmd { ran = id; return nil }, func(action.ID) string { return "" }, func(key string) bool { return key != "r" })
	_, draw := onScreen(help, 120, 36)
	typeText(help, "rename")
	if shown := text(draw()); !strings.Contains(shown, "Rename") || !strings.Contains(shown, "✗r") || strings.Contains(shown, "Wrap long lines") {
		t.Errorf("it shows\n%s", shown)
	}
	press(help, "enter")
	if ran != action.TreeRename {
		t.Errorf("it did %q", ran)
	}
}

func TestAScreenFiltersKeepsWhatBelongsTogetherAndActsOnItsRows(t *testing.T) {
	rows := []widget.Entry{{Name: "url", Value: "http://a"}, {Name: "  {{base}}", Value: "x"}, {Name: "other", Value: "b"}}
	var did []int
	s := NewScreen(ScreenOptions{
		Title: "T", Titles: [3]string{"A", "B", "C"}, Filter: "url", Rows: func() []widget.Entry { return rows },
		Do: map[action.ID]func(int) tea.Cmd{action.ItemDelete: func(row int) tea.Cmd {
			did = append(did, row)
			rows = append(rows[:row:row], rows[row+1:]...)
			return nil
		}},
	})
	_, draw := onScreen(s, 80, 24)
	if got := text(draw()); !strings.Contains(got, "{{base}}") || strings.Contains(got, "other") {
		t.Errorf("the screen is\n%s", got)
	}
	s.Do(action.Find)
	s.Do(action.Escape)
	s.Do(action.Bottom)
	s.Do(action.ItemDelete)
	if got := text(draw()); len(did) != 1 || did[0] != 2 || strings.Contains(got, "other") {
		t.Errorf("it acted on %v, and the screen is\n%s", did, got)
	}
	s.Do(action.Escape)
	if !s.Done() {
		t.Error("escape does not close it")
	}
}

// Where there is no room for all tips, the way out is still told.
func TestFittingTipsKeepTheWayOut(t *testing.T) {
	tips := []Tip{{"enter", "pick"}, {"d", "delete"}, {"esc", "close"}, {"up", "move"}}
	for cells, want := range map[int]string{100: "enter pick · d delete · esc close · up move", 33: "enter pick · d delete · esc close", 32: "enter pick · esc close", 12: "esc close", 3: "esc close"} {
		if got := tipLine(tips, cells); got != want {
			t.Errorf("in %d cells there is %q, want %q", cells, got, want)
		}
	}
}
