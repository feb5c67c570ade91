package httpcore_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
)

// redirecting answers /go with a redirect to the query's `to`, and keeps what it was asked.
type redirecting struct {
	mu    sync.Mutex
	asked []string
}

func (h *redirecting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	line := []string{r.Method, r.URL.EscapedPath()}
	for _, name := range []string{"Authorization", "X-Key", "Cookie", "Content-Type"} {
		if value := r.Header.Get(name); value != "" {
			line = append(line, value)
		}
	}
	if len(content) > 0 {
		line = append(line, string(content))
	}
	h.mu.Lock()
	h.asked = append(h.asked, strings.Join(line, " "))
	h.mu.Unlock()
	if cookie := r.FormValue("set"); cookie != "" {
		w.Header().Set("Set-Cookie", cookie)
	}
	if to := r.FormValue("to"); to != "" {
		w.Header().Set("Location", to)
		status, _ := strconv.Atoi(r.FormValue("status"))
		w.WriteHeader(status)
	}
	fmt.Fprint(w, "a body that has to be read")
}

func (h *redirecting) take() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	asked := strings.Join(h.asked, " | ")
	h.asked = nil
	return asked
}

// Redirects are the same on every way; each case has the name of its row in reference/requests-semantics.md, section 3.
func TestRedirectsOnEveryWay(t *testing.T) {
	secret := httpcore.NewSecret("key", "hunter22")
	cases := []struct {
		row    string
		method string
		status int
		to     string // {other} stands for the other origin
		set    func(*httpcore.Request)
		want   string
		kind   httpcore.Kind
	}{
		{row: "which: same, 301", status: 301, to: "/b", want: "GET /go | GET /b"},
		{row: "which: same, 302", status: 302, to: "/b", want: "GET /go | GET /b"},
		{row: "which: same, 303", status: 303, to: "/b", want: "GET /go | GET /b"},
		{row: "which: same, 307", status: 307, to: "/b", want: "GET /go | GET /b"},
		{row: "which: same, 308", status: 308, to: "/b", want: "GET /go | GET /b"},
		{row: "which: same, not 300", status: 300, to: "/b", want: "GET /go"},
		{row: "which: same, not 305", status: 305, to: "/b", want: "GET /go"},
		{row: "which: same, not 201", status: 201, to: "/b", want: "GET /go"},
		{row: "method: same, 303 makes a GET", method: "DELETE", status: 303, to: "/b", want: "DELETE /go | GET /b"},
		{row: "method: same, 302 makes a GET", method: "PUT", status: 302, to: "/b", want: "PUT /go | GET /b"},
		{row: "method: same, 301 makes a GET of a POST", method: "POST", status: 301, to: "/b", want: "POST /go | GET /b"},
		{row: "method: same, 303 leaves a HEAD", method: "HEAD", status: 303, to: "/b", want: "HEAD /go | HEAD /b"},
		{row: "body: same, dropped with what describes it", method: "POST", status: 302, to: "/b", set: withBody, want: "POST /go x/y data | GET /b"},
		{row: "body: same, kept by 307", method: "POST", status: 307, to: "/b", set: withBody, want: "POST /go x/y data | POST /b x/y data"},
		{row: "body: same, kept by 308", method: "PATCH", status: 308, to: "/b", set: withBody, want: "PATCH /go x/y data | PATCH /b x/y data"},
		{row: "body: differs, kept by 301 for PUT", method: "PUT", status: 301, to: "/b", set: withBody, want: "PUT /go x/y data | PUT /b x/y data"},
		{row: "307/308 streams: same, a body that can't be read again", method: "POST", status: 307, to: "/b", set: withPipe, want: "POST /go", kind: httpcore.KindUnrewindable},
		{row: "Location: same, UTF-8", status: 302, to: "/%67rüße", want: "GET /go | GET /%67r%C3%BC%C3%9Fe"},
		{row: "Location: same, relative", status: 302, to: "b/../c", want: "GET /go | GET /c"},
		{row: "Location: same, without a scheme", status: 302, to: "//{other host}/b", want: "GET /go | GET /b"},
		{row: "Authorization: same, kept at the origin", status: 302, to: "/b", set: withCredentials, want: "GET /go Basic eA== k-hunter22 | GET /b Basic eA== k-hunter22"},
		{row: "Authorization: same, removed at another; other secret headers: differs, removed too", status: 302, to: "{other}/b", set: withCredentials, want: "GET /go Basic eA== k-hunter22 | GET /b"},
		{row: "other secret headers: same, user information of a Location is not used", status: 302, to: "{other with user}/b", want: "GET /go | GET /b"},
		{row: "Cookie header: same, made anew", status: 302, to: "/b", set: func(r *httpcore.Request) {
			r.URL += "&set=new%3D1"
			r.Headers = httpcore.Fields{{Name: "Cookie", Value: "own=1"}}
		}, want: "GET /go own=1 | GET /b new=1"},
		{row: "limit: same", status: 302, to: "/b?status=302&to=/c", set: func(r *httpcore.Request) { r.Options.Redirects = 1 }, want: "GET /go | GET /b", kind: httpcore.KindTooManyRedirects},
		{row: "HEAD: differs, it is followed like any method", method: "HEAD", status: 302, to: "/b", want: "HEAD /go | HEAD /b"},
		{row: "HEAD: same, the redirect is the answer when it is not followed", method: "HEAD", status: 302, to: "/b", set: func(r *httpcore.Request) { r.Options.Redirects = 0 }, want: "HEAD /go"},
	}
	handler := &redirecting{}
	onEveryWay(t, handler, func(t *testing.T, at site) {
		_, host, _ := strings.Cut(at.other, "://")
		places := strings.NewReplacer("{other}", at.other, "{other host}", host, "{other with user}", strings.Replace(at.other, "://", "://u:p@", 1))
		for _, c := range cases {
			t.Run(c.row, func(t *testing.T) {
				s := live(t)
				r := at.request(c.method, at.origin+"/go?status="+strconv.Itoa(c.status)+"&to="+escaped(places.Replace(c.to)))
				r.Secrets = []httpcore.Secret{secret}
				if c.set != nil {
					c.set(r)
				}
				x := send(t, s, r, nil)
				switch {
				case c.kind == "" && x.Err != nil:
					t.Error(x.Err)
				case c.kind != "" && !errors.Is(x.Err, c.kind):
					t.Errorf("got %v, want %s", x.Err, c.kind)
				}
				if got := handler.take(); got != c.want {
					t.Errorf("sent %s\nwant %s", got, c.want)
				}
			})
		}
		t.Run("history: same, oldest first; connection: same, the body of each hop is read", func(t *testing.T) {
			defer handler.take()
			x := send(t, live(t), at.request("GET", at.origin+"/go?status=302&to="+escaped("/b?status=303&to=/c")), nil)
			var hops []string
			for _, hop := range x.Hops {
				last := hop.Attempts[0]
				hops = append(hops, fmt.Sprintf("%s %d %d", hop.Prepared.URL.Path, last.Response.Status, last.Response.Body.Size()))
				if reused := hop != x.Hops[0]; last.Conn.Reused != reused {
					t.Errorf("%s: on a connection used before: %v", hop.Prepared.Target, last.Conn.Reused)
				}
			}
			if got := strings.Join(hops, " | "); got != "/go 302 26 | /b 303 26 | /c 200 26" {
				t.Errorf("hops %s", got)
			}
		})
		t.Run("limit: same, 30 by default", func(t *testing.T) {
			n := 0
			r := at.request("GET", at.origin+"/go?status=302&to=/go")
			r.Hooks.Redirect = append(r.Hooks.Redirect, onward(&n))
			x := send(t, live(t), r, nil)
			if got := strings.Count(handler.take(), "/go"); got != 31 || x.Err == nil || x.Err.Message != "Exceeded 30 redirects" {
				t.Errorf("%d requests, %v", got, x.Err)
			}
		})
	})
}

func withBody(r *httpcore.Request) { r.Body = body.Text("data", "x/y") }

func withPipe(r *httpcore.Request) { r.Body, _ = body.File(os.DevNull, "") }

func withCredentials(r *httpcore.Request) {
	r.Headers = httpcore.Fields{{Name: "Authorization", Value: "Basic eA=="}, {Name: "X-Key", Value: "k-hunter22"}}
}

// escaped makes a parameter of a URL.
func escaped(s string) string { return url.QueryEscape(s) }

// onward makes a request that is redirected to itself another one each time, so that it is no loop.
func onward(n *int) func(context.Context, *httpcore.Hop, *httpcore.Prepared) error {
	return func(_ context.Context, _ *httpcore.Hop, next *httpcore.Prepared) error {
		*n++
		next.SetParam("n", strconv.Itoa(*n))
		next.SetParam("status", "302")
		next.SetParam("to", "/go")
		return nil
	}
}
