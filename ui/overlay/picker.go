package overlay

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// Entry is one thing that can be picked.
type Entry struct {
	// Text is shown and searched; Badge stands before it and Detail, such as a key, at the right end.
	Text, Badge, Detail string
	// Also are other words for it, which are searched and not shown.
	Also      string
	BadgeRole themes.Role
	// Marked are the bytes of characters that a Search has found in Text.
	Marked []int
	// Why says why it cannot be picked now; empty means that it can.
	Why string
	// WhyTold says that Text tells why; else it takes the place of Detail.
	WhyTold bool
	// Pick does what picking means, and Send what the key that sends means; Send may be nil.
	Pick, Send func() tea.Cmd
	// Preview shows what picking would do, while the cursor is on the entry; it may be nil.
	Preview func()
}

// PickerOptions say what a picker is for.
type PickerOptions struct {
	Title, Placeholder string
	// Query is what is in the search line at first.
	Query string
	// Empty is shown when nothing is found.
	Empty string
	// Start is the index of the entry that the cursor begins on.
	Start int
	// Search is asked when the query changes, and answers by Picker.SetEntries; nil lets the picker filter by itself.
	Search func(query string) tea.Cmd
	// Wide takes as much of the screen as there is, for lines that are text.
	Wide bool
	// Restore undoes what previews did: when the picker is closed, and when the cursor is on an entry without one. It may be
	// nil.
	Restore func()
	// Tips are its keys beside those that every picker has; none means that enter picks.
	Tips []Tip
	// Aside puts a narrow picker at the right end of the screen, where it leaves most of what previews change to be seen.
	Aside bool
}

// Picker finds one of many: the palette, environments, themes, history.
type Picker struct {
	sheet
	options PickerOptions
	entries []Entry
	picker  *widget.Picker
	query   string
	// previewed says that a preview is shown, walked that the list was moved in since something was typed.
	previewed, walked bool
}

const (
	pickerWidth  = 76
	pickerHeight = 20
	asideWidth   = 40
)

// NewPicker returns a picker on entries.
func NewPicker(options PickerOptions, entries []Entry) *Picker {
	p := &Picker{options: options, query: options.Query}
	p.picker = widget.NewPicker(p.styles, themes.Raised, options.Placeholder)
	p.picker.List.SetEmpty(options.Empty)
	p.picker.Input.Focus(true)
	p.picker.Input.Reset(options.Query)
	p.SetEntries(entries)
	if options.Search == nil {
		p.picker.List.SetQuery(options.Query)
	}
	p.picker.List.Select(options.Start)
	return p
}

// SetEntries replaces what can be picked.
func (p *Picker) SetEntries(entries []Entry) {
	p.entries = entries
	items := make([]widget.Item, len(entries))
	for i, e := range entries {
		items[i] = widget.Item{Text: e.Text, Also: e.Also, Badge: e.Badge, BadgeRole: e.BadgeRole, Detail: e.Detail, Dim: e.Why != "", Marked: e.Marked}
		if e.Why != "" && !e.WhyTold {
			items[i].Detail = e.Why
		}
	}
	p.picker.SetItems(items)
}

// Begin puts the cursor on an entry, unless the list was moved in.
func (p *Picker) Begin(at int) {
	if !p.walked {
		p.picker.List.Select(at)
	}
}

// Query returns what is in the search line.
func (p *Picker) Query() string { return p.picker.Input.Text() }

// SetStyles implements Overlay.
func (p *Picker) SetStyles(styles style.Styles) {
	p.sheet.SetStyles(styles)
	p.picker.SetStyles(styles, themes.Raised)
}

func (p *Picker) size() (width, height int) {
	if p.options.Aside {
		return p.fit(asideWidth, p.screenHeight)
	}
	if p.options.Wide {
		return p.fit(ScreenWidth, p.screenHeight-4)
	}
	return p.fit(pickerWidth, pickerHeight)
}

// Place implements Overlay.
func (p *Picker) Place() (x, y int) {
	width, height := p.size()
	if p.options.Aside && p.styles.Shape() != style.Linear {
		return max(0, p.screenWidth-width-1), max(0, (p.screenHeight-height)/2)
	}
	return p.place(width, height)
}

// SetScreen implements Overlay.
func (p *Picker) SetScreen(width, height int) {
	p.sheet.SetScreen(width, height)
	w, h := p.size()
	p.picker.SetSize(w-2, h-2)
}

// SetEmpty replaces what is shown when nothing is found.
func (p *Picker) SetEmpty(text string) { p.picker.List.SetEmpty(text) }

// Lines implements Overlay.
func (p *Picker) Lines() []string {
	w, _ := p.size()
	return p.frame(p.options.Title, p.Tips(), w, split(p.picker.View()))
}

// Tips implements Tipping.
func (p *Picker) Tips() []Tip {
	tips := p.options.Tips
	if tips == nil {
		tips = []Tip{{"enter", "pick"}}
	}
	return append(slices.Clip(tips), closes, moves)
}

// Cursor implements Overlay. Who hears the screen is where the list is, while moving in it.
func (p *Picker) Cursor() *tea.Cursor {
	if y, ok := p.picker.Pointed(); ok && p.walked && p.styles.Shape() == style.Linear {
		return inside(0, y, true)
	}
	return inside(p.picker.Cursor())
}

// Context implements Overlay.
func (p *Picker) Context() action.Context { return action.Field }

// Do implements Overlay. The keys of other actions are free here: ctrl+n and ctrl+p move, as in a shell's lists.
func (p *Picker) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape, action.Interrupt:
		p.restore()
		p.close()
	case action.Send:
		return p.send(), true
	case action.New:
		p.picker.List.Move(widget.Down)
		p.preview()
	case action.Palette:
		p.picker.List.Move(widget.Up)
		p.preview()
	default:
		return nil, false
	}
	return nil, true
}

// Key implements Overlay.
func (p *Picker) Key(key tea.KeyPressMsg) tea.Cmd {
	if key.String() == "enter" {
		return p.pick()
	}
	p.picker.Update(key)
	p.walked = p.Query() == p.query
	return p.changed()
}

// Paste implements Overlay.
func (p *Picker) Paste(text string) tea.Cmd {
	p.picker.Update(tea.PasteMsg{Content: text})
	return p.changed()
}

// Selected returns what is selected in the search line, and whether anything is.
func (p *Picker) Selected() (string, bool) {
	text := p.picker.Input.Selected()
	return text, text != ""
}

// Mouse implements Overlay. A click picks.
func (p *Picker) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	w, h := p.size()
	click, clicked := event.(tea.MouseClickMsg)
	if clicked && (x < 0 || y < 0 || x >= w || y >= h) {
		cmd, _ := p.Do(action.Escape)
		return cmd
	}
	before, _ := p.picker.List.Index()
	p.picker.Update(widget.MouseAt(event, x-1, y-1))
	if now, _ := p.picker.List.Index(); now != before {
		p.preview()
	}
	if clicked && click.Button == tea.MouseLeft && y > 2 && y < h-1 {
		return p.pick()
	}
	return nil
}

// changed follows the query and the cursor.
func (p *Picker) changed() tea.Cmd {
	var cmd tea.Cmd
	if p.options.Search != nil {
		p.picker.List.SetQuery("") // what it lists was found already
	}
	if query := p.Query(); query != p.query {
		p.query = query
		if p.options.Search != nil {
			cmd = p.options.Search(query)
		}
	}
	p.preview()
	return cmd
}

func (p *Picker) current() (Entry, bool) {
	i, ok := p.picker.List.Index()
	if !ok || i >= len(p.entries) {
		return Entry{}, false
	}
	return p.entries[i], true
}

func (p *Picker) preview() {
	e, ok := p.current()
	if !ok || e.Preview == nil {
		p.restore()
		return
	}
	e.Preview()
	p.previewed = true
}

func (p *Picker) restore() {
	if p.previewed && p.options.Restore != nil {
		p.options.Restore()
	}
	p.previewed = false
}

func (p *Picker) pick() tea.Cmd {
	e, ok := p.current()
	if !ok || e.Why != "" {
		return nil
	}
	return p.leaveFor(e, e.Pick)
}

// send sends the entry at the cursor, if it can be sent.
func (p *Picker) send() tea.Cmd {
	e, ok := p.current()
	if !ok || e.Why != "" || e.Send == nil {
		return nil
	}
	return p.leaveFor(e, e.Send)
}

func (p *Picker) leaveFor(e Entry, do func() tea.Cmd) tea.Cmd {
	if e.Preview == nil {
		p.restore()
	}
	p.close()
	return do()
}
