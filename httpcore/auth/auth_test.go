package auth_test

import (
	"context"
	"encoding/json"
	"errors"
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
		Name, Source, Type, URL string
		Values, Headers         [][2]string
		Target                  string
		Want                    [][2]string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			p, err := prepare(t.Context(), &httpcore.Request{
				URL: v.URL, Headers: fields(v.Headers), Auth: httpcore.Auth{Type: v.Type, Values: fields(v.Values)},
			})
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

// Forms and flags are made of the fields alone, so each must say enough.
func TestFieldsDescribeThemselves(t *testing.T) {
	seen := map[string]bool{}
	for _, scheme := range auth.Schemes() {
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
	return httpcore.NewSession(httpcore.SessionOptions{Schemes: auth.Schemes()}).Prepare(ctx, r)
}

func fields(pairs [][2]string) httpcore.Fields {
	var list httpcore.Fields
	for _, pair := range pairs {
		list.Add(pair[0], pair[1])
	}
	return list
}
