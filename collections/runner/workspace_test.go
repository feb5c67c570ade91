package runner_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/httpcore"
)

// open writes files into a new collection and returns a workspace on it whose requests go to transport.
func open(t *testing.T, files map[string]string, transport httpcore.Transport) runner.Workspace {
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
		return httpcore.NewSession(httpcore.SessionOptions{Transport: transport})
	}, nil)
	t.Cleanup(func() { sessions.Close() })
	return runner.Workspace{Collection: c, Sessions: sessions}
}

// refusing is a transport that remembers where it was asked to go.
type refusing struct{ target string }

func (r *refusing) RoundTrip(_ context.Context, p *httpcore.Prepared, _ *httpcore.Trace) (*httpcore.Reply, error) {
	r.target = p.Method + " " + p.URL.String()
	return nil, &httpcore.Error{Kind: httpcore.KindConnect, Message: "refused"}
}

func (r *refusing) Close() error { return nil }

var files = map[string]string{
	"collection.toml":        "environment = 'dev'\n",
	"environments/dev.toml":  "[vars]\nhost = 'dev.test'\n",
	"environments/prod.toml": "protected = true\n[vars]\nhost = 'prod.test'\n",
	"show.toml":              "url = 'http://{{host}}/a'\n",
	"remove.toml":            "method = 'DELETE'\nurl = 'http://{{host}}/a'\n",
}

func TestSendResolvesInTheChosenEnvironments(t *testing.T) {
	for _, c := range []struct {
		name         string
		environments []string
		want         string
	}{
		{"show", nil, "GET http://dev.test/a"},
		{"show", []string{"dev", "prod"}, "GET http://prod.test/a"},
		{"remove", nil, "DELETE http://dev.test/a"},
	} {
		transport := &refusing{}
		work := open(t, files, transport)
		work.Environments = c.environments
		request, err := work.Collection.Request(c.name)
		if err != nil {
			t.Fatal(err)
		}
		out, err := work.Resolve(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := work.Send(context.Background(), out, nil); !errors.Is(err, httpcore.KindConnect) {
			t.Errorf("the transport's error arrives as %v", err)
		}
		if transport.target != c.want {
			t.Errorf("%s in %v goes to %s, want %s", c.name, c.environments, transport.target, c.want)
		}
	}
}

func TestAProtectedEnvironmentTakesNoUnsafeMethod(t *testing.T) {
	transport := &refusing{}
	work := open(t, files, transport)
	work.Environments = []string{"prod"}
	send := func(name string) error {
		request, err := work.Collection.Request(name)
		if err != nil {
			t.Fatal(err)
		}
		out, err := work.Resolve(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		_, err = work.Send(context.Background(), out, nil)
		return err
	}
	if _, ok := errors.AsType[*runner.ProtectedError](send("remove")); !ok || transport.target != "" {
		t.Errorf("DELETE was sent to %q", transport.target)
	}
	if err := send("show"); !errors.Is(err, httpcore.KindConnect) {
		t.Errorf("GET is refused: %v", err)
	}
	work.AllowProtected = true
	if err := send("remove"); !errors.Is(err, httpcore.KindConnect) {
		t.Errorf("DELETE is refused although it is allowed: %v", err)
	}
}

func TestAnUnknownEnvironmentIsAnErrorThatNamesTheNearest(t *testing.T) {
	work := open(t, files, &refusing{})
	work.Environments = []string{"prodd"}
	request, err := work.Collection.Request("show")
	if err != nil {
		t.Fatal(err)
	}
	_, err = work.Resolve(context.Background(), request)
	if missing, ok := errors.AsType[*collections.NotFound](err); !ok || len(missing.Near) == 0 || missing.Near[0] != "prod" {
		t.Errorf("got %v", err)
	}
}

func TestSessionsAreMadeOnceByName(t *testing.T) {
	work := open(t, files, &refusing{})
	first := work.Sessions.Get("a")
	if work.Sessions.Get("a") != first || work.Sessions.Get("b") == first {
		t.Error("a name does not stand for one session")
	}
	if work.SessionName("") != runner.DefaultSession || work.SessionName("own") != "own" {
		t.Error("the wrong session is chosen")
	}
}

func TestASessionMayBeInherited(t *testing.T) {
	work := open(t, map[string]string{
		"collection.toml": "[options]\nsession = 'all'\n", "in/folder.toml": "[options]\nsession = '{{who}}'\n",
		"a.toml": "url = 'http://h'\n", "b.toml": "url = 'http://h'\noptions.session = 'own'\n", "in/c.toml": "url = 'http://h'\n",
	}, &refusing{})
	for name, want := range map[string]string{"a": "all", "b": "own", "in/c": runner.DefaultSession} {
		request, err := work.Collection.Request(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := work.SessionOf(request); got != want {
			t.Errorf("%s is sent in %s, want %s", name, got, want)
		}
	}
}

func TestOverridesAreLaidOverEveryRequest(t *testing.T) {
	transport := &refusing{}
	work := open(t, files, transport)
	work.Overrides = []runner.Override{{"--set", `url="http://over.test/first"`}, {"--set", `url="http://over.test/{{host}}"`}}
	request, err := work.Collection.Request("show")
	if err != nil {
		t.Fatal(err)
	}
	call, err := work.Call(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := call.Send(t.Context(), nil); err == nil || transport.target != "GET http://over.test/dev.test" {
		t.Errorf("sent %s, %v", transport.target, err)
	}
	work.Overrides = []runner.Override{{"--set", "options.retries=3"}}
	if _, err := work.Call(t.Context(), request); err == nil {
		t.Error("a key that does not exist is set")
	}
}
