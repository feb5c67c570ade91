package auth_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// desk is a session with its tokens, beside a playground.
type desk struct {
	t       *testing.T
	server  *playground.Server
	session *httpcore.Session
	tokens  *auth.Tokens

	mu      sync.Mutex
	now     time.Time
	asked   []string // the bodies of what was sent to /oauth2/token
	notices []string
	waits   []time.Duration
}

// newDesk sets one up; change, which may be nil, has the last word on what the schemes are given.
func newDesk(t *testing.T, change func(*auth.Environment)) *desk {
	t.Helper()
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, server: server, now: time.Now(), tokens: auth.NewTokens(auth.NewTokenMemory())}
	e := auth.Environment{Tokens: d.tokens, Now: d.clock, Wait: d.wait}
	if change != nil {
		change(&e)
	}
	d.session = httpcore.NewSession(httpcore.SessionOptions{
		Transport: spy{transport.New(transport.Options{}), d},
		Schemes:   auth.Schemes(e),
	})
	t.Cleanup(func() {
		d.session.Close()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// wait lets time pass at once.
func (d *desk) wait(ctx context.Context, wait time.Duration) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(wait)
	d.waits = append(d.waits, wait)
	return ctx.Err()
}

// spy keeps what is asked of the token endpoint.
type spy struct {
	httpcore.Transport
	d *desk
}

func (s spy) RoundTrip(ctx context.Context, p *httpcore.Prepared, trace *httpcore.Trace) (*httpcore.Reply, error) {
	if strings.HasPrefix(p.Target, "/oauth2/token") {
		form := content(s.d.t, p)
		s.d.mu.Lock()
		s.d.asked = append(s.d.asked, form)
		s.d.mu.Unlock()
	}
	return s.Transport.RoundTrip(ctx, p, trace)
}

// Handle keeps what the user is told.
func (d *desk) Handle(event httpcore.Event) {
	if notice, ok := event.(httpcore.Notice); ok {
		d.mu.Lock()
		d.notices = append(d.notices, notice.Text)
		d.mu.Unlock()
	}
}

func (d *desk) told() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.notices, "\n")
}

// timesAsked is how often a token was asked for, by grant type.
func (d *desk) timesAsked(grantType string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, form := range d.asked {
		if strings.HasPrefix(form, "grant_type="+grantType) {
			n++
		}
	}
	return n
}

// send sends a request for a path of the playground, or a URL.
func (d *desk) send(ctx context.Context, path, scheme string, values ...[2]string) (*httpcore.Exchange, error) {
	d.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = d.server.URL + path
	}
	r := &httpcore.Request{URL: path, Auth: httpcore.Auth{Type: scheme, Values: fields(values)}, Options: httpcore.DefaultOptions()}
	p, err := d.session.Prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	x, err := d.session.Do(ctx, p, d)
	d.t.Cleanup(func() { x.Close() })
	return x, err
}

// opens sends a request that must succeed, and returns the exchange with its body.
func (d *desk) opens(path, scheme string, values ...[2]string) (*httpcore.Exchange, string) {
	d.t.Helper()
	x, err := d.send(d.t.Context(), path, scheme, values...)
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := io.ReadAll(x.Response().Body.Reader(d.t.Context()))
	if err != nil {
		d.t.Fatal(err)
	}
	if x.Response().Status != 200 {
		d.t.Fatalf("%s answers %d: %s", path, x.Response().Status, text)
	}
	return x, string(text)
}

// browser follows a page as the user's browser would, after the user has said what is to be added to its URL.
func browser(t *testing.T, said string) (open func(context.Context, string) error, wait func() string) {
	var shown sync.WaitGroup
	var page bytes.Buffer
	open = func(_ context.Context, url string) error {
		shown.Go(func() {
			client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			res, err := client.Get(url + said)
			if err != nil {
				t.Error(err)
				return
			}
			defer res.Body.Close()
			if _, err := io.Copy(&page, res.Body); err != nil {
				t.Error(err)
			}
		})
		return nil
	}
	return open, func() string { shown.Wait(); return page.String() }
}
