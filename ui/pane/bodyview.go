package pane

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/document"
	"parley/ui/style"
	"parley/ui/widget"
)

// bodyView shows the content of a response, also while it arrives: in several views, folded, searched and filtered.
type bodyView struct {
	host     Host
	styles   style.Styles
	pager    *widget.Pager
	response *httpcore.Response
	secrets  []httpcore.Secret // that are hidden in what is shown
	reading  Reading
	body     *subject // the content; nil while there is none
	image    *pictureView
	w, h     int
	focused  bool
	place    place
	search   searchLine
	filter   filterLine
	problem  string
	resume   *resume // the place to come back to, once it is known; nil for none
}

func newBodyView(host Host) *bodyView {
	b := &bodyView{host: host}
	b.pager = widget.NewPager(b.styles, themes.Background)
	b.image = newPictureView(host.Redraw)
	b.search, b.filter = newSearchLine(), newFilterLine()
	return b
}

// open shows the content of a response without those secrets, unless it does already. Of a response that is shown it can
// be learned later that it holds one.
func (b *bodyView) open(response *httpcore.Response, secrets []httpcore.Secret) {
	if b.response == response {
		if len(secrets) > len(b.secrets) {
			b.secrets = secrets
			b.readAs(b.reading)
		}
		return
	}
	b.close()
	b.response, b.secrets = response, secrets
	b.body = b.opened()
	b.see()
	b.filterAgain()
	b.comeBack()
}

func (b *bodyView) opened() *subject {
	contentType, _ := b.response.Headers.Get("Content-Type")
	return newSubject(document.Open(b.masked(b.response.Body), document.Options{
		Kind:        b.reading.Kind,
		ContentType: contentType,
		Charset:     b.reading.Charset,
		Detect:      func(head []byte) string { return body.DetectCharset(contentType, head).Name },
	}), b.host.Redraw)
}

// masked hides the secrets in a body or in what was made of it. What is saved to a file or given to another program is what
// came.
func (b *bodyView) masked(src content.Source) content.Source {
	return httpcore.NewMasker(b.secrets, httpcore.Secret.String).Source(src)
}

// readAs shows the content again, from its beginning, as something else than it says or seems to be.
func (b *bodyView) readAs(reading Reading) {
	if b.body == nil {
		return
	}
	before, response, secrets := b.body, b.response, b.secrets
	retyped := reading.Kind != b.reading.Kind
	b.close()
	b.response, b.secrets, b.reading = response, secrets, reading
	b.body = b.opened()
	if before.chosen && !retyped {
		b.body.mode, b.body.chosen = before.mode, true
	}
	b.see()
	b.filterAgain()
}

// close forgets the content. It must come before the response's body is closed.
func (b *bodyView) close() {
	if b.body == nil {
		return
	}
	kept := b.filter.kept()
	b.endFilter()
	b.filter.again = kept
	b.search.typing = false // there is nothing to search
	b.search.input.Focus(false)
	b.endSearch()
	b.image.close()
	b.pager.SetView(nil, "")
	b.body.close()
	b.body, b.response, b.secrets, b.reading = nil, nil, nil, Reading{}
	b.problem = ""
}

// seen is what is looked at now: what a filter has selected, else the content; nil for nothing.
func (b *bodyView) seen() *subject {
	if b.filter.result != nil {
		return b.filter.result
	}
	return b.body
}

// source is the bytes of what is looked at, and name says what they are.
func (b *bodyView) source() content.Source {
	if b.isResult() {
		return b.filter.from.store
	}
	return b.response.Body
}

func (b *bodyView) name() string {
	if b.isResult() {
		return "the filtered result"
	}
	return "the body"
}

// emptyText is what is said of a text that is over and has nothing in it.
func (b *bodyView) emptyText() string {
	done, err := b.source().Done()
	switch {
	case !done || err != nil || b.source().Size() > 0:
		return ""
	case b.isResult():
		return "The filter selects nothing."
	}
	return "The body is empty."
}

// setView gives the pager what is looked at now, or says that there is nothing in it.
func (b *bodyView) setView() {
	if text := b.emptyText(); text != "" {
		b.pager.SetView(nil, text)
		return
	}
	b.pager.SetView(b.seen().view(), "")
}

// see shows what is looked at now.
func (b *bodyView) see() {
	s := b.seen()
	b.picture()
	b.setView()
	b.pager.Restore(s.cursor, s.top)
	b.place = place{}
}

func (b *bodyView) refresh() tea.Cmd {
	s := b.seen()
	if s == nil {
		return nil
	}
	b.pager.Refresh()
	b.comeBack()
	if text := b.emptyText(); text != "" {
		b.pager.SetView(nil, text)
	}
	// What a body is may become clear only when more of it has come.
	if mode := s.document.Default(); mode != s.mode && !s.chosen && b.pager.Offset() == 0 {
		b.look(mode)
	}
	if b.filter.due || b.waitsForEnd() {
		b.filter.due, b.filter.applied = false, ""
		return tea.Batch(b.spot(), b.applyFilter())
	}
	return b.spot()
}

// look shows the content in another mode, at the same place.
func (b *bodyView) look(mode document.Mode) {
	offset, s := b.pager.Offset(), b.seen()
	s.mode = mode
	b.picture()
	b.setView()
	b.problem = problemText(b.pager.Go(offset))
	b.searchAgain()
	b.mark()
}

// pictured reports whether a picture is seen instead of text.
func (b *bodyView) pictured() bool { return b.seen() != nil && b.seen().mode == document.Image }

// picture has the picture made when it is seen.
func (b *bodyView) picture() {
	if b.pictured() {
		b.image.open(b.source())
	}
}

// choose is look by a person's choice, which stays.
func (b *bodyView) choose(mode document.Mode) {
	b.seen().chosen = true
	b.look(mode)
}

func (b *bodyView) nextMode() {
	modes := b.seen().document.Modes()
	b.choose(modes[(slices.Index(modes, b.seen().mode)+1)%len(modes)])
}

// atLastMode reports whether nextMode begins anew.
func (b *bodyView) atLastMode() bool {
	if b.seen() == nil {
		return true
	}
	modes := b.seen().document.Modes()
	return b.seen().mode == modes[len(modes)-1]
}

func (b *bodyView) setSize(w, h int) {
	b.w, b.h = w, h
	b.layout()
	b.comeBack()
}

func (b *bodyView) layout() {
	h := b.h - b.filterRows()
	if b.search.shown() {
		h--
	}
	b.pager.SetSize(b.w, max(0, h))
	b.image.setSize(b.w, max(0, h))
}

func (b *bodyView) setFocus(focused bool) {
	b.focused = focused
	b.pager.Focus(focused)
	b.search.input.Focus(focused && b.search.typing)
	b.filter.input.Focus(focused && b.filter.typing)
}

func (b *bodyView) setStyles(s style.Styles) {
	b.styles = s
	b.pager.SetStyles(s, themes.Background)
	b.image.setStyles(s)
	b.search.input.SetStyles(s, themes.Background)
	b.filter.input.SetStyles(s, themes.Background)
}

// lines returns the inside of the pane.
func (b *bodyView) lines() []string {
	var lines []string
	if b.pictured() {
		lines = slices.Clip(b.image.lines())
	} else {
		lines = strings.Split(b.pager.View(), "\n")
	}
	lines = append(lines, b.filterLines()...)
	if b.search.shown() {
		lines = append(lines, b.searchLine())
	}
	return lines
}

// typing reports whether letters go into a line of the pane.
func (b *bodyView) typing() bool { return b.search.typing || b.filter.typing }

// line is the editor that letters go into.
func (b *bodyView) line() *widget.Editor {
	if b.filter.typing {
		return b.filter.input
	}
	return b.search.input
}

// cursor returns where one types, that many lines below the upper edge of the inside.
func (b *bodyView) cursor(above int) *tea.Cursor {
	if !b.typing() {
		return nil
	}
	x, _, ok := b.line().Cursor()
	switch {
	case !ok:
		return nil
	case b.search.typing:
		return tea.NewCursor(x+1+safeWidth(searchLead), above+b.h)
	}
	row := b.h - b.filterRows()
	if b.search.shown() {
		row--
	}
	return tea.NewCursor(x+1+safeWidth(b.filterLead()), above+row+1)
}

func (b *bodyView) do(id action.ID) (tea.Cmd, bool) {
	b.resume = nil
	switch {
	case b.search.typing:
		return b.doSearchLine(id)
	case b.filter.typing:
		return b.doFilterLine(id)
	}
	if b.seen() == nil {
		return nil, false
	}
	if b.pictured() && id == action.Open {
		return nil, b.image.decodeAnyway()
	}
	if cmd, ok := b.doMove(id); ok {
		return cmd, true
	}
	switch id {
	case action.Find:
		b.startSearch()
	case action.Filter:
		b.startFilter()
	case action.FindNext:
		return b.next(false), true
	case action.FindPrev:
		return b.next(true), true
	case action.Wrap:
		b.pager.SetWrap(!b.pager.Wrapped())
	case action.Look:
		b.nextMode()
	case action.Toggle:
		b.pager.Select(!b.pager.Selecting())
	case action.Copy:
		return b.copy(), true
	case action.CopyPath:
		return b.copyPath(), true
	case action.Escape:
		return nil, b.escape()
	default:
		return nil, false
	}
	return nil, true
}

// doMove moves through the content.
func (b *bodyView) doMove(id action.ID) (tea.Cmd, bool) {
	if b.doFold(id) {
		return b.spot(), true
	}
	switch id {
	case action.ScrollLeft:
		b.pager.Sideways(-1)
	case action.ScrollRight:
		b.pager.Sideways(1)
	default:
		motion, ok := motions[id]
		if ok {
			b.pager.Move(motion)
		}
		return nil, ok
	}
	return nil, true
}

// escape ends the selection, then the search, then the filter.
func (b *bodyView) escape() bool {
	switch {
	case b.pager.Selecting():
		b.pager.Select(false)
	case b.search.shown():
		b.endSearch()
	case b.filter.open:
		b.endFilter()
	default:
		return false
	}
	return true
}

func (b *bodyView) key(key tea.KeyPressMsg) tea.Cmd {
	switch {
	case b.search.typing:
		return b.searchKey(key)
	case b.filter.typing:
		return b.filterKey(key)
	case b.seen() != nil:
		b.pager.Update(key)
	}
	return nil
}

func (b *bodyView) paste(text string) tea.Cmd {
	if !b.typing() {
		return nil
	}
	b.line().Paste(text)
	if b.filter.typing {
		return b.applyFilter()
	}
	return b.searchFor(b.line().Text())
}

// mouse takes a mouse event relative to the inside. A click on a line that one types in goes there.
func (b *bodyView) mouse(event tea.MouseMsg) tea.Cmd {
	b.resume = nil
	if b.seen() == nil {
		return nil
	}
	_, clicked := event.(tea.MouseClickMsg)
	below := event.Mouse().Y - (b.h - b.filterRows())
	if b.search.shown() {
		below++
	}
	switch {
	case !clicked || below < 0:
		b.pager.Update(event)
	case below < b.filterRows() && !b.filter.typing:
		b.stopTyping()
		b.startFilter()
	case below >= b.filterRows() && !b.search.typing:
		b.startSearch()
	}
	return nil
}

func problemText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
