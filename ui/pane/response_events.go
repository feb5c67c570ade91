package pane

import (
	"net/http"

	"parley/httpcore"
)

// listen shows events where there are any: those that a job hears, else those of the content.
func (r *Response) listen() {
	e := r.events
	e.now, e.lost, e.live, e.masker = r.now, nil, r.running != nil, r.masker()
	response := r.response()
	switch {
	case r.running != nil && r.running.Events != nil:
		e.show(*r.running)
	case e.log != nil && e.own == nil && r.running == nil: // a job's that is over
		e.over(r.exchange)
	case response != nil && response.Status == http.StatusOK && httpcore.IsEventStream(response.Headers):
		e.read(response, e.live, r.host.Redraw)
	case r.running == nil || r.running.Events == nil:
		e.close()
	}
	e.refresh()
}

// listsEvents reports whether the events are what is shown.
func (r *Response) listsEvents() bool {
	return r.strip.at == sideBody && r.events.log != nil && !r.asBody && r.problem == nil
}

func (r *Response) forgetEvents() {
	r.events.close()
	r.asBody = false
}

// lookAtEvents goes from the list of events to the content as it came, and after its last look back to the list.
func (r *Response) lookAtEvents() bool {
	switch {
	case !r.asBody:
		r.asBody = true
	case r.body.atLastMode():
		r.asBody = false
		r.body.look(r.body.seen().document.Default())
	default:
		return false
	}
	return true
}
