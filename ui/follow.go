package ui

import (
	"context"
	"strings"

	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/httpcore"
	"parley/httpcore/protocol"
	"parley/ui/job"
)

// followed reports whether a request is one for a stream of events that is connected to again when it is lost, as a
// browser's EventSource is: a GET that asks for such a stream. To send anything else again might do something twice.
func followed(request *httpcore.Request) bool {
	accept, _ := request.Headers.Get("Accept")
	method := strings.ToUpper(request.Method)
	return (method == "" || method == "GET") && strings.Contains(strings.ToLower(accept), "text/event-stream")
}

// follow sends such a request, and again when the connection is lost. The last exchange is the job's, those before are
// handed out on the way.
func follow(work runner.Workspace, to *job.Job) func(context.Context, *resolve.Output, httpcore.Sink) (*httpcore.Exchange, error) {
	return func(ctx context.Context, out *resolve.Output, sink httpcore.Sink) (*httpcore.Exchange, error) {
		session, err := work.SessionFor(out)
		if err != nil {
			return nil, err
		}
		var last *httpcore.Exchange
		source := &protocol.EventSource{
			Session: session, Request: out.Request, Sink: sink, Reconnects: -1,
			Ended: func(x *httpcore.Exchange) {
				if last != nil {
					to.Over(last)
				}
				last = x
			},
		}
		err = source.Run(ctx, to.Hear)
		if last == nil {
			return nil, err
		}
		return last, nil // what went wrong is in the exchange
	}
}
