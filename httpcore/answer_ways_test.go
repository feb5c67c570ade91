package httpcore_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// The answer to a challenge takes the connection that the challenge came over, whose body was read, and the whole content
// of the request.
func TestChallengesOnEveryWay(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.Header().Set("WWW-Authenticate", `Answering realm="x"`)
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, strings.Repeat("no ", 10_000))
			return
		}
		content := make([]byte, 100)
		n, _ := r.Body.Read(content)
		w.Write(content[:n])
	})
	onEveryWay(t, handler, func(t *testing.T, at site) {
		s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Schemes: []httpcore.Scheme{answering{}}, BodyDir: t.TempDir()})
		defer s.Close()
		r := at.request("PUT", at.origin)
		r.Body = body.Text("the content", "")
		r.Auth.Type = "answering"
		x := send(t, s, r, nil)
		if x.Err != nil || x.Response().Status != 200 || text(t, x) != "the content" {
			t.Fatalf("%v, %v", x.Err, x.Response())
		}
		attempts := x.Hops[0].Attempts
		if len(attempts) != 2 || attempts[0].Response.Body.Size() != 30_000 || !attempts[1].Conn.Reused {
			t.Errorf("%d attempts, the last on %+v", len(attempts), x.Last().Conn)
		}
	})
}

// answering is a scheme that shows its credentials when it is asked to.
type answering struct{}

func (answering) Type() string                   { return "answering" }
func (answering) Title() string                  { return "Answering" }
func (answering) Fields() []httpcore.SchemeField { return nil }
func (answering) Authorizer(httpcore.Fields) (httpcore.Authorizer, error) {
	return &asked{}, nil
}

type asked struct{ is bool }

func (a *asked) Authorize(_ context.Context, p *httpcore.Prepared) error {
	if a.is {
		p.SetHeader(httpcore.SourceAuth, "Authorization", "Answering")
	}
	return nil
}

func (a *asked) Answer(_ context.Context, _ *httpcore.Prepared, r *httpcore.Response, _ httpcore.Requester, round int) (bool, error) {
	challenges := httpcore.Challenges(r.Headers, "WWW-Authenticate")
	a.is = len(challenges) == 1 && challenges[0].Is("answering") && round == 1
	return a.is, nil
}
