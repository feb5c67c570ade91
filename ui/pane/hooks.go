package pane

import (
	"regexp"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// hooks is the section of the scripts that a request runs: one editor for each event, of which one is seen. A hook that is
// in a file shows the file's name, and what is nothing but such a name is a file.
type hooks struct {
	request *collections.Request
	editors map[collections.HookEvent]*widget.Editor
	at      int // which event is seen
	// inherited are the hooks that run before the request's own, under the names of their events.
	inherited []Inherited
	styles    style.Styles
	focused   bool
	w, h      int
}

func newHooks(work later) *hooks {
	h := &hooks{request: &collections.Request{}, editors: map[collections.HookEvent]*widget.Editor{}}
	for _, event := range collections.HookEvents() {
		h.editors[event] = widget.NewEditor(style.Styles{}, widget.EditorOptions{
			Placeholder: "JavaScript, or the name of a file such as sign.js", Numbers: true,
			Highlight: func(line string) []widget.Span { return codeSpans(line, scriptWord) }, Later: work,
		})
		h.editors[event].SetPairs(codePairs)
	}
	return h
}

// scriptWord tells what JavaScript reads as something else than a name.
func scriptWord(word string) (themes.Role, bool) {
	switch word {
	case "true", "false", "null", "undefined":
		return themes.Literal, true
	case "const", "let", "var", "function", "return", "if", "else", "for", "while", "do", "of", "in", "new", "throw", "try",
		"catch", "finally", "typeof", "switch", "case", "default", "break", "continue", "class", "this", "async", "await", "delete":
		return themes.Keyword, true
	}
	return 0, false
}

func (h *hooks) event() collections.HookEvent { return collections.HookEvents()[h.at] }
func (h *hooks) editor() *widget.Editor       { return h.editors[h.event()] }

func (h *hooks) title() string { return "Hooks" }

// count tells how many events the request has a hook of its own for.
func (h *hooks) count() string {
	n := 0
	for _, event := range collections.HookEvents() {
		if h.request.Hooks.Of(event).IsSet() {
			n++
		}
	}
	return countOf(n)
}

// setRequest shows the first event that there is a hook for.
func (h *hooks) setRequest(q *collections.Request) {
	h.request, h.at = q, 0
	for i, event := range collections.HookEvents() {
		v := q.Hooks.Of(event)
		if v.IsSet() && !q.Hooks.Of(h.event()).IsSet() {
			h.at = i
		}
		h.editors[event].Reset(hookText(v))
	}
	h.setFocus(h.focused)
}

// hookText is a hook as one types it.
func hookText(v collections.Value) string {
	if file := (collections.Hook{Value: v}).File(); file.IsSet() {
		return file.Text
	}
	return v.Text
}

// fileName is what is no script worth running, and so the name of one.
var fileName = regexp.MustCompile(`^[^\s;(){}'"=]+\.m?js$`)

// hookValue is what was typed as a file has it.
func hookValue(typed string) collections.Value {
	switch {
	case strings.TrimSpace(typed) == "":
		return collections.Value{}
	case fileName.MatchString(typed):
		return tomldoc.TableOf(tomldoc.Pair{Key: "file", Value: collections.Str(typed)})
	default:
		return collections.Str(typed)
	}
}

func (h *hooks) store() {
	for event, e := range h.editors {
		if e.Text() != hookText(h.request.Hooks.Of(event)) {
			h.request.Hooks = h.request.Hooks.With(event, hookValue(e.Text()))
		}
	}
}

// inherit takes what runs before the request's own hooks.
func (h *hooks) inherit(list []Inherited) {
	h.inherited = list
	h.setSize(h.w, h.h)
}

// above lists those of the event that is seen.
func (h *hooks) above() []string {
	var list []string
	for _, from := range h.inherited {
		if from.Name == string(h.event()) {
			list = append(list, from.Scope+": "+from.Value)
		}
	}
	return list
}

// head is how many lines stand above the editor.
func (h *hooks) head() int {
	if len(h.above()) > 0 && h.h > 3 {
		return 2
	}
	return 1
}

func (h *hooks) setSize(w, height int) {
	h.w, h.h = w, height
	for _, e := range h.editors {
		e.SetSize(w, max(0, height-h.head()))
	}
}

func (h *hooks) setStyles(s style.Styles) {
	h.styles = s
	for _, e := range h.editors {
		e.SetStyles(s, themes.Background)
	}
}

func (h *hooks) setFocus(focused bool) {
	h.focused = focused
	for event, e := range h.editors {
		e.Focus(focused && event == h.event())
	}
}

// events is the line that names the events; a dot stands behind those that there is a hook for.
func (h *hooks) events() (spans []Span, starts []int) {
	x := 1
	spans = append(spans, Span{" ", themes.Text})
	for i, event := range collections.HookEvents() {
		text, role := string(event), themes.Muted
		if h.request.Hooks.Of(event).IsSet() {
			text += " •"
		}
		if i == h.at {
			role = themes.Accent
		}
		starts = append(starts, x)
		spans = append(spans, Span{text, role}, Span{"   ", themes.Text})
		x += columnsOf(text) + 3
	}
	return spans, starts
}

func (h *hooks) view() string {
	if h.h == 0 {
		return ""
	}
	row := widget.NewRow(h.styles, themes.Background, h.w)
	spans, _ := h.events()
	write(row, spans)
	row.Right(themes.Faint, "alt+↓ alt+↑ the next ")
	lines := []string{row.String()}
	if h.head() == 2 {
		text := " first " + strings.Join(h.above(), " · ")
		lines = append(lines, widget.NewRow(h.styles, themes.Background, h.w).Text(themes.Faint, text).String())
	}
	if h.h > h.head() {
		lines = append(lines, h.editor().View())
	}
	return strings.Join(lines, "\n")
}

func (h *hooks) cursor() (x, y int, ok bool) {
	x, y, ok = h.editor().Cursor()
	return x, y + h.head(), ok
}

func (h *hooks) setScope(template.Scope) {}
func (h *hooks) context() action.Context { return action.Editor }
func (h *hooks) enter(int)               {}
func (h *hooks) step(int) bool           { return false }
func (h *hooks) selected() string        { return h.editor().Selected() }

func (h *hooks) version() int {
	sum := 0
	for _, e := range h.editors {
		sum += e.Version()
	}
	return sum
}

func (h *hooks) text() (text, ext string, ok bool) { return h.editor().Text(), ".js", true }

func (h *hooks) setText(text string) {
	h.editor().SetText(text)
	h.store()
}

func (h *hooks) why() string { return "hooks." + string(h.event()) }

func (h *hooks) choose(i int) {
	h.at = (i + len(h.editors)) % len(h.editors)
	h.setSize(h.w, h.h)
	h.setFocus(h.focused)
}

func (h *hooks) do(id action.ID) bool {
	defer h.store()
	switch id {
	case action.RowDown:
		h.choose(h.at + 1)
	case action.RowUp:
		h.choose(h.at - 1)
	default:
		return editText(h.editor(), id)
	}
	return true
}

func (h *hooks) update(msg tea.Msg) bool {
	defer h.store()
	event, isMouse := msg.(tea.MouseMsg)
	if !isMouse {
		return h.editor().Update(msg)
	}
	at := event.Mouse()
	if _, clicked := msg.(tea.MouseClickMsg); clicked && at.Y == 0 {
		_, starts := h.events()
		for i := range starts {
			if at.X >= starts[i] && (i+1 == len(starts) || at.X < starts[i+1]) {
				h.choose(i)
			}
		}
		return true
	}
	return h.editor().Update(widget.MouseAt(event, at.X, at.Y-h.head()))
}

// InheritedHook is a hook as the request's pane lists it: a file's name, or how long the script is.
func InheritedHook(hook collections.Hook, scope string) Inherited {
	value := strconv.Itoa(1+strings.Count(strings.TrimSpace(hook.Value.Text), "\n")) + " lines"
	if value == "1 lines" {
		value = strings.TrimSpace(hook.Value.Text)
	}
	if file := hook.File(); file.IsSet() {
		value = file.Text
	}
	return Inherited{Name: string(hook.Event), Value: value, Scope: scope}
}
