package httpcore_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// failing fails as often as the query's `fail` says for each path, and then answers: with the status, with Retry-After if
// `after` is there, or by breaking off when the status is 0.
type failing struct {
	mu     sync.Mutex
	failed map[string]int
	bodies []string
}

func (h *failing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	fail, _ := strconv.Atoi(r.FormValue("fail"))
	status, _ := strconv.Atoi(r.FormValue("status"))
	h.mu.Lock()
	h.bodies = append(h.bodies, string(content))
	n := h.failed[r.URL.Path]
	h.failed[r.URL.Path] = n + 1
	h.mu.Unlock()
	switch {
	case n >= fail:
		fmt.Fprint(w, "at last")
		return
	case status == 0:
		panic(http.ErrAbortHandler)
	}
	if after := r.FormValue("after"); after != "" {
		w.Header().Set("Retry-After", after)
	}
	w.WriteHeader(status)
	fmt.Fprint(w, "not yet")
}

// take returns the bodies that came, and begins anew.
func (h *failing) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	bodies := h.bodies
	h.failed, h.bodies = map[string]int{}, nil
	return bodies
}

// Repeats are the same on every way, though their failures look different on each; each case has the name of its row in
// reference/requests-semantics.md, section 5. The counters of urllib3.Retry one by one are in TestRetryCounters.
func TestRetriesOnEveryWay(t *testing.T) {
	const s = time.Second
	methods := func(names ...string) []string { return append([]string{}, names...) }
	cases := []struct {
		row    string
		method string
		query  string
		retry  httpcore.Retry
		sent   int
		status int // of the answer; 0 for none
		kind   httpcore.Kind
		waits  []time.Duration
	}{
		{row: "requests' default: same, no repeats", query: "fail=1&status=0", sent: 1, kind: httpcore.KindClosed},
		{row: "requests' default: same, also with Retry-After", query: "fail=1&status=503&after=1", sent: 1, status: 503},
		{row: "max_retries=3: same, read errors of idempotent methods", query: "fail=9&status=0", retry: httpcore.Retry{Total: 3}, sent: 4, kind: httpcore.KindClosed},
		{row: "max_retries=3: same, until one succeeds", query: "fail=2&status=0", retry: httpcore.Retry{Total: 3}, sent: 3, status: 200},
		{row: "max_retries=3: same, with the body", method: "PUT", query: "fail=2&status=0", retry: httpcore.Retry{Total: 3}, sent: 3, status: 200},
		{row: "max_retries=3: same, not POST", method: "POST", query: "fail=9&status=0", retry: httpcore.Retry{Total: 3}, sent: 1, kind: httpcore.KindClosed},
		{row: "max_retries=3: same, 503 with Retry-After", query: "fail=9&status=503&after=2", retry: httpcore.Retry{Total: 3}, sent: 4, status: 503, waits: []time.Duration{2 * s, 2 * s, 2 * s}},
		{row: "max_retries=3: same, not plain 503", query: "fail=9&status=503", retry: httpcore.Retry{Total: 3}, sent: 1, status: 503},
		{row: "allowed_methods: same, none is any", method: "POST", query: "fail=2&status=0", retry: httpcore.Retry{Total: 3, Methods: methods()}, sent: 3, status: 200},
		{row: "allowed_methods: same, only those", query: "fail=2&status=0", retry: httpcore.Retry{Total: 3, Methods: methods("POST")}, sent: 1, kind: httpcore.KindClosed},
		{row: "status_forcelist: same", query: "fail=2&status=500", retry: httpcore.Retry{Total: 3, OnStatus: []int{500}}, sent: 3, status: 200},
		{row: "exhausted: same, RetryError", query: "fail=9&status=500", retry: httpcore.Retry{Total: 3, OnStatus: []int{500}}, sent: 4, status: 500, kind: httpcore.KindRetry},
		{row: "backoff: differs, 1, 2, 4", query: "fail=9&status=500", retry: httpcore.Retry{Total: 3, OnStatus: []int{500}, Backoff: s}, sent: 4, status: 500, kind: httpcore.KindRetry, waits: []time.Duration{s, 2 * s, 4 * s}},
		{row: "Retry-After: same, a date that is over is no wait", query: "fail=1&status=503&after=Sun,%2006%20Nov%201994%2008:49:37%20GMT", retry: httpcore.Retry{Total: 1}, sent: 2, status: 200},
		{row: "Retry-After: same, bad", query: "fail=1&status=503&after=soon", retry: httpcore.Retry{Total: 1}, sent: 1, status: 503, kind: httpcore.KindProtocol},
		{row: "Retry-After: differs, at most 60 s unless set", query: "fail=1&status=503&after=7200", retry: httpcore.Retry{Total: 1}, sent: 2, status: 200, waits: []time.Duration{60 * s}},
	}
	handler := &failing{}
	onEveryWay(t, handler, func(t *testing.T, at site) {
		for i, c := range cases {
			if strings.HasSuffix(c.query, "status=0") && at.proxy != "" && !at.way.secure {
				continue // the proxy answers for a server that breaks off
			}
			t.Run(c.row, func(t *testing.T) {
				handler.take()
				session, waits := impatient(t)
				r := at.request(c.method, at.origin+"/"+strconv.Itoa(i)+"?"+c.query)
				r.Options.Retry = c.retry
				want := ""
				if c.method != "" {
					want = "the content"
					r.Body = body.Text(want, "")
				}
				x := send(t, session, r, nil)
				got := handler.take()
				status := 0
				if x.Response() != nil {
					status = x.Response().Status
				}
				if len(x.Hops[0].Attempts) != c.sent || len(got) != c.sent || status != c.status {
					t.Errorf("%d attempts, the server got %d, the last is %d; want %d, %d (%v)", len(x.Hops[0].Attempts), len(got), status, c.sent, c.status, x.Err)
				}
				if (c.kind == "") != (x.Err == nil) || c.kind == httpcore.KindRetry && x.Err.Message != "too many 500 error responses" {
					t.Errorf("got %v, want %s", x.Err, c.kind)
				}
				if fmt.Sprint(*waits) != fmt.Sprint(c.waits) {
					t.Errorf("waited %v, want %v", *waits, c.waits)
				}
				for _, content := range got {
					if content != want {
						t.Errorf("the server got %q", content)
					}
				}
			})
		}
		t.Run("max_retries=3: same, a connection that is refused, of any method", func(t *testing.T) {
			session, _ := impatient(t)
			r := at.request("POST", closed(t, at))
			if at.proxy != "" {
				r.Options.Network.Proxies.By["all"] = closed(t, site{})
			}
			r.Options.Retry = httpcore.Retry{Total: 3, Other: new(int), Read: new(int)}
			r.Options.Timeout.Connect = 5 * time.Second
			x := send(t, session, r, nil)
			if len(x.Hops[0].Attempts) != 4 || !errors.Is(x.Err, httpcore.KindConnection) {
				t.Errorf("%d attempts, %v", len(x.Hops[0].Attempts), x.Err)
			}
		})
	})
}

// impatient returns a session whose waits take no time, and are noted.
func impatient(t *testing.T) (*httpcore.Session, *[]time.Duration) {
	var waits []time.Duration
	s := httpcore.NewSession(httpcore.SessionOptions{
		Transport: transport.New(transport.Options{}), BodyDir: t.TempDir(),
		After: func(d time.Duration) <-chan time.Time {
			waits = append(waits, d)
			c := make(chan time.Time)
			close(c)
			return c
		},
	})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, &waits
}

// closed is an origin where nobody listens.
func closed(t *testing.T, at site) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if at.way.secure {
		return "https://" + listener.Addr().String()
	}
	return "http://" + listener.Addr().String()
}
