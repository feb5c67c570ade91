package pane

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/httpcore"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// section is one side of a request that is being edited, such as its headers.
type section interface {
	title() string
	// count is shown behind the title: a number of entries, a type; empty when there is nothing.
	count() string
	setRequest(*collections.Request)
	setScope(template.Scope)
	setSize(width, height int)
	setStyles(style.Styles)
	setFocus(bool)
	view() string
	cursor() (x, y int, ok bool)
	context() action.Context
	// do, update and mouse report whether it was the section's business.
	do(id action.ID) bool
	update(msg tea.Msg) bool
	// enter puts focus on the first field (by is 1) or the last one (-1).
	enter(by int)
	// step moves between the section's fields; false when there is none further on.
	step(by int) bool
	selected() string
	// text is what $EDITOR gets, with the extension of its file, and setText what comes back; ok is false when the
	// section has no such text.
	text() (text, extension string, ok bool)
	setText(string)
	// version changes whenever the request does.
	version() int
}

// Request is the pane in which a request is edited.
type Request struct {
	host     Host
	frame    framed
	strip    strip
	sections []section
	scope    template.Scope
	wrap     bool      // long lines of texts are wrapped
	pending  []tea.Cmd // work in the background that has not been handed over
}

// NewRequest returns an empty pane; schemes are the kinds of authentication there are.
func NewRequest(host Host, schemes []httpcore.Scheme) *Request {
	r := &Request{host: host}
	return r.of(
		newParams(),
		newPath(),
		newHeaders(),
		newAuth(schemes),
		newBody(r.later),
		newVars(),
		newCookies(),
		newOptions(),
		newHooks(r.later),
		newExpect(),
		newCapture(),
		newNotes(r.later),
	)
}

// of gives the pane its sections.
func (r *Request) of(sections ...section) *Request {
	r.sections = sections
	for _, s := range r.sections {
		r.strip.titles = append(r.strip.titles, s.title())
	}
	return r
}

// SetRequest gives the pane the request to edit, which it changes in place.
func (r *Request) SetRequest(q *collections.Request) {
	for _, s := range r.sections {
		s.setRequest(q)
	}
}

// SetInherited says what the section of that name has from around the request.
func (r *Request) SetInherited(title string, list []Inherited) {
	for _, s := range r.sections {
		if e, ok := s.(interface{ inherit([]Inherited) }); ok && s.title() == title {
			e.inherit(list)
		}
	}
}

// Section returns the name of the section that is shown, and Show shows one.
func (r *Request) Section() string { return r.current().title() }

// Show shows the section of that name.
func (r *Request) Show(title string) {
	for i, s := range r.sections {
		if strings.EqualFold(s.title(), title) {
			r.choose(i)
		}
	}
}

// ShowRow shows the section of that name, with the cursor on the row of a name if it has one.
func (r *Request) ShowRow(title, name string) {
	r.Show(title)
	r.strip.focused = false
	name = strings.TrimPrefix(name, "~")
	switch s := r.current().(type) {
	case interface{ seek(string) }:
		s.seek(name)
	case interface{ seekField(string) }:
		s.seekField(name)
	}
}

// ShowFilled shows the section of that name, if there is something in it.
func (r *Request) ShowFilled(title string) {
	for i, s := range r.sections {
		if s.title() == title && s.count() != "" {
			r.choose(i)
		}
	}
}

// SetToken tells what the token of a request with oauth2 auth is worth; key leads to all tokens.
func (r *Request) SetToken(text string, good bool, key string) {
	for _, s := range r.sections {
		if a, ok := s.(*auth); ok {
			a.token.text, a.token.good, a.token.key = text, good, key
			a.setSize(a.w, a.h)
		}
	}
}

// ChooseAuth chooses a kind of authentication.
func (r *Request) ChooseAuth(kind string) {
	if r.Problem() != "" {
		return // the text that cannot be read yet would be another one's
	}
	for _, s := range r.sections {
		if a, ok := s.(*auth); ok {
			a.choose(kind)
			r.host.Changed(r)
		}
	}
}

// Sides are what the request consists of.
func (r *Request) Sides() []string { return r.strip.titles }

// ShowSide shows the side of that title.
func (r *Request) ShowSide(title string) {
	if i := slices.Index(r.strip.titles, title); i >= 0 {
		r.strip.focused = false
		r.choose(i)
	}
}

// AsText shows the rows of the side that is shown as text, and reports whether it has rows.
func (r *Request) AsText() bool {
	r.strip.focused = false
	if r.held() != nil {
		return false
	}
	r.current().setFocus(r.frame.focused)
	return r.current().do(action.RowsAsText)
}

// Refresh takes in what another pane has changed in the request: the URL has a query and names places in its path.
func (r *Request) Refresh() {
	for _, s := range r.sections {
		if e, ok := s.(*entries); ok {
			e.refresh()
		}
	}
}

func (r *Request) current() section { return r.sections[r.strip.at] }

func (r *Request) choose(i int) {
	r.current().setFocus(false)
	r.strip.at = i
	if s, ok := r.current().(*source); ok {
		s.shown()
	}
	r.current().setFocus(r.frame.focused && !r.strip.focused)
}

// SetSize implements Pane.
func (r *Request) SetSize(width, height int) {
	r.frame.width, r.frame.height = width, height
	w, h := r.frame.inside()
	for _, s := range r.sections {
		s.setSize(w, h)
	}
}

// SetFocus implements Pane.
func (r *Request) SetFocus(focused bool) {
	r.frame.focused, r.strip.active = focused, focused
	if !focused {
		r.strip.focused = false
	}
	r.current().setFocus(focused && !r.strip.focused)
}

// SetStyles implements Pane.
func (r *Request) SetStyles(styles style.Styles) {
	r.frame.styles, r.strip.pane, r.strip.shape = styles, "Request", styles.Shape()
	for _, s := range r.sections {
		s.setStyles(styles)
	}
}

// Lines implements Pane.
func (r *Request) Lines() []string {
	for i, s := range r.sections {
		r.strip.counts = append(r.strip.counts[:i], s.count())
	}
	text := edges{title: r.strip.spans(r.frame.width - 6)}
	text.place, text.note = r.foot()
	return r.frame.draw(text, strings.Split(r.current().view(), "\n"))
}

// Cursor implements Pane.
func (r *Request) Cursor() *tea.Cursor {
	x, y, ok := r.current().cursor()
	if !ok || r.strip.focused || r.held() != nil {
		return nil
	}
	c := tea.NewCursor(x+1, y+1)
	if e := r.Editor(); e != nil {
		c.Shape = e.Shape()
	}
	return c
}

// Context implements Pane.
func (r *Request) Context() action.Context {
	if r.strip.focused || r.held() != nil {
		return action.List
	}
	return r.current().context()
}

// Jumps implements Jumper: every section, of which the content gets focus.
func (r *Request) Jumps() []Spot {
	return r.strip.jumps(func(i int) {
		r.strip.focused = false
		r.choose(i)
	})
}

// Enter implements Stepper: the first stop is the strip of sections.
func (r *Request) Enter(by int) {
	r.strip.focused = by > 0
	r.current().enter(by)
	r.current().setFocus(!r.strip.focused)
}

// Turn implements Sided. Where a section would take the next key as text, focus stays with the titles, so that the key
// goes on turning.
func (r *Request) Turn(by int) {
	r.choose(r.strip.beside(by))
	if r.context().Has(action.InText) {
		r.strip.focused = r.frame.focused
		r.current().setFocus(false)
	}
}

// Offers implements Offering.
func (r *Request) Offers() []action.ID {
	turn := []action.ID{action.PrevSide, action.NextSide}
	switch {
	case r.strip.focused:
		return append(turn, action.Open)
	case r.Context().Has(action.InEditor):
		return r.editorOffers(turn)
	case r.Context().Has(action.InTable):
		return append(turn, action.RowAdd, action.Open, action.Toggle, action.RowDelete, action.RowsAsText)
	case r.InCell():
		return append([]action.ID{action.Next, action.Escape}, turn...)
	case r.Context().Has(action.InText):
		return turn
	default:
		return append(turn, action.Open)
	}
}

// InCell reports whether a cell of a table is typed in.
func (r *Request) InCell() bool {
	s, ok := r.current().(interface{ inCell() bool })
	return ok && !r.strip.focused && s.inCell()
}

// Step implements Stepper.
func (r *Request) Step(by int) bool {
	switch {
	case r.strip.focused && by > 0:
		r.strip.focused = false
		r.current().enter(1)
		r.current().setFocus(true)
		return true
	case r.strip.focused:
		return false
	case r.current().step(by):
		return true
	case by < 0:
		r.strip.focused = true
		r.current().setFocus(false)
		return true
	default:
		return false
	}
}

// Selected implements Selecter.
func (r *Request) Selected() (string, bool) {
	text := r.current().selected()
	return text, text != ""
}

// Why implements Explained.
func (r *Request) Why() string {
	if s, ok := r.current().(interface{ why() string }); ok && !r.strip.focused {
		return s.why()
	}
	return ""
}

// Do implements Pane.
func (r *Request) Do(id action.ID) (tea.Cmd, bool) {
	switch {
	case r.strip.focused:
		return nil, r.doStrip(id)
	case r.held() != nil:
		return r.doHeld(id)
	}
	switch id {
	case action.External:
		return r.external()
	case action.FormatText:
		return r.format(), true
	case action.WrapText:
		return r.toggleWrap(), true
	}
	taken := false
	r.changed(func() { taken = r.current().do(id) })
	if !taken && id == action.Escape && r.context().Has(action.InText) {
		r.strip.focused = true
		r.current().setFocus(false)
		taken = true
	}
	return tea.Batch(r.tell(), r.work()), taken
}

func (r *Request) context() action.Context { return r.current().context() }

// doStrip moves along the sections.
func (r *Request) doStrip(id action.ID) bool {
	switch id {
	case action.Left, action.Up:
		r.choose(r.strip.beside(-1))
	case action.Right:
		r.choose(r.strip.beside(1))
	case action.Down, action.Open:
		r.Step(1)
	default:
		return false
	}
	return true
}

// external opens the section's text in $EDITOR.
func (r *Request) external() (tea.Cmd, bool) {
	s := r.current()
	text, extension, ok := s.text()
	if !ok {
		return nil, false
	}
	return r.host.External(text, extension, func(edited string) {
		r.changed(func() { s.setText(edited) })
	}), true
}

// Key implements Pane.
func (r *Request) Key(key tea.KeyPressMsg) tea.Cmd {
	switch {
	case r.strip.focused:
		return nil
	case r.held() != nil:
		return r.tellHeld()
	}
	r.changed(func() { r.current().update(key) })
	return r.work()
}

// Paste implements Pane.
func (r *Request) Paste(text string) tea.Cmd {
	switch {
	case r.strip.focused:
		return nil
	case r.held() != nil:
		return r.tellHeld()
	}
	r.changed(func() { r.current().update(tea.PasteMsg{Content: text}) })
	return tea.Batch(r.tell(), r.work())
}

// tell says what the section has to say of what was done last.
func (r *Request) tell() tea.Cmd {
	if s, ok := r.current().(interface{ told() Notice }); ok {
		if told := s.told(); told.Text != "" {
			return r.host.Notify(told)
		}
	}
	return nil
}

// changed edits something, and tells the root if the request is another now.
func (r *Request) changed(edit func()) {
	version := r.current().version()
	edit()
	if r.current().version() == version {
		return
	}
	if s, ok := r.current().(*source); ok {
		for _, other := range r.sections {
			if other != section(s) {
				other.setRequest(s.request)
			}
		}
	}
	r.host.Changed(r)
}

// Mouse implements Pane.
func (r *Request) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	_, clicked := event.(tea.MouseClickMsg)
	if y > 0 && r.held() != nil {
		return r.heldMouse(event, x, y)
	}
	if clicked && y == 0 {
		if i, ok := r.strip.hit(x - stripStart); ok {
			r.choose(i)
		}
		return nil
	}
	if clicked && r.strip.focused {
		r.Step(1)
	}
	r.changed(func() { r.current().update(widget.MouseAt(event, x-1, y-1)) })
	return r.work()
}
