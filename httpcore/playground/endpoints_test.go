package playground

import (
	"strings"
	"testing"
)

// Every line of the index that has an example is tried, go-httpbin's too: a new version of it may not take one away.
func TestEveryEndpointAnswers(t *testing.T) {
	s := start(t)
	for _, e := range Endpoints() {
		if e.Usage == "" || e.Sentence == "" {
			t.Errorf("an endpoint without usage or sentence: %+v", e)
		}
		if e.Try == "" {
			continue
		}
		res, _ := call(t, "GET", s.URL+e.Try, "", "Authorization", "Bearer x")
		if res.StatusCode >= 400 {
			t.Errorf("%s: %s", e.Try, res.Status)
		}
	}
}

func TestIndex(t *testing.T) {
	s := start(t)
	for accept, kind := range map[string]string{"*/*": "text/plain", "": "text/plain", "text/html,*/*;q=0.8": "text/html"} {
		res, body := call(t, "GET", s.URL+"/", "", "Accept", accept)
		if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("Accept %q gives %q, want %s", accept, got, kind)
		}
		for _, want := range []string{"/flaky", "/rate-limited", "/basic-auth/", "/users/{id}"} {
			if !strings.Contains(body, want) {
				t.Errorf("Accept %q: the index does not list %s", accept, want)
			}
		}
	}
}

func TestMethodNotAllowed(t *testing.T) {
	s := start(t)
	res, _ := call(t, "POST", s.URL+"/users/ada", "{}")
	if res.StatusCode != 405 || res.Header.Get("Allow") != "DELETE, GET, PATCH, PUT, OPTIONS" {
		t.Errorf("got %s, Allow %q", res.Status, res.Header.Get("Allow"))
	}
	if res, _ := call(t, "OPTIONS", s.URL+"/users", ""); res.StatusCode != 204 || res.Header.Get("Allow") != "GET, POST, OPTIONS" {
		t.Errorf("OPTIONS: got %s, Allow %q", res.Status, res.Header.Get("Allow"))
	}
	if res, _ := call(t, "HEAD", s.URL+"/users", ""); res.StatusCode != 200 {
		t.Errorf("HEAD: got %s", res.Status)
	}
}
