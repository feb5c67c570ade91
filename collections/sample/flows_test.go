package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// flows runs the folder against a playground of its own, and returns the paths of what passed, in order, and what did not.
func flows(t *testing.T, o batch.Options) (passed, wrong []string) {
	t.Helper()
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c, err := collections.Open(disk.OS(), written(t, Addresses{Clear: server.URL, TLS: server.TLSURL}))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := batch.NewPlan(t.Context(), c, batch.Choice{Paths: []string{"flows"}})
	if err != nil {
		t.Fatal(err)
	}
	sessions := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{
			Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(auth.Environment{}),
		})
	}, nil)
	t.Cleanup(func() { _ = sessions.Close() })
	o.Work = runner.Workspace{Collection: c, Sessions: sessions, Scripts: runner.NewScripts(), Host: template.Host{Random: chance{}}}
	t.Cleanup(func() { _ = o.Work.Close() })
	o.Sink = func(e batch.Event) {
		finished, ok := e.(batch.Finished)
		if !ok {
			return
		}
		r := finished.Result
		if r.Status == batch.Passed {
			passed = append(passed, strings.TrimPrefix(r.Step.Request.Path, "flows/"))
			return
		}
		text := fmt.Sprintf("%s: %v %s", r.Step.Request.Path, r.Err, r.Reason)
		for _, e := range r.Verdict.Expect {
			if !e.Passed {
				text += "\n" + e.Name + ": " + strings.Join(e.Explanation, "\n  ")
			}
		}
		wrong = append(wrong, text)
	}
	if summary := batch.Run(context.Background(), plan, o); summary.Err != nil {
		t.Fatal(summary.Err)
	}
	return passed, wrong
}

// chance may be drawn from by requests that run side by side.
type chance struct{}

// Uint64 implements rand.Source.
func (chance) Uint64() uint64 { return rand.Uint64() }

func TestTheFlowsRunInOrder(t *testing.T) {
	passed, wrong := flows(t, batch.Options{})
	for _, w := range wrong {
		t.Error(w)
	}
	want := []string{
		"sign-in", "who-am-i", "create", "read", "update", "remove", "gone",
		"first-page", "next-pages", "next-pages", "next-pages", "next-pages", "next-pages", "start-job", "wait-for-job",
	}
	if !slices.Equal(passed, want) {
		t.Errorf("passed %v, want %v", passed, want)
	}
}

func TestTwentyCopiesOfTheFlowsRunSideBySide(t *testing.T) {
	passed, wrong := flows(t, batch.Options{Repeat: 21, Jobs: 4})
	for _, w := range wrong {
		t.Error(w)
	}
	if removed := len(slices.DeleteFunc(passed, func(path string) bool { return path != "remove" })); removed != 21 {
		t.Errorf("%d copies came to the end of the user, want 21", removed)
	}
}
