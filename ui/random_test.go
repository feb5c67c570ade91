package ui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/uitest"
)

// randomSteps is how many messages a session has at each size; with PARLEY_SOAK set, soakSteps.
const (
	randomSteps = 3_000
	soakSteps   = 100_000
	// sessionSteps is after how many a session begins anew: with ever more tabs open it would see ever less.
	sessionSteps = 500
)

// TestTheScreenIsExactWhateverHappens sends random keys, clicks, pastes and sizes, and looks at every screen.
func TestTheScreenIsExactWhateverHappens(t *testing.T) {
	steps := randomSteps
	if os.Getenv("PARLEY_SOAK") != "" {
		steps = soakSteps
	}
	t.Chdir(tempDir(t)) // what random names are given is written here
	for i, size := range fourSizes {
		for session := range uint64((steps + sessionSteps - 1) / sessionSteps) {
			t.Run(fmt.Sprintf("%dx%d/%d", size[0], size[1], session), func(t *testing.T) {
				t.Parallel() // each has a workbench of its own
				randomSession(t, rand.New(rand.NewPCG(session, uint64(i))), size[0], size[1])
			})
		}
	}
}

func randomSession(t *testing.T, random *rand.Rand, width, height int) {
	b := open(t, width, height)
	messages := messagesOf(random, width, height)
	var last []string
	var seen string // the screen that was measured last
	for range sessionSteps {
		msg := messages[random.IntN(len(messages))]()
		last = append(last, fmt.Sprintf("%T %q", msg, fmt.Sprint(msg)))
		if size, ok := msg.(tea.WindowSizeMsg); ok {
			b.Resize(size.Width, size.Height)
		} else {
			b.Send(msg)
		}
		b.Poll()
		if drawn := b.Drawn(); drawn != seen {
			seen = drawn
			uitest.Exact(t, drawn, b.root.width, b.root.height)
		}
		if t.Failed() {
			t.Fatalf("at %dx%d after %v:\n%s", b.root.width, b.root.height, last[max(0, len(last)-12):], b.Grid())
		}
	}
	b.filesDone() // what random keys ask of files may fail, and is told on the screen
}

// leaving are the keys that leave the workbench or start another program.
var leaving = []action.ID{action.Interrupt, action.External, action.Suspend, action.Quit, action.EditBody}

// messagesOf returns what can come from a terminal; what leaves the workbench stays out. Every third size is the first one.
func messagesOf(random *rand.Rand, width, height int) []func() tea.Msg {
	strokes := randomStrokes()
	key := func() tea.Msg { return uitest.Key(strokes[random.IntN(len(strokes))]) }
	at := func() tea.Mouse {
		buttons := []tea.MouseButton{tea.MouseLeft, tea.MouseLeft, tea.MouseLeft, tea.MouseMiddle, tea.MouseRight}
		return tea.Mouse{X: random.IntN(width + 10), Y: random.IntN(height + 4), Button: buttons[random.IntN(len(buttons))]}
	}
	wheel := func() tea.Msg {
		mouse := at()
		mouse.Button = tea.MouseWheelUp + tea.MouseButton(random.IntN(4))
		return tea.MouseWheelMsg(mouse)
	}
	size := func() tea.Msg {
		if random.IntN(3) > 0 {
			return tea.WindowSizeMsg{Width: width, Height: height}
		}
		return tea.WindowSizeMsg{Width: 1 + random.IntN(250), Height: 1 + random.IntN(80)}
	}
	return []func() tea.Msg{
		key, key, key, key, key, key, key, key,
		func() tea.Msg { return tea.MouseClickMsg(at()) },
		func() tea.Msg { return tea.MouseMotionMsg(at()) },
		func() tea.Msg { return tea.MouseReleaseMsg(at()) },
		wheel, size,
		func() tea.Msg { return tea.PasteMsg{Content: "pasted\n\x1b[31m\u202etext {{x}}\t" + "é"} },
		func() tea.Msg { return tea.FocusMsg{} },
		func() tea.Msg { return tea.BlurMsg{} },
		func() tea.Msg { return tea.KeyboardEnhancementsMsg{Flags: random.IntN(2)} },
		func() tea.Msg { return tea.ClipboardMsg{Content: "from elsewhere\x1b]0;x\a"} },
	}
}

// randomStrokes are all keys of the table, one by one, and some that type. Those on which a chord that leaves the workbench
// ends stay out, too.
func randomStrokes() []string {
	strokes := []string{
		"enter", "tab", "shift+tab", "esc", "up", "down", "left", "right", "pgup", "pgdown", "home", "end", "backspace", "delete",
		"x", "é", "{", "/", "?", "space", "ctrl+x", "日",
	}
	out := map[string]bool{}
	for _, a := range action.All() {
		for _, id := range leaving {
			if a.ID == id {
				for _, key := range append(a.Keys, a.Twin) {
					out[key] = true
				}
			}
		}
	}
	for _, a := range action.All() {
		for _, key := range append(a.Keys, strings.Fields(a.Twin)...) {
			strokes = append(strokes, strings.Fields(key)...)
		}
	}
	kept := strokes[:0]
	for _, stroke := range strokes {
		if !out[stroke] {
			kept = append(kept, stroke)
		}
	}
	return kept
}
