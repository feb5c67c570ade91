package ui

import (
	"fmt"
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/uitest"
)

// randomSteps is how many messages a random session has.
const randomSteps = 400

// TestTheScreenIsExactWhateverHappens sends random keys, clicks, pastes and sizes, and looks at every screen.
func TestTheScreenIsExactWhateverHappens(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			b := open(t, 120, 36)
			messages := messagesOf(random)
			var last []string
			for range randomSteps {
				msg := messages[random.IntN(len(messages))]()
				last = append(last, fmt.Sprintf("%T %q", msg, fmt.Sprint(msg)))
				if size, ok := msg.(tea.WindowSizeMsg); ok {
					b.Resize(size.Width, size.Height)
				} else {
					b.Send(msg)
				}
				b.Poll()
				uitest.Exact(t, b.View().Content, b.root.width, b.root.height)
				if t.Failed() {
					t.Fatalf("at %dx%d after %v:\n%s", b.root.width, b.root.height, last[max(0, len(last)-12):], b.Grid())
				}
			}
		})
	}
}

// messagesOf returns what can come from a terminal. Keys that leave the workbench or start another program stay out.
func messagesOf(random *rand.Rand) []func() tea.Msg {
	keys := []string{
		"enter", "tab", "shift+tab", "esc", "up", "down", "left", "right", "pgup", "pgdown", "home", "end", "backspace", "delete",
		"x", "é", "{", "/", "?", "space", "ctrl+x", "日",
	}
	for _, a := range action.All() {
		if a.ID != action.Interrupt && a.ID != action.External && a.ID != action.Suspend && a.ID != action.Quit {
			keys = append(keys, a.Keys...)
			keys = append(keys, a.Twin)
		}
	}
	key := func() tea.Msg {
		for {
			if k := keys[random.IntN(len(keys))]; k != "" && k != "c" && k != "q" && k != "g" {
				return uitest.Key(k)
			}
		}
	}
	at := func() tea.Mouse {
		buttons := []tea.MouseButton{tea.MouseLeft, tea.MouseLeft, tea.MouseLeft, tea.MouseMiddle, tea.MouseRight}
		return tea.Mouse{X: random.IntN(130), Y: random.IntN(40), Button: buttons[random.IntN(len(buttons))]}
	}
	wheel := func() tea.Msg {
		mouse := at()
		mouse.Button = tea.MouseWheelUp + tea.MouseButton(random.IntN(4))
		return tea.MouseWheelMsg(mouse)
	}
	size := func() tea.Msg { return tea.WindowSizeMsg{Width: 1 + random.IntN(250), Height: 1 + random.IntN(80)} }
	return []func() tea.Msg{
		key, key, key, key, key, key, key, key,
		func() tea.Msg { return tea.MouseClickMsg(at()) },
		func() tea.Msg { return tea.MouseMotionMsg(at()) },
		func() tea.Msg { return tea.MouseReleaseMsg(at()) },
		wheel, size,
		func() tea.Msg { return tea.PasteMsg{Content: "pasted\n\x1b[31m\u202etext {{x}}\t" + "é"} },
	}
}
