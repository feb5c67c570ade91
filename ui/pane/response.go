package pane

import (
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
	lists    *widget.Table
	exchange *httpcore.Exchange
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
	r.lists = widget.NewTable(r.styles, themes.Background, widget.TableOptions{
		Titles: [3]string{"Name", "Value"}, ReadOnly: true, Empty: "There are none.",
	})
	return r
}

// Running shows how far a job is; the body is shown from when its head is there.
func (r *Response) Running(state job.State, now time.Time) {
	if r.running == nil {
		r.forget()
	}
	r.running, r.now = &state, now
	if state.Response != nil {
		r.body.open(state.Response)
	}
}

// Show shows a finished exchange.
func (r *Response) Show(x *httpcore.Exchange) {
	shown := r.body.response
	if x.Response() != shown {
		r.forget()
	}
	r.running, r.problem, r.exchange = nil, nil, x
	if response := x.Response(); response != nil {
		r.body.open(response)
	}
	r.fill()
}

// Failed shows why nothing was sent.
func (r *Response) Failed(err error) {
	r.forget()
	r.running, r.problem = nil, err
}

// forget empties the pane.
func (r *Response) forget() {
	r.body.close()
	r.exchange, r.problem = nil, nil
	r.lists.SetEntries(nil)
}

// Close ends what follows the body. The exchange itself is the caller's.
func (r *Response) Close() { r.forget() }

// Refresh looks again at what has grown.
func (r *Response) Refresh() { r.body.refresh() }

// SetSize implements Pane.
func (r *Response) SetSize(width, height int) {
	r.frame.width, r.frame.height = width, height
	w, h := r.frame.inside()
	r.body.setSize(w, h)
	r.lists.SetSize(w, h)
}

// SetFocus implements Pane.
func (r *Response) SetFocus(focused bool) {
	r.frame.focused = focused
	if !focused {
		r.strip.focused = false
	}
	r.body.setFocus(focused)
	r.lists.Focus(focused)
}

// SetStyles implements Pane.
func (r *Response) SetStyles(styles style.Styles) {
	r.styles, r.frame.styles = styles, styles
	r.body.setStyles(styles)
	r.lists.SetStyles(styles, themes.Background)
}

// Section returns the name of the side that is shown.
func (r *Response) Section() string { return r.strip.titles[r.strip.at] }

// ShowSection shows the side of that name.
func (r *Response) ShowSection(title string) {
	for i, t := range r.strip.titles {
		if strings.EqualFold(t, title) {
			r.choose(i)
		}
	}
}

func (r *Response) choose(i int) {
	r.strip.at = i
	r.fill()
}

// fill puts the lists of the side that is shown into the table.
func (r *Response) fill() {
	r.strip.counts = make([]string, len(r.strip.titles))
	response := r.response()
	if response == nil {
		r.lists.SetEntries(nil)
		return
	}
	cookies := setCookies(response.Headers)
	r.strip.counts[sideHeaders] = countOf(len(response.Headers) + len(response.Trailers))
	r.strip.counts[sideCookies] = countOf(len(cookies))
	switch r.strip.at {
	case sideHeaders:
		r.lists.SetEntries(append(fieldRows(response.Headers), fieldRows(response.Trailers)...))
	case sideCookies:
		r.lists.SetEntries(cookies)
	}
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

// setCookies lists the cookies that a response sets, each with its attributes as they came.
func setCookies(headers httpcore.Fields) []widget.Entry {
	var rows []widget.Entry
	for _, line := range headers.Values("Set-Cookie") {
		name, value, _ := strings.Cut(line, "=")
		rows = append(rows, widget.Entry{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	return rows
}

// Lines implements Pane.
func (r *Response) Lines() []string {
	text := edges{title: r.strip.spans(r.frame.width / 2), status: r.status()}
	inner, height := r.frame.inside()
	if inner <= 0 || height <= 0 {
		return r.frame.draw(text, nil)
	}
	switch {
	case r.problem != nil:
		return r.frame.draw(text, r.message(Failed(r.problem)))
	case r.response() == nil && r.strip.at != sideTiming && r.strip.at != sideSent:
		return r.frame.draw(text, r.withoutResponse())
	}
	switch r.strip.at {
	case sideTiming:
		return r.frame.draw(text, r.timing(inner))
	case sideSent:
		return r.frame.draw(text, r.sent(inner))
	case sideHeaders, sideCookies:
		return r.frame.draw(text, strings.Split(r.lists.View(), "\n"))
	default:
		text.note = r.body.note()
		return r.frame.draw(text, r.body.lines())
	}
}

// withoutResponse says what there is instead of a response.
func (r *Response) withoutResponse() []string {
	switch {
	case r.running != nil:
		return nil
	case r.exchange != nil && r.exchange.Err != nil:
		return r.message(Failed(r.exchange.Err))
	default:
		return r.centred("Nothing was sent yet", "F5 or enter in the URL bar sends this request")
	}
}

// status tells in the upper edge how it went.
func (r *Response) status() []Span {
	response := r.response()
	if response == nil {
		if r.exchange != nil && r.exchange.Err != nil {
			return []Span{{"✗ " + string(r.exchange.Err.Kind), themes.Error}}
		}
		return nil
	}
	role := themes.Status(response.Status)
	spans := []Span{{strconv.Itoa(response.Status), role}}
	if response.Reason != "" {
		spans = append(spans, Span{" " + shown(response.Reason, 24), role})
	}
	if r.exchange != nil {
		spans = append(spans, Span{" · " + Duration(r.exchange.Total()), themes.Text})
		if last := r.exchange.Last(); last.TLS != nil && !last.TLS.Verified {
			spans = append(spans, Span{" ", themes.Background}, Span{" TLS not verified ", themes.Danger})
		}
	}
	spans = append(spans, Span{" · " + Bytes(response.Body.Size()), themes.Text}, Span{" · " + response.Proto, themes.Muted})
	if r.exchange != nil && r.exchange.Err != nil {
		spans = append(spans, Span{" · ✗ " + string(r.exchange.Err.Kind), themes.Error})
	}
	return spans
}

// Cursor implements Pane.
func (r *Response) Cursor() *tea.Cursor {
	if r.strip.at != sideBody {
		return nil
	}
	return r.body.cursor()
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
		r.lists.Move(motion)
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
		if entry, ok := r.lists.Entry(); ok {
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
	at := moveMouse(event, x-1, y-1)
	if r.strip.at == sideBody {
		return r.body.mouse(at)
	}
	r.lists.Update(at)
	return nil
}
