package cli

import (
	"context"
	"fmt"

	"parley/collections/runner"
	"parley/httpcore"
)

// answering lets response() send the requests that it names. They are recorded as any other, and it is said what they do
// not meet; what is printed is the answer of the one that was asked for alone.
func (p *Program) answering(work *runner.Workspace, collection string) {
	work.Responses = runner.NewResponses(p.Now)
	work.SendFor = runner.SendingFor(func(ctx context.Context, sent *runner.Call, x *httpcore.Exchange, v runner.Verdict) {
		c := &call{work: &sent.Work, collection: collection, request: sent.Request, loaded: sent.Request, out: sent.Out}
		judged := &checks{call: sent, verdict: v}
		if meta := p.meta(c); meta != nil {
			p.record(*judged.note(meta), x)
		}
		p.tellHooks(c, v.Hooks)
		if err := unmet(v, x); err != nil {
			p.warn(fmt.Errorf("%s, which was sent for its response: %w", sent.Request.Path, err))
		}
		p.warnUnused(c)
	})
}
