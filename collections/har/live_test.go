package har_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"parley/collections/har"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

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
