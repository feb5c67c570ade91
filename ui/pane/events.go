package pane

import (
	"context"
	"fmt"
	"net/http"
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
	page *page
	log  *protocol.EventLog
	own  *httpcore.Response // that the log is read from here; nil when a job fills it
	stop context.CancelFunc // ends the reading; nil when there is none
	seen int64              // the number of the newest entry that is in lines
	kept []protocol.Entry
	// masker hides the secrets in what comes.
	masker *httpcore.Masker
	lines  []pageLine
	lost   *protocol.Lost
	ended  string // why a stream that is connected to again is over; empty while it is not
	now    time.Time
	live   bool
	timed  bool         // when each came is known
	back   *widget.Spot // the place to come back to, once what it is in has been read
	w, h   int
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
		e.log, e.timed, e.live, e.back = state.Events, true, true, nil
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
	for _, entry := range added {
		entry.Message = e.masked(entry.Message)
		e.kept = append(e.kept, entry)
		e.lines = append(e.lines, eventLine(entry, e.timed))
	}
	if over := len(e.kept) - job.EventsMost; over > 0 {
		e.kept = append(e.kept[:0:0], e.kept[over:]...)
		e.lines = append(e.lines[:0:0], e.lines[over:]...)
		e.page.cursor, e.page.top = max(0, e.page.cursor-over), max(0, e.page.top-over)
	}
	e.page.renew()
	e.comeBack()
}

// comeBack goes to the place that was asked for, if it is there by now.
func (e *events) comeBack() {
	if e.back == nil || e.live || int64(len(e.lines)) <= e.back.Cursor.Line {
		return
	}
	e.page.load()
	e.page.follow = false
	e.page.to(int(e.back.Cursor.Line))
	e.page.scroll(int(e.back.Top.Line))
	e.back = nil
}

const (
	eventTypeCells = 12
	eventIDCells   = 8
)

// masked hides the secrets in what a server sends back.
func (e *events) masked(message protocol.Message) protocol.Message {
	switch m := message.(type) {
	case protocol.Event:
		m.ID, m.Type, m.Data = e.masker.String(m.ID), e.masker.String(m.Type), e.masker.String(m.Data)
		return m
	case protocol.Comment:
		m.Text = e.masker.String(m.Text)
		return m
	}
	return message
}

func (e *events) setSize(w, h int) {
	e.w, e.h = w, h
	e.page.setSize(w, max(1, h-e.detailRows()-e.stateRows()))
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
