package auth_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/auth"
)

// A key goes along at its own origin, wherever it is put, and stays behind at another's.
func TestAPIKeyStaysAtItsOrigin(t *testing.T) {
	for _, in := range []string{"header", "query", "cookie"} {
		t.Run(in, func(t *testing.T) {
			transport := &recorder{}
			s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport, Schemes: auth.Schemes()})
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

// recorder redirects within an origin, then to another, then answers.
type recorder struct{ heads []string }

func (r *recorder) RoundTrip(_ context.Context, p *httpcore.Prepared, _ *httpcore.Trace) (*httpcore.Reply, error) {
	r.heads = append(r.heads, string(p.AppendHead(nil)))
	reply := &httpcore.Reply{Status: http.StatusFound, Length: -1, Body: io.NopCloser(strings.NewReader("")), Trailers: func() httpcore.Fields { return nil }}
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
