package pane

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// bodyKinds are the kinds of bodies in the order they are offered.
var bodyKinds = []collections.BodyKind{
	collections.BodyNone, collections.BodyJSON, collections.BodyText, collections.BodyForm, collections.BodyMultipart, collections.BodyFile,
	collections.BodyGraphQL,
}

var bodyWords = map[collections.BodyKind]string{
	collections.BodyNone: "None", collections.BodyJSON: "JSON", collections.BodyText: "Text", collections.BodyForm: "Form",
	collections.BodyMultipart: "Multipart", collections.BodyFile: "File", collections.BodyGraphQL: "GraphQL",
}

// bodySection edits the content of a request: a line to choose its kind, and below it an editor, a table or a path.
type bodySection struct {
	request *collections.Request
	kinds   strip
	content *widget.Editor
	fields  *grid
	path    *widget.Editor
	graphQL *graphQL
	lint    lint
	scope   template.Scope
	styles  style.Styles
	focused bool
	w, h    int
	// kept holds what was written for other kinds, so that a look at another kind loses nothing.
	kept    map[collections.BodyKind]collections.Body
	changes int
}

func newBody(work later) *bodySection {
	b := &bodySection{request: &collections.Request{}}
	for _, kind := range bodyKinds {
		b.kinds.titles = append(b.kinds.titles, bodyWords[kind])
	}
	b.content = widget.NewEditor(style.Styles{}, widget.EditorOptions{Placeholder: "The content of the request", Numbers: true, Highlight: b.highlight, EndsInside: endsInString, Complete: b.complete, Later: work})
	b.lint = lint{editor: b.content, later: work}
	b.fields = newFields(b)
	b.path = widget.NewInput(style.Styles{}, widget.EditorOptions{Placeholder: "path of the file, relative to this request's", Highlight: b.highlight, Complete: b.complete})
	b.graphQL = newGraphQL(b.highlight, func(line string) []widget.Span { return overlay(jsonSpans(line), variableSpans(line, b.scope)) }, b.complete, work)
	return b
}

func (b *bodySection) title() string { return "Body" }

func (b *bodySection) count() string {
	if b.kind() == collections.BodyNone {
		return ""
	}
	return string(b.kind())
}

func (b *bodySection) kind() collections.BodyKind { return b.request.Body.Kind }

func (b *bodySection) setRequest(q *collections.Request) {
	b.request = q
	b.kept = map[collections.BodyKind]collections.Body{}
	b.fill()
}

// fill shows the request's content in the widget that fits its kind.
func (b *bodySection) fill() {
	body := b.request.Body
	b.kinds.at = max(0, slices.Index(bodyKinds, body.Kind))
	switch body.Kind {
	case collections.BodyForm:
		b.fields.set(toRows(body.Form))
	case collections.BodyMultipart:
		b.fields.set(partRows(body.Parts))
	case collections.BodyFile:
		b.path.Reset(body.Content.Text)
	case collections.BodyGraphQL:
		b.graphQL.set(body.GraphQL)
	default:
		b.content.Reset(body.Content.Text)
		b.content.SetPairs("")
		if body.Kind == collections.BodyJSON {
			b.content.SetPairs(jsonPairs)
		}
	}
	b.lint.renew()
	b.mark()
	b.setFocus(b.focused)
}

// choose changes the kind; what was written for the one before is there when it is chosen again.
func (b *bodySection) choose(kind collections.BodyKind) {
	before := b.request.Body
	if kind == before.Kind {
		return
	}
	b.kept[before.Kind] = before
	after, ok := b.kept[kind]
	if !ok {
		after = collections.Body{Kind: kind}
		if isText(kind) && isText(before.Kind) {
			after.Content = before.Content
		}
	}
	b.request.Body = after
	b.changes++
	b.fill()
}

func isText(kind collections.BodyKind) bool {
	return kind == collections.BodyJSON || kind == collections.BodyText
}

func (b *bodySection) setScope(scope template.Scope) { b.scope = scope }

func (b *bodySection) setSize(w, h int) {
	b.w, b.h = w, h
	b.content.SetSize(w, max(0, h-1))
	b.fields.setSize(w, max(0, h-1))
	b.path.SetSize(max(0, w-2), 1)
	b.graphQL.setSize(w, max(0, h-1))
}

func (b *bodySection) setStyles(s style.Styles) {
	b.styles = s
	b.content.SetStyles(s, themes.Background)
	b.fields.setStyles(s)
	b.path.SetStyles(s, themes.Background)
	b.graphQL.setStyles(s)
}

func (b *bodySection) setFocus(focused bool) {
	b.focused = focused
	if focused && b.kind() == collections.BodyNone {
		b.kinds.focused = true // there is nothing else
	}
	own := focused && !b.kinds.focused
	b.content.Focus(own && b.editor() == b.content)
	b.path.Focus(own && b.editor() == b.path)
	b.graphQL.focus(own && b.kind() == collections.BodyGraphQL)
	b.fields.setFocus(own && b.tabled())
	b.store()
}

// tabled reports whether the content is a list of fields.
func (b *bodySection) tabled() bool {
	return b.kind() == collections.BodyForm || b.kind() == collections.BodyMultipart
}

func (b *bodySection) inCell() bool { return b.tabled() && b.fields.inCell() }

// editor returns the editor that shows the content, or nil when a table or nothing does.
func (b *bodySection) editor() *widget.Editor {
	switch b.kind() {
	case collections.BodyNone, collections.BodyForm, collections.BodyMultipart:
		return nil
	case collections.BodyFile:
		return b.path
	case collections.BodyGraphQL:
		return b.graphQL.editor()
	default:
		return b.content
	}
}

func (b *bodySection) view() string {
	head := widget.NewRow(b.styles, themes.Background, b.w).Space(1)
	for _, s := range b.kinds.spans(b.w - 1) {
		head.Text(s.Role, s.Text)
	}
	view := head.String()
	switch {
	case b.h <= 1:
		return view
	case b.tabled():
		return view + "\n" + b.fields.view()
	case b.kind() == collections.BodyFile:
		return view + "\n" + b.styles.Paint(themes.Muted, themes.Background, "@ ") + b.path.View() + b.blank(b.h-2)
	case b.kind() == collections.BodyGraphQL:
		return view + "\n" + b.graphQL.view()
	case b.editor() != nil:
		return view + "\n" + b.content.View()
	case b.h <= 2:
		return view + b.blank(b.h-1)
	default:
		return view + "\n" + b.nothing() + b.blank(b.h-2)
	}
}

// nothing says how a body is begun.
func (b *bodySection) nothing() string {
	return widget.NewRow(b.styles, themes.Background, b.w).Space(1).Text(themes.Muted, "No body is sent. ← → choose its kind, enter begins JSON").String()
}

func (b *bodySection) blank(rows int) string {
	text := ""
	for range rows {
		text += "\n" + widget.NewRow(b.styles, themes.Background, b.w).String()
	}
	return text
}

func (b *bodySection) cursor() (x, y int, ok bool) {
	switch {
	case b.kinds.focused:
		return 0, 0, false
	case b.tabled():
		x, y, ok = b.fields.cursor()
	case b.kind() == collections.BodyFile:
		x, y, ok = b.path.Cursor()
		x += 2
	case b.kind() == collections.BodyGraphQL:
		x, y, ok = b.graphQL.cursor()
	case b.editor() != nil:
		x, y, ok = b.content.Cursor()
	}
	return x, y + 1, ok
}

func (b *bodySection) context() action.Context {
	switch {
	case b.kinds.focused, b.kind() == collections.BodyNone:
		return action.List
	case b.tabled():
		return b.fields.context()
	case b.kind() == collections.BodyFile:
		return action.Field
	default:
		return action.Editor
	}
}

func (b *bodySection) version() int {
	return b.changes + b.content.Version() + b.fields.version() + b.path.Version() + b.graphQL.version()
}

func (b *bodySection) selected() string {
	if e := b.editor(); e != nil {
		return e.Selected()
	}
	return b.fields.selected()
}

func (b *bodySection) text() (text, extension string, ok bool) {
	switch b.kind() {
	case collections.BodyJSON:
		return b.content.Text(), ".json", true
	case collections.BodyGraphQL:
		return b.graphQL.editor().Text(), [...]string{".graphql", ".json", ".txt"}[b.graphQL.at], true
	case collections.BodyText:
		return b.content.Text(), ".txt", true
	case collections.BodyForm, collections.BodyMultipart:
		return b.fields.external(), ".txt", true
	default:
		return "", "", false
	}
}

func (b *bodySection) setText(text string) {
	if b.tabled() {
		b.fields.setExternal(text)
	} else if e := b.editor(); e != nil {
		e.SetText(text)
	}
	b.store()
}

// enter begins at the line of kinds, or at its end in the content.
func (b *bodySection) enter(by int) { b.kinds.focused = by > 0 }

// step goes from the line of kinds to the content and back.
func (b *bodySection) step(by int) bool {
	if b.kinds.focused == (by < 0) || b.kind() == collections.BodyNone {
		b.kinds.focused = false
		return false
	}
	b.kinds.focused = by < 0
	b.setFocus(b.focused)
	return true
}

func (b *bodySection) do(id action.ID) bool {
	defer b.store()
	switch {
	case b.kind() == collections.BodyGraphQL && !b.kinds.focused && (id == action.RowDown || id == action.RowUp):
		by := 1
		if id == action.RowUp {
			by = -1
		}
		b.graphQL.step(by)
		b.setFocus(b.focused)
		return true
	case b.tabled() && (id == action.RowAdd || id == action.RowsAsText):
		b.kinds.focused = false
		b.setFocus(b.focused)
		return b.fields.do(id)
	case b.kinds.focused || b.kind() == collections.BodyNone:
		return b.doKinds(id)
	case b.tabled():
		return b.fields.do(id)
	default:
		if b.kind() == collections.BodyFile && (id == action.Next || id == action.Previous) {
			return false
		}
		return editText(b.editor(), id)
	}
}

func (b *bodySection) doKinds(id action.ID) bool {
	switch id {
	case action.Left:
		b.choose(bodyKinds[(b.kinds.at+len(bodyKinds)-1)%len(bodyKinds)])
	case action.Right, action.Toggle:
		b.choose(bodyKinds[(b.kinds.at+1)%len(bodyKinds)])
	case action.Down, action.Open:
		if b.kind() == collections.BodyNone {
			b.choose(collections.BodyJSON)
		}
		b.kinds.focused = false
		b.setFocus(b.focused)
	default:
		return false
	}
	return true
}

func (b *bodySection) update(msg tea.Msg) bool {
	defer b.store()
	if event, ok := msg.(tea.MouseMsg); ok {
		at := event.Mouse()
		if _, clicked := msg.(tea.MouseClickMsg); clicked && at.Y == 0 {
			if i, ok := b.kinds.hit(at.X - 1); ok {
				b.choose(bodyKinds[i])
				b.kinds.focused = false
				b.setFocus(b.focused)
			}
			return true
		}
		if _, clicked := msg.(tea.MouseClickMsg); clicked && b.kinds.focused && b.kind() != collections.BodyNone {
			b.kinds.focused = false
			b.setFocus(b.focused)
		}
		msg = widget.MouseAt(event, at.X, at.Y-1)
	}
	switch {
	case b.kinds.focused || b.kind() == collections.BodyNone:
		return false
	case b.tabled():
		return b.fields.update(msg)
	case b.kind() == collections.BodyGraphQL:
		return b.graphQL.update(msg)
	default:
		return b.editor().Update(msg)
	}
}

// store writes what the widgets say into the request.
func (b *bodySection) store() {
	body := &b.request.Body
	switch body.Kind {
	case collections.BodyNone:
		return
	case collections.BodyForm:
		body.Form = fromRows(b.fields.rows(), body.Form)
	case collections.BodyMultipart:
		body.Parts = fromPartRows(b.fields.rows(), body.Parts)
	case collections.BodyFile:
		keepText(&body.Content, b.path.Text())
	case collections.BodyGraphQL:
		b.graphQL.store(&body.GraphQL)
	default:
		keepText(&body.Content, b.content.Text())
	}
	b.mark()
}

// keepText puts a text into a value that says the kind of the body by being there, so that it stays when it is empty.
func keepText(v *collections.Value, text string) {
	if !v.IsSet() || v.Text != text {
		*v = collections.Str(text)
	}
}

// mark shows where the JSON is wrong.
func (b *bodySection) mark() { b.lint.check(b.kind() == collections.BodyJSON) }

// jsonPairs are the brackets and quotes of JSON that close by themselves, codePairs those of code.
const (
	jsonPairs = `{}[]""`
	codePairs = `{}()[]""`
)

// json implements formattable.
func (b *bodySection) json() *widget.Editor {
	switch {
	case b.kind() == collections.BodyJSON:
		return b.content
	case b.kind() == collections.BodyGraphQL && b.graphQL.editor() == b.graphQL.variables:
		return b.graphQL.variables
	default:
		return nil
	}
}

func (b *bodySection) highlight(line string) []widget.Span {
	variables := variableSpans(line, b.scope)
	switch b.kind() {
	case collections.BodyJSON:
		return overlay(jsonSpans(line), variables)
	case collections.BodyGraphQL:
		return overlay(codeSpans(line, graphQLWord), variables)
	default:
		return variables
	}
}

// told returns once what there is to say of what was done last.
func (b *bodySection) told() Notice { return b.fields.told() }

// partRows shows a part's file as "@path", as HTTPie writes it.
func partRows(parts []collections.Part) []widget.Entry {
	rows := make([]widget.Entry, len(parts))
	for i, p := range parts {
		rows[i] = widget.Entry{Name: p.Name.Text, Value: p.Value.Text, Note: p.Note, Off: p.Off}
		if p.File.IsSet() {
			rows[i].Value = "@" + p.File.Text
		}
	}
	return rows
}

// fromPartRows makes parts of rows; a part that keeps its name keeps its type and filename.
func fromPartRows(rows []widget.Entry, before []collections.Part) []collections.Part {
	parts := make([]collections.Part, len(rows))
	for i, row := range rows {
		if at := slices.IndexFunc(before, func(p collections.Part) bool { return p.Name.Text == row.Name }); at >= 0 {
			parts[i] = before[at]
			before = slices.Delete(slices.Clone(before), at, at+1)
		}
		p := &parts[i]
		p.Off, p.Note = row.Off, row.Note
		setText(&p.Name, row.Name)
		if path, ok := cutAt(row.Value); ok {
			keepText(&p.File, path)
			p.Value = collections.Value{}
			continue
		}
		keepText(&p.Value, row.Value)
		p.File = collections.Value{}
	}
	return parts
}

func cutAt(s string) (path string, ok bool) {
	if len(s) > 1 && s[0] == '@' {
		return s[1:], true
	}
	return "", false
}
