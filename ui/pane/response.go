package pane

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/job"
	"parley/ui/style"
	"parley/ui/widget"
)

// Response is the pane that shows what came back: the body while it still arrives, headers, cookies, timing, and the
// request as it left.
type Response struct {
	host     Host
	styles   style.Styles
	frame    framed
	strip    strip
	body     *bodyView
	headers  *widget.Table
	cookies  *widget.Table
	pages    page // of the sides that are text: timing, sent
	exchange *httpcore.Exchange
	origin   string // where the exchange comes from, when it was not just sent
	// running is nil when nothing runs.
	running *job.State
	now     time.Time
	problem error // why nothing was sent
}

// The sides of a response, in the order of the strip.
const (
	sideBody = iota
	sideHeaders
	sideCookies
	sideTiming
	sideSent
)

// NewResponse returns a pane that says what to do to fill it.
func NewResponse(host Host) *Response {
	r := &Response{host: host, strip: strip{titles: []string{"Body", "Headers", "Cookies", "Timing", "Sent"}}}
	r.body = newBodyView(host)
	r.headers = widget.NewTable(r.styles, themes.Background, widget.TableOptions{
		Titles: [3]string{"Name", "Value"}, ReadOnly: true, Empty: "There are none.",
	})
	r.cookies = widget.NewTable(r.styles, themes.Background, widget.TableOptions{
		Titles: [3]string{"Name", "Value", "What became of it"}, ReadOnly: true, Empty: "The response sets no cookies.",
	})
	return r
}

// Running shows how far a job is; the body is shown from when its head is there.
func (r *Response) Running(state job.State, now time.Time) {
	if r.running == nil {
		r.forget()
	}
	before := r.response()
	r.running, r.now = &state, now
	if state.Response != nil {
		r.body.open(state.Response)
	}
	if state.Response != before {
		r.fill()
	}
}

// Show shows a finished exchange; origin says where it comes from when it was not just sent.
func (r *Response) Show(x *httpcore.Exchange, origin string) {
	shown := r.body.response
	if x.Response() != shown {
		r.forget()
	}
	r.running, r.problem, r.exchange, r.origin = nil, nil, x, origin
	if response := x.Response(); response != nil {
		r.body.open(response)
	}
	r.fill()
	r.layout()
}

// Failed shows why nothing was sent.
func (r *Response) Failed(err error) {
	r.forget()
	r.running, r.problem = nil, err
}

// forget empties the pane.
func (r *Response) forget() {
	r.body.close()
	r.exchange, r.problem, r.origin = nil, nil, ""
	r.pages.top = 0
	r.fill()
	r.layout()
}

// Close ends what follows the body. The exchange itself is the caller's.
func (r *Response) Close() { r.forget() }

// Refresh looks again at what has grown.
func (r *Response) Refresh() { r.body.refresh() }

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
	r.cookies.SetSize(w, h)
}

// complaint is why the content is not whole, or not what was expected; no lines when all is well.
func (r *Response) complaint() []string {
	_, h := r.frame.inside()
	if r.exchange == nil || r.exchange.Err == nil || r.exchange.Response() == nil || h < 6 {
		return nil
	}
	lines := r.message(Failed(r.exchange.Err))[1:]
	return lines[:min(len(lines), h/2)]
}

// SetFocus implements Pane.
func (r *Response) SetFocus(focused bool) {
	r.frame.focused = focused
	if !focused {
		r.strip.focused = false
	}
	r.body.setFocus(focused)
	r.headers.Focus(focused)
	r.cookies.Focus(focused)
}

// SetStyles implements Pane.
func (r *Response) SetStyles(styles style.Styles) {
	r.styles, r.frame.styles = styles, styles
	r.body.setStyles(styles)
	r.headers.SetStyles(styles, themes.Background)
	r.cookies.SetStyles(styles, themes.Background)
}

func (r *Response) choose(i int) {
	r.strip.at, r.pages.top = i, 0
}

// fill lists the headers and cookies.
func (r *Response) fill() {
	r.strip.counts = make([]string, len(r.strip.titles))
	response := r.response()
	if response == nil {
		r.headers.SetEntries(nil)
		r.cookies.SetEntries(nil)
		return
	}
	headers, cookies := append(fieldRows(response.Headers), fieldRows(response.Trailers)...), r.cookieRows()
	r.headers.SetEntries(headers)
	r.cookies.SetEntries(cookies)
	r.strip.counts[sideHeaders], r.strip.counts[sideCookies] = countOf(len(headers)), countOf(named(cookies))
}

// named counts the rows that are not about the one above.
func named(rows []widget.Entry) int {
	n := 0
	for _, row := range rows {
		if row.Name != "" {
			n++
		}
	}
	return n
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
	case r.problem != nil:
		return r.frame.draw(text, r.message(Failed(r.problem)))
	case r.response() == nil && r.strip.at != sideTiming && r.strip.at != sideSent, r.lastAttempt() == nil && r.textual():
		return r.frame.draw(text, r.withoutResponse())
	}
	switch r.strip.at {
	case sideTiming, sideSent:
		lines := r.pages.show(r.page(inner), height)
		text.note = append(text.note, r.pages.note()...)
		return r.frame.draw(text, lines)
	case sideHeaders:
		return r.frame.draw(text, strings.Split(r.headers.View(), "\n"))
	case sideCookies:
		return r.frame.draw(text, strings.Split(r.cookies.View(), "\n"))
	default:
		text.note = append(text.note, r.body.note()...)
		return r.frame.draw(text, append(r.complaint(), r.body.lines()...))
	}
}

// textual reports whether the side that is shown is lines of text.
func (r *Response) textual() bool { return r.strip.at == sideTiming || r.strip.at == sideSent }

// page is the whole text of such a side.
func (r *Response) page(width int) []string {
	if r.strip.at == sideTiming {
		return r.timing(width)
	}
	return r.sent(width)
}

// list is the table of the side that is shown.
func (r *Response) list() *widget.Table {
	if r.strip.at == sideCookies {
		return r.cookies
	}
	return r.headers
}

// edges puts the sides at the left of the upper edge, how it went at the right. Of that, what is not vital gives way to
// the sides.
func (r *Response) edges() edges {
	room := r.frame.width - 8
	status, more := r.status()
	for left := room - r.strip.measure(0, len(r.strip.titles)-1) - width(status); len(more) > 0 && width(more[:1]) <= left; more = more[1:] {
		left -= width(more[:1])
		status = append(status, more[0])
	}
	text := edges{title: r.strip.spans(room - width(status)), status: status}
	if r.origin != "" {
		text.note = []Span{{r.origin + " · ", themes.Info}}
	}
	return text
}

// withoutResponse says what there is instead of a response.
func (r *Response) withoutResponse() []string {
	switch {
	case r.running != nil && r.textual():
		return r.centred("Still running", "This is told when it has ended; esc stops it")
	case r.running != nil:
		return r.centred("Waiting for the response", "esc stops it")
	case r.exchange != nil && r.exchange.Err != nil && r.exchange.Err.Kind == httpcore.KindCanceled:
		return r.centred("Cancelled", "F5 sends it again")
	case r.exchange != nil && r.exchange.Err != nil:
		return r.message(Failed(r.exchange.Err))
	default:
		return r.centred("Nothing was sent yet", "F5 or enter in the URL bar sends this request")
	}
}

// status tells how it went, and more about it, what matters most first.
func (r *Response) status() (vital, more []Span) {
	response := r.response()
	if response == nil {
		if r.exchange != nil && r.exchange.Err != nil {
			return []Span{{"✗ " + string(r.exchange.Err.Kind), themes.Error}}, nil
		}
		return nil, nil
	}
	reason := response.Reason
	if reason == "" { // HTTP/2 has none
		reason = http.StatusText(response.Status)
	}
	vital = []Span{{strings.TrimSpace(strconv.Itoa(response.Status) + " " + shown(reason, 24)), themes.Status(response.Status)}}
	if r.exchange != nil {
		if last := r.exchange.Last(); last.TLS != nil && !last.TLS.Verified {
			vital[0].Text += " "
			vital = append(vital, Span{" TLS not verified ", themes.Danger})
		}
		if r.exchange.Err != nil {
			vital = append(vital, Span{" ✗ " + string(r.exchange.Err.Kind), themes.Error})
		}
		more = append(more, Span{" · " + Duration(r.exchange.Total()), themes.Text})
	}
	return vital, append(more, Span{" · " + Bytes(response.Body.Size()), themes.Text}, Span{" · " + response.Proto, themes.Muted})
}

// Cursor implements Pane.
func (r *Response) Cursor() *tea.Cursor {
	if r.strip.at != sideBody {
		return nil
	}
	return r.body.cursor(len(r.complaint()))
}

// Context implements Pane.
func (r *Response) Context() action.Context {
	switch {
	case r.strip.focused:
		return action.List
	case r.strip.at == sideBody && r.body.searching:
		return action.Field
	case r.strip.at == sideBody:
		return action.Body
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

// Step implements Stepper.
func (r *Response) Step(by int) bool {
	if r.strip.focused == (by < 0) {
		r.strip.focused = false
		return false
	}
	r.strip.focused = by < 0
	return true
}

// Selected implements Selecter.
func (r *Response) Selected() (string, bool) {
	if r.strip.at != sideBody {
		return "", false
	}
	return r.body.selected()
}

// Do implements Pane.
func (r *Response) Do(id action.ID) (tea.Cmd, bool) {
	if r.strip.focused {
		return nil, r.doStrip(id)
	}
	if r.strip.at == sideBody {
		return r.body.do(id)
	}
	if motion, ok := motions[id]; ok {
		if motion == widget.Left || motion == widget.Right {
			r.choose((r.strip.at + len(r.strip.titles) + sign(motion)) % len(r.strip.titles))
			return nil, true
		}
		if r.textual() {
			r.pages.move(motion)
		} else {
			r.list().Move(motion)
		}
		return nil, true
	}
	if id == action.Copy {
		return r.copyRow(), true
	}
	return nil, false
}

func sign(m widget.Motion) int {
	if m == widget.Left {
		return -1
	}
	return 1
}

// doStrip moves along the sides.
func (r *Response) doStrip(id action.ID) bool {
	switch id {
	case action.Left, action.Up:
		r.choose((r.strip.at + len(r.strip.titles) - 1) % len(r.strip.titles))
	case action.Right:
		r.choose((r.strip.at + 1) % len(r.strip.titles))
	case action.Down, action.Open:
		r.strip.focused = false
	default:
		return false
	}
	return true
}

// copyRow copies the value under the cursor; of the request as it left, all of it.
func (r *Response) copyRow() tea.Cmd {
	switch r.strip.at {
	case sideSent:
		return r.host.Copy(r.sentText(), "the request as it left")
	case sideHeaders, sideCookies:
		if entry, ok := r.list().Entry(); ok {
			return r.host.Copy(entry.Value, entry.Name)
		}
	}
	return nil
}

// Key implements Pane.
func (r *Response) Key(key tea.KeyPressMsg) tea.Cmd {
	if r.strip.at == sideBody && !r.strip.focused {
		return r.body.key(key)
	}
	return nil
}

// Paste implements Pane.
func (r *Response) Paste(text string) tea.Cmd {
	if r.strip.at == sideBody {
		return r.body.paste(text)
	}
	return nil
}

// Mouse implements Pane.
func (r *Response) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	if _, clicked := event.(tea.MouseClickMsg); clicked && y == 0 {
		if i, ok := r.strip.hit(x - stripStart); ok {
			r.choose(i)
		}
		return nil
	}
	at := widget.MouseAt(event, x-1, y-1)
	if r.strip.at == sideBody {
		return r.body.mouse(widget.MouseAt(at, x-1, y-1-len(r.complaint())))
	}
	if wheel, ok := event.(tea.MouseWheelMsg); ok && r.textual() {
		r.pages.turn(wheel)
		return nil
	}
	r.list().Update(at)
	return nil
}
