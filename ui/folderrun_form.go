package ui

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/runner"
	"parley/collections/runner/batch"
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
			{Key: "jobs", Label: "Side by side", Value: said["jobs"], Placeholder: "1", Check: wholeNumber, Help: "how many folders, rows and rounds at once; a folder keeps its order"},
			{Key: "repeat", Label: "Repeat", Value: said["repeat"], Placeholder: "1", Check: wholeNumber, Help: "how often all of it is run"},
			{Key: "data", Label: "Data", Value: said["data"], Placeholder: "none", Check: r.dataFile, Help: "a file of CSV, JSON or NDJSON: all runs once for each of its rows"},
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
	work := *r.work
	return r.Background(func() func() tea.Cmd {
		var paths []string
		if path != "" {
			paths = []string{path}
		}
		plan, err := batch.NewPlan(r.ctx, work.Collection, batch.Choice{Paths: paths})
		if err == nil && plan.Steps() == 0 {
			err = batch.ErrNothing
		}
		method := ""
		if err == nil {
			method = unsafeMethod(plan, work)
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
