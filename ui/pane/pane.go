// Package pane holds the parts of the workbench's screen: sidebar, URL bar, request, response and the lines around them,
// one file each.
//
// A pane draws itself into the rectangle that the root gives it and changes itself in place; only the root is a
// tea.Model. It gets keys that no action has taken, actions that fit its Context, pastes and mouse events relative to
// its corner, all on the one goroutine of the program, and returns a command when time has to pass. What concerns
// others than itself it asks of its Host: panes do not know each other.
//
// Everything foreign that a pane shows goes through ui/safe. No method does more than bounded work, whatever a server
// has sent.
package pane

import (
	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// Pane is a part of the screen that can have focus.
type Pane interface {
	// SetSize gives the pane its rectangle, frame included.
	SetSize(width, height int)
	// SetFocus says whether keys go to the pane.
	SetFocus(focused bool)
	// SetStyles gives the pane the theme to draw with.
	SetStyles(style.Styles)
	// Lines returns what the pane looks like: exactly its height of lines, each exactly its width of cells. The slice
	// belongs to the pane and is valid until its next change.
	Lines() []string
	// Cursor returns where the terminal's cursor belongs, relative to the pane, or nil when there is nothing to type.
	Cursor() *tea.Cursor
	// Context says which actions fit what has focus in the pane.
	Context() action.Context
	// Do carries out an action of the pane's context; false means that it is not the pane's.
	Do(id action.ID) (tea.Cmd, bool)
	// Key takes a key that is no action's.
	Key(key tea.KeyPressMsg) tea.Cmd
	// Paste takes pasted text.
	Paste(text string) tea.Cmd
	// Mouse takes a mouse event at a cell relative to the pane.
	Mouse(event tea.MouseMsg, x, y int) tea.Cmd
}

// Fenced is a Pane that can stand beside another one, and draws the line between them.
type Fenced interface {
	// SetFences says on which sides there is another pane that has none there.
	SetFences(left, right bool)
}

// Stepper is a Pane with several fields: tab and shift+tab walk through them before they leave the pane.
type Stepper interface {
	// Step moves to the field by places away (1 or -1), and reports false when there is none.
	Step(by int) bool
	// Enter puts focus on the first field (by is 1) or the last one (-1), as tab and shift+tab come in.
	Enter(by int)
}

// Sided is a Pane that shows one of several sides, whose titles stand in its upper edge.
type Sided interface {
	// Turn shows the side by places away (1 or -1); after the last one comes the first.
	Turn(by int)
}

// Ruled is a Pane whose upper line can be dragged where no title stands in it.
type Ruled interface {
	// Rule reports whether a cell of the upper line is free.
	Rule(x int) bool
}

// Offering is a Pane that knows which of its actions are worth a place in the footer.
type Offering interface {
	// Offers returns those that work on what has focus, the most useful first.
	Offers() []action.ID
}

// Tip is a key with the word for what it does; the key is spelled as in keymaps, or is a sign for several, such as ↑↓.
type Tip struct{ Key, Word string }

// Tipping is a Pane in which a line may be typed that has keys of its own, such as a filter.
type Tipping interface {
	// Tips are those keys, the most useful first; nil as long as no such line has the keys.
	Tips() []Tip
}

// Jumper is a Pane with places that one can jump to.
type Jumper interface {
	// Jumps returns the places that are seen, relative to the pane.
	Jumps() []Spot
}

// Spot is a place in a pane.
type Spot struct {
	X, Y int
	// Go puts focus on what is there. The pane itself has focus already.
	Go func() tea.Cmd
}

// Selecter is a Pane in which text can be selected.
type Selecter interface {
	// Selected returns what is selected, and whether anything is.
	Selected() (string, bool)
}

// Editing is a Pane in which text is typed.
type Editing interface {
	// Editor returns the editor that has focus, nil when none has.
	Editor() *widget.Editor
}

// Explained is a Pane in which an effective value can have focus.
type Explained interface {
	// Why returns what the files call the value, such as "headers.Accept"; empty when none has focus.
	Why() string
}

// Host is what the root does for panes.
type Host interface {
	// Changed says that a pane changed the request that it edits; what was done in the background may come when another one
	// is shown.
	Changed(by Pane)
	// Run carries out an action that is not the pane's own, such as action.Send.
	Run(id action.ID) tea.Cmd
	// OpenRequest shows the saved request of that path in a tab.
	OpenRequest(path string) tea.Cmd
	// OpenExchange shows an exchange from history in a tab.
	OpenExchange(id history.ID) tea.Cmd
	// Copy puts text on the clipboard; what names it, as in "the URL".
	Copy(text, what string) tea.Cmd
	// Notify shows a short message.
	Notify(Notice) tea.Cmd
	// External opens text in $EDITOR, in a file with that extension, and calls done with what came back.
	External(text, extension string, done func(string)) tea.Cmd
	// Ask asks a question with a few answers; to do nothing is always one more.
	Ask(title, text string, answers ...Answer)
	// Background runs work off the screen's goroutine, and on it what work returns.
	Background(work func() (then func() tea.Cmd)) tea.Cmd
	// Redraw has the pane drawn again, from any goroutine: something it shows has grown.
	Redraw()
}

// Answer is one that can be given to a question.
type Answer struct {
	// Key is the letter that gives it, Label what it says.
	Key, Label string
	// Danger draws it as something that cannot be undone.
	Danger bool
	Run    func() tea.Cmd
}

// Notice is a short message for the person at the terminal.
type Notice struct {
	Level Level
	// Text is one sentence; Hint says what to try, and may be empty.
	Text, Hint string
}

// Level says how much a notice matters.
type Level uint8

// The levels.
const (
	Info Level = iota
	Success
	Warning
	Failure
)
