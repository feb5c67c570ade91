package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/runner"
	"parley/httpcore"
	"parley/ui/job"
)

// asking is what is asked of a token's server, with the request's own way to it.
type asking func(context.Context, httpcore.Authorizer, *httpcore.Prepared, httpcore.Requester) error

// askToken asks in a job of its own, which can be cancelled and may want a person's help.
func (r *Root) askToken(t *tab, then func() tea.Cmd, ask asking) tea.Cmd {
	if r.errand != nil {
		return r.notify(info("a token is being asked for already"))
	}
	work, edited := *r.work, t.draft.Clone()
	var grant httpcore.Fields
	r.errand = &errand{done: func(err error) tea.Cmd {
		if err != nil {
			return r.fail(err)
		}
		if grant != nil {
			t.grant = grant
		}
		return tea.Batch(r.notify(success("there is a token")), then())
	}}
	r.errand.job = job.Start(r.ctx, job.ID{Tab: errandTab}, r.now, func(ctx context.Context, to *job.Job) (*httpcore.Exchange, error) {
		session, p, a, err := r.authorizer(ctx, work, edited)
		if err != nil {
			return nil, err
		}
		if p.Request.Auth.Type == oauth2 {
			grant = p.Request.Auth.Values
		}
		return nil, ask(ctx, a, p, session.Requester(p, to))
	})
	return r.errand.job.Wait()
}

// authorizer prepares a request, and returns it with its session and what authorises it.
func (r *Root) authorizer(ctx context.Context, work runner.Workspace, edited *collections.Request) (*httpcore.Session, *httpcore.Prepared, httpcore.Authorizer, error) {
	out, err := work.Resolve(ctx, edited)
	if err != nil {
		return nil, nil, nil, err
	}
	session, err := work.SessionFor(out)
	if err != nil {
		return nil, nil, nil, err
	}
	p, err := session.Prepare(ctx, out.Request)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, scheme := range r.options.Schemes {
		if scheme.Type() == out.Request.Auth.Type {
			a, err := scheme.Authorizer(out.Request.Auth.Values)
			return session, p, a, err
		}
	}
	return session, p, nil, nil
}

// errand is a job that no tab shows.
type errand struct {
	job  *job.Job
	done func(error) tea.Cmd
}

// errandDone ends the errand.
func (r *Root) errandDone(msg job.Done) tea.Cmd {
	e := r.errand
	r.errand = nil
	r.helped(errandTab)
	cmd := r.free(msg.Exchange)
	if e == nil {
		return cmd
	}
	return tea.Batch(cmd, e.done(msg.Err))
}
