package pane

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/document"
	"parley/ui/style"
	"parley/ui/widget"
)

// bodyView shows the content of a response, also while it arrives, and searches it.
type bodyView struct {
	host     Host
	styles   style.Styles
	pager    *widget.Pager
	input    *widget.Editor
	response *httpcore.Response
	document *document.Document
	mode     document.Mode
	chosen   bool               // the mode is the person's choice, and stays
	charset  string             // the person's choice for this response; "" for what it says or seems to be
	stop     context.CancelFunc // ends what follows the document
	w, h     int
	focused  bool

	// searching says that the search line has the keys; query is what was searched last, hit where the reader stands.
	searching bool
	query     string
	search    *document.Search
	hit       document.Hit
	problem   string
}

func newBodyView(host Host) *bodyView {
	b := &bodyView{host: host}
	b.pager = widget.NewPager(b.styles, themes.Background)
	b.input = widget.NewInput(b.styles, widget.EditorOptions{Placeholder: "text, or /regular expression/"})
	return b
}

// open shows the content of a response, unless it does already.
func (b *bodyView) open(response *httpcore.Response) {
	if b.response == response {
		return
	}
	b.close()
	contentType, _ := response.Headers.Get("Content-Type")
	b.response = response
	b.document = document.Open(response.Body, document.Options{
		ContentType: contentType,
		Charset:     b.charset,
		Detect:      func(head []byte) string { return body.DetectCharset(contentType, head).Name },
	})
	b.mode, b.chosen = b.document.Default(), false
	b.pager.SetView(b.document.View(b.mode), "")
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	go follow(ctx, b.document.Changes(), b.host.Redraw)
}

// readAs shows the content again, from its beginning, as text in another charset; "" lets it speak for itself.
func (b *bodyView) readAs(charset string) {
	response, mode, chosen := b.response, b.mode, b.chosen
	if response == nil {
		return
	}
	b.close()
	b.charset = charset
	b.open(response)
	if chosen {
		b.chosen = true
		b.look(mode)
	}
}

// follow asks for a redraw whenever there is more to show. Values come at most as fast as they are taken.
func follow(ctx context.Context, changes <-chan struct{}, redraw func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-changes:
			if !open {
				return
			}
			redraw()
		}
	}
}

// close forgets the content. It must come before the response's body is closed.
func (b *bodyView) close() {
	if b.document == nil {
		return
	}
	b.stop()
	b.endSearch()
	b.pager.SetView(nil, "")
	b.document.Close()
	b.document, b.response, b.charset = nil, nil, ""
}

func (b *bodyView) refresh() {
	if b.document == nil {
		return
	}
	b.pager.Refresh()
	// What a body is may become clear only when more of it has come.
	if mode := b.document.Default(); mode != b.mode && !b.chosen && b.pager.Offset() == 0 {
		b.look(mode)
	}
}

// look shows the content in another mode, at the same place.
func (b *bodyView) look(mode document.Mode) {
	offset := b.pager.Offset()
	b.mode = mode
	b.pager.SetView(b.document.View(mode), "")
	b.problem = problemText(b.pager.Go(offset))
	b.mark()
}

func (b *bodyView) setSize(w, h int) {
	b.w, b.h = w, h
	b.layout()
}

func (b *bodyView) layout() {
	h := b.h
	if b.searchShown() {
		h--
	}
	b.pager.SetSize(b.w, max(0, h))
	b.input.SetSize(max(0, b.w-2), 1)
}

func (b *bodyView) searchShown() bool { return b.searching || b.search != nil }

func (b *bodyView) setFocus(focused bool) {
	b.focused = focused
	b.pager.Focus(focused)
	b.input.Focus(focused && b.searching)
}

func (b *bodyView) setStyles(s style.Styles) {
	b.styles = s
	b.pager.SetStyles(s, themes.Background)
	b.input.SetStyles(s, themes.Background)
}

// lines returns the inside of the pane.
func (b *bodyView) lines() []string {
	lines := strings.Split(b.pager.View(), "\n")
	if b.searchShown() {
		lines = append(lines, b.searchLine())
	}
	return lines
}

func (b *bodyView) searchLine() string {
	if b.searching {
		return b.styles.Paint(themes.Accent, themes.Background, "/ ") + b.input.View()
	}
	return widget.NewRow(b.styles, themes.Background, b.w).
		Text(themes.Accent, "/ ").Text(themes.Text, b.query).Right(themes.Muted, b.found()+" ").String()
}

// found tells how many hits there are so far.
func (b *bodyView) found() string {
	count, done, err := b.search.Count()
	switch {
	case err != nil:
		return err.Error()
	case !done:
		return fmt.Sprintf("%d so far", count)
	case count == 1:
		return "1 hit · n next"
	default:
		return fmt.Sprintf("%d hits · n next", count)
	}
}

// note tells at the lower edge how the content is shown, and where the reader is.
func (b *bodyView) note() []Span {
	if b.document == nil {
		return nil
	}
	spans := []Span{{b.document.Kind().String() + " · " + b.mode.String(), themes.Muted}}
	lines, done := b.document.View(b.mode).Lines()
	if text := lineCount(int64(lines), done); text != "" {
		spans = append(spans, Span{" · " + text, themes.Faint})
	}
	switch {
	case !done && b.pager.Following():
		spans = append(spans, Span{" · live", themes.Success})
	case !done && lines > 0:
		spans = append(spans, Span{" · live, G follows", themes.Warning})
	}
	if b.charset != "" {
		spans = append(spans, Span{" · as " + b.charset, themes.Accent})
	}
	if b.pager.Wrapped() {
		spans = append(spans, Span{" · wrapped", themes.Faint})
	}
	if b.problem != "" {
		spans = append(spans, Span{" · " + shown(b.problem, 40), themes.Error})
	}
	return spans
}

func lineCount(lines int64, done bool) string {
	switch {
	case lines == 0 && !done:
		return ""
	case !done:
		return fmt.Sprintf("%d+ lines", lines)
	case lines == 1:
		return "1 line"
	default:
		return fmt.Sprintf("%d lines", lines)
	}
}

// cursor returns where one types a search, that many lines below the upper edge of the inside.
func (b *bodyView) cursor(above int) *tea.Cursor {
	if !b.searching {
		return nil
	}
	x, _, ok := b.input.Cursor()
	if !ok {
		return nil
	}
	return tea.NewCursor(x+3, above+b.h)
}

func (b *bodyView) selected() (string, bool) {
	if b.searching {
		text := b.input.Selected()
		return text, text != ""
	}
	if !b.pager.Selecting() {
		return "", false
	}
	text, err := b.pager.Selected()
	return text, err == nil && text != ""
}

func (b *bodyView) do(id action.ID) (tea.Cmd, bool) {
	if b.searching {
		return b.doSearchLine(id)
	}
	if b.document == nil {
		return nil, false
	}
	if motion, ok := motions[id]; ok {
		b.pager.Move(motion)
		return nil, true
	}
	switch id {
	case action.Find:
		b.startSearch()
	case action.FindNext:
		return b.next(false), true
	case action.FindPrev:
		return b.next(true), true
	case action.Wrap:
		b.pager.SetWrap(!b.pager.Wrapped())
	case action.Look:
		b.chosen = true
		modes := b.document.Modes()
		b.look(modes[(slices.Index(modes, b.mode)+1)%len(modes)])
	case action.Toggle:
		b.pager.Select(!b.pager.Selecting())
	case action.Copy:
		return b.copy(), true
	case action.Escape:
		return nil, b.escape()
	default:
		return nil, false
	}
	return nil, true
}

// escape ends the selection, then the search.
func (b *bodyView) escape() bool {
	switch {
	case b.pager.Selecting():
		b.pager.Select(false)
	case b.search != nil:
		b.endSearch()
	default:
		return false
	}
	return true
}

// copyMost bounds what goes to the clipboard: a terminal takes it as one escape sequence.
const copyMost = 8 << 20

// copy copies what is selected, else the value under the cursor in JSON, else the whole content.
func (b *bodyView) copy() tea.Cmd {
	if text, ok := b.selected(); ok {
		b.pager.Select(false)
		return b.host.Copy(text, "the selection")
	}
	if size := b.response.Body.Size(); size > copyMost {
		return b.host.Notify(Notice{
			Level: Warning, Text: fmt.Sprintf("%s are too much for a clipboard", Bytes(size)), Hint: "select a part with space, or open it in $PAGER with ctrl+g",
		})
	}
	data := make([]byte, b.response.Body.Size())
	n, err := b.response.Body.ReadAt(data, 0)
	if n < len(data) {
		return b.host.Notify(Failed(err))
	}
	return b.host.Copy(string(data), "the body")
}

func (b *bodyView) startSearch() {
	if b.document == nil {
		return
	}
	b.searching = true
	b.input.Reset(b.query)
	b.input.SelectAll()
	b.input.Focus(true)
	b.layout()
}

func (b *bodyView) doSearchLine(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape:
		b.stopTyping()
		b.endSearch()
	case action.Next, action.Previous:
		b.stopTyping()
	default:
		return nil, editText(b.input, id)
	}
	return nil, true
}

func (b *bodyView) stopTyping() {
	b.searching = false
	b.input.Focus(false)
	b.layout()
}

func (b *bodyView) key(key tea.KeyPressMsg) tea.Cmd {
	if !b.searching {
		return nil
	}
	if key.String() == "enter" {
		b.stopTyping()
		return nil
	}
	b.input.Update(key)
	return b.searchFor(b.input.Text())
}

func (b *bodyView) paste(text string) tea.Cmd {
	if !b.searching {
		return nil
	}
	b.input.Paste(text)
	return b.searchFor(b.input.Text())
}

// searchFor begins a search anew as one types. Lower-case text finds both cases.
func (b *bodyView) searchFor(query string) tea.Cmd {
	if query == b.query && b.search != nil {
		return nil
	}
	b.endSearch()
	b.query = query
	if query == "" {
		return nil
	}
	search, err := b.document.Search(queryOf(query))
	if err != nil {
		b.problem = err.Error()
		return nil
	}
	b.search = search
	b.mark()
	b.layout()
	from := b.pager.Offset()
	return b.reachFor(func(ctx context.Context) (document.Hit, error) { return search.Next(ctx, from) })
}

// queryOf reads what was typed: between slashes it is a regular expression.
func queryOf(typed string) document.Query {
	q := document.Query{Text: typed, Fold: strings.ToLower(typed) == typed}
	if len(typed) > 2 && typed[0] == '/' && typed[len(typed)-1] == '/' {
		q.Text, q.Regexp = typed[1:len(typed)-1], true
	}
	return q
}

func (b *bodyView) endSearch() {
	if b.search != nil {
		b.search.Close()
		b.search = nil
	}
	b.hit, b.problem = document.Hit{}, ""
	b.mark()
	b.layout()
}

func (b *bodyView) mark() { b.pager.SetMarks(document.Marks{Search: b.search, Current: b.hit}) }

// next goes to the next hit, or the one before.
func (b *bodyView) next(backwards bool) tea.Cmd {
	search, hit := b.search, b.hit
	if search == nil {
		return nil
	}
	return b.reachFor(func(ctx context.Context) (document.Hit, error) {
		if backwards {
			return search.Previous(ctx, hit.Start)
		}
		return search.Next(ctx, hit.Start+1)
	})
}

// reachFor looks for a hit in the background and goes there, if the search is still the same.
func (b *bodyView) reachFor(find func(context.Context) (document.Hit, error)) tea.Cmd {
	search := b.search
	return b.host.Background(func() func() tea.Cmd {
		hit, err := find(context.Background())
		return func() tea.Cmd {
			if b.search != search {
				return nil
			}
			b.reach(hit, err)
			return nil
		}
	})
}

func (b *bodyView) reach(hit document.Hit, err error) {
	if err != nil {
		b.hit = document.Hit{}
		if !errors.Is(err, document.ErrNotFound) {
			b.problem = err.Error()
		}
		b.mark()
		return
	}
	b.hit = hit
	b.problem = problemText(b.pager.Go(hit.Start))
	b.mark()
}

func problemText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (b *bodyView) mouse(event tea.MouseMsg) tea.Cmd {
	if b.document == nil {
		return nil
	}
	b.pager.Update(event)
	return nil
}
