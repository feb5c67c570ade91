package runner_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parley/collections/runner"
	"parley/httpcore"
)

// counting answers with JSON that has a number of its own for each request, and remembers what was asked for.
type counting struct{ targets []string }

func (c *counting) RoundTrip(_ context.Context, p *httpcore.Prepared, _ *httpcore.Trace) (*httpcore.Reply, error) {
	c.targets = append(c.targets, p.URL.RequestTarget())
	text := fmt.Sprintf(`{"n": %d, "token": "s3cret-%d", "big": 12345678901234567890, "list": [1.5]}`, len(c.targets), len(c.targets))
	return &httpcore.Reply{Proto: "HTTP/1.1", Status: 200, Length: int64(len(text)), Body: io.NopCloser(strings.NewReader(text)), Trailers: func() httpcore.Fields { return nil }}, nil
}

func (c *counting) Close() error { return nil }

// asking is a workspace whose response() sends, with the clock at hand.
func asking(t *testing.T, files map[string]string) (runner.Workspace, *counting, *time.Time) {
	t.Helper()
	transport := &counting{}
	work := open(t, files, transport)
	now := time.Now()
	work.Responses = runner.NewResponses(func() time.Time { return now })
	t.Cleanup(work.Responses.Close)
	work.SendFor = runner.SendingFor(func(context.Context, *runner.Call, *httpcore.Exchange, runner.Verdict) {})
	return work, transport, &now
}

func resolved(t *testing.T, work runner.Workspace, path string) (string, error) {
	t.Helper()
	request, err := work.Collection.Request(path)
	if err != nil {
		t.Fatal(err)
	}
	call, err := work.Call(t.Context(), request)
	if err != nil {
		return "", err
	}
	return call.Out.Request.URL, nil
}

func TestResponseSendsWhatItNeedsOnce(t *testing.T) {
	work, transport, now := asking(t, map[string]string{
		"login.toml": "url = 'http://h/login'\n",
		"any.toml":   `url = '''http://h/{{response("login", 'json.n')}}-{{response("/login.toml", "json.n + 1")}}'''`,
		"fresh.toml": `url = '''http://h/{{response("login", "json.n", "5m")}}'''`,
		"big.toml":   `url = '''http://h/{{response("login", "json.big")}}/{{response("login", "json.list")}}'''`,
		"two.toml":   `url = '''http://h/{{response("fresh", "json.n")}}'''`,
	})
	for _, c := range []struct {
		path, want string
		after      time.Duration
		sent       string
	}{
		{"any", "http://h/1-2", 0, "/login"},
		{"any", "http://h/1-2", time.Hour, ""},
		{"fresh", "http://h/2", 0, "/login"},
		{"fresh", "http://h/2", 4 * time.Minute, ""},
		{"two", "http://h/4", 2 * time.Minute, "/login /3"},
		{"big", "http://h/12345678901234567890/[1.5]", 0, ""},
	} {
		transport.targets, *now = transport.targets[:len(transport.targets):len(transport.targets)], now.Add(c.after)
		before := len(transport.targets)
		got, err := resolved(t, work, c.path)
		if sent := strings.Join(transport.targets[before:], " "); got != c.want || sent != c.sent || err != nil {
			t.Errorf("%s after %v is %s, want %s; %q was sent, want %q; %v", c.path, c.after, got, c.want, sent, c.sent, err)
		}
	}
}

func TestACycleOfResponsesIsNamed(t *testing.T) {
	work, transport, _ := asking(t, map[string]string{
		"in/folder.toml": "[vars]\nnext = '''{{response(\"b\", \"json.n\")}}'''\n",
		"in/a.toml":      "url = 'http://h/{{next}}'\n",
		"b.toml":         `url = '''http://h/{{response("in/a", "json.n")}}'''`,
		"self.toml":      `url = '''http://h/{{response("self", "json.n")}}'''`,
	})
	for path, want := range map[string]string{"in/a": "in/a → b → in/a", "b": "b → in/a → b", "self": "self → self"} {
		_, err := resolved(t, work, path)
		if _, ok := errors.AsType[*runner.ResponseCycleError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	if len(transport.targets) > 0 {
		t.Errorf("%v was sent", transport.targets)
	}
}

func TestAResponseThatIsNotToBeHad(t *testing.T) {
	work, _, _ := asking(t, map[string]string{
		"gone.toml":  `url = '''http://h/{{response("nowhere", "json.n")}}'''`,
		"wrong.toml": `url = '''http://h/{{response("a", "json.nothing")}}'''`,
		"typo.toml":  `url = '''http://h/{{response("a", "jsno.n")}}'''`,
		"deep.toml":  `url = '''http://h/{{response("wrong", "json.n")}}'''`,
		"a.toml":     "url = 'http://h/'\n",
	})
	for path, want := range map[string]string{
		"gone": `gone.toml:1:21: response: there is no request`, "wrong": "found nothing to capture", "typo": "typo.toml:1:21: response: unknown name `jsno`",
		"deep": "there is no response of wrong: wrong.toml:1:21: response: `json.nothing` found nothing",
	} {
		if _, err := resolved(t, work, path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	work.SendFor = nil
	work.Responses = runner.NewResponses(time.Now)
	if _, err := resolved(t, work, "wrong"); err == nil || !strings.Contains(err.Error(), "there is no response of a yet") {
		t.Errorf("without sending: %v", err)
	}
}

func TestASecretOfAResponseStaysOne(t *testing.T) {
	work, _, _ := asking(t, map[string]string{
		"login.toml": "url = 'http://h/login'\n[capture]\ntoken = { expr = 'json.token', secret = true }\n",
		"use.toml":   "url = 'http://h/'\nheaders.X = '''Bearer {{response(\"login\", \"json.token\")}}'''\n",
	})
	request, err := work.Collection.Request("use")
	if err != nil {
		t.Fatal(err)
	}
	call, err := work.Call(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	value, _ := call.Out.Request.Headers.Get("X")
	if value != "Bearer s3cret-1" || httpcore.NewMasker(call.Out.Request.Secrets, httpcore.Mark).String(value) == value {
		t.Errorf("%s is not masked by %v", value, call.Out.Request.Secrets)
	}
}

func TestOnlyTheNewestResponsesAreKept(t *testing.T) {
	files := map[string]string{"last.toml": `url = '''http://h/{{response("p0", "json.n")}}-{{response("p1", "json.n")}}'''`, "all.toml": "url = 'http://h/"}
	var all strings.Builder
	for i := range 65 {
		files[fmt.Sprintf("p%d.toml", i)] = fmt.Sprintf("url = 'http://h/%d'\n", i)
		fmt.Fprintf(&all, "{{response(\"p%d\", \"json.n\")}},", i)
	}
	files["all.toml"] = "url = '''http://h/" + all.String() + "'''"
	work, transport, _ := asking(t, files)
	if _, err := resolved(t, work, "all"); err != nil || len(transport.targets) != 65 {
		t.Fatalf("%d were sent, %v", len(transport.targets), err)
	}
	got, err := resolved(t, work, "last")
	if err != nil || got != "http://h/66-67" { // p1 gave way to p0
		t.Errorf("got %s, %v", got, err)
	}
}
