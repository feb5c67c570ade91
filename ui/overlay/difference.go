package overlay

import (
	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/document"
	"parley/ui/style"
	"parley/ui/widget"
)

// DifferenceOptions say what is compared.
type DifferenceOptions struct {
	Title      string
	Difference *document.Difference
	// Closed is called once, when the overlay does not need the difference any more.
	Closed func() tea.Cmd
}

// Difference shows how two responses differ, on the whole screen: side by side where there is room, else in one column.
type Difference struct {
	sheet
	options DifferenceOptions
	pager   *widget.Pager
	view    *document.View
	columns bool // two are shown
	chosen  bool // by the person, not after the room
}

// NewDifference returns a difference seen from its first change.
func NewDifference(options DifferenceOptions) *Difference {
	d := &Difference{options: options}
	d.pager = widget.NewPager(d.styles, themes.Raised)
	d.pager.Focus(true)
	return d
}

func (d *Difference) size() (width, height int) { return d.fit(d.screenWidth, d.screenHeight) }

// SetScreen implements Overlay.
func (d *Difference) SetScreen(width, height int) {
	d.sheet.SetScreen(width, height)
	if !d.chosen {
		d.columns = width >= document.SideBySideWidth
	}
	w, h := d.size()
	d.pager.SetSize(w-2, h-2)
	d.lay()
}

// lay shows the difference anew, since columns are as wide as the screen lets them.
func (d *Difference) lay() {
	w, _ := d.size()
	d.view = d.options.Difference.Unified()
	if d.columns {
		d.view = d.options.Difference.SideBySide(max(1, w-4)) // the frame, the scroll bar and a cell before the text
	}
	d.pager.SetView(d.view, "The two are alike.")
	d.toChange(false)
}

// toChange goes to the next change, or the one before.
func (d *Difference) toChange(back bool) {
	cursor, _ := d.pager.Position()
	if at, ok := d.view.Change(cursor, back); ok {
		d.pager.GoTo(at)
	}
}

// SetStyles implements Overlay.
func (d *Difference) SetStyles(styles style.Styles) {
	d.sheet.SetStyles(styles)
	d.pager.SetStyles(styles, themes.Raised)
}

// Place implements Overlay.
func (d *Difference) Place() (x, y int) { return d.place(d.size()) }

// Lines implements Overlay.
func (d *Difference) Lines() []string {
	w, _ := d.size()
	return d.frame(d.options.Title, d.Tips(), w, split(d.pager.View()))
}

// Tips implements Tipping.
func (d *Difference) Tips() []Tip {
	other := Tip{"v", "side by side"}
	if d.columns {
		other.Word = "one column"
	}
	return []Tip{{"n", "next change"}, {"N", "the one before"}, other, closes, {"↑↓", "scroll"}}
}

// Cursor implements Overlay.
func (d *Difference) Cursor() *tea.Cursor { return nil }

// Context implements Overlay.
func (d *Difference) Context() action.Context { return action.Body }

// Do implements Overlay.
func (d *Difference) Do(id action.ID) (tea.Cmd, bool) {
	if motion, ok := screenMotions[id]; ok {
		d.pager.Move(motion)
		return nil, true
	}
	switch id {
	case action.Left:
		d.pager.Move(widget.Left)
	case action.Right:
		d.pager.Move(widget.Right)
	case action.FindNext, action.FindPrev:
		d.toChange(id == action.FindPrev)
	case action.Look:
		d.columns, d.chosen = !d.columns, true
		d.lay()
	case action.Escape, action.Interrupt:
		d.close()
		return d.options.Closed(), true
	default:
		return nil, false
	}
	return nil, true
}

// Key implements Overlay.
func (d *Difference) Key(tea.KeyPressMsg) tea.Cmd { return nil }

// Paste implements Overlay.
func (d *Difference) Paste(string) tea.Cmd { return nil }

// Mouse implements Overlay.
func (d *Difference) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	d.pager.Update(widget.MouseAt(event, x-1, y-1))
	return nil
}
