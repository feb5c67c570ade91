package pane

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/document/picture"
	"parley/ui/job"
	"parley/ui/style"
	"parley/ui/widget"
)

// Response is the pane that shows what came back: the body while it still arrives, headers, cookies, timing, every
// attempt, what went over the wire, and the request as it left.
type Response struct {
	host     Host
	schemes  []httpcore.Scheme
	keys     ResponseKeys
	styles   style.Styles
	frame    framed
	strip    strip
	body     *bodyView
	headers  *widget.Table
	texts    map[int]*page // the sides that are text
	events   *events
	asBody   bool         // the content of a stream of events is shown as it came
	unfolded map[int]bool // attempts, counted from 1, whose heads are shown
	exchange *httpcore.Exchange
	checks   Checks
	origin   string // where the exchange comes from, when it was not just sent
	// running is nil when nothing runs.
	running  *job.State
	now      time.Time
	problem  error    // why nothing was sent
	empty    []string // what is said when there is nothing, if not that nothing was sent
	label    string   // which one it is, of two
	mirrored widget.Spot
	held     held
	past     past
}

// The sides of a response, in the order of the strip.
const (
	sideBody = iota
	sideHeaders
	sideCookies
	sideTiming
	sideAttempts
	sideWire
	sideSent
	sideExpect
)

// NewResponse returns a pane that says what to do to fill it.
// schemes are the kinds of authentication there are.
func NewResponse(host Host, schemes []httpcore.Scheme, keys ResponseKeys) *Response {
	r := &Response{host: host, schemes: schemes, keys: keys, strip: strip{titles: []string{"Body", "Headers", "Cookies", "Timing", "Attempts", "Wire", "Sent", "Expect"}}}
	r.body = newBodyView(host)
	r.headers = widget.NewTable(r.styles, themes.Background, widget.TableOptions{
		Titles: [3]string{"Name", "Value"}, ReadOnly: true, Empty: "There are none.",
	})
	r.events = newEvents()
	r.texts = map[int]*page{
		sideCookies: newPage(r.cookies), sideTiming: newPage(r.timing), sideAttempts: newPage(r.attempts),
		sideWire: newPage(r.wire), sideSent: newPage(r.sent), sideExpect: newPage(r.expectations),
	}
	return r
}

// Running shows how far a job is; the body is shown from when its head is there.
func (r *Response) Running(state job.State, now time.Time) {
	if r.running == nil {
		r.forget()
		r.forgetEvents()
		r.body.resume = nil
	}
	before := r.response()
	r.running, r.now = &state, now
	if state.Response != nil && !state.Withheld {
		r.body.open(state.Response, r.secrets())
	}
	r.listen()
	if state.Response != before {
		r.fill()
	}
	r.renew()
}

// renew has the sides that are text say what there is now.
func (r *Response) renew() {
	for _, p := range r.texts {
		p.renew()
	}
	r.strip.counts[sideAttempts] = ""
	if n := r.tried(); n > 1 {
		r.strip.counts[sideAttempts] = countOf(n)
	}
}

// Show shows a finished exchange; origin says where it comes from when it was not just sent.
func (r *Response) Show(x *httpcore.Exchange, origin string) {
	if r.running == nil {
		r.forgetEvents() // those of a job that was shown until now stay
	}
	r.Settle()
	if x.Response() != r.body.response {
		if r.running == nil {
			r.hold()
		}
		r.forget()
	}
	r.running, r.problem, r.exchange, r.origin = nil, nil, x, origin
	r.fill()
	r.layout()
	r.pageBack()
	if response := x.Response(); response != nil {
		r.body.open(response, r.secrets())
	}
	r.listen()
	r.fill()
	r.layout()
}

// Failed shows why nothing was sent.
func (r *Response) Failed(err error) {
	r.forget()
	r.forgetEvents()
	r.running, r.problem = nil, err
}

// forget empties the pane.
func (r *Response) forget() {
	r.body.close()
	r.exchange, r.problem, r.origin, r.checks = nil, nil, "", Checks{}
	r.unfolded = nil
	for _, p := range r.texts {
		p.reset()
	}
	r.fill()
	r.layout()
}

// Close ends what follows the body. The exchange itself is the caller's.
func (r *Response) Close() {
	r.forget()
	r.forgetEvents()
}

// Refresh looks again at what has grown.
func (r *Response) Refresh() tea.Cmd {
	r.events.refresh()
	return r.body.refresh()
}

// SetSize implements Pane.
func (r *Response) SetSize(width, height int) {
	r.frame.width, r.frame.height = width, height
	r.layout()
}

// layout gives the sides their place: what went wrong stands above the content that arrived.
func (r *Response) layout() {
	w, h := r.frame.inside()
	r.body.setSize(w, max(0, h-len(r.complaint())))
	r.headers.SetSize(w, h)
	r.events.setSize(w, max(0, h-len(r.complaint())))
	for _, p := range r.texts {
		p.setSize(w, h)
	}
}

// SetFences implements Fenced.
func (r *Response) SetFences(left, right bool) { r.frame.fences = fences{left, right} }

// SetFocus implements Pane.
func (r *Response) SetFocus(focused bool) {
	r.frame.focused, r.strip.active = focused, focused
	if !focused {
		r.strip.focused = false
	}
	r.body.setFocus(focused)
	r.headers.Focus(focused)
	r.events.page.setFocus(focused)
	for _, p := range r.texts {
		p.setFocus(focused)
	}
}

// SetStyles implements Pane.
func (r *Response) SetStyles(styles style.Styles) {
	r.styles, r.frame.styles = styles, styles
	r.strip.pane, r.strip.shape = "Response", styles.Shape()
	r.body.setStyles(styles)
	r.headers.SetStyles(styles, themes.Background)
	r.events.page.setStyles(styles)
	for _, p := range r.texts {
		p.setStyles(styles)
	}
}

func (r *Response) choose(i int) { r.strip.at = i }

// Sides returns the titles of what can be shown of a response.
func (r *Response) Sides() []string { return r.strip.titles }

// ShowSide shows the side of that title.
func (r *Response) ShowSide(title string) {
	if i := slices.Index(r.strip.titles, title); i >= 0 {
		r.choose(i)
		r.strip.focused = false
	}
}

// fill lists what there is.
func (r *Response) fill() {
	r.strip.counts = make([]string, len(r.strip.titles))
	r.renew()
	r.strip.counts[sideExpect] = r.checks.count()
	response := r.response()
	if response == nil {
		r.headers.SetEntries(nil)
		return
	}
	headers := fieldRows(r.fields())
	for i := range headers { // a server may send back what it was sent
		headers[i].Name, headers[i].Value = r.masked(headers[i].Name), r.masked(headers[i].Value)
	}
	r.headers.SetEntries(headers)
	r.strip.counts[sideHeaders], r.strip.counts[sideCookies] = countOf(len(headers)), countOf(r.cookieCount())
}

func countOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// response is what is shown: of the finished exchange, or of the one that runs.
func (r *Response) response() *httpcore.Response {
	switch {
	case r.running != nil:
		return r.running.Response
	case r.exchange != nil:
		return r.exchange.Response()
	default:
		return nil
	}
}

// fields are the headers of the response and, once it has ended, its trailers: until then the engine may be writing those.
func (r *Response) fields() httpcore.Fields {
	response := r.response()
	if r.running != nil {
		return response.Headers
	}
	return slices.Concat(response.Headers, response.Trailers)
}

func fieldRows(fields httpcore.Fields) []widget.Entry {
	rows := make([]widget.Entry, len(fields))
	for i, f := range fields {
		rows[i] = widget.Entry{Name: f.Name, Value: f.Value}
	}
	return rows
}

// Lines implements Pane.
func (r *Response) Lines() []string {
	text := r.edges()
	inner, height := r.frame.inside()
	if inner <= 0 || height <= 0 {
		return r.frame.draw(text, nil)
	}
	switch {
	case r.problem != nil && (r.strip.at != sideExpect || r.checks.isEmpty()):
		return r.frame.draw(text, r.message(Failed(r.problem)))
	case !r.tells():
		return r.frame.draw(text, r.withoutResponse())
	}
	if r.listsEvents() {
		r.tellMore(&text, r.events.note())
		return r.frame.draw(text, append(r.complaint(), r.events.view()...))
	}
	if p := r.text(); p != nil {
		lines := p.view()
		if r.strip.at == sideAttempts && len(r.unfolded) == 0 {
			text.tell(Span{"enter shows what was sent and what came", themes.Faint})
		}
		r.tellMore(&text, p.note())
		return r.frame.draw(text, lines)
	}
	if r.strip.at == sideHeaders {
		return r.frame.draw(text, strings.Split(r.headers.View(), "\n"))
	}
	r.tellMore(&text, r.body.note())
	text.place = r.body.path(text.roomForPlace(r.frame.width))
	return r.frame.draw(text, r.holding(append(r.complaint(), r.body.lines()...)))
}

// tells reports whether the side that is shown has something to say yet.
func (r *Response) tells() bool {
	switch r.strip.at {
	case sideTiming, sideAttempts, sideWire:
		return r.tried() > 0
	case sideSent:
		return r.lastAttempt() != nil
	case sideBody:
		return r.body.body != nil || r.listsEvents()
	case sideExpect:
		return r.exchange != nil && r.response() != nil || r.running == nil && !r.checks.isEmpty()
	case sideCookies:
		return r.response() != nil || r.running == nil && r.lastAttempt() != nil
	default:
		return r.response() != nil
	}
}

// text is the page of the side that is shown, or nil when that is no text.
func (r *Response) text() *page {
	if r.listsEvents() {
		return r.events.page
	}
	return r.texts[r.strip.at]
}

// Cursor implements Pane.
func (r *Response) Cursor() *tea.Cursor {
	switch {
	case r.listsEvents():
		return r.text().cursorAt()
	case r.strip.at == sideBody:
		return r.body.cursor(len(r.complaint()))
	case r.text() != nil && r.tells():
		return r.text().cursorAt()
	default:
		return nil
	}
}

// Context implements Pane.
func (r *Response) Context() action.Context {
	switch {
	case r.strip.focused:
		return action.List
	case r.listsEvents() && r.events.page.find.typing:
		return action.Field
	case r.listsEvents():
		return action.Body
	case r.strip.at == sideBody && r.body.typing():
		return action.Field
	case r.strip.at == sideBody:
		return action.Body
	case r.text() != nil && r.text().find.typing:
		return action.Field
	default:
		return action.List
	}
}

// Jumps implements Jumper: every side.
func (r *Response) Jumps() []Spot {
	return r.strip.jumps(func(i int) {
		r.strip.focused = false
		r.choose(i)
	})
}

// Enter implements Stepper: the first stop is the strip of sides.
func (r *Response) Enter(by int) { r.strip.focused = by > 0 }

// Turn implements Sided.
func (r *Response) Turn(by int) { r.choose(r.strip.beside(by)) }

// Offers implements Offering.
func (r *Response) Offers() []action.ID {
	turn := []action.ID{action.PrevSide, action.NextSide}
	switch {
	case r.Context().Has(action.InText):
		return nil
	case r.strip.focused:
		return append(turn, action.Open)
	case r.strip.at == sideBody && r.events.log != nil:
		return append(turn, action.Look, action.Find, action.Copy)
	case r.strip.at == sideBody:
		return slices.Concat(r.body.hitOffers(), turn, r.body.offers())
	case r.strip.at == sideAttempts:
		return append(turn, action.Open, action.Find, action.Copy)
	case r.onPast():
		return append(turn, action.Open, action.Find, action.Copy)
	case r.strip.at == sideExpect:
		return append(turn, action.Check, action.Find, action.Copy)
	case r.text() != nil:
		return append(turn, action.Find, action.Copy)
	default:
		return append(turn, action.Copy)
	}
}

// Tips implements Tipping.
func (r *Response) Tips() []Tip {
	switch {
	case !r.Context().Has(action.InText):
		return nil
	case r.strip.at == sideBody && r.body.filter.typing:
		return []Tip{{"enter", "to the result"}, {"tab", "language"}, {"↑↓", "earlier filters"}, {"esc", "end the filter"}}
	default:
		return []Tip{{"enter", "to the first hit"}, {"esc", "end the search"}}
	}
}

// Step implements Stepper.
func (r *Response) Step(by int) bool {
	if r.strip.focused == (by < 0) {
		r.strip.focused = false
		return false
	}
	r.strip.focused = by < 0
	return true
}

// Picture implements Pictured.
func (r *Response) Picture() (p *picture.Picture, x, y, cols, rows int) {
	if r.strip.at != sideBody || r.problem != nil || !r.tells() || r.listsEvents() || !r.body.pictured() {
		return nil, 0, 0, 0, 0
	}
	p, x, y, cols, rows = r.body.image.place()
	return p, x + 1, y + 1 + len(r.complaint()), cols, rows
}

// SetScreen implements Pictured.
func (r *Response) SetScreen(s Screen) { r.body.image.setScreen(s) }

// Why implements Explained: a header of the request as it left.
func (r *Response) Why() string {
	p := r.text()
	if p == nil || r.strip.at != sideSent && r.strip.at != sideAttempts {
		return ""
	}
	line, ok := p.current()
	if !ok || len(line.spans) < 3 || line.spans[1].Role != themes.Key {
		return ""
	}
	return "headers." + line.spans[1].Text
}

// Selected implements Selecter.
func (r *Response) Selected() (string, bool) {
	if r.strip.at != sideBody || r.listsEvents() {
		return "", false
	}
	return r.body.selected()
}
