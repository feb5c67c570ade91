package uitest

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// echo shows the messages it got, one a line.
type echo struct {
	seen  []string
	reply map[string]tea.Cmd
}

func (e *echo) Init() tea.Cmd { return say("started") }

func (e *echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case said:
		e.seen = append(e.seen, string(msg))
	case tea.KeyPressMsg:
		e.seen = append(e.seen, "key "+msg.String())
		return e, e.reply[msg.String()]
	case tea.MouseMsg:
		e.seen = append(e.seen, "mouse "+msg.String())
	case tea.PasteMsg:
		e.seen = append(e.seen, "paste "+msg.Content)
	}
	return e, nil
}

func (e *echo) View() tea.View { return tea.NewView("\x1b[1m" + strings.Join(e.seen, "\n") + "\x1b[m") }

type said string

func say(s string) tea.Cmd { return func() tea.Msg { return said(s) } }

func TestDriver(t *testing.T) {
	model := &echo{reply: map[string]tea.Cmd{
		"s": tea.Sequence(say("one"), tea.Batch(say("two"), nil), say("three")),
		"y": tea.SetClipboard("copied"),
		"q": tea.Quit,
	}}
	d := Start(t, model, 20, 20)
	d.Idle()
	d.Press("ctrl+p", "G", "shift+tab", "space", "s")
	d.WaitText("three")
	d.Click(1, 2)
	d.Wheel(1, 2, -1)
	d.Paste("text")
	d.Press("y", "q")
	d.Idle()
	want := "started\nkey ctrl+p\nkey G\nkey shift+tab\nkey space\nkey s\n"
	if grid := d.Grid(); !strings.HasPrefix(grid, want) {
		t.Errorf("got\n%swant it to start with\n%s", grid, want)
	}
	for _, text := range []string{"mouse left", "mouse wheelup", "paste text"} {
		if !strings.Contains(d.Grid(), text) {
			t.Errorf("%q is missing from\n%s", text, d.Grid())
		}
	}
	if d.Clipboard() != "copied" || !d.Quit() {
		t.Errorf("clipboard %q, quit %v", d.Clipboard(), d.Quit())
	}
}

// A sequence keeps its order even though each command runs in a goroutine.
func TestSequence(t *testing.T) {
	model := &echo{reply: map[string]tea.Cmd{"s": tea.Sequence(say("1"), say("2"), say("3"))}}
	d := Start(t, model, 20, 10)
	d.Press("s")
	d.Idle()
	got := strings.Join(model.seen, " ")
	if i, j, k := strings.Index(got, "1"), strings.Index(got, "2"), strings.Index(got, "3"); i < 0 || i > j || j > k {
		t.Errorf("got %s", got)
	}
}

func TestGrid(t *testing.T) {
	if got := Grid(t, "\x1b[31mab\x1b[m  \n日本", 6, 3); got != "ab\n日本\n\n" {
		t.Errorf("got %q", got)
	}
	Golden(t, "grid", Grid(t, "one\ntwo", 10, 2))
	for _, view := range []string{"1234567", "a\nb\nc\nd"} {
		probe := &recorder{TB: t}
		Grid(probe, view, 6, 3)
		if !probe.failed {
			t.Errorf("%q fits 6x3, it seems", view)
		}
	}
}

// recorder notes a failure instead of failing.
type recorder struct {
	testing.TB

	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
