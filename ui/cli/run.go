package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/collections/runner/batch"
)

// runFlags are what `parley run` can be told.
type runFlags struct {
	requestFlags
	snapshotFlags
	choice batch.Choice
	data   string
	// rate is a number of requests a second.
	rate                   string
	until                  string
	interval, limit, delay time.Duration
	jobs, repeat           int
	bail, noHistory        bool
	reportFlags
}

func (p *Program) runVerb() *cobra.Command {
	f := &runFlags{}
	cmd := &cobra.Command{
		Use:   "run [PATH...]",
		Short: "Send saved requests and whole folders; expectations decide the exit code",
		Long:  runHelp,
		Example: `  parley run                                          the whole collection
  parley run flows users/create --env dev             a folder, and a request
  parley run --tag smoke --tag login --jobs 4         what has one of the tags, four folders at a time
  parley run users --data users.csv --report junit=report.xml --report html=report.html
  parley run jobs/status --until 'json.state == "done"' --interval 2s --limit 5m
  parley run flows --rate 10/s --bail
  parley run flows --record flows.har
  parley run flows --replay flows.har                 the same again, without a network
  parley run users --har | jq '.log.entries[]._expect'`,
		ValidArgsFunction: p.completeTree,
		RunE: func(cmd *cobra.Command, paths []string) error {
			f.choice.Paths = paths
			return p.runMany(cmd.Context(), p.dir(cmd), *f)
		},
	}
	f.register(cmd)
	f.reportFlags.register(cmd)
	p.completeChoices(cmd)
	if err := errors.Join(cmd.RegisterFlagCompletionFunc("tag", p.completeTags), cmd.MarkFlagFilename("data", "csv", "json", "ndjson", "jsonl")); err != nil {
		panic(err) // the flags were defined above
	}
	return cmd
}

func (f *runFlags) register(cmd *cobra.Command) {
	f.requestFlags.register(cmd)
	f.snapshotFlags.register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.choice.Tags, "tag", nil, "`TAG` of the requests to run; of several, one is enough")
	flags.StringVar(&f.choice.Grep, "grep", "", "`PATTERN`, a regular expression, to look for in path, URL and notes")
	flags.StringVar(&f.data, "data", "", "`FILE` of rows, CSV, JSON or NDJSON: run everything once for each, with its values as variables")
	flags.IntVarP(&f.jobs, "jobs", "j", 1, "run `N` folders, rows and repetitions side by side, and the requests of folders that are parallel")
	flags.IntVar(&f.repeat, "repeat", 1, "run everything `N` times")
	flags.StringVar(&f.until, "until", "", "run again and again until `EXPR` is true of the last response")
	flags.DurationVar(&f.interval, "interval", batch.DefaultInterval, "`DURATION` between two tries of --until")
	flags.DurationVar(&f.limit, "limit", batch.DefaultLimit, "`DURATION` after which --until gives up")
	flags.BoolVar(&f.bail, "bail", false, "stop after the first request that does not pass")
	flags.DurationVar(&f.delay, "delay", 0, "`DURATION` to wait between two requests of a folder")
	flags.StringVar(&f.rate, "rate", "", "send at most `N/s`; also N/m")
	flags.BoolVar(&f.noHistory, "no-history", false, "do not record what is sent in history")
}

const runHelp = `Send saved requests, and say of each whether it is answered as its [expect] asks. A PATH is a request or a folder, with all
that is in it; without one it is the whole collection. --tag and --grep choose among those.

A folder is a chain: its requests run one after another in the order of the tree, and see what those before them captured.
It has cookies of its own unless requests name a session. --jobs runs folders, rows of data and repetitions side by side,
and the requests of a folder whose folder.toml says parallel = true. when = 'EXPR' in a request skips it where that is false.

--data runs everything once for each row. CSV has the names of the variables in its first line; JSON is an array of objects,
NDJSON an object on each line. A name that ends in .csv is CSV; of other files the content tells.

A line tells of each request, and what it did not meet stands below. At a terminal, only what has not passed is told, above
a line that shows how far the run is; -v tells of all, with what was captured and what hooks logged. --report writes text,
junit, html or har to a file, or to standard output without one; it may be given several times, and what ran is reported
when a run is interrupted, too. Secrets are marks in every report.

--until runs everything again until EXPR is true of the last response. The last try decides: what did not pass in one before
is told, and does not count.

--record keeps every exchange, each attempt and redirect with its whole bodies, in an HTTP archive, with marks in the place
of secrets. --replay answers from such a file, or from one that a browser wrote, and connects to nobody: a request is
answered by the next entry with its method, its URL and its body, times are those of the log, and no secret is needed. What
hooks send by themselves is not kept, and a body that is another one each time, as with uuid(), finds no entry.

Exit codes: 0 all passed or were skipped; 1 an expectation was not met, a capture found nothing, --until did not come true,
or --fail and a status of 400 or more; 2 usage, a file that cannot be read, or refused by protection; 3 no whole response;
130 interrupted. Where several apply, 130, 3, 2, 1.`

// runMany carries out `parley run`.
func (p *Program) runMany(ctx context.Context, dir string, f runFlags) (err error) {
	options, err := f.options()
	if err != nil {
		return err
	}
	c, err := p.needTree(dir)
	if err != nil {
		return err
	}
	plan, err := batch.NewPlan(ctx, c, f.choice)
	if err != nil {
		return err
	}
	if plan.Steps() == 0 {
		return &UsageError{Message: batch.ErrNothing.Error(), Advice: "`parley list` lists the requests; --tag and --grep choose among them"}
	}
	work, err := p.runWorkspace(plan.Collection, f)
	if err != nil {
		return err
	}
	if f.replay != "" {
		tape, err := p.playBack(f.replay, work, &options)
		if err != nil {
			return err
		}
		defer tape.Close() // it was only read
	}
	defer func() { err = errors.Join(err, work.Close()) }()
	options.Work = *work
	if f.data != "" {
		options.Rows = batch.ReadRows(f.data, func() (io.ReadCloser, error) { return p.openData(f.data) })
	}
	return p.runPlan(ctx, plan, options, f)
}

// options are the flags that the runner knows as well.
func (f *runFlags) options() (batch.Options, error) {
	rate, err := parseRate(f.rate)
	for _, number := range []struct {
		flag  string
		value int
	}{{"jobs", f.jobs}, {"repeat", f.repeat}} {
		if err == nil && number.value < 1 {
			err = &UsageError{Message: fmt.Sprintf("--%s cannot be %d", number.flag, number.value), Advice: "it is a number from 1"}
		}
	}
	for _, d := range []struct {
		flag  string
		value time.Duration
	}{{"interval", f.interval}, {"limit", f.limit}, {"delay", f.delay}} {
		if err == nil && d.value < 0 {
			err = &UsageError{Message: fmt.Sprintf("--%s cannot be %v", d.flag, d.value), Advice: "it is a time such as 500ms or 2s"}
		}
	}
	return batch.Options{
		Jobs: f.jobs, Repeat: f.repeat, Until: f.until, Interval: f.interval, Limit: f.limit, Bail: f.bail, Delay: f.delay, Rate: rate,
	}, err
}

// parseRate reads 10, 10/s or 600/m as a number a second.
func parseRate(text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	number, unit, _ := strings.Cut(text, "/")
	seconds := map[string]float64{"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}[strings.TrimSpace(unit)]
	rate, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || seconds == 0 || rate <= 0 || rate > 1e9 {
		return 0, &UsageError{Message: fmt.Sprintf("--rate cannot be %q", text), Advice: "it is a number of requests a second or a minute, such as 10/s or 90/m"}
	}
	return rate / seconds, nil
}

// runWorkspace is the workspace of a run, with what the flags lay over every request.
func (p *Program) runWorkspace(c *collections.Collection, f runFlags) (*runner.Workspace, error) {
	assignments, err := f.assignments()
	if err != nil {
		return nil, err
	}
	work, err := p.workspace(c, f.choices)
	if err != nil {
		return nil, err
	}
	work.Snapshots = p.accepts(f.snapshotFlags)
	for _, a := range assignments {
		work.Overrides = append(work.Overrides, runner.Override{Flag: a.flag, Assignment: a.text})
	}
	return work, nil
}

// openData opens a file of rows, which is read more than once.
func (p *Program) openData(file string) (io.ReadCloser, error) {
	name := p.abs(file)
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, &UsageError{Message: fmt.Sprintf("--data %s is not a regular file", file), Advice: "rows are read more than once: put them into a file"}
	}
	opened, err := p.FS.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, disk.Wrap("read", file, err)
	}
	return opened, nil
}

// runPlan runs a plan, records it, shows it and reports it.
func (p *Program) runPlan(ctx context.Context, plan *batch.Plan, options batch.Options, f runFlags) error {
	if _, err := options.Work.Chosen(); err != nil { // said once, and not of every request
		return err
	}
	to, err := p.openReports(f.reportFlags, p.aboutRun(options.Work, f))
	if err != nil {
		return err
	}
	board := p.board()
	screen := p.runText(board, to, f.reportFlags)
	p.askInTurn(board, &options.Work)
	recorder := p.recorder(options.Work, f)
	options.Keep = recorder.keep
	var outcome outcomes
	options.Sink = func(event batch.Event) {
		board.hear(event)
		outcome.hear(event)
		screen.Handle(event)
		for _, target := range to {
			target.report.Handle(event)
		}
	}
	restore := p.collectLess()
	summary := batch.Run(ctx, plan, options)
	restore()
	board.close()
	told := screen.Close(summary)
	for _, target := range to {
		told = errors.Join(told, target.close(summary))
	}
	p.warnOfHistory(recorder)
	if outcome.kept > 0 {
		p.note("kept %s in %s", counted(outcome.kept, "snapshot"), collections.SnapshotDir)
	}
	return errors.Join(outcome.err(summary), told)
}

// collectLess has garbage collected less often: what a run needs at a time is so little that it would be collected a hundred
// times a second, which took a fifth of the time of requests in sequence (BenchmarkRun). Whoever sets GOGC has chosen.
func (p *Program) collectLess() (restore func()) {
	const percent = 400
	if p.env("GOGC") != "" {
		return func() {}
	}
	was := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(was) }
}
