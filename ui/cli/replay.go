package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/history"
	"parley/httpcore"
)

type replayFlags struct {
	requestFlags
	printFlags
	asSent, resolved bool
}

func (p *Program) replayVerb() *cobra.Command {
	var f replayFlags
	cmd := &cobra.Command{
		Use:   "replay [ID]",
		Short: "Send an exchange again, the newest without an ID",
		Long: `Send an exchange again.

--as-sent, which is what happens without a flag, sends the same bytes: the headers in their order, the cookies and the
content of then. What has to differ (a secret's present value, a signature) is said on stderr.
--resolved sends the request as it is in its file now, or as it was written if it was never saved, with the variables and
the session of now. The environments are those of then unless --env names others.`,
		Example: `  parley history replay
  parley history replay m3k9x2ab --har
  parley history replay m3k9x2ab --resolved --env staging`,
		Args:              arguments(0, 1),
		ValidArgsFunction: p.completeHistory,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.replay(cmd.Context(), args, f) },
	}
	f.requestFlags.register(cmd)
	f.printFlags.register(cmd)
	cmd.Flags().BoolVar(&f.asSent, "as-sent", false, "send the same bytes as then")
	cmd.Flags().BoolVar(&f.resolved, "resolved", false, "send the request as it resolves now")
	cmd.MarkFlagsMutuallyExclusive("as-sent", "resolved")
	for _, name := range []string{"env", "var", "set", "session"} {
		cmd.MarkFlagsMutuallyExclusive("as-sent", name)
	}
	p.completeChoices(cmd)
	return cmd
}

func (p *Program) replay(ctx context.Context, args []string, f replayFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	return p.withEntry(ctx, args, func(entry *history.Entry) error { return p.replayEntry(ctx, entry, f) })
}

// replayEntry sends an exchange again as the flags ask, in its own environments and session unless they name others.
func (p *Program) replayEntry(ctx context.Context, entry *history.Entry, f replayFlags) error {
	if len(f.environments) == 0 {
		f.environments = entry.Meta.Environments
	}
	if f.session == "" {
		f.session = entry.Meta.Session
	}
	if f.resolved {
		return p.replayResolved(ctx, entry, f)
	}
	return p.replayAsSent(ctx, entry, f)
}

// collectionOf opens the collection that an exchange came from; nil when it came from none.
func (p *Program) collectionOf(m history.Meta) (*collections.Collection, error) {
	if m.Collection == "" {
		return nil, nil
	}
	return p.tree(m.Collection)
}

func (p *Program) replayResolved(ctx context.Context, entry *history.Entry, f replayFlags) (err error) {
	collection, err := p.collectionOf(entry.Meta)
	if err != nil {
		return err
	}
	c := &call{collection: entry.Meta.Collection}
	if c.work, err = p.workspace(collection, f.choices); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.work.Close()) }()
	switch {
	case entry.Meta.Request != "" && collection != nil:
		c.loaded, err = collection.Request(entry.Meta.Request)
		c.request = c.loaded
	case entry.Meta.Written == "":
		err = &UsageError{Message: "how this request was written is not known", Advice: "--as-sent sends it as it was sent then"}
	default:
		_, c.request, err = collections.Draft{Text: []byte(entry.Meta.Written)}.Requests()
	}
	if err != nil {
		return err
	}
	if err := p.resolve(ctx, c, f.requestFlags); err != nil {
		return err
	}
	return p.exchange(ctx, c, f.printFlags)
}

func (p *Program) replayAsSent(ctx context.Context, entry *history.Entry, f replayFlags) (err error) {
	collection, err := p.collectionOf(entry.Meta)
	if err != nil {
		p.warn(err) // it may be gone; what was sent is known all the same
	}
	work, err := p.workspace(collection, f.choices)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, work.Close()) }()
	again, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return work.Secret(ctx, name) })
	if err != nil {
		return err
	}
	for _, difference := range again.Differs {
		p.note("parley: not as it was: %s", difference)
	}
	again.Request.Options.Fail = again.Request.Options.Fail || f.fail
	if err := work.Guard(again.Request.Method); err != nil {
		return err
	}
	session := work.Sessions.Get(work.SessionName(entry.Meta.Session))
	prepared, err := session.Prepare(ctx, again.Request)
	if err != nil {
		return err
	}
	meta := entry.Meta
	meta.Captured, meta.Expect = nil, nil // that was said of the other answer
	return p.run(ctx, prepared, session, &meta, f.printFlags, p.toFile(prepared, f.printFlags))
}
