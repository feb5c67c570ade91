package protocol_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/playground"
	"parley/httpcore/protocol"
	"parley/httpcore/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stage is a server that answers each connection with the next of its answers, and a source that asks it without waiting.
type stage struct {
	source *protocol.EventSource
	waits  []time.Duration

	mu       sync.Mutex
	requests []string // method, Accept, Cache-Control, Last-Event-ID, body
	ended    int
}

type answer func(w http.ResponseWriter, r *http.Request)

// events answers with a stream.
func events(text string) answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Connection", "close") // a connection that was used before is tried again by itself
		_, _ = io.WriteString(w, text)
	}
}

func status(code int) answer {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// broken sends a part of a stream and hangs up.
func broken(text string) answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, text)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
}

func newStage(t *testing.T, answers ...answer) *stage {
	s := &stage{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		n := len(s.requests)
		s.requests = append(s.requests, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s",
			r.Method, r.Header.Get("Accept"), r.Header.Get("Cache-Control"), r.Header.Get("Last-Event-ID"), content)))
		s.mu.Unlock()
		if n >= len(answers) {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		answers[n](w, r)
	}))
	t.Cleanup(server.Close)
	session := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	t.Cleanup(func() { session.Close() })
	s.source = &protocol.EventSource{
		Session: session, Request: &httpcore.Request{URL: server.URL, Options: httpcore.DefaultOptions()},
		Reconnects: -1,
		Ended: func(x *httpcore.Exchange) {
			s.ended++
			x.Close()
		},
		After: func(d time.Duration) <-chan time.Time {
			s.waits = append(s.waits, d)
			now := make(chan time.Time, 1)
			now <- time.Time{}
			return now
		},
	}
	return s
}

// sent returns the requests so far.
func (s *stage) sent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// run returns what was heard, in short.
func (s *stage) run(t *testing.T) ([]string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var heard []string
	err := s.source.Run(ctx, func(m protocol.Message) error {
		switch m := m.(type) {
		case protocol.Event:
			heard = append(heard, m.ID+":"+m.Data)
		case protocol.Opened:
			heard = append(heard, fmt.Sprintf("open %d", m.Connection))
		case protocol.Lost:
			heard = append(heard, strings.TrimSpace(fmt.Sprintf("lost %v %s", m.Wait, kindOf(m.Err))))
		}
		return nil
	})
	return heard, err
}

func kindOf(err error) httpcore.Kind {
	if e, ok := errors.AsType[*httpcore.Error](err); ok {
		return e.Kind
	}
	return ""
}

func TestASourceGoesOnAfterTheLastEvent(t *testing.T) {
	s := newStage(t,
		events("data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid: half"),
		events("retry: 50000\ndata: d\n\nid\ndata: e\n\n"),
		broken("id: 7\ndata: f\n\ndata: g"),
	)
	s.source.Request.Method = "POST"
	s.source.Request.Body = body.Text("again", "text/plain")
	heard, err := s.run(t)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"open 1", ":a", "1:b", "1:c", "lost 3s",
		"open 2", "1:d", ":e", "lost 50s",
		"open 3", "7:f", "lost 50s truncated",
	}
	if !slices.Equal(heard, want) {
		t.Errorf("heard %q\nwant  %q", heard, want)
	}
	const ask = "POST text/event-stream no-cache "
	if want := []string{ask + " again", ask + "1 again", ask + " again", ask + "7 again"}; !slices.Equal(s.sent(), want) {
		t.Errorf("sent %q\nwant %q", s.sent(), want)
	}
	if s.ended != 4 {
		t.Errorf("%d exchanges were handed over, want all 4", s.ended)
	}
}

func TestASourceStopsAtWhatIsNoStream(t *testing.T) {
	for _, tc := range []struct {
		name    string
		answers []answer
		kind    httpcore.Kind
		says    string
		sent    int
	}{
		{"204", []answer{status(204)}, "", "", 1},
		{"another type", []answer{func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }}, httpcore.KindProtocol, "text/plain", 1},
		{"not found", []answer{status(404)}, httpcore.KindStatus, "404 Client Error", 1},
		{"later too", []answer{events("data: a\n\n"), status(500)}, httpcore.KindStatus, "500 Server Error", 2},
		{"redirect to nowhere", []answer{status(301)}, httpcore.KindProtocol, "status 301", 1},
		{"hangs up at once", []answer{func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}, httpcore.KindClosed, "", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newStage(t, tc.answers...)
			heard, err := s.run(t)
			if kindOf(err) != tc.kind || err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v (%s), want a %q that says %q", err, kindOf(err), tc.kind, tc.says)
			}
			if len(s.sent()) != tc.sent {
				t.Errorf("%d requests, want %d; heard %q", len(s.sent()), tc.sent, heard)
			}
		})
	}
}

func TestASourceWaitsLongerWhileItFails(t *testing.T) {
	hangUp := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	s := newStage(t, events("retry: 0\ndata: a\n\n"), hangUp, hangUp, events("data: b\n\n"))
	if heard, err := s.run(t); err != nil {
		t.Fatalf("%v; heard %q", err, heard)
	}
	const least = 100 * time.Millisecond
	if want := []time.Duration{least, 2 * least, 4 * least, least}; !slices.Equal(s.waits, want) {
		t.Errorf("waits %v, want %v", s.waits, want)
	}
}

func TestASourceConnectsNoOftenerThanItMay(t *testing.T) {
	s := newStage(t, events("data: a\n\n"), events("data: b\n\n"), broken("data: c\n\n"), events("data: d\n\n"))
	s.source.Reconnects = 1
	if heard, err := s.run(t); err != nil || len(s.sent()) != 2 {
		t.Errorf("%d requests, %v; heard %q", len(s.sent()), err, heard)
	}
	if _, err := s.run(t); kindOf(err) != httpcore.KindTruncated && len(s.sent()) != 4 {
		t.Errorf("%d requests, %v", len(s.sent()), err)
	}
}

func TestAFirstLastEventIDIsTheUsers(t *testing.T) {
	s := newStage(t, events("data: a\n\n"))
	s.source.Request.Headers.Add("Last-Event-ID", "41")
	s.source.Request.Headers.Add("Accept", "*/*")
	if _, err := s.run(t); err != nil {
		t.Fatal(err)
	}
	if want := []string{"GET */* no-cache 41", "GET */* no-cache 41"}; !slices.Equal(s.sent(), want) {
		t.Errorf("sent %q", s.sent())
	}
}

// An ID that no header can hold is no reason not to connect again.
func TestAnIDThatNoHeaderCanHold(t *testing.T) {
	s := newStage(t, events("id:  a b \ndata: 1\n\n"), events("id: a\x1bb\ndata: 2\n\n"))
	if _, err := s.run(t); err != nil {
		t.Fatal(err)
	}
	const first = "GET text/event-stream no-cache"
	if want := []string{first, first + " a b", first}; !slices.Equal(s.sent(), want) {
		t.Errorf("sent %q, want %q", s.sent(), want)
	}
}

func TestASourceEndsWithItsContext(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		events("data: a\n\n")(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	t.Run("while it listens", func(t *testing.T) {
		s := newStage(t, endless)
		ctx, cancel := context.WithCancel(t.Context())
		err := s.source.Run(ctx, func(m protocol.Message) error {
			if _, ok := m.(protocol.Event); ok {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, httpcore.KindCanceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("while it waits", func(t *testing.T) {
		s := newStage(t, events("data: a\n\n"))
		ctx, cancel := context.WithCancel(t.Context())
		s.source.After = func(time.Duration) <-chan time.Time {
			cancel()
			return nil
		}
		if err := s.source.Run(ctx, func(protocol.Message) error { return nil }); !errors.Is(err, httpcore.KindCanceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("when nobody listens any more", func(t *testing.T) {
		s := newStage(t, endless)
		enough := errors.New("enough")
		err := s.source.Run(t.Context(), func(m protocol.Message) error {
			if _, ok := m.(protocol.Event); ok {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) {
			t.Errorf("%v", err)
		}
	})
}

// BenchmarkSource hears a whole stream over HTTP, to be compared with the 50,000 events a second that have to be kept up with.
func BenchmarkSource(b *testing.B) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	const count = 100_000
	session := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{})})
	defer session.Close()
	b.ReportAllocs()
	for b.Loop() {
		source := &protocol.EventSource{
			Session: session,
			Request: &httpcore.Request{URL: fmt.Sprintf("%s/events?count=%d", server.URL, count), Options: httpcore.DefaultOptions()},
		}
		log, heard := protocol.NewEventLog(1000, 1<<20), int64(0)
		err := source.Run(context.Background(), func(m protocol.Message) error {
			log.Add(time.Time{}, m)
			_, heard = log.Counts()
			return nil
		})
		if err != nil || heard != count {
			b.Fatalf("%d events, %v", heard, err)
		}
	}
	b.ReportMetric(float64(count*b.N)/b.Elapsed().Seconds(), "events/s")
}
