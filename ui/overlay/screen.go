package overlay

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/safe"
	"parley/ui/style"
	"parley/ui/widget"
)

// ScreenOptions say what a screen lists and what can be done there.
type ScreenOptions struct {
	Title  string
	Titles [3]string // of the columns
	// Notes is how many percent of the room the third column gets; 0 is 45.
	Notes int
	// Status is a line above the list, read with the rows; nil is none.
	Status func() string
	// Empty is shown when nothing is listed.
	Empty string
	// Rows are read anew after everything that was done. One whose name is indented belongs to the one above.
	Rows func() []widget.Entry
	// Highlight colours the cells; nil leaves them plain.
	Highlight func(column widget.Column, cell string) []widget.Span
	// Follows keeps the cursor on the last row as rows are added, as long as it is there.
	Follows bool
	// Filter is what is filtered by at first.
	Filter string
	// Tips tell the keys that work.
	Tips []Tip
	// Do carries out an action of the screen on the row of that index in Rows; it is -1 when there is none.
	Do map[action.ID]func(row int) tea.Cmd
}

// Screen is a list of things with columns, of which one can be changed, added or taken away: cookies, sessions.
type Screen struct {
	sheet
	options ScreenOptions
	table   *widget.Table
	filter  *widget.Editor
	typing  bool
	rows    []int // of those that are listed, their index in Rows
	status  string
	names   []string // of all rows
	// adding are the names that there were when something was to be added; nil when nothing is.
	adding []string
}

// ScreenWidth is how wide a screen is at most.
const ScreenWidth = 110

const screenHeight = 32

// NewScreen returns a screen; Refresh has it read its rows anew.
func NewScreen(options ScreenOptions) *Screen {
	s := &Screen{options: options}
	s.table = widget.NewTable(s.styles, themes.Raised, widget.TableOptions{Titles: options.Titles, Notes: cmp.Or(options.Notes, 45), ReadOnly: true, Empty: options.Empty, Highlight: options.Highlight})
	s.table.Focus(true)
	s.filter = widget.NewInput(s.styles, widget.EditorOptions{Placeholder: "Filter"})
	s.filter.Reset(options.Filter)
	s.Refresh()
	return s
}

// Refresh reads the rows anew, and lists those that the filter lets through.
func (s *Screen) Refresh() {
	wanted := strings.ToLower(s.filter.Text())
	line, _ := s.table.Cursor()
	atEnd := line >= len(s.rows)-1
	s.rows = s.rows[:0]
	var listed []widget.Entry
	if s.options.Status != nil {
		s.status = safe.Line(s.options.Status())
	}
	above, added := false, -1
	s.names = s.names[:0]
	for i, row := range s.options.Rows() {
		s.names = append(s.names, row.Name)
		below := above && strings.HasPrefix(row.Name, "  ")
		if !below {
			above = false
		}
		if below || strings.Contains(strings.ToLower(row.Name+"\n"+row.Value+"\n"+row.Note), wanted) {
			if s.adding != nil && !slices.Contains(s.adding, row.Name) {
				added = len(s.rows)
			}
			s.rows = append(s.rows, i)
			listed = append(listed, row)
			above = true
		}
	}
	s.table.SetEntries(listed)
	if added >= 0 && len(s.names) > len(s.adding) { // the cursor goes to what was added
		s.table.GoTo(added)
		s.adding = nil
	}
	if s.options.Follows && atEnd {
		s.table.Move(widget.Bottom)
	}
}

func (s *Screen) size() (width, height int) {
	return s.fit(ScreenWidth, max(10, min(screenHeight, s.screenHeight-4)))
}

// SetScreen implements Overlay.
func (s *Screen) SetScreen(width, height int) {
	s.sheet.SetScreen(width, height)
	w, h := s.size()
	s.table.SetSize(w-2, max(1, h-2-s.above()))
	s.filter.SetSize(max(1, w-4), 1)
}

// above is how many lines stand between the edge and the table.
func (s *Screen) above() int {
	if s.options.Status == nil {
		return 2
	}
	return 3
}

// SetStyles implements Overlay.
func (s *Screen) SetStyles(styles style.Styles) {
	s.sheet.SetStyles(styles)
	s.table.SetStyles(styles, themes.Raised)
	s.filter.SetStyles(styles, themes.Raised)
}

// Place implements Overlay.
func (s *Screen) Place() (x, y int) { return s.place(s.size()) }

// Lines implements Overlay.
func (s *Screen) Lines() []string {
	w, _ := s.size()
	lines := []string{s.styles.Paint(themes.Accent, themes.Raised, "/ ") + s.filter.View()}
	if s.options.Status != nil {
		lines = append(lines, s.row(w).Space(1).Fit(themes.Text, s.status, max(0, w-4)).String())
	}
	lines = append(lines, s.row(w).String())
	return s.frame(s.options.Title, s.Tips(), w, append(lines, split(s.table.View())...))
}

// Tips implements Tipping.
func (s *Screen) Tips() []Tip {
	if s.typing {
		return []Tip{{"enter", "to the list"}, {"esc", "list all"}}
	}
	return append(slices.Clip(s.options.Tips), moves)
}

// Cursor implements Overlay.
func (s *Screen) Cursor() *tea.Cursor {
	x, y, ok := s.filter.Cursor()
	return inside(x+2, y, ok && s.typing)
}

// Context implements Overlay.
func (s *Screen) Context() action.Context {
	if s.typing {
		return action.Field
	}
	return action.Screen
}

// Do implements Overlay.
func (s *Screen) Do(id action.ID) (tea.Cmd, bool) {
	if s.typing {
		return nil, s.doFilter(id)
	}
	if do, ok := s.options.Do[id]; ok {
		s.adding = nil
		if id == action.ItemNew {
			s.adding = append([]string{}, s.names...)
		}
		cmd := do(s.at())
		s.Refresh()
		return cmd, true
	}
	if motion, ok := screenMotions[id]; ok {
		s.adding = nil
		s.table.Move(motion)
		return nil, true
	}
	switch id {
	case action.Find:
		s.typeFilter(true)
	case action.Escape, action.Interrupt:
		s.close()
	default:
		return nil, false
	}
	return nil, true
}

var screenMotions = map[action.ID]widget.Motion{
	action.Up: widget.Up, action.Down: widget.Down, action.Top: widget.Top, action.Bottom: widget.Bottom,
	action.HalfUp: widget.HalfUp, action.HalfDown: widget.HalfDown, action.PageUp: widget.PageUp, action.PageDown: widget.PageDown,
}

func (s *Screen) doFilter(id action.ID) bool {
	switch id {
	case action.Escape:
		s.filter.Reset("")
		s.Refresh()
		s.typeFilter(false)
	case action.Next, action.Previous:
		s.typeFilter(false)
	default:
		return false
	}
	return true
}

func (s *Screen) typeFilter(on bool) {
	s.typing = on
	s.filter.Focus(on)
	s.table.Focus(!on)
}

// at is the index in Rows of the row under the cursor.
func (s *Screen) at() int {
	line, _ := s.table.Cursor()
	if line >= len(s.rows) {
		return -1
	}
	return s.rows[line]
}

// Key implements Overlay.
func (s *Screen) Key(key tea.KeyPressMsg) tea.Cmd {
	if !s.typing {
		return nil
	}
	switch key.String() {
	case "enter", "down":
		s.typeFilter(false)
	default:
		s.filter.Update(key)
		s.Refresh()
	}
	return nil
}

// Paste implements Overlay.
func (s *Screen) Paste(text string) tea.Cmd {
	if s.typing {
		s.filter.Paste(text)
		s.Refresh()
	}
	return nil
}

// Mouse implements Overlay. A click on the row that the cursor is on opens it; one beside the screen closes it.
func (s *Screen) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	w, h := s.size()
	click, clicked := event.(tea.MouseClickMsg)
	if clicked && click.Button != tea.MouseRight {
		if x < 0 || y < 0 || x >= w || y >= h {
			s.close()
			return nil
		}
		before := s.at()
		s.table.Update(widget.MouseAt(event, x-1, y-1-s.above()))
		if open := s.options.Do[action.Open]; open != nil && before >= 0 && before == s.at() && y > 1+s.above() {
			cmd := open(before)
			s.Refresh()
			return cmd
		}
		return nil
	}
	s.table.Update(widget.MouseAt(event, x-1, y-1-s.above()))
	return nil
}

// Offers implements Offering.
func (s *Screen) Offers() []action.ID {
	if s.typing {
		return nil
	}
	return append(slices.Sorted(maps.Keys(s.options.Do)), action.Find, action.Escape)
}

// Close closes the screen.
func (s *Screen) Close() { s.close() }
