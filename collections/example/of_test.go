package example_test

import (
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections/example"
	"parley/httpcore"
	"parley/httpcore/body"
)

// exchange is one with a redirect, whose last request and answer hold secrets in several forms.
func exchange(t *testing.T, secret, answer string) *httpcore.Exchange {
	t.Helper()
	store := body.NewStore(body.StoreOptions{})
	if _, err := io.WriteString(store, answer); err != nil {
		t.Fatal(err)
	}
	store.Finish(nil)
	t.Cleanup(func() { _ = store.Close() })
	u, err := httpcore.ParseURL("http://h/last?q=" + secret + "#part")
	if err != nil {
		t.Fatal(err)
	}
	plain := body.Bytes([]byte(`{"key":"`+secret+`"}`), "application/json")
	sent, err := body.Compress(plain, "gzip")
	if err != nil {
		t.Fatal(err)
	}
	header := func(name, value string) httpcore.Header {
		return httpcore.Header{Field: httpcore.Field{Name: name, Value: value}}
	}
	asked := &httpcore.Request{Secrets: []httpcore.Secret{httpcore.NewSecret("key", secret)}}
	return &httpcore.Exchange{
		Request: asked,
		Hops: []*httpcore.Hop{
			{Prepared: &httpcore.Prepared{Request: asked, Method: "GET", URL: u}},
			{
				Prepared: &httpcore.Prepared{
					Request: asked, Method: "POST", URL: u, Body: sent,
					Headers: []httpcore.Header{
						header("X-Key", base64.StdEncoding.EncodeToString([]byte("xy"+secret))), header("Authorization", "Basic YWRhOnB3"),
						header("Proxy-Authorization", "Bearer "+secret), header("Cookie", "sid=4711; key="+secret),
					},
				},
				Attempts: []*httpcore.Attempt{{Response: &httpcore.Response{
					Proto: "HTTP/2", Status: 200, Body: store,
					Headers: httpcore.Fields{{Name: "set-cookie", Value: "sid=4712; Path=/; HttpOnly"}, {Name: "Content-Encoding", Value: "gzip"}},
				}}},
			},
		},
	}
}

func TestSecretsAndCredentialsStayOut(t *testing.T) {
	const secret, late = "Kq7vZx2mHWt9b", "captured-later"
	x := exchange(t, secret, `{"echo": "`+secret+`", "token": "`+late+`"}`)
	e, err := example.Of(x, httpcore.NewSecret("late", late))
	if err != nil {
		t.Fatal(err)
	}
	text := encode(t, e)
	want := `### request compact
POST http://h/last?q={secret key} HTTP/2
X-Key: eH{secret key}
Authorization: Basic {left out}
Proxy-Authorization: Bearer {secret key}
Cookie: sid={left out}; key={secret key}

{
  "key": "{secret key}"
}

### response
HTTP/2 200
set-cookie: sid={left out}; Path=/; HttpOnly
Content-Encoding: gzip

{"echo": "{secret key}", "token": "{secret late}"}
`
	if text != want {
		t.Errorf("it is\n%s", text)
	}
}

// TestAnExampleIsShownAsAnExchange reads what was saved into what the views take.
func TestAnExampleIsShownAsAnExchange(t *testing.T) {
	e, err := example.Decode([]byte(created))
	if err != nil {
		t.Fatal(err)
	}
	x, err := e.Exchange()
	if err != nil {
		t.Fatal(err)
	}
	response := x.Response()
	content, err := io.ReadAll(response.Body.Reader(t.Context()))
	if err != nil || string(content) != string(e.Response.Body) {
		t.Errorf("the body is %q, %v", content, err)
	}
	if response.Status != 201 || response.Proto != "HTTP/1.1" || !x.Started.IsZero() || x.Total() != 0 || len(response.Headers) != 3 {
		t.Errorf("the response is %+v", response)
	}
	head := string(x.Last().Sent.Head)
	if !strings.HasPrefix(head, "POST /users?token={secret token} HTTP/1.1\r\nContent-Type: application/json\r\n") || !strings.HasSuffix(head, "\r\n\r\n") {
		t.Errorf("it was sent as %q", head)
	}
	again, err := example.Of(x)
	if err != nil {
		t.Fatal(err)
	}
	if text := encode(t, again); text != strings.NewReplacer("a=1", "a={left out}", "b=2", "b={left out}").Replace(created) {
		t.Errorf("saved again it is\n%s", text)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

// A key that nobody has declared to be secret is left out where auth has put it.
func TestWhatAuthHasPutIntoAHeaderStaysOut(t *testing.T) {
	x := exchange(t, "Kq7vZx2mHWt9b", "ok")
	sent := x.Hops[1].Prepared
	for i, name := range []string{"X-API-Key", "Authorization"} {
		sent.Headers[i] = httpcore.Header{Field: httpcore.Field{Name: name, Value: "plain key"}, Source: httpcore.SourceAuth}
	}
	e, err := example.Of(x)
	if err != nil {
		t.Fatal(err)
	}
	if key, credentials := e.Request.Headers[0].Value, e.Request.Headers[1].Value; key != "{left out}" || credentials != "plain {left out}" {
		t.Errorf("kept are %q and %q", key, credentials)
	}
}

// A body that is no longer there is not taken for an empty one.
func TestAnExchangeThatWasClosedIsRefused(t *testing.T) {
	x := exchange(t, "secret", "ok")
	if err := x.Response().Body.Close(); err != nil {
		t.Fatal(err)
	}
	if e, err := example.Of(x); err == nil {
		t.Errorf("it is kept with %q", e.Response.Body)
	}
}

func TestWhatIsNotWholeOrTooLargeIsRefused(t *testing.T) {
	partial := exchange(t, "secret", "half")
	partial.Response().Body = body.NewStore(body.StoreOptions{})
	large := exchange(t, "secret", strings.Repeat("a", example.MaxBody+1))
	sends := exchange(t, "secret", "ok")
	sends.Hops[1].Prepared.Body = body.Bytes(make([]byte, example.MaxBody+1), "")
	grows := exchange(t, "s", strings.Repeat("s", example.MaxBody/2)) // a mark is longer than it
	gone := exchange(t, "secret", "ok")
	file := filepath.Join(t.TempDir(), "body")
	var err error
	if err = os.WriteFile(file, []byte("a"), 0o600); err == nil {
		gone.Hops[1].Prepared.Body, err = body.File(file, "")
	}
	if err := errors.Join(err, os.Remove(file)); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]*httpcore.Exchange{
		"nothing": nil, "no answer": {Request: &httpcore.Request{}}, "half an answer": partial,
		"a large answer": large, "a large request": sends, "an answer of secrets": grows, "a file that is gone": gone,
	} {
		e, err := example.Of(x)
		var hint interface{ Hint() string }
		if e != nil || err == nil || !errors.As(err, &hint) || hint.Hint() == "" {
			t.Errorf("%s: %v, %v", name, e, err)
		}
	}
}
