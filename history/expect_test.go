package history_test

import (
	"context"
	"os"
	"testing"

	"parley/collections/disk"
	"parley/collections/expect"
	"parley/history"
	"parley/httpcore"
	"parley/httpcore/content/filter"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// TestMain lets the test program be the process that jq runs in.
func TestMain(m *testing.M) {
	filter.Serve()
	os.Exit(m.Run())
}

// every is an expectation for each name that an expression can begin with, that holds for what the test below asks for.
var every = []string{
	`ok`, `status == 200`, `reason == ""`, `proto == "HTTP/2.0" or proto == "HTTP/2"`, `url endsWith "/cookies"`, `redirects == 1`,
	`elapsed > duration("0s")`, `timing.total >= timing.ttfb`, `timing.attempts == 2`, `timing.wait > duration("0s")`, `timing.receive >= duration("0s")`,
	`tls.version == "TLS 1.3"`, `tls.verified == false`, `tls.problem != ""`, `tls.cipher != ""`, `len(tls.names) > 0`, `tls.expires > tls.expires - tls.expires_in`,
	`headers["content-type"] startsWith "application/json"`, `headers("Content-Type") == [headers["Content-Type"]]`, `body contains "flavour"`,
	`json.cookies.flavour == "oat" or json.flavour == "oat"`, `jq(".. | strings | select(. == \"oat\")") == "oat"`, `jsonpath("$..flavour") == ["oat"]`,
	`regex("\"flavour\": *\"(\\w+)\"") == "oat"`, `cookie("flavour") == "oat"`, `schema("cookies.json")`, `snapshot("cookies")`,
}

// TestExpectationsHoldOfStoredExchanges evaluates every name on an exchange as it came, and as history gives it back.
func TestExpectationsHoldOfStoredExchanges(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	session := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	defer session.Close()
	ctx := context.Background()
	request := &httpcore.Request{URL: server.TLSURL + "/cookies/set?flavour=oat", Options: httpcore.DefaultOptions()}
	request.Options.TLS.Insecure = true
	prepared, err := session.Prepare(ctx, request)
	if err != nil {
		t.Fatal(err)
	}
	live, err := session.Do(ctx, prepared, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	store, err := history.Open(ctx, history.Options{Dir: t.TempDir(), FS: disk.OS()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	id, err := store.Add(ctx, history.Meta{}, live)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := store.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	defer entry.Exchange.Close()

	var rules []expect.Rule
	for _, expression := range every {
		rules = append(rules, expect.Rule{Name: expression, Expression: expression})
	}
	set := expect.Compile(nil, rules).With(expect.Host{
		ReadFile:     func(string) ([]byte, error) { return []byte(`{"type": "object"}`), nil },
		ReadSnapshot: func(string) ([]byte, error) { return nil, os.ErrNotExist },
		Accept:       expect.AcceptNew,
	})
	if err := set.Err(); err != nil {
		t.Fatal(err)
	}
	for where, x := range map[string]*httpcore.Exchange{"as it came": live, "from history": entry.Exchange} {
		if !expect.Answered(x) {
			t.Fatalf("%s: it has no answer", where)
		}
		for _, o := range set.Run(ctx, x).Expected {
			if !o.Passed {
				t.Errorf("%s: %s: %q", where, o.Expression, o.Explanation)
			}
		}
	}
}
