package har_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"parley/collections/har"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// Each attempt is an entry of its own, with the credentials that it was sent with; what failed says why.
func TestAttemptsOfTheEngine(t *testing.T) {
	var tries atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch tries.Add(1) {
		case 1:
			panic(http.ErrAbortHandler)
		case 2:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer server.Close()
	session := httpcore.NewSession(httpcore.SessionOptions{
		Transport: transport.New(transport.Options{}), Schemes: []httpcore.Scheme{counting{new(int)}},
	})
	defer session.Close()
	r := &httpcore.Request{URL: server.URL, Options: httpcore.DefaultOptions(), Auth: httpcore.Auth{Type: "counting"}}
	r.Options.Retry = httpcore.Retry{Total: 2, OnStatus: []int{503}}
	p, err := session.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	x, err := session.Do(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	log, err := har.Decode(bytes.NewReader(write(t, har.Options{}, x)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range log.Entries {
		kind := ""
		if e.Error != nil {
			kind = e.Error.Kind
		}
		last := e.Request.Headers[len(e.Request.Headers)-1]
		got = append(got, fmt.Sprint(e.Attempt, " ", last.Value, " ", e.Response.Status, " ", kind))
	}
	if want := "[1 nonce-1 0 closed 2 nonce-2 503  3 nonce-3 200 ]"; fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}

// counting is an auth scheme with a nonce.
type counting struct{ n *int }

func (counting) Type() string { return "counting" }

func (counting) Title() string                                             { return "Counting" }
func (counting) Fields() []httpcore.SchemeField                            { return nil }
func (c counting) Authorizer(httpcore.Fields) (httpcore.Authorizer, error) { return c, nil }
func (c counting) Authorize(_ context.Context, p *httpcore.Prepared) error {
	*c.n++
	p.SetHeader(httpcore.SourceAuth, "Authorization", fmt.Sprint("nonce-", *c.n))
	return nil
}

func TestAnExchangeOfTheEngine(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/next", http.StatusTemporaryRedirect)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"ok": true}`)
	}))
	defer server.Close()
	session := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	defer session.Close()
	p, err := session.Prepare(context.Background(), &httpcore.Request{
		Method: "POST", URL: server.URL, Body: body.JSON(`{"a": 1}`), Options: httpcore.DefaultOptions(),
	})
	if err != nil {
		t.Fatal(err)
	}
	x, err := session.Do(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	log, err := har.Decode(bytes.NewReader(write(t, har.Options{}, x)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range log.Entries {
		got = append(got, fmt.Sprint(e.Request.Method, e.Request.URL[len(server.URL):], e.Request.PostData.Text, e.Request.BodySize, e.Response.Status, e.Response.RedirectURL, e.Response.Content.Text, e.ServerIPAddress, e.Time > 0))
	}
	want := `[POST/{"a": 1}8 307/next127.0.0.1true POST/next{"a": 1}8 200{"ok": true}127.0.0.1true]`
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}
