// Package overlay holds what lies on top of the workbench: palette, pickers, help, questions, forms, and screens that list
// things which can be changed, one file each.
//
// Overlays are a stack, and only the top one gets input. An overlay is made for one use: it is pushed, answers by calling
// the function it was given, says that it is Done, and is dropped. It lives on the one goroutine of the program; what it
// shows of foreign text goes through ui/safe. Like panes, overlays know neither each other nor the root.
package overlay

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/style"
)

// Overlay is something on top of the screen.
type Overlay interface {
	// SetScreen tells the size of the screen; the overlay chooses its own place on it.
	SetScreen(width, height int)
	// SetStyles gives the overlay the theme to draw with.
	SetStyles(style.Styles)
	// Place returns the corner of the overlay on the screen.
	Place() (x, y int)
	// Lines returns what it looks like: lines of one width, no larger than the screen.
	Lines() []string
	// Cursor returns where the terminal's cursor belongs, relative to the overlay, or nil.
	Cursor() *tea.Cursor
	// Context says which actions fit.
	Context() action.Context
	// Do carries out an action of the overlay's context; false means that it is not the overlay's. action.Escape closes.
	Do(id action.ID) (tea.Cmd, bool)
	// Key takes a key that is no action's.
	Key(key tea.KeyPressMsg) tea.Cmd
	// Paste takes pasted text.
	Paste(text string) tea.Cmd
	// Mouse takes a mouse event at a cell relative to the overlay; it may lie outside.
	Mouse(event tea.MouseMsg, x, y int) tea.Cmd
	// Done says that the overlay has been answered or closed and is to be dropped.
	Done() bool
}

// Offering is an Overlay with actions of its own that a menu can list.
type Offering interface {
	// Offers returns them, in no order that matters.
	Offers() []action.ID
}

// Piece is a bit of a line at a cell of the screen.
type Piece struct {
	X, Y int
	Text string
}

// Scattered is an Overlay that covers single cells instead of a rectangle.
type Scattered interface{ Pieces() []Piece }

// Stack is what lies on top of the screen, lowest first.
type Stack struct {
	layers        []Overlay
	styles        style.Styles
	width, height int
}

// Push puts an overlay on top.
func (s *Stack) Push(o Overlay) {
	o.SetStyles(s.styles)
	o.SetScreen(s.width, s.height)
	s.layers = append(s.layers, o)
}

// Top returns the overlay that gets input, or nil when there is none.
func (s *Stack) Top() Overlay {
	if len(s.layers) == 0 {
		return nil
	}
	return s.layers[len(s.layers)-1]
}

// Drop removes the overlays that are done. Call it after every input that one of them got.
func (s *Stack) Drop() {
	kept := s.layers[:0]
	for _, o := range s.layers {
		if !o.Done() {
			kept = append(kept, o)
		}
	}
	clear(s.layers[len(kept):])
	s.layers = kept
}

// SetScreen tells every overlay the size of the screen.
func (s *Stack) SetScreen(width, height int) {
	s.width, s.height = width, height
	for _, o := range s.layers {
		o.SetScreen(width, height)
	}
	s.Drop()
}

// SetStyles gives every overlay a theme.
func (s *Stack) SetStyles(styles style.Styles) {
	s.styles = styles
	for _, o := range s.layers {
		o.SetStyles(styles)
	}
}

// Splice puts the overlays into the lines of a screen, which it changes.
func (s *Stack) Splice(screen []string) {
	for _, o := range s.layers {
		s.Draw(screen, o)
		if scattered, ok := o.(Scattered); ok {
			for _, piece := range scattered.Pieces() {
				s.put(screen, piece.X, piece.Y, piece.Text)
			}
		}
	}
}

// Drawn is what can be put into the lines of a screen.
type Drawn interface {
	Place() (x, y int)
	Lines() []string
}

// Draw puts one thing into the lines of a screen, which it changes.
func (s *Stack) Draw(screen []string, o Drawn) {
	x, y := o.Place()
	for i, line := range o.Lines() {
		s.put(screen, x, y+i, line)
	}
}

func (s *Stack) put(screen []string, x, y int, text string) {
	if y >= 0 && y < len(screen) {
		screen[y] = splice(screen[y], text, x, s.width)
	}
}
