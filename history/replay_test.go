package history

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore"
	"parley/httpcore/body"
)

func TestReplayAsSent(t *testing.T) {
	s := open(t, t.TempDir())
	x := sample{
		method: "POST", url: "http://127.0.0.1:8080/a%2fb?x=1&key=tok-12345", content: `{"token": "tok-12345"}`, status: 200,
		headers: []httpcore.Header{
			{Field: httpcore.Field{Name: "Host", Value: "127.0.0.1:8080"}, Source: httpcore.SourceURL},
			{Field: httpcore.Field{Name: "x-own", Value: "1"}, Source: httpcore.SourceRequest},
			{Field: httpcore.Field{Name: "Content-Type", Value: "application/json"}, Source: httpcore.SourceBody},
			{Field: httpcore.Field{Name: "Authorization", Value: "Bearer tok-12345"}, Source: httpcore.SourceAuth},
		},
		secrets: []httpcore.Secret{httpcore.NewSecret("token", "tok-12345")},
		auth:    httpcore.Auth{Type: "bearer", Values: httpcore.Fields{{Name: "token", Value: "tok-12345"}}},
	}.exchange(t)
	entry := get(t, s, add(t, s, Meta{}, x))
	replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, `new"secret`), nil })
	if err != nil {
		t.Fatal(err)
	}
	r := replay.Request
	if want := "http://127.0.0.1:8080/a%2fb?x=1&key=new%22secret"; r.URL != want {
		t.Errorf("URL %s, want %s", r.URL, want)
	}
	want := httpcore.Fields{{Name: "Host", Value: "127.0.0.1:8080"}, {Name: "x-own", Value: "1"}, {Name: "Content-Type", Value: "application/json"}}
	if diff := cmp.Diff(want, r.Headers); diff != "" {
		t.Errorf("headers: %s", diff)
	}
	if r.Auth.Type != "bearer" || r.Auth.Values[0].Value != `new"secret` {
		t.Errorf("auth %+v", r.Auth)
	}
	reader, err := r.Body.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if data, _ := io.ReadAll(reader); string(data) != `{"token": "new\"secret"}` {
		t.Errorf("content %s", data)
	}
	if len(replay.Differs) != 2 || !r.Options.WithoutJar {
		t.Errorf("differs: %q, options %+v", replay.Differs, r.Options)
	}
	unsent := get(t, s, add(t, s, Meta{}, sample{unsent: true}.exchange(t)))
	if _, err := unsent.AsSent(nil); err == nil {
		t.Error("what was never sent can be replayed")
	}
}

func TestAPackedBodyIsKeptPlain(t *testing.T) {
	s := open(t, t.TempDir())
	x := sample{
		method: "POST", content: `{"token": "tok-12345", "word": "marmalade"}`, status: 200,
		headers: []httpcore.Header{
			{Field: httpcore.Field{Name: "Content-Encoding", Value: "gzip"}, Source: httpcore.SourceBody},
			{Field: httpcore.Field{Name: "Content-Length", Value: "77"}, Source: httpcore.SourceBody},
		},
		secrets: []httpcore.Secret{httpcore.NewSecret("token", "tok-12345")},
	}.exchange(t)
	packed, err := body.Compress(x.Request.Body, "gzip")
	if err != nil {
		t.Fatal(err)
	}
	x.Hops[0].Prepared.Body = packed
	entry := get(t, s, add(t, s, Meta{}, x))

	unpack := func(p body.Payload) string {
		t.Helper()
		opened, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		plain, err := body.Decode(opened, []string{"gzip"}, body.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(plain)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if kept := unpack(entry.Exchange.Hops[0].Prepared.Body); kept != `{"token": "{secret token}", "word": "marmalade"}` {
		t.Errorf("kept %s", kept)
	}
	if found := list(t, s, "marmalade"); len(found) != 1 {
		t.Errorf("its words find %d", len(found))
	}
	replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "a-longer-one"), nil })
	if err != nil {
		t.Fatal(err)
	}
	if sent := unpack(replay.Request.Body); sent != `{"token": "a-longer-one", "word": "marmalade"}` {
		t.Errorf("replay sends %s", sent)
	}
	if replay.Request.Headers.Has("Content-Length") {
		t.Error("replay promises the length that the content had then")
	}
}

func TestReplayMakesCredentialsOfWhatTheyWereMadeOf(t *testing.T) {
	reveal := func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "new pass/word"), nil }
	secrets := []httpcore.Secret{httpcore.NewSecret("pw", "old-password")}
	t.Run("user information", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{
			url: "http://127.0.0.1:8080/old-password", secrets: secrets, status: 200,
			headers: []httpcore.Header{{Field: httpcore.Field{Name: "Authorization", Value: "Basic bWU6b2xkLXBhc3N3b3Jk"}, Source: httpcore.SourceURL}},
		}.exchange(t)
		x.Request.URL = "http://me:old-password@127.0.0.1:8080/old-password"
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if err != nil {
			t.Fatal(err)
		}
		if want := "http://me:new%20pass%2Fword@127.0.0.1:8080/new%20pass%2Fword"; replay.Request.URL != want || replay.Request.Headers.Has("Authorization") {
			t.Errorf("URL %s, want %s; headers %v", replay.Request.URL, want, replay.Request.Headers)
		}
	})
	t.Run("an API key stays a credential", func(t *testing.T) {
		s := open(t, t.TempDir())
		values := httpcore.Fields{{Name: "name", Value: "X-Key"}, {Name: "value", Value: "no-secret"}}
		x := sample{
			status: 200, auth: httpcore.Auth{Type: "apikey", Values: values},
			headers: []httpcore.Header{{Field: httpcore.Field{Name: "X-Key", Value: "no-secret"}, Source: httpcore.SourceAuth}},
		}.exchange(t)
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(x.Request.Auth, replay.Request.Auth); diff != "" || len(replay.Request.Headers) != 0 || len(replay.Differs) != 0 {
			t.Errorf("auth %s, headers %v, differs %v", diff, replay.Request.Headers, replay.Differs)
		}
	})
	t.Run("a signature", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{
			status: 200, auth: httpcore.Auth{Type: "aws-sigv4"},
			headers: []httpcore.Header{
				{Field: httpcore.Field{Name: "X-Amz-Date", Value: "20260301T120000Z"}, Source: httpcore.SourceAuth},
				{Field: httpcore.Field{Name: "Authorization", Value: "AWS4-HMAC-SHA256 …"}, Source: httpcore.SourceAuth},
			},
		}.exchange(t)
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if err != nil {
			t.Fatal(err)
		}
		if len(replay.Request.Headers) != 0 || len(replay.Differs) != 1 || !strings.Contains(replay.Differs[0], "aws-sigv4") {
			t.Errorf("headers %v, differs %q", replay.Request.Headers, replay.Differs)
		}
	})
	t.Run("Basic by hand", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{
			secrets: secrets, status: 200,
			headers: []httpcore.Header{{Field: httpcore.Field{Name: "authorization", Value: "basic bWU6b2xkLXBhc3N3b3Jk"}, Source: httpcore.SourceRequest}},
		}.exchange(t)
		_, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if told, ok := errors.AsType[*Error](err); !ok || told.Hint() == "" {
			t.Errorf("the secret is sent in another form: %v", err)
		}
	})
	t.Run("in the host", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{url: "http://old-password.example/a?b#c", secrets: secrets, status: 200}.exchange(t)
		entry := get(t, s, add(t, s, Meta{}, x))
		if got := entry.Exchange.Hops[0].Prepared.URL.String(); got != "http://{secret pw}.example/a?b#c" {
			t.Errorf("shown as %s", got)
		}
		replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "tenant2"), nil })
		if err != nil || replay.Request.URL != "http://tenant2.example/a?b#c" {
			t.Errorf("replay goes to %s (%v)", replay.Request.URL, err)
		}
	})
}

// A request on a connection that NTLM had signed in carries no credentials, and cannot do without them on another one.
func TestReplayOfARequestWhoseServerHadNotAsked(t *testing.T) {
	s := open(t, t.TempDir())
	for kind, want := range map[string]string{"ntlm": "ntlm", "digest": "digest", "oauth2": "oauth2", "apikey": ""} {
		x := sample{method: "GET", url: "http://h/", status: 200, auth: httpcore.Auth{Type: kind}}.exchange(t)
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := replay.Request.Auth.Type; got != want || (len(replay.Differs) > 0) != (want != "") {
			t.Errorf("%s is replayed with %q, and differs: %q", kind, got, replay.Differs)
		}
	}
}
