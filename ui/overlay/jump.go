package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
)

// Target is a place on the screen that can be jumped to.
type Target struct {
	// X and Y are the cell that its letter covers.
	X, Y int
	Go   func() tea.Cmd
}

// Jump puts a letter on everything that can take focus; the letter goes there, and any other key goes nowhere.
type Jump struct {
	sheet
	targets []Target
	shown   bool
}

// letters are given in the order of how easily they are reached.
const letters = "asdfghjklqwertyuiopzxcvbnm1234567890"

// NewJump returns a layer of letters on targets. There are no more letters than 36: what comes later has none.
func NewJump(targets []Target) *Jump {
	return &Jump{targets: targets[:min(len(targets), len(letters))]}
}

// SetScreen implements Overlay. On a screen of another size nothing is where it was.
func (j *Jump) SetScreen(width, height int) {
	if j.shown && (width != j.screenWidth || height != j.screenHeight) {
		j.close()
	}
	j.shown = true
	j.sheet.SetScreen(width, height)
}

// Place implements Overlay.
func (j *Jump) Place() (x, y int) { return 0, 0 }

// Lines implements Overlay. The letters are Pieces.
func (j *Jump) Lines() []string { return nil }

// Pieces implements Scattered.
func (j *Jump) Pieces() []Piece {
	pieces := make([]Piece, len(j.targets))
	for i, target := range j.targets {
		pieces[i] = Piece{target.X, target.Y, j.styles.Paint(themes.Active, themes.Background, letters[i:i+1])}
	}
	return pieces
}

// Tips implements Tipping.
func (j *Jump) Tips() []Tip { return []Tip{{"a-z", "go there"}, closes} }

// Cursor implements Overlay.
func (j *Jump) Cursor() *tea.Cursor { return nil }

// Context implements Overlay. Letters are not text, but they are not actions either.
func (j *Jump) Context() action.Context { return action.Field }

// Do implements Overlay.
func (j *Jump) Do(action.ID) (tea.Cmd, bool) {
	j.close()
	return nil, true
}

// Key implements Overlay.
func (j *Jump) Key(key tea.KeyPressMsg) tea.Cmd {
	j.close()
	if i := strings.Index(letters, key.String()); i >= 0 && len(key.String()) == 1 && i < len(j.targets) {
		return j.targets[i].Go()
	}
	return nil
}

// Paste implements Overlay.
func (j *Jump) Paste(string) tea.Cmd { return nil }

// Mouse implements Overlay.
func (j *Jump) Mouse(event tea.MouseMsg, _, _ int) tea.Cmd {
	if _, clicked := event.(tea.MouseClickMsg); clicked {
		j.close()
	}
	return nil
}
