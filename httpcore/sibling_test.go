package httpcore_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"parley/httpcore"
	"parley/httpcore/transport"
)

func TestASiblingSharesConnectionsAndNothingElse(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("a"); err == nil {
			w.WriteHeader(http.StatusConflict)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
	}))
	defer server.Close()
	session := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), BodyDir: t.TempDir()})
	send := func(s *httpcore.Session) (status int, reused bool) {
		t.Helper()
		p, err := s.Prepare(context.Background(), &httpcore.Request{URL: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		x, err := s.Do(context.Background(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		return x.Response().Status, x.Last().Conn.Reused
	}
	if status, _ := send(session); status != http.StatusOK {
		t.Fatalf("got %d", status)
	}
	sibling := session.Sibling()
	if status, reused := send(sibling); status != http.StatusOK || !reused {
		t.Errorf("the sibling got %d on a connection that was reused: %v", status, reused)
	}
	if err := sibling.Close(); err != nil {
		t.Fatal(err)
	}
	if status, reused := send(session); status != http.StatusConflict || !reused {
		t.Errorf("after its sibling closed, the session got %d on a connection that was reused: %v", status, reused)
	}
	if err := session.Close(); err != nil {
		t.Error(err)
	}
}
