package uitest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// watchdog is how long a wait may take before the test fails. It says that nothing was answered, not how fast.
const watchdog = 2 * time.Minute

// Driver runs a model as Bubble Tea would, one message at a time, on a screen that only the test sees.
type Driver struct {
	t         testing.TB
	model     tea.Model
	w, h      int
	drawn     string // after the last message
	results   chan result
	running   int // commands that have not come back
	ctx       context.Context
	clipboard string
	raw       string
	quit      bool
}

// result is what a command came back with; then goes on with a sequence.
type result struct {
	msg  tea.Msg
	then []tea.Cmd
}

// Start initialises the model on a screen of w by h cells. Its commands are let go when the test ends.
func Start(t testing.TB, model tea.Model, w, h int) *Driver {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	d := &Driver{t: t, model: model, results: make(chan result), ctx: ctx}
	d.run(model.Init(), nil)
	d.Resize(w, h)
	return d
}

// Resize gives the model another screen.
func (d *Driver) Resize(w, h int) {
	d.w, d.h = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Send gives the model a message and starts the commands it answers with.
func (d *Driver) Send(msg tea.Msg) {
	model, cmd := d.model.Update(msg)
	d.model = model
	// Bubble Tea draws after every message; a model may count on it.
	d.drawn = d.model.View().Content
	d.run(cmd, nil)
}

// Press sends keys, spelled as [Key] takes them.
func (d *Driver) Press(keys ...string) {
	for _, key := range keys {
		d.Send(Key(key))
	}
}

// Type sends the keys that make text.
func (d *Driver) Type(text string) {
	for _, key := range Typed(text) {
		d.Send(key)
	}
}

// Paste sends text as a bracketed paste.
func (d *Driver) Paste(text string) { d.Send(tea.PasteMsg{Content: text}) }

// Click presses and releases the left button.
func (d *Driver) Click(x, y int) {
	mouse := tea.Mouse{X: x, Y: y, Button: tea.MouseLeft}
	d.Send(tea.MouseClickMsg(mouse))
	d.Send(tea.MouseReleaseMsg(mouse))
}

// Drag holds the left button from one cell to another.
func (d *Driver) Drag(x1, y1, x2, y2 int) {
	d.Send(tea.MouseClickMsg{X: x1, Y: y1, Button: tea.MouseLeft})
	d.Send(tea.MouseMotionMsg{X: x2, Y: y2, Button: tea.MouseLeft})
	d.Send(tea.MouseReleaseMsg{X: x2, Y: y2, Button: tea.MouseLeft})
}

// Wheel turns the wheel; a positive number of steps is down.
func (d *Driver) Wheel(x, y, steps int) {
	button := tea.MouseWheelDown
	if steps < 0 {
		button, steps = tea.MouseWheelUp, -steps
	}
	for range steps {
		d.Send(tea.MouseWheelMsg{X: x, Y: y, Button: button})
	}
}

// Idle runs until every command has come back. A model that keeps a timer or waits for news never gets there: wait
// for what the screen shows instead.
func (d *Driver) Idle() {
	d.t.Helper()
	d.until("every command to come back", func() bool { return d.running == 0 })
}

// polled is how many results one Poll takes at most: commands that call each other again would never let it end.
const polled = 256

// Poll takes what commands have come back with by now, and waits for nothing.
func (d *Driver) Poll() {
	for range polled {
		select {
		case r := <-d.results:
			d.running--
			d.receive(r)
		default:
			return
		}
	}
}

// WaitFor runs until the screen satisfies the condition; what names it in the failure.
func (d *Driver) WaitFor(what string, condition func(grid string) bool) {
	d.t.Helper()
	d.until(what, func() bool { return condition(d.Grid()) })
}

// WaitText runs until the screen shows text.
func (d *Driver) WaitText(text string) {
	d.t.Helper()
	d.WaitFor(fmt.Sprintf("%q", text), func(grid string) bool { return strings.Contains(grid, text) })
}

func (d *Driver) until(what string, done func() bool) {
	d.t.Helper()
	timeout := time.NewTimer(watchdog)
	defer timeout.Stop()
	for !done() {
		select {
		case r := <-d.results:
			d.running--
			d.receive(r)
		case <-timeout.C:
			d.t.Fatalf("waited %v for %s; the screen is\n%s", watchdog, what, d.Grid())
		}
	}
}

// Grid returns the screen as plain text.
func (d *Driver) Grid() string {
	d.t.Helper()
	return Grid(d.t, d.model.View().Content, d.w, d.h)
}

// Drawn returns what the model drew after the last message.
func (d *Driver) Drawn() string { return d.drawn }

// View returns what the model draws now, cursor and title included.
func (d *Driver) View() tea.View { return d.model.View() }

// Model returns the model as it is now.
func (d *Driver) Model() tea.Model { return d.model }

// Clipboard returns the text that was copied last.
func (d *Driver) Clipboard() string { return d.clipboard }

// Raw returns what was written to the terminal beside the frames, and forgets it.
func (d *Driver) Raw() string {
	raw := d.raw
	d.raw = ""
	return raw
}

// WaitRaw runs until something is written to the terminal beside the frames, and returns it.
func (d *Driver) WaitRaw() string {
	d.t.Helper()
	d.until("something beside the frames", func() bool { return d.raw != "" })
	return d.Raw()
}

// Quit reports whether the model has asked to end.
func (d *Driver) Quit() bool { return d.quit }

// run starts a command, and what has to follow it.
func (d *Driver) run(cmd tea.Cmd, then []tea.Cmd) {
	if cmd == nil {
		if len(then) > 0 {
			d.run(then[0], then[1:])
		}
		return
	}
	d.running++
	go func() {
		msg := cmd()
		select {
		case d.results <- result{msg, then}:
		case <-d.ctx.Done():
		}
	}()
}

// receive handles what a command came back with. Unlike in Bubble Tea, a sequence does not wait for a batch in it.
func (d *Driver) receive(r result) {
	switch msg := r.msg.(type) {
	case nil:
	case tea.QuitMsg:
		d.quit = true
	case tea.RawMsg:
		d.raw += fmt.Sprint(msg.Msg)
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd, nil)
		}
	default:
		d.receiveInternal(msg)
	}
	d.run(nil, r.then)
}

// receiveInternal handles the messages that Bubble Tea keeps to itself, which have no exported type.
func (d *Driver) receiveInternal(msg tea.Msg) {
	value := reflect.ValueOf(msg)
	switch fmt.Sprintf("%T", msg) {
	case "tea.sequenceMsg":
		cmds := value.Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd)
		d.run(nil, cmds)
	case "tea.setClipboardMsg", "tea.setPrimaryClipboardMsg":
		d.clipboard = value.String()
	default:
		d.Send(msg)
	}
}
