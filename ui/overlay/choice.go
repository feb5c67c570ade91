package overlay

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/widget"
)

// Option is one answer to a Choice.
type Option struct {
	// Key is the letter that gives it, Label what it says.
	Key, Label string
	// Danger draws it as something that cannot be undone.
	Danger bool
	Run    func() tea.Cmd
}

// Choice asks a question that has a few answers. Escape is always one more: do nothing.
type Choice struct {
	sheet
	title, text string
	options     []Option
	at          int
	left        func() // hears that it was closed without an answer; nil for nobody
	// young says of a choice that came up by itself that what is typed may still be for something else. It is nil once a
	// key has been seen, and for a choice that was asked for.
	young func() bool
}

const choiceWidth = 64

// reaction is how long people go on typing when something comes up.
const reaction = 500 * time.Millisecond

// NewChoice returns a question with its answers; the cursor begins on the first.
func NewChoice(title, text string, options ...Option) *Choice {
	return &Choice{title: title, text: text, options: options}
}

// NewLateChoice returns a question that comes up by itself: a first key that comes at once is not taken as its answer.
func NewLateChoice(now func() time.Time, title, text string, options ...Option) *Choice {
	c := NewChoice(title, text, options...)
	came := now()
	c.young = func() bool { return now().Sub(came) < reaction }
	return c
}

// Left has somebody hear that the question was left without an answer.
func (c *Choice) Left(left func()) *Choice {
	c.left = left
	return c
}

// leave closes the question without an answer.
func (c *Choice) leave() {
	c.close()
	if c.left != nil {
		c.left()
	}
}

func (c *Choice) body() (width int, lines []string) {
	width, _ = c.fit(choiceWidth, c.screenHeight)
	lines = append(lines, c.row(width).String())
	text := widget.Wrap(c.text, width-6)
	// The answers must be seen whatever the text: 6 lines are the frame, the blank ones and the status line.
	if room := max(1, c.screenHeight-len(c.options)-6); len(text) > room {
		text = append(text[:room-1], "…")
	}
	for _, line := range text {
		lines = append(lines, c.row(width).Space(2).Text(themes.Text, line).String())
	}
	lines = append(lines, c.row(width).String())
	for i := range c.options {
		lines = append(lines, c.option(i, width))
	}
	return width, append(lines, c.row(width).String())
}

func (c *Choice) option(i, width int) string {
	o, row := c.options[i], c.row(width)
	role := themes.Text
	if o.Danger {
		role = themes.Error
	}
	if i == c.at {
		row.On(themes.Selection)
	}
	return row.Space(2).Text(themes.Shortcut, o.Key).Space(2).Text(role, o.Label).String()
}

// Place implements Overlay.
func (c *Choice) Place() (x, y int) {
	width, lines := c.body()
	return c.place(width, len(lines)+2)
}

// Lines implements Overlay.
func (c *Choice) Lines() []string {
	width, lines := c.body()
	return c.frame(c.title, c.Tips(), width, lines)
}

// Tips implements Tipping.
func (c *Choice) Tips() []Tip { return []Tip{{"enter", "choose"}, {"esc", "leave it"}, moves} }

// Cursor implements Overlay.
func (c *Choice) Cursor() *tea.Cursor { return nil }

// Context implements Overlay.
func (c *Choice) Context() action.Context { return action.Bare }

// Close takes the question back.
func (c *Choice) Close() { c.close() }

// Do implements Overlay.
func (c *Choice) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape, action.Interrupt:
		c.leave()
	case action.Next:
		c.move(1)
	case action.Previous:
		c.move(-1)
	default:
		return nil, false
	}
	return nil, true
}

// Key implements Overlay.
func (c *Choice) Key(key tea.KeyPressMsg) tea.Cmd {
	young := c.young
	c.young = nil
	if young != nil && young() {
		return nil
	}
	for i, o := range c.options {
		if key.String() == o.Key {
			return c.run(i)
		}
	}
	switch key.String() {
	case "enter":
		return c.run(c.at)
	case "down", "right", "j":
		c.move(1)
	case "up", "left", "k":
		c.move(-1)
	}
	return nil
}

// Paste implements Overlay.
func (c *Choice) Paste(string) tea.Cmd { return nil }

// Mouse implements Overlay.
func (c *Choice) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	click, ok := event.(tea.MouseClickMsg)
	if !ok || click.Button != tea.MouseLeft {
		return nil
	}
	width, lines := c.body()
	if x < 0 || y < 0 || x >= width || y >= len(lines)+2 {
		c.leave()
		return nil
	}
	if i := y - (len(lines) - len(c.options)); i >= 0 && i < len(c.options) {
		return c.run(i)
	}
	return nil
}

func (c *Choice) move(by int) { c.at = (c.at + by + len(c.options)) % len(c.options) }

func (c *Choice) run(i int) tea.Cmd {
	c.close()
	return c.options[i].Run()
}
