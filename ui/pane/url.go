package pane

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/template"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/job"
	"parley/ui/safe"
	"parley/ui/style"
	"parley/ui/widget"
)

// URLHost is what the URL bar asks of the root beside what every pane does.
type URLHost interface {
	Host
	// Import fills the request from text in another form, such as a curl command; false means that it is none.
	Import(text string) (tea.Cmd, bool)
	// KnownURLs calls then with what a URL can be completed with.
	KnownURLs(then func(Known) tea.Cmd) tea.Cmd
	// Filled shows a request anew of which more than the URL was filled in, from a description of that name if it has one,
	// and TookBack one of which it was taken back.
	Filled(by *URL, from string) tea.Cmd
	TookBack(by *URL, from string) tea.Cmd
}

// URL is the bar with method, URL and the button that sends.
type URL struct {
	host          URLHost
	styles        style.Styles
	width, height int
	focused       bool
	input         *widget.Editor
	request       *collections.Request
	scope         template.Scope
	state         *job.State
	now           time.Time
	warning       string // stands below

	notes   []Span // what there is to say of the URL
	settled int    // the version of the text that says all that is meant

	offers          offers // what the URL can be completed with
	learned, byHand bool   // that was asked for; it is to be listed when it comes
	chosen          *widget.Candidate
	fillings        fillings
}

// focusMark stands before what has focus where no rule can tell it.
const focusMark = "▌"

const (
	markCells   = 1
	methodCells = 9
	buttonLabel = " Send "
)

// NewURL returns an empty bar.
func NewURL(host URLHost) *URL {
	u := &URL{host: host, request: &collections.Request{}}
	u.input = widget.NewInput(u.styles, widget.EditorOptions{
		Placeholder: "Type a URL, or paste a curl command", Highlight: u.highlight, Complete: u.complete, Lead: lead,
		Accepted: func(c widget.Candidate) { u.chosen = &c },
	})
	return u
}

// SetRequest gives the bar the request to edit.
func (u *URL) SetRequest(r *collections.Request) {
	u.request = r
	u.input.Reset(r.URL.Text)
	u.settled = u.input.Version()
	u.fillings = nil
	u.note()
}

// Refresh takes in what another pane has changed in the URL, as a change that can be undone here too.
func (u *URL) Refresh() {
	if u.input.Text() != u.request.URL.Text {
		u.input.SetText(u.request.URL.Text)
		u.settled = u.input.Version()
		u.note()
	}
}

// Running shows how far a job is; Idle shows that none runs.
func (u *URL) Running(state job.State, now time.Time) { u.state, u.now = &state, now }

// Idle shows that nothing runs.
func (u *URL) Idle() { u.state = nil }

// Warn puts a warning below the bar; the empty one takes it away.
func (u *URL) Warn(warning string) { u.warning = safe.Line(warning) }

// SelectAll selects the whole URL, to be typed over.
func (u *URL) SelectAll() { u.input.SelectAll() }

// highlight colours variables by whether they are known.
func (u *URL) highlight(line string) []widget.Span { return urlSpans(line, u.scope) }

// variableSpans colours the {{ }} of a text by whether they can be resolved.
func variableSpans(text string, scope template.Scope) []widget.Span {
	if !strings.Contains(text, "{{") {
		return nil
	}
	if scope == nil {
		scope = env.NewScopes()
	}
	known := func(name string) bool {
		_, ok := scope.Lookup(name)
		return ok
	}
	var spans []widget.Span
	parsed := template.Parse(text, nil, known)
	for _, part := range parsed.Parts {
		if !part.IsCode {
			continue
		}
		role := themes.Variable
		if template.Check(parsed, part, scope) != nil {
			role = themes.Unresolved
		}
		spans = append(spans, widget.Span{From: part.Start, To: part.End, Role: role})
	}
	return spans
}

// SetSize implements Pane. The first line is the bar, the second one for what is to be said of it.
func (u *URL) SetSize(width, height int) {
	u.width, u.height = width, height
	u.input.SetSize(max(0, width-markCells-methodCells-len(buttonLabel)-2), 1)
}

// SetFocus implements Pane.
func (u *URL) SetFocus(focused bool) {
	u.focused, u.learned, u.byHand = focused, false, false
	if !focused {
		u.offers = offers{}
		u.leave()
	}
	u.input.Focus(focused)
}

// SetStyles implements Pane.
func (u *URL) SetStyles(styles style.Styles) {
	u.styles = styles
	u.input.SetStyles(styles, themes.Raised)
}

// Lines implements Pane.
func (u *URL) Lines() []string {
	lines := []string{u.bar(), u.below()}
	for len(lines) < u.height {
		lines = append(lines, Paint(u.styles, themes.Background, u.width))
	}
	return lines
}

// bar is method, URL and button.
func (u *URL) bar() string {
	if u.width < markCells+methodCells+len(buttonLabel)+4 {
		return Paint(u.styles, themes.Raised, u.width)
	}
	mark := Span{" ", themes.Focus}
	if u.focused {
		mark.Text = focusMark
	}
	method := u.method()
	left := widget.NewRow(u.styles, themes.Raised, markCells+methodCells).Text(mark.Role, mark.Text).
		Fit(themes.Method(method), safe.Truncate(method, methodCells-3), methodCells-3).Text(themes.Muted, "▾").Space(2)
	right := widget.NewRow(u.styles, themes.Raised, len(buttonLabel)+2).Space(1)
	if u.state == nil {
		right.Text(themes.Active, buttonLabel)
	} else {
		right.Text(themes.Warning, " Stop ")
	}
	return left.String() + u.input.View() + right.String()
}

// below is the line under the bar: what warns, and how far a job is.
func (u *URL) below() string {
	var left, right []Span
	if u.warning != "" {
		left = []Span{{" ", themes.Text}, {" " + u.warning + " ", themes.Danger}}
	}
	if left == nil && u.state == nil && len(u.notes) > 0 {
		left = append([]Span{{strings.Repeat(" ", u.indent()), themes.Text}}, u.notes...)
	}
	if u.state != nil {
		right = append(ProgressSpans(u.styles, *u.state, u.now, u.width-8), Span{" ", themes.Text})
	}
	return Spread(u.styles, themes.Background, u.width, left, right)
}

// indent is where the notes begin: below the URL, or further left when they would not fit there.
func (u *URL) indent() int {
	said := 0
	for _, note := range u.notes {
		said += safe.Width(note.Text)
	}
	return max(1, min(markCells+methodCells, u.width-said-1))
}

func (u *URL) method() string {
	if m := u.request.Method.Text; m != "" {
		return m
	}
	return "GET"
}

// Cursor implements Pane.
func (u *URL) Cursor() *tea.Cursor {
	x, y, ok := u.input.Cursor()
	if !ok {
		return nil
	}
	return tea.NewCursor(x+markCells+methodCells, y)
}

// Jumps implements Jumper: the method and the URL.
func (u *URL) Jumps() []Spot {
	return []Spot{
		{X: 0, Y: 0, Go: func() tea.Cmd { return u.host.Run(action.Method) }},
		{X: methodCells, Y: 0, Go: func() tea.Cmd { return nil }},
	}
}

// Context implements Pane.
func (u *URL) Context() action.Context { return action.URLBar }

// Why implements Explained.
func (u *URL) Why() string { return "url" }

// Selected implements Selecter.
func (u *URL) Selected() (string, bool) {
	text := u.input.Selected()
	return text, text != ""
}

// Do implements Pane.
func (u *URL) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Undo:
		was := u.input.Text()
		u.changed(func() { u.input.Undo() })
		return u.undone(was), true
	case action.Redo:
		u.changed(func() { u.input.Redo() })
		return u.redone(), true
	case action.Complete:
		return u.completeByHand(), true
	}
	return nil, false
}

// Key implements Pane.
func (u *URL) Key(key tea.KeyPressMsg) tea.Cmd {
	typed := u.input.Text()
	u.changed(func() { u.input.Update(key) })
	if key.Text == " " {
		u.typedMethod()
	}
	if chosen := u.chosen; chosen != nil {
		u.chosen = nil
		return u.choose(*chosen, typed)
	}
	return u.learn()
}

// choose takes over what comes with a candidate.
func (u *URL) choose(c widget.Candidate, typed string) tea.Cmd {
	f, more := u.fill(c, typed)
	if !more {
		return nil
	}
	return u.host.Filled(u, f.what)
}

// changed edits the text and tells the request, if it is another now.
func (u *URL) changed(edit func()) {
	version := u.input.Version()
	edit()
	if u.input.Version() != version {
		u.request.URL = collections.Str(u.input.Text())
		u.note()
		u.host.Changed(u)
	}
}

// Mouse implements Pane.
func (u *URL) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	click, clicked := event.(tea.MouseClickMsg)
	switch {
	case clicked && click.Button == tea.MouseLeft && x < methodCells:
		return u.host.Run(action.Method)
	case clicked && click.Button == tea.MouseLeft && x >= u.width-len(buttonLabel)-1 && u.state != nil:
		return u.host.Run(action.Escape)
	case clicked && click.Button == tea.MouseLeft && x >= u.width-len(buttonLabel)-1:
		return u.host.Run(action.Send)
	}
	u.input.Update(widget.MouseAt(event, x-markCells-methodCells, y))
	return nil
}
