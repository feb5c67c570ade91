package httpcore_test

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"parley/httpcore"
)

// The rows of reference/requests-semantics.md, section 4, that go over the wire: HTTP/2 and HTTP/3 may cut a Cookie field
// into crumbs, and a proxy must not change who a cookie is for.
func TestCookiesOnEveryWay(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	other := ""
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprintf("%s %v", r.URL.Path, r.Header["Cookie"]))
		switch r.URL.Path {
		case "/set":
			w.Header().Add("Set-Cookie", "a=1; Path=/")
			w.Header().Add("Set-Cookie", "safe=2; Path=/; Secure")
			http.Redirect(w, r, "/kept", http.StatusFound)
		case "/kept":
			http.Redirect(w, r, other+"/across", http.StatusFound)
		}
	})
	onEveryWay(t, handler, func(t *testing.T, at site) {
		s := live(t)
		send := func(set func(*httpcore.Request), path string) []string {
			mu.Lock()
			seen, other = nil, at.other
			mu.Unlock()
			r := at.request("GET", at.origin+path)
			set(r)
			p, err := s.Prepare(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			x, err := s.Do(t.Context(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			if _, err := io.Copy(io.Discard, x.Response().Body.Reader(t.Context())); err != nil {
				t.Fatal(err)
			}
			mu.Lock()
			defer mu.Unlock()
			return seen
		}
		for _, c := range []struct {
			row  string
			set  func(*httpcore.Request)
			path string
			want []string
		}{
			{
				"persist: same; request-only: same; dict cookies: differs, they belong to their origin",
				func(r *httpcore.Request) { r.Cookies = httpcore.Fields{{Name: "mine", Value: "3"}} }, "/set",
				[]string{"/set [mine=3]", "/kept [a=1; safe=2; mine=3]", "/across [a=1; safe=2]"},
			},
			{
				"explicit Cookie header: same",
				func(r *httpcore.Request) { r.Headers = httpcore.Fields{{Name: "Cookie", Value: "x=y; z=w"}} }, "/end",
				[]string{"/end [x=y; z=w]"},
			},
			{"the next request of the session: same", func(*httpcore.Request) {}, "/end", []string{"/end [a=1; safe=2]"}},
		} {
			if got := send(c.set, c.path); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%s: the server saw %q, want %q", c.row, got, c.want)
			}
		}
	})
}
