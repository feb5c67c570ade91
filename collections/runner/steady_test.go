package runner_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"parley/collections/env"
	"parley/collections/expect"
	"parley/collections/runner"
	"parley/collections/template"
	"parley/httpcore"
)

// What resolves alike each time is resolved once; everything that may differ is resolved anew.
func TestASavedRequestIsResolvedAgainWhereItVaries(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	work := open(t, map[string]string{
		"collection.toml": "[vars]\nhost = 'http://a.test'\nid = '{{uuid()}}'\n",
		"fixed.toml":      "url = '{{host}}/{{urlencode(\"a b\")}}?k={{secret(\"k\")}}'\n",
		"uuid.toml":       "url = '{{host}}/{{id}}'\n",
		"clock.toml":      "url = '{{host}}/{{timestamp()}}'\n",
		"file.toml":       "url = '{{host}}/{{file(\"x\")}}'\n",
		"command.toml":    "url = '{{host}}/{{command(\"x\")}}'\n",
		"captured.toml":   "url = '{{host}}/{{c ?? 1}}'\n[vars]\nc = '{{d}}'\nd = 'none'\n",
		"row.toml":        "url = '{{host}}/{{d}}'\n[vars]\nd = 'none'\n",
	}, &refusing{})
	count := 0
	next := func() string { count++; return fmt.Sprint(count) }
	work.Host = template.Host{
		Now: func() time.Time { now = now.Add(time.Minute); return now }, Random: rand.NewPCG(1, 2),
		ReadFile: func(string, string) ([]byte, error) { return []byte(next()), nil },
		Command:  func(context.Context, string) (string, error) { return next(), nil },
		Secret: func(_ context.Context, name string) (httpcore.Secret, error) {
			return httpcore.NewSecret(name, "hidden"), nil
		},
	}
	for name, varies := range map[string]bool{
		"fixed": false, "uuid": true, "clock": true, "file": true, "command": true, "captured": true, "row": true,
	} {
		request, err := work.Collection.Request(name)
		if err != nil {
			t.Fatal(err)
		}
		saved, err := work.Saved(request)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for i := range 3 {
			chain := work
			chain.Captured = runner.NewCapturedMemory()
			if name == "captured" && i > 0 {
				values := []expect.Captured{{Name: "d", Value: fmt.Sprint(i)}}
				if err := chain.KeepCaptured(t.Context(), request, values); err != nil {
					t.Fatal(err)
				}
			}
			if name == "row" && i > 0 {
				chain.Row = env.Layer{Name: "row", Vars: []template.Variable{{Name: "d", Value: fmt.Sprint(i)}}}
			}
			call, err := chain.CallSaved(t.Context(), saved)
			if err != nil {
				t.Fatal(err)
			}
			seen[call.Out.Request.URL] = true
		}
		if want := map[bool]int{false: 1, true: 3}[varies]; len(seen) != want {
			t.Errorf("%s: of three calls, %d URLs are made: %v", name, len(seen), seen)
		}
	}
}
