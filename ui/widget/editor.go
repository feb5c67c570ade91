package widget

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/style"
	"parley/ui/widget/text"
)

// EditorOptions say what an editor is for. They are fixed for its life.
type EditorOptions struct {
	Placeholder string // shown while there is no text
	Indent      string // what tab types; two spaces when empty
	Numbers     bool   // line numbers
	Mask        string // shown for every character, as in a password field; empty for none
	// Highlight colours a line: the roles of its parts, by byte and in order. It is asked for what is seen only, and
	// for a part of a line when that is very long.
	Highlight func(line string) []Span
	// Lead is what is meant before a text of one line though it was not typed; it is shown, but no part of the text.
	Lead func(text string) string
	// EndsInside tells of a part of a line that begins within a string, or not, whether it ends within one. With it a part
	// of a very long line is highlighted exactly. What it is given never ends with a backslash.
	EndsInside func(inside bool, part string) bool
	// Complete tells how to go on with what is typed; nil for no completion. Accepted hears of a candidate that was put in.
	Complete Completer
	Accepted func(Candidate)
	// Later does work off the screen's goroutine, and on it what work returns. Where it is nil, and in small texts, all is
	// done at once.
	Later func(work func() (then func()))
	// Clock tells the time, by which clicks are told apart; that of the machine where it is nil.
	Clock func() time.Time
}

// Span is a part of a line, from byte From to before byte To.
type Span struct {
	From, To int
	Role     themes.Role
}

// Mark points at a place in the text, with a word about it after the line.
type Mark struct {
	From, To text.Pos
	Role     themes.Role
	Message  string
}

// Editor edits text of one line or many. It shows a cursor through [Editor.Cursor], the terminal's own.
type Editor struct {
	options  EditorOptions
	styles   style.Styles
	on       themes.Role
	buffer   *text.Buffer
	columns  columns
	breaks   breaks
	insides  insides
	lights   map[int]lit
	marks    []Mark
	keys     keys
	pairs    string
	find     *findBar
	searched string // what was searched last
	clicks   clicks
	whole    whole
	single   bool
	focused  bool
	dragging bool
	w, h     int
	wrap     bool     // long lines go on in the next row
	top      text.Pos // where the first row that is seen begins
	left     int      // first column that is seen
	edge     text.Pos // a cursor here is shown at the end of the row before, not where the next one begins
	shown    []row    // the rows that are seen; empty: not known
	view     string

	completion *Completion
	closed     completed // what the list was closed for
	lastTyped  typedAt   // where the last key left it
}

// whole is the text in one piece, as it was at a version: it is asked for more often than it changes.
type whole struct {
	text    string
	version int
	known   bool
}

// NewEditor returns an editor of many lines.
func NewEditor(styles style.Styles, options EditorOptions) *Editor {
	if options.Indent == "" {
		options.Indent = "  "
	}
	if options.Clock == nil {
		options.Clock = time.Now
	}
	e := &Editor{options: options, styles: styles, on: themes.Background, lights: map[int]lit{}, keys: plainKeys{}}
	e.Reset("")
	return e
}

// NewInput returns an editor of one line: what is pasted is joined, and enter, tab, up and down are left to others.
func NewInput(styles style.Styles, options EditorOptions) *Editor {
	e := NewEditor(styles, options)
	e.single, e.on = true, themes.Surface
	return e
}

// Reset makes s the text, with no past to undo to, and the cursor at the start, or at the end of a single line.
func (e *Editor) Reset(s string) {
	if e.find != nil {
		e.find.cancel()
	}
	e.buffer = text.New(e.fit(s))
	e.columns, e.breaks, e.insides, e.lights, e.whole, e.find = columns{}, breaks{}, insides{}, map[int]lit{}, whole{}, nil
	e.completion, e.lastTyped, e.keys = nil, typedAt{}, e.keys.fresh()
	e.buffer.OnEdit(func(at text.Pos, _, _ int) {
		e.columns.cut(at)
		e.insides.cut(at)
	})
	e.top, e.edge, e.left, e.marks = text.Pos{}, text.Pos{}, 0, nil
	if e.single {
		e.buffer.Move(text.TextEnd, false)
	}
	e.seen()
}

// SetText makes s the text as a change that can be undone.
func (e *Editor) SetText(s string) {
	e.buffer.Set(e.fit(s))
	e.seen()
}

// fit makes s a text that this editor can hold.
func (e *Editor) fit(s string) string {
	if !e.single {
		return s
	}
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
}

// Text returns the whole text.
func (e *Editor) Text() string {
	if w := &e.whole; !w.known || w.version != e.buffer.Version() {
		*w = whole{e.buffer.String(), e.buffer.Version(), true}
	}
	return e.whole.text
}

// Empty reports whether there is no text.
func (e *Editor) Empty() bool { return e.buffer.Empty() }

// Version changes whenever the text does.
func (e *Editor) Version() int { return e.buffer.Version() }

// Position returns where the next character goes: its line and its byte in it.
func (e *Editor) Position() text.Pos { return e.buffer.Cursor() }

// Column returns how many characters stand before the cursor in its line; what is beyond a bound is counted in bytes.
func (e *Editor) Column() int {
	const most = 64 << 10
	at := e.buffer.Cursor()
	line := e.buffer.Line(at.Line)[:at.Col]
	if len(line) > most {
		return len(line)
	}
	return utf8.RuneCountInString(line)
}

// Offset returns where the next character goes, in bytes of the whole text.
func (e *Editor) Offset() int { return e.buffer.Offset(e.buffer.Cursor()) }

// Go puts the cursor at a byte of the whole text.
func (e *Editor) Go(offset int) {
	e.buffer.MoveTo(e.buffer.At(offset), false)
	e.edge = text.Pos{}
	e.seen()
}

// Selected returns the selected text, or nothing where characters are masked.
func (e *Editor) Selected() string {
	switch {
	case e.options.Mask != "":
		return ""
	case e.find != nil:
		return e.find.field().Selected()
	}
	return e.buffer.Text(e.selection())
}

// Cut returns the selected text and removes it.
func (e *Editor) Cut() string {
	if e.find != nil {
		return e.find.field().Cut()
	}
	s := e.Selected()
	if s != "" {
		e.press(tea.KeyPressMsg{Code: tea.KeyDelete})
	}
	return s
}

// Paste puts s in place of the selection.
func (e *Editor) Paste(s string) {
	if e.find != nil {
		e.pasteFind(s)
		return
	}
	if e.keys.steady() { // over what is selected, which only the keys know
		from, to := e.selection()
		e.buffer.MoveTo(from, false)
		e.buffer.MoveTo(to, true)
	}
	e.buffer.Paste(e.fit(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)))
	e.keys.moved(e, false)
	e.seen()
}

// Replace puts s in place of the bytes of the whole text from one offset to another, as one undoable change, and the
// cursor after it. Completions are taken this way.
func (e *Editor) Replace(from, to int, s string) {
	e.buffer.MoveTo(e.buffer.At(from), false)
	e.buffer.MoveTo(e.buffer.At(to), true)
	e.buffer.Paste(e.fit(s))
	e.seen()
}

// SelectAll selects the whole text.
func (e *Editor) SelectAll() {
	e.buffer.SelectAll()
	e.touch()
}

// Undo takes the last change back and reports whether there was one.
func (e *Editor) Undo() bool { return e.backOrAgain((*text.Buffer).Undo, (*Editor).Undo) }

// Redo does again what was undone last and reports whether there was anything.
func (e *Editor) Redo() bool { return e.backOrAgain((*text.Buffer).Redo, (*Editor).Redo) }

// backOrAgain changes the text, or first what is typed into the find line.
func (e *Editor) backOrAgain(inText func(*text.Buffer) bool, inField func(*Editor) bool) bool {
	if e.find != nil && !e.find.replaced {
		done := false
		e.queryChanged(func() { done = inField(e.find.field()) })
		if done {
			e.touch()
			return true
		}
	}
	done := e.after(inText(e.buffer))
	e.count()
	return done
}

func (e *Editor) after(done bool) bool {
	if done {
		e.keys.moved(e, false)
		e.seen()
	}
	return done
}

// SetMarks replaces the marks.
func (e *Editor) SetMarks(marks ...Mark) {
	e.marks = marks
	e.touch()
}

// SetStyles replaces the styles; on is the surface the text stands on.
func (e *Editor) SetStyles(styles style.Styles, on themes.Role) {
	e.styles, e.on = styles, on
	if e.find != nil {
		e.find.query.SetStyles(styles, on)
		e.find.with.SetStyles(styles, on)
	}
	e.touch()
}

// Focus says whether the editor has focus. Without it no cursor is shown.
func (e *Editor) Focus(focused bool) {
	if e.focused != focused {
		e.focused, e.completion, e.lastTyped = focused, nil, typedAt{}
		e.buffer.Break()
		if e.find != nil {
			e.focusFind()
		}
		if e.single {
			e.seen() // without focus it shows its beginning
		}
		e.touch()
	}
}

// SetSize says how many cells there are.
func (e *Editor) SetSize(w, h int) {
	if w != e.w || h != e.h {
		e.w, e.h = max(0, w), max(0, h)
		e.seen()
	}
}

// Cursor returns the cell of the cursor; ok is false when it is out of view or there is no focus.
func (e *Editor) Cursor() (x, y int, ok bool) {
	if e.find != nil {
		return e.findCursor()
	}
	r := e.cursorRow()
	x = e.gutter() + e.columnIn(r, e.buffer.Cursor()) - e.left
	y = slices.Index(e.shownRows(), r)
	return x, y, e.focused && y >= 0 && x >= e.gutter() && x < e.w
}

// Update takes keys, pastes and the mouse, and reports whether it was its business.
func (e *Editor) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if e.find != nil {
			e.findKey(msg)
			return true
		}
		if e.completionKey(msg.String()) {
			return true
		}
		version, open := e.buffer.Version(), e.Completion() != nil
		taken := e.press(msg)
		e.afterKey(msg, version, open)
		return taken
	case tea.PasteMsg:
		e.Paste(msg.Content)
		return true
	}
	return e.mouse(msg)
}

// press gives a key to the way of editing that is in force.
func (e *Editor) press(msg tea.KeyPressMsg) bool {
	if !e.keys.press(e, msg) {
		return false
	}
	e.seen()
	return true
}

// rows is how many lines of the text are seen: the find line takes the last one.
func (e *Editor) rows() int {
	if e.find != nil {
		return max(0, e.h-1)
	}
	return e.h
}

// touch makes the next view a new one.
func (e *Editor) touch() { e.view, e.shown = "", e.shown[:0] }

// seen is touch with the cursor brought into view.
func (e *Editor) seen() {
	e.touch()
	e.bring(e.cursorRow())
	if e.wrap {
		return
	}
	width := e.w - e.gutter()
	column := e.column(e.buffer.Cursor())
	// The cursor stands after the last character too, so it needs a cell there.
	e.left = max(0, column-width+1, min(e.left, column))
	if e.single {
		e.left = e.cutAt(column, width)
	}
}
