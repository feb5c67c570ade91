package batch_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/transport"
)

// written opens a collection of those files, whose requests reach handler at {{base}}.
func written(t testing.TB, handler http.Handler, files map[string]string) runner.Workspace {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return at(t, server.URL, files)
}

// at is written for a server that is there.
func at(t testing.TB, base string, files map[string]string) runner.Workspace {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	sessions := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	}, nil)
	t.Cleanup(func() { sessions.Close() })
	flags := env.Layer{Name: env.FlagsName, Vars: []template.Variable{{Name: "base", Value: base}}}
	return runner.Workspace{Collection: c, Sessions: sessions, Flags: flags}
}

// outcome is a run as a test looks at it.
type outcome struct {
	batch.Summary
	// lines are "chain: path status" in the order of finishing, with the error or the reason behind.
	lines   []string
	planned []int
	waits   []batch.Waiting
}

// paths are those of the steps that were begun and are over, in order.
func (o outcome) text() string { return strings.Join(o.lines, "\n") }

// runs runs what choice says.
func runs(ctx context.Context, t testing.TB, work runner.Workspace, choice batch.Choice, o batch.Options) outcome {
	t.Helper()
	plan, err := batch.NewPlan(ctx, work.Collection, choice)
	if err != nil {
		t.Fatal(err)
	}
	var got outcome
	o.Work = work
	heard := o.Sink
	o.Sink = func(e batch.Event) {
		switch e := e.(type) {
		case batch.Planned:
			got.planned = append(got.planned, e.Total)
		case batch.Waiting:
			got.waits = append(got.waits, e)
		case batch.Finished:
			got.lines = append(got.lines, line(e.Result))
		}
		if heard != nil {
			heard(e)
		}
	}
	got.Summary = batch.Run(ctx, plan, o)
	return got
}

func line(r *batch.Result) string {
	names := map[batch.Status]string{batch.Passed: "passed", batch.Failed: "failed", batch.Broken: "broken", batch.Skipped: "skipped"}
	text := r.Step.Chain + ": " + r.Step.Request.Path + " " + names[r.Status]
	if r.Err != nil {
		text += ": " + r.Err.Error()
	}
	if r.Reason != "" {
		text += ": " + r.Reason
	}
	return text
}

// echo answers with its path, and "/status/N" with that status.
func echo(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/missing":
		w.WriteHeader(http.StatusNotFound)
	default:
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"path": "` + r.URL.Path + `", "query": "` + r.URL.RawQuery + `"}`))
	}
}
