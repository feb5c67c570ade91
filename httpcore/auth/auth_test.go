package auth_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
)

// The vectors are requests with the head that they must have.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile("../../testdata/vectors/auth.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name, Source, Type, Method, URL string
		Values, Headers                 [][2]string
		Form                            string
		Target                          string
		Want                            [][2]string
		WantBody                        string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			request := &httpcore.Request{
				Method: v.Method, URL: v.URL, Headers: fields(v.Headers), Auth: httpcore.Auth{Type: v.Type, Values: fields(v.Values)},
			}
			if v.Form != "" {
				request.Body = body.Text(v.Form, "application/x-www-form-urlencoded")
			}
			p, err := prepare(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			if p.Target != v.Target {
				t.Errorf("target %q, want %q (%s)", p.Target, v.Target, v.Source)
			}
			for _, want := range fields(v.Want) {
				if got, _ := p.Header(want.Name); got != want.Value {
					t.Errorf("%s: %q, want %q (%s)", want.Name, got, want.Value, v.Source)
				}
			}
			if got := content(t, p); got != v.WantBody {
				t.Errorf("body %q, want %q (%s)", got, v.WantBody, v.Source)
			}
		})
	}
}

func TestBadValuesNameTheField(t *testing.T) {
	cases := []struct {
		scheme string
		values [][2]string
		say    string
	}{
		{"basic", nil, "Basic auth needs username"},
		{"basic", [][2]string{{"username", "a:b"}}, "username with a colon"},
		{"basic", [][2]string{{"username", "a"}, {"password", "b\n"}}, "password with a control character"},
		{"basic", [][2]string{{"user", "a"}}, "has no field user"},
		{"bearer", nil, "Bearer auth needs token"},
		{"bearer", [][2]string{{"token", ""}}, "empty"},
		{"bearer", [][2]string{{"token", "Bearer x"}}, "white space"},
		{"apikey", [][2]string{{"name", "X"}}, "API key auth needs value"},
		{"apikey", [][2]string{{"name", "X"}, {"value", "v"}, {"in", "body"}}, `in = "body"`},
		{"apikey", [][2]string{{"name", "X"}, {"value", "v;w"}, {"in", "cookie"}}, "semicolon"},
		{"apikey", [][2]string{{"name", "X=1; Y"}, {"value", "v"}, {"in", "cookie"}}, "cookie of the name"},
		{"oauth1", nil, "OAuth 1.0 auth needs consumer_key"},
		{"oauth1", [][2]string{{"consumer_key", ""}}, "consumer_key, and the one given is empty"},
		{"oauth1", [][2]string{{"consumer_key", "k"}, {"timestamp", "now"}}, `timestamp = "now"`},
		{"oauth1", [][2]string{{"consumer_key", "k"}, {"realm", `a"b`}}, "cannot send realm"},
		{"oauth1", [][2]string{{"consumer_key", "k"}, {"signature", "RSA-SHA1"}}, "needs private_key"},
		{"oauth1", [][2]string{{"consumer_key", "k"}, {"signature", "RSA-SHA1"}, {"private_key", "x"}}, "private_key: it is no PEM text"},
		{"aws-sigv4", [][2]string{{"access_key", "a"}, {"secret_key", "s"}, {"service", "s3"}}, "needs region: the host h does not tell"},
		{"aws-sigv4", [][2]string{{"access_key", "a"}, {"secret_key", "s"}, {"region", "r"}, {"service", "s3"}, {"expires", "1h"}}, `expires = "1h"`},
		{"aws-sigv4", [][2]string{{"access_key", "a"}, {"secret_key", "s"}, {"region", "r\n"}, {"service", "s3"}}, "cannot send region"},
		{"hawk", [][2]string{{"id", "i"}}, "Hawk auth needs key"},
		{"hawk", [][2]string{{"id", "i"}, {"key", "k"}, {"ext", `\`}}, "cannot send ext"},
		{"hawk", [][2]string{{"id", "i"}, {"key", "k"}, {"algorithm", "md5"}}, `algorithm = "md5"`},
		{"jwt", nil, "JWT auth needs key"},
		{"jwt", [][2]string{{"key", "k"}, {"algorithm", "none"}}, `algorithm = "none"`},
		{"jwt", [][2]string{{"key", "k"}, {"claims", "[]"}}, "cannot read claims"},
		{"jwt", [][2]string{{"key", "k"}, {"claims", "null"}}, "claims: it is no object"},
		{"jwt", [][2]string{{"key", "k"}, {"header", `{"alg":"none"}`}}, "another alg in header"},
		{"jwt", [][2]string{{"key", "k"}, {"prefix", "a\nb"}}, "prefix with control characters"},
		{"jwt", [][2]string{{"key", "k"}, {"algorithm", "RS256"}}, "key for RS256: it is no PEM text"},
		{"jwt", [][2]string{{"key", "-----BEGIN PRIVATE KEY-----"}}, "would be taken for a shared secret"},
		{"jwt", [][2]string{{"key", `{"kty":"EC","crv":"P-256","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}`}, {"algorithm", "ES384"}}, "key for ES384: it is of another kind"},
	}
	for _, c := range cases {
		_, err := prepare(t.Context(), &httpcore.Request{URL: "http://h", Auth: httpcore.Auth{Type: c.scheme, Values: fields(c.values)}})
		if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s %v: got %v, want …%s…", c.scheme, c.values, err, c.say)
		}
	}
}

// A key in such a header would change where the request goes, or where it ends.
func TestAKeyDecidesNothing(t *testing.T) {
	for _, name := range []string{"host", "Content-Length", "transfer-encoding", "Connection", "X\r\nY"} {
		_, err := prepare(t.Context(), &httpcore.Request{
			Method: "POST", URL: "http://h", Body: body.Text("abc", ""),
			Auth: httpcore.Auth{Type: "apikey", Values: fields([][2]string{{"name", name}, {"value", "chunked"}})},
		})
		if !errors.Is(err, httpcore.KindHeader) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestWhatCannotBeSigned(t *testing.T) {
	oauth := func(in string) httpcore.Auth {
		return httpcore.Auth{Type: "oauth1", Values: fields([][2]string{{"consumer_key", "k"}, {"in", in}})}
	}
	aws := httpcore.Auth{Type: "aws-sigv4", Values: fields([][2]string{{"access_key", "a"}, {"secret_key", "s"}, {"region", "r"}, {"service", "s3"}})}
	form := body.Form([]body.Pair{{Name: "a", Value: "1"}})
	cases := []struct {
		name    string
		request httpcore.Request
		say     string
	}{
		{"no form", httpcore.Request{Method: "POST", Body: body.JSON("{}"), Auth: oauth("body")}, `in = "body" needs a form`},
		{"a length of the user's", httpcore.Request{Method: "POST", Body: form, Headers: fields([][2]string{{"Content-Length", "3"}}), Auth: oauth("body")}, "Content-Length"},
		{"a compressed form", httpcore.Request{Method: "POST", Body: form, Headers: fields([][2]string{{"Content-Encoding", "gzip"}}), Auth: oauth("header")}, "compressed form"},
		{"no date", httpcore.Request{Headers: fields([][2]string{{"X-Amz-Date", "today"}}), Auth: aws}, "X-Amz-Date: today"},
	}
	for _, c := range cases {
		c.request.URL = "http://h/"
		_, err := prepare(t.Context(), &c.request)
		if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: got %v, want …%s…", c.name, err, c.say)
		}
	}
}

// Forms and flags are made of the fields alone, so each must say enough.
func TestFieldsDescribeThemselves(t *testing.T) {
	seen := map[string]bool{}
	for _, scheme := range auth.Schemes(auth.Environment{}) {
		if seen[scheme.Type()] {
			t.Errorf("%s is there twice", scheme.Type())
		}
		seen[scheme.Type()] = true
		for _, field := range scheme.Fields() {
			if field.Name == "" || field.Label == "" || field.Help == "" {
				t.Errorf("%s: the field %q lacks a label or a help text", scheme.Type(), field.Name)
			}
		}
	}
}

func prepare(ctx context.Context, r *httpcore.Request) (*httpcore.Prepared, error) {
	return httpcore.NewSession(httpcore.SessionOptions{Schemes: auth.Schemes(auth.Environment{})}).Prepare(ctx, r)
}

func content(t *testing.T, p *httpcore.Prepared) string {
	t.Helper()
	if p.Body == nil {
		return ""
	}
	r, err := p.Body.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func fields(pairs [][2]string) httpcore.Fields {
	var list httpcore.Fields
	for _, pair := range pairs {
		list.Add(pair[0], pair[1])
	}
	return list
}
