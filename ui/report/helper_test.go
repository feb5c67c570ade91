package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/collections/template"
	"parley/httpcore"
)

// canned answers by path, on a clock that goes on by a millisecond whenever somebody looks at it.
type canned struct {
	replies map[string]func() (*httpcore.Reply, error)
}

func answered(status int, reason, contentType, content string, more ...string) func() (*httpcore.Reply, error) {
	return func() (*httpcore.Reply, error) {
		head := fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: %s\r\n", status, reason, contentType)
		headers := httpcore.Fields{{Name: "Content-Type", Value: contentType}}
		for i := 0; i < len(more); i += 2 {
			head += more[i] + ": " + more[i+1] + "\r\n"
			headers.Add(more[i], more[i+1])
		}
		return &httpcore.Reply{
			Proto: "HTTP/1.1", Status: status, Reason: reason, RawHead: []byte(head + "\r\n"), Length: int64(len(content)), Headers: headers,
			Body: io.NopCloser(strings.NewReader(content)), Trailers: func() httpcore.Fields { return nil },
		}, nil
	}
}

func (c canned) RoundTrip(_ context.Context, p *httpcore.Prepared, trace *httpcore.Trace) (*httpcore.Reply, error) {
	trace.Begin(httpcore.PhaseConnect)
	trace.Connected(httpcore.Conn{Remote: netip.MustParseAddrPort("192.0.2.1:80"), Protocol: "HTTP/1.1"})
	trace.Begin(httpcore.PhaseSend)
	trace.WroteHead(p.AppendHead(nil))
	trace.Begin(httpcore.PhaseWait)
	path, _, _ := strings.Cut(p.Target, "?")
	if make := c.replies[path]; make != nil {
		reply, err := make()
		trace.Begin(httpcore.PhaseReceive)
		return reply, err
	}
	return nil, &httpcore.Error{Kind: httpcore.KindConnect, Message: "cannot connect to " + p.URL.Host, Advice: "is the server up?"}
}

func (canned) Close() error { return nil }

var began = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// stage is a collection that is run by hand.
type stage struct {
	t    *testing.T
	work runner.Workspace
	now  time.Time
	ids  int
}

func newStage(t *testing.T, files map[string]string, replies map[string]func() (*httpcore.Reply, error)) *stage {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, now: began}
	clock := func() time.Time { s.now = s.now.Add(time.Millisecond); return s.now }
	sessions := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{Transport: canned{replies}, Now: clock})
	}, nil)
	t.Cleanup(func() { sessions.Close() })
	s.work = runner.Workspace{Collection: c, Sessions: sessions, Host: template.Host{
		Now: clock,
		Secret: func(_ context.Context, name string) (httpcore.Secret, error) {
			return httpcore.NewSecret(name, "value-of-"+name+"-0123"), nil
		},
	}}
	return s
}

// run sends a request and hands its result over.
func (s *stage) run(name string, row int, reports ...Report) {
	s.t.Helper()
	request, err := s.work.Collection.Request(name)
	if err != nil {
		s.t.Fatal(err)
	}
	s.ids++
	r := &batch.Result{Step: batch.Step{ID: s.ids, Request: request, Chain: filepath.Dir(name), Row: row}, Started: s.now}
	if r.Call, r.Err = s.work.Call(s.t.Context(), request); r.Err != nil {
		r.Status = batch.Broken
	} else if r.Exchange, r.Err = r.Call.Send(s.t.Context(), nil); r.Err != nil {
		r.Status = batch.Broken
	} else if r.Verdict = r.Call.Judge(s.t.Context(), r.Exchange); r.Verdict.Failed() > 0 {
		r.Status = batch.Failed
	}
	s.tell(r, reports)
	if r.Exchange != nil {
		r.Exchange.Close()
	}
}

// skip tells of a request that is not sent.
func (s *stage) skip(name, reason string, reports ...Report) {
	request, err := s.work.Collection.Request(name)
	if err != nil {
		s.t.Fatal(err)
	}
	s.ids++
	s.tell(&batch.Result{Step: batch.Step{ID: s.ids, Request: request, Chain: filepath.Dir(name)}, Status: batch.Skipped, Reason: reason}, reports)
}

func (s *stage) tell(r *batch.Result, reports []Report) {
	for _, report := range reports {
		report.Handle(batch.Started{Step: r.Step, At: r.Started})
		report.Handle(batch.Finished{Result: r})
	}
}

var sampleFiles = map[string]string{
	"users/login.toml": `method = "POST"
url = 'http://api.test/login?key={{secret("key")}}'
body = { json = '{"password": "{{secret("pw")}}"}' }
capture = { token = { expr = 'json.token', secret = true }, id = 'json.id' }
expect = { "is quick" = 'elapsed < duration("1s")' }
`,
	"users/read.toml":  "url = 'http://api.test/users/1'\nexpect = { \"is ada\" = 'json.name == \"ada\" && ok', \"has mail\" = 'json.mail != nil' }\n",
	"users/gone.toml":  "url = 'http://gone.test/x'\n",
	"users/later.toml": "url = 'http://api.test/users/2'\n",
	"other/wrong.toml": "url = 'http://api.test/{{nothing}}'\n",
}

var sampleReplies = map[string]func() (*httpcore.Reply, error){
	"/login":   answered(201, "Created", "application/json", `{"token": "t0ken-t0ken-1234", "id": 7}`),
	"/users/1": answered(200, "OK", "application/json", `{"name": "bob"}`),
}

// sample is a run with a step of every kind.
func sample(t *testing.T, reports ...Report) batch.Summary {
	s := newStage(t, sampleFiles, sampleReplies)
	s.run("users/login", 0, reports...)
	s.run("users/read", 2, reports...)
	s.run("other/wrong", 0, reports...)
	s.run("users/gone", 0, reports...)
	s.skip("users/later", `when: env == "prod" is false`, reports...)
	return batch.Summary{Passed: 1, Failed: 1, Broken: 2, Skipped: 1, Started: began, Elapsed: 1500 * time.Millisecond}
}
