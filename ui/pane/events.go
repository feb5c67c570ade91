package pane

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/httpcore/protocol"
	"parley/themes"
	"parley/ui/job"
	"parley/ui/widget"
)

// events lists what a stream of server-sent events brings, the newest last and followed unless the reader has gone
// elsewhere. Below the list stands the whole of the event under the cursor.
type events struct {
	page  *page
	log   *protocol.EventLog
	own   *httpcore.Response // that the log is read from here; nil when a job fills it
	stop  context.CancelFunc // ends the reading; nil when there is none
	seen  int64              // the number of the newest entry that is in lines
	kept  []protocol.Entry
	lines []pageLine
	lost  *protocol.Lost
	ended string // why a stream that is connected to again is over; empty while it is not
	now   time.Time
	live  bool
	timed bool // when each came is known
	w, h  int
}

func newEvents() *events {
	e := &events{stop: func() {}}
	e.page = newPage(func(int) []pageLine { return e.lines })
	return e
}

// read shows the events of a response, which are read from its content as it grows. When each came is known only if it
// does.
func (e *events) read(response *httpcore.Response, live bool, redraw func()) {
	if e.own == response {
		return
	}
	e.close()
	ctx, stop := context.WithCancel(context.Background())
	e.own, e.stop, e.log = response, stop, protocol.NewEventLog(job.EventsMost, job.EventBytesMost)
	e.timed = live
	go listen(ctx, response, e.log, redraw)
	e.begin()
}

// listen reads events until there are no more.
func listen(ctx context.Context, response *httpcore.Response, log *protocol.EventLog, redraw func()) {
	reader := protocol.NewEventReader(response.Body.Reader(ctx), 0, "")
	for {
		message, err := reader.Next()
		if err != nil {
			redraw()
			return
		}
		log.Add(time.Now(), message)
		redraw()
	}
}

// show shows the events of a job, which is connected again when the stream is lost.
func (e *events) show(state job.State) {
	if e.log != state.Events {
		e.close()
		e.log, e.timed, e.live = state.Events, true, true
		e.begin()
	}
	e.lost = state.Lost
}

func (e *events) begin() {
	e.page.reset()
	e.page.follow = true
	e.refresh()
}

// over says how a stream has ended that is connected to again when it is lost.
func (e *events) over(x *httpcore.Exchange) {
	response := x.Response()
	switch {
	case x.Err != nil && x.Err.Kind == httpcore.KindCanceled:
		e.ended = "stopped"
	case x.Err != nil:
		e.ended = x.Err.Error()
	case response != nil && response.Status == http.StatusNoContent:
		e.ended = "the server says with a 204 that there is no more"
	default:
		e.ended = "stopped"
	}
}

// close forgets the events. It must come before the response's body is closed.
func (e *events) close() {
	e.stop()
	e.stop, e.own, e.log, e.lost, e.ended, e.live = func() {}, nil, nil, nil, "", false
	e.seen, e.kept, e.lines = 0, nil, nil
	e.page.reset()
}

// refresh takes in what has come.
func (e *events) refresh() {
	if e.log == nil {
		return
	}
	added := e.log.Since(e.seen)
	if len(added) == 0 {
		return
	}
	e.seen = added[len(added)-1].Number
	e.kept = append(e.kept, added...)
	for _, entry := range added {
		e.lines = append(e.lines, eventLine(entry, e.timed))
	}
	if over := len(e.kept) - job.EventsMost; over > 0 {
		e.kept = append(e.kept[:0:0], e.kept[over:]...)
		e.lines = append(e.lines[:0:0], e.lines[over:]...)
		e.page.cursor, e.page.top = max(0, e.page.cursor-over), max(0, e.page.top-over)
	}
	e.page.renew()
}

const (
	eventTypeCells = 12
	eventIDCells   = 8
)

// eventLine is one line about a message: when, what kind, its id, its data.
func eventLine(entry protocol.Entry, timed bool) pageLine {
	line := pageLine{spans: []Span{{" ", themes.Faint}}}
	if timed {
		line.spans[0].Text += entry.At.Format("15:04:05.000") + "  "
	}
	add := func(role themes.Role, text string) { line.spans = append(line.spans, Span{text, role}) }
	switch m := entry.Message.(type) {
	case protocol.Event:
		add(themes.Key, inCells(m.Type, eventTypeCells))
		add(themes.Muted, inCells(m.ID, eventIDCells))
		data, _, more := strings.Cut(m.Data, "\n")
		add(themes.Text, shown(data, 400))
		if more {
			add(themes.Faint, " …")
		}
		line.copy, line.what = m.Data, "the event's data"
	case protocol.Comment:
		add(themes.Comment, inCells("comment", eventTypeCells+eventIDCells)+shown(m.Text, 400))
		line.copy, line.what = m.Text, "the comment"
	case protocol.RetrySet:
		add(themes.Muted, inCells("retry", eventTypeCells+eventIDCells)+"the server asks to come back after "+Duration(m.Wait))
	case protocol.Opened:
		text := "connected"
		if m.Connection > 1 {
			text = fmt.Sprintf("connected again (connection %d)", m.Connection)
		}
		add(themes.Success, inCells("●", 2)+text)
	case protocol.Lost:
		why := "the server closed the connection"
		if m.Err != nil {
			why = m.Err.Error()
		}
		add(themes.Warning, inCells("○", 2)+shown(why, 200))
	}
	return line
}

// inCells is text in so many cells at least, with two blanks after it.
func inCells(text string, cells int) string {
	text = shown(text, max(cells, 24))
	return text + strings.Repeat(" ", max(1, cells-columnsOf(text)))
}

func (e *events) setSize(w, h int) {
	e.w, e.h = w, h
	e.page.setSize(w, max(1, h-e.detailRows()-e.stateRows()))
}

// detailRows are those of the whole event and the line above it; there are none where there is no room.
func (e *events) detailRows() int {
	if e.h < 9 {
		return 0
	}
	return max(3, e.h/3)
}

func (e *events) stateRows() int {
	if e.lost != nil || e.ended != "" {
		return 1
	}
	return 0
}

// view returns the rows of the inside.
func (e *events) view() []string {
	e.setSize(e.w, e.h)
	out := e.page.view()
	blank := func() string { return pageLine{}.draw(e.page.styles, themes.Background, e.w, nil) }
	for len(out) < e.h-e.detailRows()-e.stateRows() {
		out = append(out, blank())
	}
	switch {
	case e.lost != nil:
		out = append(out, e.lostLine())
	case e.ended != "":
		out = append(out, plainLine(themes.Info, "■ "+e.ended).draw(e.page.styles, themes.Background, e.w, nil))
	}
	return append(out, e.detail()...)
}

// lostLine counts down to the next connection.
func (e *events) lostLine() string {
	text := "connects again in " + countdown(e.lost.Until.Sub(e.now))
	if e.lost.LastEventID != "" {
		text += ", after the event " + shown(e.lost.LastEventID, 24)
	}
	line := pageLine{spans: []Span{{" ↻ ", themes.Warning}, {text, themes.Warning}, {" · esc stops", themes.Faint}}}
	return line.draw(e.page.styles, themes.Background, e.w, nil)
}

// detail shows the whole of the event under the cursor.
func (e *events) detail() []string {
	rows := e.detailRows()
	if rows == 0 {
		return nil
	}
	out := []string{widget.NewRow(e.page.styles, themes.Background, e.w).Text(themes.Border, strings.Repeat("─", e.w)).String()}
	for _, line := range e.detailLines(rows - 1) {
		out = append(out, line.draw(e.page.styles, themes.Background, e.w, nil))
	}
	for len(out) < rows {
		out = append(out, pageLine{}.draw(e.page.styles, themes.Background, e.w, nil))
	}
	return out
}

// detailLines are at most so many lines of the data of the event under the cursor.
func (e *events) detailLines(most int) []pageLine {
	e.page.load()
	if e.page.cursor >= len(e.kept) {
		return nil
	}
	event, ok := e.kept[e.page.cursor].Message.(protocol.Event)
	if !ok {
		return nil
	}
	var lines []pageLine
	for text := range strings.SplitSeq(event.Data, "\n") {
		if len(text) > most*e.w*4 {
			text = text[:most*e.w*4]
		}
		for _, part := range pieces(text, e.w-2) {
			lines = append(lines, pageLine{spans: append([]Span{{" ", themes.Text}}, spansOfJSON(part)...)})
			if len(lines) > most {
				lines[most-1] = plainLine(themes.Faint, "… y copies all of it")
				return lines[:most]
			}
		}
	}
	if event.Omitted > 0 {
		lines = append(lines, plainLine(themes.Warning, Bytes(event.Omitted)+" more were not kept"))
	}
	return lines[:min(len(lines), most)]
}

// spansOfJSON colours a line as JSON, when it looks like that.
func spansOfJSON(line string) []Span {
	if !strings.HasPrefix(line, "{") && !strings.HasPrefix(line, "[") {
		return []Span{{line, themes.Text}}
	}
	var spans []Span
	at := 0
	for _, s := range jsonSpans(line) {
		if s.From > at {
			spans = append(spans, Span{line[at:s.From], themes.Text})
		}
		spans = append(spans, Span{line[s.From:s.To], s.Role})
		at = s.To
	}
	if at < len(line) {
		spans = append(spans, Span{line[at:], themes.Text})
	}
	return spans
}

// note tells at the lower edge how many there were.
func (e *events) note() []Span {
	if e.log == nil {
		return nil
	}
	_, n := e.log.Counts()
	text := fmt.Sprintf("server-sent events · %d", n)
	if n > int64(len(e.kept)) {
		text += fmt.Sprintf(" (the newest %d kept)", len(e.kept))
	}
	spans := []Span{{text, themes.Muted}}
	switch {
	case e.live && e.page.follow:
		spans = append(spans, Span{" · live", themes.Success})
	case e.live:
		spans = append(spans, Span{" · live, G follows", themes.Warning})
	default:
		spans = append(spans, Span{" · ended", themes.Faint})
	}
	return append(spans, Span{" · v raw", themes.Faint})
}

func (e *events) mouse(event tea.MouseMsg) { e.page.mouse(event) }
