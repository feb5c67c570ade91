package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections/har"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
	"parley/ui/safe"
)

// printFlags say what is printed of an exchange, and where it goes.
type printFlags struct {
	outputFlags
	streamFlags
	filterFlags
	har, explain     bool
	verbose          int
	download, resume bool
	// hides reports whether the content of a response is not printed; nil prints all.
	hides func(*httpcore.Response) bool
	// checks is what is asked of the answer; nil asks nothing.
	checks *checks
}

func (f *printFlags) register(cmd *cobra.Command) {
	f.outputFlags.register(cmd)
	cmd.Flags().CountVarP(&f.verbose, "verbose", "v", "show the heads of request and response on stderr; -vv all that goes over the wire")
	cmd.Flags().BoolVar(&f.har, "har", false, "print a HAR 1.2 log of the exchange instead of the body; with -vv the wire log in it")
	f.filterFlags.register(cmd)
}

// registerSaving adds the flags of verbs that can download.
func (f *printFlags) registerSaving(cmd *cobra.Command) {
	cmd.Flags().BoolVarP(&f.download, "download", "d", false, "save the body to a file, -o or the name that the server gives it")
	cmd.Flags().BoolVarP(&f.resume, "continue", "c", false, "go on with a download that broke off")
	for _, other := range append([]string{"har", "stream", "pretty"}, filterLanguages[:]...) {
		cmd.MarkFlagsMutuallyExclusive("download", other)
		cmd.MarkFlagsMutuallyExclusive("continue", other)
	}
}

func (f *printFlags) check() error {
	if err := errors.Join(f.outputFlags.check(), f.streamFlags.check(), f.filterFlags.check()); err != nil {
		return err
	}
	if f.selects() && f.stream != "" && (f.stream != streamLines || f.expressions[2] != "") {
		return &UsageError{Message: "of a stream, --jq and --jsonpath select from lines of JSON only", Advice: "give --stream lines with them"}
	}
	return nil
}

// showsHeads reports whether heads are shown: the wire log has them too.
func (f *printFlags) showsHeads() bool { return f.verbose == 1 || f.verbose > 1 && f.har }

// wireLimit is how much of each direction of the wire -vv shows.
const wireLimit = 64 << 20

// exchange sends a resolved request.
func (p *Program) exchange(ctx context.Context, c *call, f printFlags) error {
	if err := c.work.Guard(c.out.Request.Method); err != nil {
		return err
	}
	session, err := c.work.SessionFor(c.out)
	if err != nil {
		return err
	}
	if c.made.Asks() && f.stream != streamEvents {
		f.checks = &checks{call: c.made, tell: func(v runner.Verdict) { p.tellHooks(c, v.Hooks) }}
	}
	if f.stream == streamEvents {
		if c.made.Asks() {
			p.warn(errors.New("a stream of events has no end: nothing is captured from it, no expectation checked, and no hook run after it"))
		}
		return p.follow(ctx, c.out.Request, session, p.meta(c), f)
	}
	prepared, err := session.Prepare(ctx, c.out.Request)
	if err != nil {
		return err
	}
	if !f.download && !f.resume {
		return p.run(ctx, prepared, session, p.meta(c), f, p.toFile(prepared, f))
	}
	d := &download{program: p, say: p.note, resume: f.resume, asked: maskedURL(prepared), tell: p.IsTerminal(p.Stderr) || f.verbose > 0}
	if !f.toStdout() {
		d.named = p.abs(f.file)
	}
	if err := d.begin(c.out.Request); err != nil {
		return err
	}
	if prepared, err = session.Prepare(ctx, c.out.Request); err != nil {
		return err
	}
	return p.run(ctx, prepared, session, p.meta(c), f, d)
}

// toFile returns what saves the body as it is; nil when it is printed, or changed on the way.
func (p *Program) toFile(prepared *httpcore.Prepared, f printFlags) saver {
	if l := p.looks(f.outputFlags); f.toStdout() || f.har || f.stream != "" || f.selects() || l.format || l.colors {
		return nil
	}
	return &toFile{program: p, name: p.abs(f.file), asked: maskedURL(prepared)}
}

func maskedURL(prepared *httpcore.Prepared) string {
	return httpcore.NewMasker(prepared.Request.Secrets, httpcore.Mark).String(prepared.URL.String())
}

// run sends a prepared request, prints or saves what comes back while it arrives, and records it all unless meta is nil.
func (p *Program) run(ctx context.Context, prepared *httpcore.Prepared, session *httpcore.Session, meta *history.Meta, f printFlags, to saver) (err error) {
	if err := p.checkOutput(f.outputFlags); err != nil {
		return err
	}
	sending, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	live := &live{program: p, ctx: sending, request: prepared.Request, flags: f, failed: cancel, saver: to}
	live.holds = f.checks.hasSecrets()
	live.waits = live.holds && p.looks(f.outputFlags).terminal
	live.status = p.statusLine(prepared, to)
	if d, ok := to.(*download); ok {
		d.say = live.note // above the status line
	}
	defer live.endStatus()
	if f.showsHeads() && len(prepared.Incomplete) == 0 { // else what is sent may be another one
		live.head(prepared.AppendHead(nil))
		live.shown = true
	}
	if f.verbose > 1 {
		prepared.Options.WireLimit = wireLimit
	}
	x, failure := session.Do(sending, prepared, live)
	live.endStatus()
	unmet := f.checks.check(ctx, x, meta)
	live.release(x)
	p.tellSnapshots(f.checks)
	if meta != nil {
		p.record(*meta, x)
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if to != nil {
		defer func() { err = to.finish(x, err) }()
	}
	if ctx.Err() != nil {
		return failure // at once: what prints may hang in a pipe
	}
	p.warnOfTrust(x)
	if err := cmp.Or(live.finish(x), context.Cause(sending)); err != nil {
		return err
	}
	if f.har {
		if err := p.printHAR(x, f.checks.note(meta), f.outputFlags); err != nil {
			return err
		}
	}
	if p.IsTerminal(p.Stderr) || f.verbose > 0 && to != nil {
		p.summary(x)
	}
	return errors.Join(failure, unmet)
}

// statusLine returns what shows progress at a terminal; nil where nobody would see it.
func (p *Program) statusLine(prepared *httpcore.Prepared, to saver) *statusLine {
	if !p.IsTerminal(p.Stderr) || p.env("TERM") == "dumb" {
		return nil
	}
	state := progress{download: to != nil, retries: prepared.Options.Retry.Total}
	if d, ok := to.(*download); ok {
		state.before = d.from
	}
	return newStatusLine(p.Stderr, func() int { return p.Width(p.Stderr) }, p.Now, state)
}

// summary is the last word at a terminal: how it ended, how long it took.
func (p *Program) summary(x *httpcore.Exchange) {
	r := x.Response()
	if r == nil {
		return
	}
	status := strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, r.Reason)) // HTTP/2 has no reason
	p.note("%s %s · %s · %d bytes", r.Proto, status, x.Total().Round(10*time.Microsecond), r.Body.Size())
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
		options.SavedRequest, options.Captured, options.Expect = meta.Request, meta.Captured, meta.Expect
	}
	log := har.NewWriter(w, har.Creator{Name: "parley", Version: p.Version})
	if err := log.Add(x, options); err != nil {
		return err
	}
	return log.Close()
}
