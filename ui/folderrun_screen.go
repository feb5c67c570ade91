package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// RunFolder implements pane.TreeHost: it asks how a folder or a request is to be run. While something runs, it shows that.
func (r *Root) RunFolder(path string) tea.Cmd {
	if r.ran != nil && !r.ran.ended() {
		return r.showRun()
	}
	path = strings.TrimSuffix(path, "/")
	what := path
	if path == "" {
		what = "the whole collection"
	}
	said := r.runForm
	r.overlays.Push(overlay.NewForm(overlay.FormOptions{
		Title: "Run " + what, Accept: "run",
		Fields: []widget.Field{
			{Key: "jobs", Label: "Side by side", Value: said["jobs"], Placeholder: "1", Check: wholeNumber, Help: "how many folders, rows and repetitions run at once; a folder is a chain and keeps its order"},
			{Key: "repeat", Label: "Repeat", Value: said["repeat"], Placeholder: "1", Check: wholeNumber, Help: "how often all of it is run"},
			{Key: "data", Label: "Data", Value: said["data"], Placeholder: "none", Check: r.dataFile, Help: "a file of CSV, JSON or NDJSON: everything runs once with the variables of each row"},
			{Key: "delay", Label: "Delay", Value: said["delay"], Placeholder: "none", Check: waitTime, Help: "between two requests, such as 200ms"},
			{Key: "bail", Label: "Stop at the first failure", Kind: widget.FieldToggle, Value: said["bail"], Help: "else everything is run"},
		},
		Answer: func(value func(string) string) tea.Cmd {
			r.runForm = map[string]string{}
			for _, key := range []string{"jobs", "repeat", "data", "delay", "bail"} {
				r.runForm[key] = value(key)
			}
			return r.planRun(what, path, r.runOptions())
		},
	}))
	return nil
}

func wholeNumber(text string) error {
	if n, err := strconv.Atoi(text); text != "" && (err != nil || n < 1) {
		return errors.New("write a number, such as 4")
	}
	return nil
}

func waitTime(text string) error {
	if text == "" {
		return nil
	}
	_, err := collections.ParseDuration(text)
	return err
}

// dataFile refuses a file that cannot be read as rows.
func (r *Root) dataFile(name string) error {
	if name == "" {
		return nil
	}
	info, err := os.Stat(r.dataPath(name))
	if err == nil && info.IsDir() {
		return errors.New("that is a folder")
	}
	return err
}

// dataPath is relative to the collection.
func (r *Root) dataPath(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(r.work.Collection.Root, name)
}

// runOptions are what was filled in, which was checked.
func (r *Root) runOptions() batch.Options {
	said := r.runForm
	o := batch.Options{Bail: said["bail"] == "true"}
	o.Jobs, _ = strconv.Atoi(said["jobs"])
	o.Repeat, _ = strconv.Atoi(said["repeat"])
	if said["delay"] != "" {
		o.Delay, _ = collections.ParseDuration(said["delay"])
	}
	if said["data"] != "" {
		name := r.dataPath(said["data"])
		o.Rows = batch.ReadRows(name, func() (io.ReadCloser, error) { return os.Open(name) })
	}
	return o
}

// planRun finds out what there is to run, and asks about a protected environment before anything is sent there that is
// not safe.
func (r *Root) planRun(title, path string, options batch.Options) tea.Cmd {
	collection := r.work.Collection
	return r.Background(func() func() tea.Cmd {
		var paths []string
		if path != "" {
			paths = []string{path}
		}
		plan, err := batch.NewPlan(r.ctx, collection, batch.Choice{Paths: paths})
		if err == nil && plan.Steps() == 0 {
			err = batch.ErrNothing
		}
		method := ""
		if err == nil {
			method = unsafeMethod(plan, *r.work)
		}
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			return r.guarded(method, func(work runner.Workspace) tea.Cmd {
				options.Work = work
				return r.startRun(&folderRun{title: title, plan: plan, again: options})
			})
		}
	})
}

// unsafeMethod is a method in the plan that a protected environment does not get without a second thought; "" for none.
func unsafeMethod(plan *batch.Plan, work runner.Workspace) string {
	for _, chain := range plan.Chains {
		for _, n := range chain.Nodes {
			request, err := n.Request()
			if err == nil && work.Guard(request.Method.Text) != nil {
				return request.Method.Text
			}
		}
	}
	return ""
}

// startRun begins a run, and shows it.
func (r *Root) startRun(f *folderRun) tea.Cmd {
	r.ran = f
	f.begin(r.ctx, r.preparer(), r.recorder(), r.now, r.Redraw)
	if r.history == nil {
		r.spooled = true
	}
	return tea.Batch(r.showRun(), func() tea.Msg {
		<-f.over
		return then{func() tea.Cmd { return r.runOver(f) }}
	}, r.tickRun())
}

// runOver says how a run ended, where its screen does not.
func (r *Root) runOver(f *folderRun) tea.Cmd {
	cmd := tea.Batch(r.takeIn(), r.refreshHistory())
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.problem != nil {
		cmd = tea.Batch(cmd, r.fail(f.problem))
	}
	if r.runScreen != nil && !r.runScreen.Done() {
		return cmd
	}
	note := success("run " + f.title + ": " + f.tally())
	if f.counts[batch.Failed]+f.counts[batch.Broken] > 0 || f.summary.Err != nil {
		note = warning("run "+f.title+": "+f.tally(), "")
	}
	return tea.Batch(cmd, r.notify(note))
}

func (r *Root) whyNoRun() string {
	if r.ran == nil {
		return "nothing was run yet: x in the collection's tree runs a folder"
	}
	return ""
}

// runTick lets the times of what runs go on.
type runTick struct{ of *folderRun }

const runBeat = 200 * time.Millisecond

func (r *Root) tickRun() tea.Cmd {
	f := r.ran
	return tea.Tick(runBeat, func(time.Time) tea.Msg { return runTick{f} })
}

// ticked draws the run anew as long as it runs and is shown.
func (r *Root) ticked(msg runTick) tea.Cmd {
	r.refreshRun()
	if msg.of != r.ran || msg.of.ended() || r.runScreen == nil || r.runScreen.Done() {
		return nil
	}
	return r.tickRun()
}

// refreshRun shows how far the run is, if it is shown.
func (r *Root) refreshRun() {
	if r.runScreen != nil && !r.runScreen.Done() {
		r.runScreen.Refresh()
	}
}

// showRun shows the run as it goes on, or how it ended.
func (r *Root) showRun() tea.Cmd {
	f := r.ran
	var steps []*ranStep // of each row
	r.runScreen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Run " + f.title, Titles: [3]string{"Request", "Came to", "Where"}, Notes: 20,
		Empty: "Nothing has begun yet.", Highlight: lightRun, Follows: true,
		Status: func() string {
			f.mu.Lock()
			defer f.mu.Unlock()
			return f.status(r.now())
		},
		Hint: r.keysOf(
			keyWord{action.Open, "exchange"}, keyWord{action.ItemDelete, "stop"}, keyWord{action.ItemRefresh, "run again"},
			keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			var rows []widget.Entry
			rows, steps = f.rows(r.now())
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: func(row int) tea.Cmd {
				if row < 0 || row >= len(steps) {
					return nil
				}
				return r.openStep(f, steps[row])
			},
			action.ItemDelete: func(int) tea.Cmd {
				f.cancel()
				return nil
			},
			action.ItemRefresh: func(int) tea.Cmd {
				if !f.ended() {
					return r.notify(info("it still runs: d stops it"))
				}
				r.runScreen.Close()
				return r.startRun(&folderRun{title: f.title, plan: f.plan, again: f.again})
			},
		},
	})
	r.overlays.Push(r.runScreen)
	if f.ended() {
		return nil
	}
	return r.tickRun()
}

// openStep shows the exchange of a step in a tab; the run goes on.
func (r *Root) openStep(f *folderRun, s *ranStep) tea.Cmd {
	f.mu.Lock()
	id, path := s.recorded, s.path
	f.mu.Unlock()
	r.runScreen.Close()
	if id == 0 {
		return r.OpenRequest(path)
	}
	return r.OpenExchange(id)
}

// ended reports whether nothing of the run runs any more.
func (f *folderRun) ended() bool {
	select {
	case <-f.over:
		return true
	default:
		return false
	}
}

// rows are the lines of the table, and the step that each is about. What failed has its reasons below it.
func (f *folderRun) rows(now time.Time) ([]widget.Entry, []*ranStep) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rows, steps := make([]widget.Entry, 0, len(f.steps)), make([]*ranStep, 0, len(f.steps))
	for _, s := range f.steps {
		rows, steps = append(rows, s.entry(now)), append(steps, s)
		for _, line := range s.because {
			name, value, _ := strings.Cut(line, ": ")
			if strings.HasPrefix(line, "  ") {
				name, value = "", line
			}
			rows, steps = append(rows, widget.Entry{Name: "  " + name, Value: value}), append(steps, s)
		}
	}
	return rows, steps
}

// marks are how a step ended, told without colour.
var marks = [...]string{batch.Passed: "✓ ", batch.Failed: "✗ ", batch.Broken: "! ", batch.Skipped: "- "}

// running marks a step that is not over.
const running = "… "

// lightRun colours the marks.
func lightRun(column widget.Column, cell string) []widget.Span {
	role := themes.Muted
	switch {
	case column != widget.ColumnName:
		return nil
	case strings.HasPrefix(cell, marks[batch.Passed]):
		role = themes.Success
	case strings.HasPrefix(cell, marks[batch.Failed]), strings.HasPrefix(cell, marks[batch.Broken]):
		role = themes.Error
	case !strings.HasPrefix(cell, marks[batch.Skipped]) && !strings.HasPrefix(cell, running):
		return nil
	}
	return []widget.Span{{To: strings.IndexByte(cell, ' '), Role: role}}
}

func (s *ranStep) entry(now time.Time) widget.Entry {
	entry := widget.Entry{Name: running + s.path, Value: "running " + seconds(now.Sub(s.started)), Note: s.where()}
	if !s.over {
		return entry
	}
	entry.Name = marks[s.status] + s.path
	words := []string{[...]string{batch.Passed: "passed", batch.Failed: "failed", batch.Broken: "broken", batch.Skipped: "skipped"}[s.status]}
	if s.code != 0 {
		words = append(words, strconv.Itoa(s.code))
	}
	if s.status != batch.Skipped {
		words = append(words, seconds(s.elapsed))
	}
	entry.Value = strings.Join(words, " · ")
	return entry
}

// where tells the steps of one request apart.
func (s *ranStep) where() string {
	var words []string
	if s.row > 0 {
		words = append(words, fmt.Sprintf("row %d", s.row))
	}
	if s.repeat > 0 {
		words = append(words, fmt.Sprintf("round %d", s.repeat))
	}
	return strings.Join(words, " · ")
}

func seconds(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return d.Round(100 * time.Microsecond).String()
	case d < 10*time.Second:
		return d.Round(time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}

// tally counts the ends.
func (f *folderRun) tally() string {
	words := []string{fmt.Sprintf("%d passed", f.counts[batch.Passed])}
	for _, end := range []struct {
		status batch.Status
		word   string
	}{{batch.Failed, "failed"}, {batch.Broken, "broken"}, {batch.Skipped, "skipped"}} {
		if n := f.counts[end.status]; n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, end.word))
		}
	}
	return strings.Join(words, ", ")
}

// status is the line above the table.
func (f *folderRun) status(now time.Time) string {
	done := 0
	for _, n := range f.counts {
		done += n
	}
	elapsed := now.Sub(f.started)
	if f.finished {
		elapsed = f.summary.Elapsed
	}
	words := []string{f.tally()}
	if !f.finished && f.planned > 0 {
		words = append(words, fmt.Sprintf("%d of %d", done, f.planned))
	}
	words = append(words, seconds(elapsed))
	if left := f.planned - done; !f.finished && f.planned > 0 && done > 0 && elapsed > time.Second {
		words = append(words, "about "+(elapsed/time.Duration(done)*time.Duration(left)).Round(time.Second).String()+" left")
	}
	switch {
	case f.summary.Err != nil && errors.Is(f.summary.Err, context.Canceled):
		words = append(words, "stopped")
	case f.summary.Err != nil:
		words = append(words, f.summary.Err.Error())
	case !f.finished && now.Before(f.waiting.Until):
		words = append(words, "waits "+seconds(f.waiting.Until.Sub(now).Truncate(100*time.Millisecond))+": "+f.waiting.Reason)
	}
	if f.dropped > 0 {
		words = append(words, fmt.Sprintf("the first %d are not listed", f.dropped))
	}
	return strings.Join(words, " · ")
}
