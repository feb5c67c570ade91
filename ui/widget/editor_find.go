package widget

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/widget/text"
)

// findBar is the line at the foot of an editor in which one says what to search for and what to put in its place. While it
// is shown it has the keys.
type findBar struct {
	query, with *Editor
	replacing   bool // there is a place for the replacement
	inWith      bool // which has the cursor
	search      *text.Search
	problem     string
	origin      text.Pos // where the cursor was as the search began
	tally       text.Tally
	told        string // what became of a replacement
	replaced    bool   // the last thing done was to replace: undo is of that
	counting    bool
	counted     countOf
	stop        context.CancelFunc // what is replaced in the background; nil: nothing is
}

// countOf is what a tally is of.
type countOf struct {
	search  *text.Search
	version int
	at      text.Pos
}

// Searchable reports whether the editor has a find line: one of a single line has none.
func (e *Editor) Searchable() bool { return !e.single }

// Finding reports whether the find line is shown.
func (e *Editor) Finding() bool { return e.find != nil }

// Replacing reports whether the find line has a place for a replacement.
func (e *Editor) Replacing() bool { return e.find != nil && e.find.replacing }

// StartFind shows the find line, with what is selected in a line as what to search for. If it is shown already, it goes
// to the next hit.
func (e *Editor) StartFind() {
	if e.single {
		return
	}
	if e.find != nil {
		e.FindNext(false)
		return
	}
	f := &findBar{origin: e.buffer.Cursor()}
	f.query = NewInput(e.styles, EditorOptions{Placeholder: "text, or /regular expression/"})
	f.with = NewInput(e.styles, EditorOptions{Placeholder: "replace by"})
	e.find = f
	if from, to := e.selection(); from != to && from.Line == to.Line {
		f.query.Reset(e.buffer.Text(from, to))
		f.origin = from
	} else {
		f.query.Reset(e.searched)
	}
	f.query.SelectAll()
	e.focusFind()
	e.look()
	e.seen()
}

// StartReplace shows the find line with a place for the replacement. If that is shown already, it replaces every hit.
func (e *Editor) StartReplace() {
	if e.Replacing() {
		e.replaceAll()
		return
	}
	if e.find == nil {
		e.StartFind()
	}
	if e.find != nil {
		e.find.replacing = true
		e.find.inWith = e.find.search != nil && e.find.problem == ""
		e.focusFind()
		e.touch()
	}
}

// EndFind takes the find line away.
func (e *Editor) EndFind() {
	if e.find != nil {
		e.find.cancel()
		e.find = nil
		e.keys.found(e)
		e.seen()
	}
}

// FindNext goes to the next hit of what was searched last, or the one before. It reports whether there is one.
func (e *Editor) FindNext(backwards bool) bool {
	search := e.search()
	if search == nil {
		return false
	}
	from, to := e.buffer.Selection()
	if backwards {
		to = from
	} else if from == to && e.keys.steady() {
		to.Col = text.Next(e.buffer.Line(to.Line), to.Col) // a cursor that stands on the hit
	}
	found := e.buffer.Find(search, to, backwards)
	e.keys.found(e)
	e.seen()
	e.count()
	return found
}

// search is what is searched for, or was last.
func (e *Editor) search() *text.Search {
	if e.find != nil {
		return e.find.search
	}
	search, err := text.NewSearch(e.searched)
	if err != nil {
		return nil
	}
	return search
}

// focusFind gives the cursor to one of the two fields.
func (e *Editor) focusFind() {
	f := e.find
	f.query.Focus(e.focused && !f.inWith)
	f.with.Focus(e.focused && f.inWith)
}

// look reads what was typed and goes to the first hit from where the search began.
func (e *Editor) look() {
	f := e.find
	e.searched = f.query.Text()
	f.search, f.problem, f.told, f.tally = nil, "", "", text.Tally{}
	e.buffer.MoveTo(f.origin, false)
	if e.searched == "" {
		return
	}
	search, err := text.NewSearch(e.searched)
	if err != nil {
		f.problem = err.Error()
		return
	}
	f.search = search
	e.buffer.Find(search, f.origin, false)
	e.count()
}

// smallText is up to how many bytes a whole text is read at a key; what is larger is read in the background.
const smallText = 64 << 10

// count counts the hits, beside what is typed if there is much to read.
func (e *Editor) count() {
	f := e.find
	if f == nil || f.search == nil || f.counting {
		return
	}
	from, _ := e.buffer.Selection()
	of := countOf{f.search, e.buffer.Version(), from}
	if of == f.counted {
		return
	}
	lines, search := e.buffer.Snapshot(), f.search
	f.counting = true
	e.later(func() func() {
		tally := search.Count(lines, from)
		return func() {
			f.counting = false
			f.tally, f.counted = tally, of
			e.touch()
			if e.find == f {
				e.count()
			}
		}
	})
}

// later does work in the background if the text is large and there is somebody to do it, else at once.
func (e *Editor) later(work func() func()) {
	if e.options.Later == nil || e.buffer.Small(smallText) {
		work()()
		return
	}
	e.options.Later(work)
}

// findKey takes a key while the find line is shown.
func (e *Editor) findKey(msg tea.KeyPressMsg) {
	f := e.find
	switch key := msg.String(); {
	case key == "enter" && f.inWith:
		e.replaceOne()
	case key == "enter" && !f.replacing && e.keys.steady():
		e.EndFind() // as vim does
	case key == "enter", key == "down":
		e.FindNext(false)
	case key == "up":
		e.FindNext(true)
	case (key == "tab" || key == "shift+tab") && f.replacing:
		f.inWith = !f.inWith
		e.focusFind()
	case key == "tab", key == "shift+tab":
	case f.inWith:
		f.replaced, f.problem = false, ""
		f.with.Update(msg)
	default:
		e.queryChanged(func() { f.query.Update(msg) })
	}
	e.touch()
}

// queryChanged searches anew if the query is another after an edit.
func (e *Editor) queryChanged(edit func()) {
	version := e.find.query.Version()
	edit()
	if e.find.query.Version() != version {
		e.find.replaced = false
		e.look()
		e.seen()
	}
}

// pasteFind takes a paste while the find line is shown.
func (e *Editor) pasteFind(s string) {
	f := e.find
	if f.inWith {
		f.with.Paste(s)
	} else {
		e.queryChanged(func() { f.query.Paste(s) })
	}
	e.touch()
}

func (e *Editor) replaceOne() {
	f := e.find
	if f.search == nil {
		return
	}
	replaced, err := e.buffer.Replace(f.search, f.with.Text())
	if err != nil {
		f.problem = err.Error()
	}
	f.replaced = replaced || f.replaced
	e.seen()
	e.count()
}

// replaceAll replaces every hit as one step. In a long text that takes a while; to leave the find line gives it up.
func (e *Editor) replaceAll() {
	f := e.find
	if f.search == nil || f.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	f.stop, f.problem = stop, ""
	search, with, lines, version := f.search, f.with.Text(), e.buffer.Snapshot(), e.buffer.Version()
	e.later(func() func() {
		r, err := search.ReplaceIn(ctx, lines, with)
		return func() {
			if ctx.Err() != nil {
				return
			}
			f.cancel()
			if err != nil {
				f.problem = err.Error()
				e.touch()
				return
			}
			if e.buffer.Version() != version {
				f.problem = "the text has changed meanwhile"
				e.touch()
				return
			}
			e.buffer.Apply(r)
			f.origin, f.replaced = e.buffer.Cursor(), true
			f.told = strconv.Itoa(r.Count) + " replaced"
			e.seen()
			e.count()
		}
	})
}

// cancel gives up what is replaced in the background.
func (f *findBar) cancel() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
}

// findField is the field of the find line that has the cursor, for undo and redo.
func (f *findBar) field() *Editor {
	if f.inWith {
		return f.with
	}
	return f.query
}

// status tells what was found.
func (f *findBar) status() (string, themes.Role) {
	switch {
	case f.problem != "":
		return f.problem, themes.Error
	case f.stop != nil:
		return "replacing · esc gives it up", themes.Muted
	case f.told != "" && f.tally.Of == 0:
		return f.told, themes.Muted
	case f.search == nil:
		return "", themes.Muted
	case f.counted.search != f.search:
		return "…", themes.Muted
	case f.tally.Of == 0:
		return "not found", themes.Warning
	}
	of := strconv.Itoa(f.tally.Of)
	if f.tally.More {
		of += "+"
	}
	if f.tally.At > 0 {
		of = strconv.Itoa(f.tally.At) + " of " + of
	} else if f.tally.Of > 1 {
		of += " hits"
	} else {
		of += " hit"
	}
	return of, themes.Muted
}

// hint names the keys of the find line.
func (f *findBar) hint() string {
	switch {
	case f.inWith:
		return " · enter replaces"
	case f.replacing:
		return " · tab · ↓ ↑"
	}
	return " · ↓ ↑"
}

const (
	findLead = " / "
	withLead = " → "
)

// layout says how many cells the two fields have.
func (f *findBar) layout(w int) (query, with int, status string, role themes.Role) {
	status, role = f.status()
	if status != "" && role == themes.Muted && w >= 40 {
		status += f.hint()
	}
	room := max(0, w-len(findLead))
	if status != "" {
		if most := room / 2; safe.Width(status) > most {
			status = safe.Truncate(status, most)
		}
		room = max(0, room-safe.Width(status)-2)
	}
	if !f.replacing {
		return room, 0, status, role
	}
	room = max(0, room-3)
	with = room / 2
	return room - with, with, status, role
}

// findLine draws the find line.
func (e *Editor) findLine() string {
	f := e.find
	query, with, status, role := f.layout(e.w)
	f.query.SetSize(query, 1)
	f.with.SetSize(with, 1)
	lead := min(len(findLead), e.w)
	line := NewRow(e.styles, e.on, lead).Text(themes.Accent, findLead).String() + f.query.View()
	used := lead + query
	if f.replacing {
		arrow := min(3, e.w-used)
		line += NewRow(e.styles, e.on, arrow).Text(themes.Accent, withLead).String() + f.with.View()
		used += arrow + with
	}
	return line + NewRow(e.styles, e.on, e.w-used).Right(role, status+" ").String()
}

// findCursor returns the cell of the cursor in the find line.
func (e *Editor) findCursor() (x, y int, ok bool) {
	f := e.find
	x, _, ok = f.field().Cursor()
	x += len(findLead)
	if f.inWith {
		query, _, _, _ := f.layout(e.w)
		x += query + 3
	}
	return x, e.h - 1, ok && x < e.w && e.h > 0
}

// clickFind puts the cursor into one of the fields.
func (e *Editor) clickFind(x int) {
	f := e.find
	query, _, _, _ := f.layout(e.w)
	f.inWith = f.replacing && x >= len(findLead)+query
	e.focusFind()
	e.touch()
}

// hits returns what is found in a part of a line, as spans to be drawn.
func (e *Editor) hits(n int, line string, from, to int) []Span {
	if e.find == nil || e.find.search == nil {
		return nil
	}
	first, last := e.buffer.Selection()
	const longest = 1 << 10 // what begins further before what is seen is not looked for
	start := 0
	if len(line) > longLine {
		start = max(0, from-longest)
		line = line[:min(len(line), to+longest)]
	}
	var spans []Span
	e.find.search.Each(line, start, func(a, b int) bool {
		role := themes.Search
		if first == (text.Pos{Line: n, Col: a}) && last == (text.Pos{Line: n, Col: b}) {
			role = themes.Current
		}
		if b > from {
			spans = append(spans, Span{a, b, role})
		}
		return a < to
	})
	return spans
}
