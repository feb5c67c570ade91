package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"parley/collections/har"
	"parley/history"
	"parley/httpcore"
	"parley/ui/safe"
)

// printFlags say what is printed of an exchange.
type printFlags struct {
	outputFlags
	har, verbose bool
}

func (f *printFlags) register(cmd *cobra.Command) {
	f.outputFlags.register(cmd)
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "show the heads of request and response on stderr")
	cmd.Flags().BoolVar(&f.har, "har", false, "print a HAR 1.2 log of the exchange instead of the body")
}

// exchange sends a resolved request.
func (p *Program) exchange(ctx context.Context, c *call, f printFlags) error {
	if err := c.work.Guard(c.out.Request.Method); err != nil {
		return err
	}
	session, err := c.work.SessionFor(c.out)
	if err != nil {
		return err
	}
	prepared, err := session.Prepare(ctx, c.out.Request)
	if err != nil {
		return err
	}
	return p.run(ctx, prepared, session, p.meta(c), f)
}

// run sends a prepared request, prints what comes back while it arrives, and records it all unless meta is nil.
func (p *Program) run(ctx context.Context, prepared *httpcore.Prepared, session *httpcore.Session, meta *history.Meta, f printFlags) (err error) {
	sending, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	live := &live{program: p, ctx: sending, request: prepared.Request, flags: f, failed: cancel}
	if f.verbose {
		live.head(prepared.AppendHead(nil))
	}
	x, failure := session.Do(sending, prepared, live)
	if meta != nil {
		p.record(*meta, x)
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if ctx.Err() != nil {
		return failure // at once: what prints may hang in a pipe
	}
	if err := live.finish(x); err != nil {
		return err
	}
	if f.har {
		if err := p.printHAR(x, meta, f.outputFlags); err != nil {
			return err
		}
	}
	if p.IsTerminal(p.Stderr) {
		p.summary(x)
	}
	return failure
}

// live hears an exchange as it runs, and prints.
type live struct {
	program *Program
	ctx     context.Context
	request *httpcore.Request
	flags   printFlags
	failed  context.CancelCauseFunc // the output cannot be written
	printed chan error              // nil until printing has begun
}

// Handle shows heads, and begins to print the body of a response that is the answer for sure.
func (l *live) Handle(event httpcore.Event) {
	switch e := event.(type) {
	case httpcore.HeadReceived:
		l.request = e.Request
		if l.flags.verbose {
			if e.Hop > 0 || e.Attempt > 0 {
				l.head(e.Head)
			}
			l.head(e.Response.RawHead)
		}
		if e.Response.Status < 300 || e.Response.Status > 399 {
			l.begin(e.Response)
		}
	case httpcore.Redirected:
		for _, dropped := range e.Dropped {
			l.program.note("redirected to %s without %s: %s", e.To, dropped.What, dropped.Why)
		}
	}
}

func (l *live) begin(r *httpcore.Response) {
	if l.flags.har || l.printed != nil {
		return
	}
	l.printed = make(chan error, 1)
	secrets := l.request.Secrets
	go func() {
		err := l.program.printBody(l.ctx, r, secrets, l.flags.outputFlags)
		if err != nil {
			l.failed(err)
		}
		l.printed <- err
	}()
}

// finish waits until everything is printed.
func (l *live) finish(x *httpcore.Exchange) error {
	if r := x.Response(); r != nil {
		l.begin(r)
	}
	if l.printed == nil {
		return nil
	}
	return <-l.printed
}

// head shows the head of a message on stderr.
func (l *live) head(head []byte) {
	masker := httpcore.NewMasker(l.request.Secrets, httpcore.Secret.String)
	fmt.Fprint(l.program.Stderr, safe.Text(masker.String(string(head))))
}

// summary is the last word at a terminal: how it ended, how long it took.
func (p *Program) summary(x *httpcore.Exchange) {
	r := x.Response()
	if r == nil {
		return
	}
	p.note("%s %d %s · %s · %d bytes", r.Proto, r.Status, r.Reason, x.Total().Round(10*time.Microsecond), r.Body.Size())
}

// printHAR prints the exchange as a HAR log. Secrets are masked there wherever it goes.
func (p *Program) printHAR(x *httpcore.Exchange, meta *history.Meta, f outputFlags) (err error) {
	out, err := p.open(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	var w io.Writer = out
	if f.toStdout() && p.IsTerminal(p.Stdout) {
		guard := safe.NewWriter(out, safe.KeepNewline|safe.KeepTab, "", "")
		defer func() { err = errors.Join(err, guard.Close()) }()
		w = guard
	}
	options := har.Options{Masker: httpcore.NewMasker(x.Request.Secrets, httpcore.Mark)}
	if meta != nil {
		options.SavedRequest = meta.Request
	}
	log := har.NewWriter(w, har.Creator{Name: "parley", Version: p.Version})
	if err := log.Add(x, options); err != nil {
		return err
	}
	return log.Close()
}
