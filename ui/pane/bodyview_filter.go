package pane

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore/content/filter"
	"parley/ui/action"
	"parley/ui/document"
	"parley/ui/style"
	"parley/ui/widget"
)

// filterLine is the expression that a body is filtered by, and the line that says it.
type filterLine struct {
	input    *widget.Editor
	open     bool   // the line is shown
	typing   bool   // it has the keys
	language string // the person's choice; "" is what is guessed
	applied  string // what was typed when it was read last
	run      *filterRun
	// from is the run whose result is looked at, nil while the body is. It may be older than run: what an expression has
	// selected stays as long as the one that is typed selects nothing.
	from   *filterRun
	result *subject
	// problem is what is wrong with the expression, caret the byte of it where; -1 for nowhere.
	problem string
	caret   int
	// wants is what enter is for: what has to be agreed to before the expression is run.
	wants  string
	recent filterMemoryOf
	// again is what the content before was filtered by, which the next one is too; due says that it has still to be applied.
	again keptFilter
	due   bool
}

// keptFilter is an expression and the language that a person chose for it.
type keptFilter struct{ typed, language string }

// kept is the filter that is on, to be applied to what comes next.
func (f *filterLine) kept() keptFilter {
	if !f.open {
		return keptFilter{}
	}
	return keptFilter{strings.TrimSpace(f.input.Text()), f.language}
}

func newFilterLine() filterLine {
	return filterLine{input: widget.NewInput(style.Styles{}, widget.EditorOptions{Placeholder: "$.path, jq, /xpath or !command"}), caret: -1}
}

func (b *bodyView) startFilter() {
	if b.body == nil {
		return
	}
	f := &b.filter
	b.stopTyping()
	f.open, f.typing = true, true
	f.recent.begin()
	f.input.Focus(true)
	b.layout()
}

// filterAgain filters the content as the one before it was: whoever sends a request again wants to see the same part. A
// command still waits to be agreed to.
func (b *bodyView) filterAgain() {
	f := &b.filter
	if f.again.typed == "" {
		return
	}
	f.input.Reset(f.again.typed)
	f.language, f.open, f.due, f.again = f.again.language, true, true, keptFilter{}
	b.layout()
}

func (b *bodyView) doFilterLine(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape:
		b.endFilter()
	case action.Next, action.Method:
		return b.cycleLanguage(1), true
	case action.Previous:
		return b.cycleLanguage(-1), true
	default:
		return nil, editText(b.filter.input, id)
	}
	return nil, true
}

func (b *bodyView) filterKey(key tea.KeyPressMsg) tea.Cmd {
	f := &b.filter
	switch key.String() {
	case "enter":
		return b.enterFilter()
	case "up", "down":
		by := 1
		if key.String() == "down" {
			by = -1
		}
		if typed, ok := f.recent.recall(f.input.Text(), by); ok {
			f.input.Reset(typed)
			f.language = ""
		}
	default:
		f.input.Update(key)
	}
	return b.applyFilter()
}

// enterFilter runs what waits for it, else goes back to the body, whose result stays.
func (b *bodyView) enterFilter() tea.Cmd {
	f := &b.filter
	if f.wants != "" {
		return b.agreeToFilter()
	}
	if strings.TrimSpace(f.input.Text()) == "" {
		b.endFilter()
		return nil
	}
	f.recent.add(f.input.Text())
	f.typing = false
	f.input.Focus(false)
	b.layout()
	return nil
}

// endFilter forgets the filter and shows the body where it was left.
func (b *bodyView) endFilter() {
	f := &b.filter
	if f.from != nil && f.problem == "" {
		f.recent.add(f.from.typed)
	}
	b.showBody()
	b.dropRun()
	f.open, f.typing, f.language, f.applied = false, false, "", ""
	f.problem, f.caret, f.wants = "", -1, ""
	f.input.Reset("")
	f.input.Focus(false)
	b.layout()
}

// showBody puts the body in the place of a result.
func (b *bodyView) showBody() {
	f := &b.filter
	if f.result == nil {
		return
	}
	b.endSearch()
	b.pager.SetView(nil, "")
	b.image.close()
	f.result.close()
	f.closeRun(f.from)
	f.result, f.from = nil, nil
	b.see()
}

// dropRun ends the newest run, unless its result is what is looked at.
func (b *bodyView) dropRun() {
	f := &b.filter
	if f.run != nil && f.run != f.from {
		f.closeRun(f.run)
	}
	f.run = nil
}

// closeRun forgets a run. That its file cannot be removed is said, and changes nothing else.
func (f *filterLine) closeRun(r *filterRun) {
	if err := r.close(); err != nil {
		f.problem, f.caret = err.Error(), -1
	}
}

// languageOf is the language of what is typed, and where in it the expression begins.
func (b *bodyView) languageOf(typed string) (filter.Language, int) {
	name, start := filter.Guess(typed, b.body.document.Kind())
	if chosen := b.filter.language; chosen != "" {
		if name != chosen { // the mark of another language is none of the expression's
			start = 0
		}
		name = chosen
	}
	languages := filter.Languages()
	i := slices.IndexFunc(languages, func(l filter.Language) bool { return l.Name == name })
	return languages[max(i, 0)], start
}

func (b *bodyView) cycleLanguage(by int) tea.Cmd {
	languages := filter.Languages()
	now, _ := b.languageOf(b.filter.input.Text())
	i := slices.IndexFunc(languages, func(l filter.Language) bool { return l.Name == now.Name })
	b.filter.language = languages[(i+by+len(languages))%len(languages)].Name
	return b.applyFilter()
}

// applyFilter reads what is typed, and runs it if nothing has to be agreed to first.
func (b *bodyView) applyFilter() tea.Cmd {
	f := &b.filter
	language, start := b.languageOf(f.input.Text())
	typed := f.input.Text()
	if key := language.Name + " " + typed; key == f.applied {
		return nil
	} else {
		f.applied = key
	}
	before := f.run
	b.dropRun()
	f.problem, f.caret, f.wants = "", -1, ""
	defer b.layout()
	if strings.TrimSpace(typed[start:]) == "" {
		b.showBody()
		return nil
	}
	compiled, err := b.compile(language, typed, start)
	if err != nil {
		return nil
	}
	if f.wants = b.wanted(language, compiled); f.wants != "" {
		return nil
	}
	return b.runFilter(language, typed, compiled, before)
}

func (b *bodyView) compile(language filter.Language, typed string, start int) (filter.Filter, error) {
	f := &b.filter
	if kind := b.body.document.Kind(); !language.Reads(kind) {
		f.problem = fmt.Sprintf("%s is not for %s: tab takes another language, T another kind", language.Title, kind)
		return nil, errors.New(f.problem)
	}
	compiled, err := filter.Compile(language.Name, typed[start:])
	if err == nil {
		return compiled, nil
	}
	f.problem = err.Error()
	if syntax, ok := errors.AsType[*filter.SyntaxError](err); ok {
		f.problem, f.caret = syntax.Msg, start+syntax.Offset
	}
	return nil, err
}

// liveMost is the size up to which a filter that needs the whole body in memory follows each key.
const liveMost = 16 << 20

// wanted says what has to be agreed to before a filter runs, or waited for.
func (b *bodyView) wanted(language filter.Language, f filter.Filter) string {
	size := b.body.document.Source().Size()
	whole := f.Memory(liveMost) > 0
	done, _ := b.body.document.Source().Done()
	switch {
	case language.Runs:
		return "enter runs it on this machine, on the body"
	case whole && !done:
		return fmt.Sprintf("%s waits for the end of the body", language.Title)
	case whole && size > liveMost:
		return fmt.Sprintf("%s needs about %s for this body · enter runs it", language.Title, Bytes(f.Memory(size)))
	}
	return ""
}

// agreeToFilter runs what waited for enter. A command is named and asked about once more.
func (b *bodyView) agreeToFilter() tea.Cmd {
	f := &b.filter
	typed := f.input.Text()
	language, start := b.languageOf(typed)
	compiled, err := b.compile(language, typed, start)
	if err != nil {
		return nil
	}
	asked := b.body
	run := func() tea.Cmd {
		if b.body != asked {
			return b.host.Notify(isAnother())
		}
		if f.input.Text() != typed || !f.open {
			return nil
		}
		before := f.run
		b.dropRun()
		f.wants = ""
		b.layout()
		f.recent.add(typed)
		return b.runFilter(language, typed, compiled, before)
	}
	if !language.Runs {
		if done, _ := b.body.document.Source().Done(); !done {
			return nil
		}
		return run()
	}
	b.host.Ask("Run this command?", shown(strings.TrimSpace(typed[start:]), 1000),
		Answer{Key: "r", Label: "run it, with " + Bytes(b.response.Body.Size()) + " of body as its input", Danger: true, Run: run})
	return nil
}

// runFilter starts a run and shows what it selects as soon as there is something.
func (b *bodyView) runFilter(language filter.Language, typed string, compiled filter.Filter, before *filterRun) tea.Cmd {
	in := filter.Input{Source: b.body.document.Source(), Kind: b.body.document.Kind(), Charset: "utf-8"}
	if language.Runs {
		in.Source, in.Charset = b.response.Body, "" // a program gets the bytes as they came
	}
	run := startFilter(language, typed, compiled, in, before)
	b.filter.run = run
	return b.host.Background(func() func() tea.Cmd {
		run.await()
		return func() tea.Cmd { return b.selectedSome(run) }
	})
}

// selectedSome shows what a run has selected so far, and again what it is when the run is over.
func (b *bodyView) selectedSome(run *filterRun) tea.Cmd {
	if b.filter.run != run {
		return nil
	}
	if run.over() {
		b.filtered(run)
		return nil
	}
	b.showResult(run)
	return b.host.Background(func() func() tea.Cmd {
		<-run.ended
		return func() tea.Cmd {
			if b.filter.run == run {
				b.filtered(run)
			}
			return nil
		}
	})
}

// filtered shows what a run came to. One that failed and has selected nothing leaves what is seen alone.
func (b *bodyView) filtered(run *filterRun) {
	f := &b.filter
	if run.err != nil {
		f.problem, f.caret = run.err.Error(), -1
	}
	if run.err == nil || run.store.Size() > 0 {
		b.showResult(run)
	}
	b.layout()
}

// showResult puts what a run selects in the place of what is looked at.
func (b *bodyView) showResult(run *filterRun) {
	f := &b.filter
	if f.from == run && f.result.document.Kind() == run.kind() {
		return
	}
	b.endSearch()
	b.leave()
	b.pager.SetView(nil, "")
	old, from := f.result, f.from
	f.result = newSubject(document.Open(b.masked(run.store), document.Options{Kind: run.kind()}), b.host.Redraw)
	f.from = run
	if old != nil {
		b.image.close()
		if from == run { // only its kind was not known yet
			f.result.cursor, f.result.top = old.cursor, old.top
		}
		old.close()
		if from != run {
			f.closeRun(from)
		}
	}
	b.see()
}

// leave keeps the place of what is looked at, to come back to.
func (b *bodyView) leave() {
	s := b.seen()
	s.cursor, s.top = b.pager.Position()
}

// waitsForEnd reports whether the filter can be read anew because the body is there.
func (b *bodyView) waitsForEnd() bool {
	if b.filter.wants == "" {
		return false
	}
	language, _ := b.languageOf(b.filter.input.Text())
	done, _ := b.body.document.Source().Done()
	return done && !language.Runs && !strings.Contains(b.filter.wants, "enter")
}

// isResult reports whether what is looked at is what a filter has selected.
func (b *bodyView) isResult() bool { return b.filter.result != nil }

// resultText says what a result is, behind its kind.
func (f *filterLine) resultText() string {
	text := "result of " + f.from.language.Title
	if f.from.language.Name == filter.JQ {
		text += ", keys sorted"
	}
	return text
}
