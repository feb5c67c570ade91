package widget

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"parley/ui/widget/text"
)

// The bytes around the cursor that a Completer gets of a line.
const (
	completeBefore = 8 << 10
	completeAfter  = 1 << 10
)

// Completion returns the list of ways to go on with what was typed last, or nil when there is none to show: any change
// and any move but those of typing close it.
func (e *Editor) Completion() *Completion {
	c := e.completion
	if c == nil || !e.focused || c.version != e.buffer.Version() || c.cursorAt != e.buffer.Cursor().Col || c.line != e.buffer.Cursor().Line {
		return nil
	}
	return c
}

// Takes reports whether a key is for the list of completions, or for the way of editing that is in force. Whoever gives
// keys a meaning of its own around an editor asks this first.
func (e *Editor) Takes(key string) bool {
	if c := e.Completion(); c != nil && c.Takes(key) {
		return true
	}
	return e.find == nil && e.focused && e.keys.takes(key)
}

// Complete lists every way to go on at the cursor, and reports whether there is any.
func (e *Editor) Complete() bool {
	e.closed = completed{}
	return e.suggest(true)
}

// Offer lists anew what can complete the text that was typed last: there may be more to offer now.
func (e *Editor) Offer() {
	if e.focused && e.lastTyped == (typedAt{e.buffer.Version(), e.buffer.Cursor()}) {
		e.suggest(false)
	}
}

// CloseCompletion closes the list; it does not come again for the same word.
func (e *Editor) CloseCompletion() {
	if c := e.Completion(); c != nil {
		e.closed = completed{c.line, c.from, true}
	}
	e.completion, e.lastTyped = nil, typedAt{}
}

// typedAt is the text and the cursor after a key that was typed; the zero value is after another one.
type typedAt struct {
	version int
	cursor  text.Pos
}

// completed names a text that was offered completions.
type completed struct {
	line, from int
	is         bool
}

// completionKey gives a key to the list, and reports whether it was for it.
func (e *Editor) completionKey(key string) bool {
	c := e.Completion()
	if c == nil || !c.Takes(key) {
		return false
	}
	switch key {
	case "up":
		c.move(-1)
	case "down":
		c.move(1)
	case "esc":
		e.CloseCompletion()
	default:
		e.accept(c)
	}
	return true
}

// cellsFrom is how many cells of the cursor's row are between a byte of its line and the cursor.
func (e *Editor) cellsFrom(from int) int {
	r, at := e.cursorRow(), e.buffer.Cursor()
	return e.columnIn(r, at) - e.columnIn(r, text.Pos{Line: at.Line, Col: max(from, r.from)})
}

// accept puts the candidate under the cursor in the place of what was typed.
func (e *Editor) accept(c *Completion) {
	e.completion = nil
	e.closed = completed{c.line, c.from, true}
	if c.list.cursor >= len(c.rows) {
		return
	}
	chosen := c.rows[c.list.cursor]
	e.buffer.MoveTo(text.Pos{Line: c.line, Col: c.from}, false)
	e.buffer.MoveTo(text.Pos{Line: c.line, Col: c.to}, true)
	e.buffer.Paste(e.fit(chosen.insert()))
	if at := e.buffer.Cursor(); chosen.Past != "" && strings.HasPrefix(e.buffer.Line(at.Line)[at.Col:], chosen.Past) {
		e.buffer.MoveTo(text.Pos{Line: at.Line, Col: at.Col + len(chosen.Past)}, false)
	}
	e.seen()
	if e.options.Accepted != nil {
		e.options.Accepted(chosen.Candidate)
	}
}

// afterKey opens, narrows or closes the list after a key: what is typed opens it, what deletes only narrows one that is
// open, and all else closes it.
func (e *Editor) afterKey(key tea.KeyPressMsg, version int, open bool) {
	if e.options.Complete == nil || e.keys.steady() {
		e.completion = nil
		return
	}
	changed := e.buffer.Version() != version
	_, deletes := deletions[key.String()]
	at := e.buffer.Cursor()
	if changed && at.Line == e.closed.line && at.Col <= e.closed.from {
		e.closed = completed{} // the word is gone that the list was closed on
	}
	// A letter may be a command, of which nothing stands before the cursor.
	types := key.Text != "" && strings.HasSuffix(e.buffer.Line(at.Line)[:at.Col], key.Text)
	if changed && (types || deletes && open) {
		e.lastTyped = typedAt{e.buffer.Version(), at}
		e.suggest(false)
		return
	}
	e.completion, e.lastTyped = nil, typedAt{}
}

// suggest asks for candidates at the cursor. By hand it lists them also where nothing was typed, and where the list was
// closed.
func (e *Editor) suggest(byHand bool) bool {
	before := e.completion
	e.completion = nil
	if from, to := e.buffer.Selection(); e.options.Complete == nil || from != to {
		return false
	}
	cursor := e.buffer.Cursor()
	whole := e.buffer.Line(cursor.Line)
	start := max(0, cursor.Col-completeBefore)
	line := whole[start:min(len(whole), cursor.Col+completeAfter)]
	found := e.options.Complete(line, cursor.Col-start)
	from, to := start+found.From, start+found.To
	if from < 0 || from > cursor.Col || to < cursor.Col || to > len(whole) {
		return false
	}
	typed := whole[from:cursor.Col]
	if utf8.RuneCountInString(typed) == 1 && !byHand {
		e.closed = completed{} // a word begins, where there was another one
	}
	if len(found.List) == 0 || e.closed.is && !byHand && e.closed == (completed{cursor.Line, from, true}) {
		return false
	}
	e.closed = completed{}
	rows := rank(found.List, typed)
	if len(rows) == 0 || len(rows) == 1 && rows[0].insert() == whole[from:to] && rows[0].Of == nil {
		return false
	}
	e.completion = &Completion{
		rows: rows, soft: true, whole: found.Whole || rows[0].Text == typed && rows[0].insert() == whole[from:to],
		from: from, to: to, line: cursor.Line, version: e.buffer.Version(), cursorAt: cursor.Col,
		typed: e.cellsFrom(from),
	}
	e.completion.list.resize(len(rows), completionRows)
	if before != nil && before.line == cursor.Line && before.from == from {
		e.completion.widest = before.widest
	}
	e.completion.measure()
	return true
}
