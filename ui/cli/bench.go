package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections/disk"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/runner/bench"
	"parley/httpcore"
)

// What is measured unless flags say otherwise.
const (
	benchJobs     = 10   // in a closed loop
	benchInFlight = 1000 // in an open one
	benchDuration = 10 * time.Second
	benchWarmUp   = time.Second
)

// benchFlags are what `parley bench` can be told.
type benchFlags struct {
	requestFlags
	bodyFlags
	rate     float64
	jobs     int
	duration time.Duration
	requests int64
	warmUp   time.Duration
	asJSON   bool
	hgrm     string
}

func (p *Program) benchVerb() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench [METHOD] TARGET [ITEM...]",
		Short: "Send one request again and again, and measure how long its answers take",
		Long:  benchHelp,
		Example: `  parley bench :8080/users --rate 200 --duration 30s    200 requests a second, whatever becomes of them
  parley bench :8080/users --jobs 50 --requests 10000   as fast as 50 at a time go
  parley bench users/create --env dev --rate 20 --fail
  parley bench :8080/users --rate 100 --json | jq .latency_ms.p99
  parley bench :8080/users --rate 100 --hgrm users.hgrm`,
		Args:              needTarget,
		ValidArgsFunction: p.completeSaved,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.bench(cmd.Context(), p.dir(cmd), args, f, f.load(cmd))
		},
	}
	f.requestFlags.register(cmd)
	f.shortcuts.register(cmd)
	f.bodyFlags.register(cmd)
	flags := cmd.Flags()
	flags.Float64Var(&f.rate, "rate", 0, "send `N` requests a second, on time, whatever becomes of those before (an open loop)")
	flags.IntVar(&f.jobs, "jobs", 0, fmt.Sprintf("`N` requests at a time (%d); with --rate the most in flight (%d)", benchJobs, benchInFlight))
	flags.DurationVar(&f.duration, "duration", 0, fmt.Sprintf("measure for `DURATION`, such as 30s (%v unless --requests is given)", benchDuration))
	flags.Int64Var(&f.requests, "requests", 0, "measure `N` requests")
	flags.DurationVar(&f.warmUp, "warm-up", 0, fmt.Sprintf("send for `DURATION` before measuring (%v, with --requests alone 0s)", benchWarmUp))
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	flags.StringVar(&f.hgrm, "hgrm", "", "write the percentiles of the latency to `FILE`, as HdrHistogram's plotter reads them")
	p.completeChoices(cmd)
	return cmd
}

const benchHelp = `Send one request again and again, and measure how long its answers take. TARGET and ITEMs are those of send.

With --rate requests are due at fixed times, and latency is counted from when a request was due: a server that stalls is
charged with everybody who had to wait (corrected for coordinated omission). The service time, counted from when it was
sent, stands beside it. Requests that had to wait because --jobs were in flight are late; those that were due and never
sent are missed. Without --rate, each of --jobs sends its next request when it has its answer: that says how much a server
can take, not how long people wait.

Expectations are checked, captured values are not kept, hooks do not run, and nothing goes into the history. Variables that
change, such as uuid(), are filled in anew for each request; a prompt or a command is asked once. Answers with a redirect or
a retry are measured as a whole. Only answered requests are in the percentiles; what had no answer is counted by its kind.

Exit codes: 1 when an expectation was not met (or --fail and a status of 400 or more, or no answer), 3 when nothing was
answered, 130 when interrupted: what was measured until then is printed.`

// load is what the flags ask for.
func (f *benchFlags) load(cmd *cobra.Command) bench.Load {
	load := bench.Load{Rate: f.rate, Jobs: f.jobs, Duration: f.duration, Requests: f.requests, WarmUp: f.warmUp}
	given := cmd.Flags().Changed
	if !given("jobs") {
		load.Jobs = benchJobs
		if given("rate") {
			load.Jobs = benchInFlight
		}
	}
	if !given("duration") && !given("requests") {
		load.Duration = benchDuration
	}
	if !given("warm-up") && load.Duration > 0 {
		load.WarmUp = benchWarmUp
	}
	return load
}

func (p *Program) bench(ctx context.Context, dir string, args []string, f benchFlags, load bench.Load) (err error) {
	if err := load.Check(); err != nil {
		return err
	}
	calls, err := p.prepareCalls(ctx, dir, args, f.requestFlags, f.bodyFlags)
	if err != nil {
		return err
	}
	c := calls[0]
	defer func() { err = errors.Join(err, c.work.Close()) }()
	switch {
	case len(calls) > 1:
		return &UsageError{Message: fmt.Sprintf("the curl command makes %d requests", len(calls)), Advice: "name one URL in it"}
	case c.input != nil && f.chunked:
		return &UsageError{Message: "standard input can be sent once only as it comes", Advice: "leave out --chunked; it is kept then"}
	}
	m := &measurement{program: p, call: c, flags: f, load: load}
	if p.IsTerminal(p.Stderr) {
		m.live = &benchLive{out: p.Stderr, width: func() int { return p.Width(p.Stderr) }, load: load}
	}
	return m.run(ctx)
}

// measurement is one run of `parley bench`.
type measurement struct {
	program *Program
	call    *call
	flags   benchFlags
	load    bench.Load
	live    *benchLive // nil when nobody would see it

	first *resolve.Output // the first request
	title string          // what is sent, masked
}

// watchEvery is how often the display is drawn.
const watchEvery = 200 * time.Millisecond

func (m *measurement) run(ctx context.Context) error {
	options := bench.Options{Load: m.load, Target: bench.Target{Work: *m.call.work, Resolve: m.resolve}}
	if m.live != nil {
		options.Watch, options.Every = m.live.draw, watchEvery
	}
	summary, err := bench.Run(ctx, options)
	if m.live != nil {
		m.live.close()
	}
	if summary == nil {
		return err
	}
	if m.flags.asJSON {
		err = errors.Join(err, m.program.printJSON(m.json(summary)))
	} else {
		err = errors.Join(err, m.print(summary))
	}
	if m.flags.hgrm != "" {
		err = errors.Join(err, m.writeHGRM(summary))
	}
	return errors.Join(err, m.judge(summary))
}

// resolve makes a request; of the first one it says what is not used.
func (m *measurement) resolve(ctx context.Context, work runner.Workspace) (*resolve.Output, error) {
	c := *m.call
	c.work = &work
	effective, err := m.program.withoutHooks(ctx, &c, m.flags.requestFlags)
	if err != nil {
		return nil, err
	}
	if c.manners != nil {
		if err := m.program.behaveAsCurl(&c, m.flags.session != ""); err != nil {
			return nil, err
		}
	}
	if m.first == nil {
		m.program.warnUnused(&c)
		if len(effective.Hooks) > 0 { // what is measured is the server, not a process with JavaScript
			m.program.warn(errors.New("hooks do not run in a bench: what they would change is sent as it is written"))
		}
		session, err := work.SessionFor(c.out)
		if err != nil {
			return nil, err
		}
		prepared, err := session.Prepare(ctx, c.out.Request)
		if err != nil {
			return nil, err
		}
		m.first, m.title = c.out, prepared.Method+" "+httpcore.NewMasker(prepared.Request.Secrets, httpcore.Secret.String).String(prepared.URL.String())
	}
	return c.out, nil
}

func (m *measurement) writeHGRM(s *bench.Summary) error {
	var text strings.Builder
	if err := s.Latency.WriteHGRM(&text); err != nil {
		return err
	}
	return disk.WriteFile(m.program.FS, m.program.abs(m.flags.hgrm), []byte(text.String()), 0o666)
}

// judge is what the exit code is about.
func (m *measurement) judge(s *bench.Summary) error {
	if s.Answered == 0 && s.Broken > 0 {
		return mostFrequent(s).First
	}
	total := s.Answered + s.Broken
	failed := s.Failed
	if m.first.Request.Options.Fail || !m.first.Checks.IsEmpty() {
		failed += s.Broken
	}
	if failed == 0 {
		return nil
	}
	return &unmetError{fmt.Sprintf("%s of %s requests did not end as expected", grouped(failed), grouped(total)), nil}
}

// byFrequency are the kinds of errors, the most frequent first.
func byFrequency(s *bench.Summary) []bench.Failure {
	var list []bench.Failure
	for _, failure := range s.Errors {
		list = append(list, failure)
	}
	slices.SortFunc(list, func(a, b bench.Failure) int {
		if a.Count != b.Count {
			return int(b.Count - a.Count)
		}
		return strings.Compare(string(a.First.Kind), string(b.First.Kind))
	})
	return list
}

func mostFrequent(s *bench.Summary) bench.Failure { return byFrequency(s)[0] }
