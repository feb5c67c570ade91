package auth_test

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
)

// A key goes along at its own origin, wherever it is put, and stays behind at another's.
func TestAPIKeyStaysAtItsOrigin(t *testing.T) {
	for _, in := range []string{"header", "query", "cookie"} {
		t.Run(in, func(t *testing.T) {
			transport := &recorder{}
			s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport, Schemes: auth.Schemes(auth.Environment{})})
			p, err := s.Prepare(t.Context(), &httpcore.Request{
				URL: "http://h/same", Options: httpcore.DefaultOptions(),
				Auth: httpcore.Auth{Type: "apikey", Values: fields([][2]string{{"name", "X-Key"}, {"value", "k1"}, {"in", in}})},
			})
			if err != nil {
				t.Fatal(err)
			}
			x, err := s.Do(t.Context(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			for i, want := range []bool{true, true, false} {
				if got := strings.Contains(transport.heads[i], "k1"); got != want {
					t.Errorf("hop %d has the key: %v\n%s", i, got, transport.heads[i])
				}
			}
			if len(x.Hops[1].Dropped) != 0 || len(x.Hops[2].Dropped) != 1 {
				t.Errorf("dropped %v, then %v", x.Hops[1].Dropped, x.Hops[2].Dropped)
			}
		})
	}
}

// What a scheme has added is made anew at its own origin, once, and stays behind at another's.
func TestCredentialsStayAtTheirOrigin(t *testing.T) {
	oauth := func(in string) httpcore.Auth {
		return httpcore.Auth{Type: "oauth1", Values: fields([][2]string{{"consumer_key", "key-one"}, {"token", "token-one"}, {"in", in}})}
	}
	aws := func(in string) httpcore.Auth {
		return httpcore.Auth{Type: "aws-sigv4", Values: fields([][2]string{
			{"access_key", "key-one"}, {"secret_key", "s"}, {"session_token", "token-one"}, {"region", "r"}, {"service", "s3"}, {"in", in},
		})}
	}
	cases := []struct {
		name  string
		auth  httpcore.Auth
		marks []string
	}{
		{"oauth1 in header", oauth("header"), []string{"key-one", "token-one", "oauth_signature="}},
		{"oauth1 in query", oauth("query"), []string{"key-one", "token-one", "oauth_signature="}},
		{"oauth1 in body", oauth("body"), []string{"key-one", "token-one", "oauth_signature="}},
		{"aws-sigv4 in header", aws("header"), []string{"key-one/", ": token-one", ", Signature=", "X-Amz-Content-Sha256:"}},
		{"aws-sigv4 in query", aws("query"), []string{"key-one%2F", "=token-one", "X-Amz-Signature="}},
		{"hawk", httpcore.Auth{Type: "hawk", Values: fields([][2]string{{"id", "key-one"}, {"key", "s"}})}, []string{"key-one", "mac="}},
		{"jwt", httpcore.Auth{Type: "jwt", Values: fields([][2]string{{"key", "s"}})}, []string{"Bearer eyJ"}},
		{"basic", httpcore.Auth{Type: "basic", Values: fields([][2]string{{"username", "u"}, {"password", "p"}})}, []string{"Basic dTpw"}},
		{"bearer", httpcore.Auth{Type: "bearer", Values: fields([][2]string{{"token", "token-one"}})}, []string{"Bearer token-one"}},
		{"digest", httpcore.Auth{Type: "digest", Values: fields([][2]string{{"username", "u"}, {"nonce", "n"}})}, []string{"Digest username", "nonce=\"n\""}},
		{"netrc", httpcore.Auth{Type: "netrc"}, []string{"Basic dTpw"}},
		{"command", httpcore.Auth{Type: "command", Values: fields([][2]string{{"run", "x"}})}, []string{"X-Key: key-one"}},
		{"oauth2", httpcore.Auth{Type: "oauth2", Values: fields([][2]string{{"client_id", "c"}, {"token_url", "http://t/"}})}, []string{"Bearer token-one"}},
	}
	environment := auth.Environment{
		Netrc: func() (string, string, error) {
			return "f", "machine h login u password p\ndefault login u password p", nil
		},
		RunCommand: func(context.Context, string) (string, error) { return `{"headers": {"X-Key": "key-one"}}`, nil },
		Tokens:     auth.NewTokens(oneToken{}),
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			transport := &recorder{status: http.StatusTemporaryRedirect}
			s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport, Schemes: auth.Schemes(environment)})
			p, err := s.Prepare(t.Context(), &httpcore.Request{
				Method: "POST", URL: "http://h/same", Options: httpcore.DefaultOptions(), Auth: c.auth,
				Body: body.Form([]body.Pair{{Name: "a", Value: "1"}}),
			})
			if err != nil {
				t.Fatal(err)
			}
			x, err := s.Do(t.Context(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			for i, want := range []int{1, 1, 0} {
				sent := transport.heads[i] + content(t, x.Hops[i].Prepared)
				for _, mark := range c.marks {
					if got := strings.Count(sent, mark); got != want {
						t.Errorf("hop %d has %q %d times, want %d\n%s", i, mark, got, want, sent)
					}
				}
			}
			last := x.Hops[2]
			if got := content(t, last.Prepared); got != "a=1" || !strings.Contains(transport.heads[2], "Content-Length: 3\r\n") {
				t.Errorf("the body at the other origin is %q\n%s", got, transport.heads[2])
			}
			if len(last.Dropped) == 0 {
				t.Error("it is not said that credentials were dropped")
			}
		})
	}
}

// A redirect that turns a form into a GET has no body left to sign in.
func TestSignatureInABodyThatARedirectLosesGoesIntoTheHeader(t *testing.T) {
	transport := &recorder{}
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport, Schemes: auth.Schemes(auth.Environment{})})
	p, err := s.Prepare(t.Context(), &httpcore.Request{
		Method: "POST", URL: "http://h/same", Options: httpcore.DefaultOptions(),
		Auth: httpcore.Auth{Type: "oauth1", Values: fields([][2]string{{"consumer_key", "k1"}, {"in", "body"}})},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := content(t, p); !strings.HasPrefix(got, "oauth_consumer_key=k1&") {
		t.Errorf("body %q", got)
	}
	x, err := s.Do(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if head := transport.heads[1]; !strings.Contains(head, "Authorization: OAuth ") || strings.Contains(head, "Content-") {
		t.Error(head)
	}
	if head := transport.heads[2]; strings.Contains(head, "k1") || strings.Contains(head, "Content-") {
		t.Error(head)
	}
}

// oneToken has the same token for every grant.
type oneToken struct{ auth.TokenStore }

func (oneToken) Get(string) (auth.Token, bool, error) {
	return auth.Token{Access: httpcore.NewSecret("access token", "token-one"), Type: "Bearer"}, true, nil
}

// recorder redirects within an origin, then to another, then answers.
type recorder struct {
	status int // 302 when 0
	heads  []string
}

func (r *recorder) RoundTrip(_ context.Context, p *httpcore.Prepared, _ *httpcore.Trace) (*httpcore.Reply, error) {
	r.heads = append(r.heads, string(p.AppendHead(nil)))
	reply := &httpcore.Reply{Status: cmp.Or(r.status, http.StatusFound), Length: -1, Body: io.NopCloser(strings.NewReader("")), Trailers: func() httpcore.Fields { return nil }}
	switch len(r.heads) {
	case 1:
		reply.Headers.Add("Location", "/again")
	case 2:
		reply.Headers.Add("Location", "http://other/")
	default:
		reply.Status = http.StatusOK
	}
	return reply, nil
}

func (r *recorder) Close() error { return nil }
