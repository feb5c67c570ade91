package sample

import (
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/httpcore"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// The requests of the folder hooks do what their notes say: nothing that they expect or test fails, and something is tested.
func TestHooksDoAsTheirNotesSay(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	c, err := collections.Open(disk.OS(), written(t, Addresses{Clear: server.URL, TLS: server.TLSURL}))
	if err != nil {
		t.Fatal(err)
	}
	work := runner.Workspace{Collection: c, Scripts: runner.NewScripts(), Sessions: runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	}, nil)}
	defer work.Close()
	for name, said := range map[string]int{"hooks/sign": 0, "hooks/tests": 2, "hooks/chained": 1} {
		r, err := c.Request(name)
		if err != nil {
			t.Fatal(err)
		}
		call, err := work.Call(t.Context(), r)
		if err != nil {
			t.Fatal(name, err)
		}
		x, err := call.Send(t.Context(), nil)
		if err != nil {
			t.Fatal(name, err)
		}
		v := call.Judge(t.Context(), x)
		if v.Failed() > 0 || len(v.Expect) == 0 || len(v.Hooks.Console)+len(v.Hooks.Annotations) != said {
			t.Errorf("%s: %+v", name, v.Expect)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}
