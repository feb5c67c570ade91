package widget

import (
	"fmt"
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/uitest"
)

// anyWidget is what a pane needs of one.
type anyWidget interface {
	Update(tea.Msg) bool
	SetSize(w, h int)
	View() string
}

// Whatever a person presses, clicks or resizes, a widget fills its cells exactly.
func TestRandomEvents(t *testing.T) {
	hostile := "a\tb日本語👩‍👩‍👧e\u0301\x1b[2J\u202e\xff{[(\"x\")]}"
	tree := NewTree(testStyles(), themes.Background)
	tree.SetRoots(append(sampleTree(), Node{ID: "h", Label: hostile, Badge: hostile, Detail: hostile}))
	list := NewList(testStyles(), themes.Raised)
	list.SetItems(append(sampleItems(), Item{Text: hostile, Detail: hostile, Badge: "日本"}))
	picker := NewPicker(testStyles(), themes.Raised, hostile)
	picker.SetItems(sampleItems())
	input := NewInput(testStyles(), EditorOptions{Placeholder: hostile})
	secret := NewInput(testStyles(), EditorOptions{Mask: "•"})
	for name, w := range map[string]anyWidget{
		"editor":  newEditor(hostile+"\n\n"+hostile, 40, 6),
		"vim":     newVim(hostile+"\n\n"+hostile, 40, 6),
		"wrapped": newWrapped(hostile+"\n\n"+hostile, 40, 6),
		"input":   input,
		"secret":  secret,
		"list":    list,
		"picker":  picker,
		"tree":    tree,
		"table":   newTable(40, 6, append(sampleEntries(), Entry{Name: hostile, Value: hostile, Note: hostile})...),
		"form":    newForm(),
		"pager":   newPager(t, hostile+"\n"+numbered(60)+"\n"+hostile+hostile+hostile, 40, 6),
	} {
		t.Run(name, func(t *testing.T) {
			if f, ok := w.(interface{ Focus(bool) }); ok {
				f.Focus(true)
			}
			random := rand.New(rand.NewPCG(1, 2))
			width, height := 40, 6
			w.SetSize(width, height)
			for i := range 3000 {
				msg := randomEvent(random)
				if e, ok := w.(*Editor); ok && i%50 == 0 {
					[]func(){e.StartFind, e.StartReplace, func() { e.Escape() }, e.EndFind, func() { e.Undo() }}[i/50%5]()
				}
				if size, ok := msg.(tea.WindowSizeMsg); ok {
					width, height = size.Width, size.Height
					w.SetSize(width, height)
				} else {
					w.Update(msg)
				}
				if view := w.View(); height > 0 && !exact(view, width, height) {
					uitest.Exact(t, view, width, height)
					t.Fatalf("event %d, %v, at %dx%d", i, msg, width, height)
				}
				if c, ok := w.(interface{ Cursor() (int, int, bool) }); ok {
					if x, y, shown := c.Cursor(); shown && (x < 0 || y < 0 || x >= width || y >= height) {
						t.Fatalf("event %d, %v, puts the cursor at %d,%d of %dx%d", i, msg, x, y, width, height)
					}
				}
			}
		})
	}
}

func exact(view string, w, h int) bool {
	probe := &silent{}
	uitest.Exact(probe, view, w, h)
	return !probe.failed
}

// silent notes a failure without reporting it.
type silent struct {
	testing.TB

	failed bool
}

func (s *silent) Helper()               {}
func (s *silent) Errorf(string, ...any) { s.failed = true }

var randomKeys = []string{
	"up", "down", "left", "right", "home", "end", "pgup", "pgdown", "enter", "tab", "shift+tab", "esc", "backspace", "delete",
	"space", "a", "{", "}", "\"", "日", "\u0301", "shift+down", "shift+up", "shift+right", "ctrl+left", "ctrl+right", "ctrl+shift+left",
	"d", "c", "y", "i", "v", "V", "w", "b", "e", "p", "x", "u", ".", "J", "o", "f", "%", "g", "G", ">", "<", "3", "(", "r", "/", "n",
	"ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e", "ctrl+home", "ctrl+end", "alt+b", "alt+f", "alt+d", "f5",
}

func randomEvent(r *rand.Rand) tea.Msg {
	x, y := r.IntN(50)-3, r.IntN(20)-3
	mouse := tea.Mouse{X: x, Y: y, Button: tea.MouseLeft}
	switch r.IntN(12) {
	case 0:
		sizes := [][2]int{{40, 6}, {1, 1}, {3, 2}, {80, 24}, {0, 0}, {21, 3}, {65, 4}}
		size := sizes[r.IntN(len(sizes))]
		return tea.WindowSizeMsg{Width: size[0], Height: size[1]}
	case 1:
		return tea.MouseClickMsg(mouse)
	case 2:
		return tea.MouseMotionMsg(mouse)
	case 3:
		return tea.MouseReleaseMsg(mouse)
	case 4:
		mouse.Button = []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown, tea.MouseWheelLeft, tea.MouseWheelRight}[r.IntN(4)]
		return tea.MouseWheelMsg(mouse)
	case 5:
		return tea.PasteMsg{Content: fmt.Sprint("x\r\n日", r.IntN(9), "\x1b")}
	}
	return uitest.Key(randomKeys[r.IntN(len(randomKeys))])
}
