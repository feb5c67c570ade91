package history

import (
	"context"
	"io"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/body"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// sample is an exchange as the engine would leave it.
type sample struct {
	at       time.Time
	method   string
	url      string
	headers  []httpcore.Header
	content  string // of the request
	status   int
	reply    string
	err      *httpcore.Error
	secrets  []httpcore.Secret
	auth     httpcore.Auth
	unsent   bool
	received httpcore.Fields
}

func (s sample) exchange(tb testing.TB) *httpcore.Exchange {
	tb.Helper()
	if s.at.IsZero() {
		s.at = noon
	}
	if s.url == "" {
		s.url = "http://127.0.0.1:8080/users/github"
	}
	if s.method == "" {
		s.method = "GET"
	}
	request := &httpcore.Request{
		Method: s.method, URL: s.url, Secrets: s.secrets, Auth: s.auth, Options: httpcore.DefaultOptions(),
	}
	x := &httpcore.Exchange{Request: request, Started: s.at, Ended: s.at.Add(42 * time.Millisecond), Err: s.err}
	if s.unsent {
		return x
	}
	u, err := httpcore.ParseURL(s.url)
	if err != nil {
		tb.Fatal(err)
	}
	prepared := &httpcore.Prepared{Request: request, Method: s.method, URL: u, Target: u.RequestTarget(), Headers: s.headers, Options: request.Options}
	if s.content != "" {
		request.Body = body.JSON(s.content)
		prepared.Body = request.Body
	}
	attempt := &httpcore.Attempt{
		Started:  s.at,
		Sent:     httpcore.Sent{Head: []byte(s.method + " / HTTP/1.1\r\n\r\n"), BodySize: int64(len(s.content))},
		Timeline: httpcore.Timeline{{Phase: httpcore.PhaseWait, Start: 1, End: 2}},
		Err:      s.err,
	}
	if s.status != 0 {
		store := body.NewStore(body.StoreOptions{})
		if _, err := io.WriteString(store, s.reply); err != nil {
			tb.Fatal(err)
		}
		store.Finish(nil)
		attempt.Response = &httpcore.Response{
			Proto: "HTTP/1.1", Status: s.status, Reason: "Reason", Headers: s.received,
			RawHead: []byte("HTTP/1.1 200 OK\r\nX: \xff\r\n\r\n"), WireSize: int64(len(s.reply)), Body: store,
		}
	}
	x.Hops = []*httpcore.Hop{{Prepared: prepared, Attempts: []*httpcore.Attempt{attempt}}}
	tb.Cleanup(func() { x.Close() })
	return x
}

func open(tb testing.TB, dir string) *Store {
	tb.Helper()
	s, err := Open(context.Background(), Options{Dir: dir, FS: disk.OS()})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

func add(tb testing.TB, s *Store, meta Meta, x *httpcore.Exchange) ID {
	tb.Helper()
	id, err := s.Add(context.Background(), meta, x)
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

func get(tb testing.TB, s *Store, id ID) *Entry {
	tb.Helper()
	entry, err := s.Get(context.Background(), id)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { entry.Exchange.Close() })
	return entry
}

func list(tb testing.TB, s *Store, query string) []Summary {
	tb.Helper()
	q, err := ParseQuery(query, noon.Add(time.Hour))
	if err != nil {
		tb.Fatal(err)
	}
	found, err := s.List(context.Background(), q)
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

func content1(tb testing.TB, s *body.Store) string {
	tb.Helper()
	data, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
