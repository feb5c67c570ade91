package bench_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/runner/bench"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/transport"
)

// target is a collection of one request, whose {{base}} is a server.
func target(t testing.TB, handler http.Handler, request string, host template.Host) bench.Target {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"collection.toml":        "[vars]\nbase = \"" + server.URL + "\"\n",
		"environments/prod.toml": "protected = true\n",
		"one.toml":               request,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	one, err := c.Request("one")
	if err != nil {
		t.Fatal(err)
	}
	sessions := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), BodyDir: dir})
	}, nil)
	t.Cleanup(func() { sessions.Close() })
	return bench.Target{
		Work: runner.Workspace{Collection: c, Sessions: sessions, Host: host},
		Resolve: func(ctx context.Context, w runner.Workspace) (*resolve.Output, error) {
			return w.Resolve(ctx, one)
		},
	}
}

// answering answers everything at once and counts it.
func answering(count *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if count.Add(1)%4 == 0 {
			w.WriteHeader(http.StatusTeapot)
		}
	}
}

func run(t testing.TB, o bench.Options) *bench.Summary {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := bench.Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestClosedLoopSendsAsManyAsAsked(t *testing.T) {
	var count atomic.Int64
	s := run(t, bench.Options{
		Load:   bench.Load{Jobs: 4, Requests: 100},
		Target: target(t, answering(&count), "url = '{{base}}/a'\n[expect]\nfine = 'status == 200'\nalways = 'true'\n", template.Host{}),
	})
	if count.Load() != 100 || s.Answered != 100 || s.Latency.Count() != 100 || s.Service.Count() != 100 {
		t.Errorf("%d were sent, %d answered, %d and %d measured", count.Load(), s.Answered, s.Latency.Count(), s.Service.Count())
	}
	if s.Statuses[200] != 75 || s.Statuses[418] != 25 {
		t.Errorf("the statuses are %v", s.Statuses)
	}
	if s.Failed != 25 || s.Unmet["fine"] != 25 || len(s.Unmet) != 1 {
		t.Errorf("%d failed, of these expectations: %v", s.Failed, s.Unmet)
	}
	if s.Opened < 1 || s.Opened > 4 || s.Opened+s.Reused != 100 {
		t.Errorf("%d connections were opened and %d reused", s.Opened, s.Reused)
	}
	if s.Sent < 100*20 || s.Received < 100*20 || s.Elapsed <= 0 {
		t.Errorf("%d bytes were sent and %d received in %v", s.Sent, s.Received, s.Elapsed)
	}
}

// stalling keeps the tenth request, and all that come meanwhile, for a while.
func stalling(d time.Duration) http.HandlerFunc {
	var (
		door  sync.Mutex
		count atomic.Int64
	)
	return func(http.ResponseWriter, *http.Request) {
		door.Lock()
		defer door.Unlock()
		if count.Add(1) == 10 {
			time.Sleep(d)
		}
	}
}

func TestAStallIsChargedToAllWhoWaited(t *testing.T) {
	const stall = 300 * time.Millisecond
	request := "url = '{{base}}/a'"
	open := run(t, bench.Options{
		Load: bench.Load{Rate: 400, Jobs: 2, Requests: 200}, Target: target(t, stalling(stall), request, template.Host{}),
	})
	if open.Latency.Quantile(0.75) < stall/10 || open.Latency.Max() < stall*9/10 {
		t.Errorf("three quarters had to wait %v at most, all %v", open.Latency.Quantile(0.75), open.Latency.Max())
	}
	if open.Late < 50 {
		t.Errorf("%d were late", open.Late)
	}
	if got := open.Service.Quantile(0.9); got >= stall/2 {
		t.Errorf("nine of ten were served within %v", got)
	}
	if open.Elapsed > 10*time.Second || open.Answered != 200 {
		t.Errorf("%d were answered in %v", open.Answered, open.Elapsed)
	}
	closed := run(t, bench.Options{
		Load: bench.Load{Jobs: 2, Requests: 200}, Target: target(t, stalling(stall), request, template.Host{}),
	})
	if closed.Latency.Quantile(0.9) >= stall/2 || closed.Late != 0 {
		t.Errorf("in a closed loop nine of ten take %v, and %d are late", closed.Latency.Quantile(0.9), closed.Late)
	}
}

func TestWhatWasDueAndNeverSentIsSaid(t *testing.T) {
	release := make(chan struct{})
	var count atomic.Int64
	s := run(t, bench.Options{
		Load: bench.Load{Rate: 200, Jobs: 3, Duration: 100 * time.Millisecond},
		Target: target(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			if count.Add(1) == 1 {
				time.AfterFunc(300*time.Millisecond, func() { close(release) })
			}
			<-release
		}), "url = '{{base}}/a'", template.Host{}),
	})
	if s.Answered < 1 || s.Answered > 3 || s.Answered+s.Missed != 20 {
		t.Errorf("of 20 that were due, 3 at a time, %d were answered and %d missed", s.Answered, s.Missed)
	}
}

func TestTheWarmUpIsNotCounted(t *testing.T) {
	var count atomic.Int64
	s := run(t, bench.Options{
		Load:   bench.Load{Rate: 500, Jobs: 10, WarmUp: 100 * time.Millisecond, Duration: 100 * time.Millisecond},
		Target: target(t, answering(&count), "url = '{{base}}/a'", template.Host{}),
	})
	if s.WarmUp < 1 || s.WarmUp > 50 || s.Answered+s.Missed != 50 || count.Load() != s.WarmUp+s.Answered {
		t.Errorf("%d were warm-up, %d counted, %d missed, and %d arrived", s.WarmUp, s.Answered, s.Missed, count.Load())
	}
	if s.Elapsed < 90*time.Millisecond || s.Elapsed > 5*time.Second {
		t.Errorf("the measured time is %v", s.Elapsed)
	}
}

func TestAnEndIsAtOnceAndKeepsWhatThereIs(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var count atomic.Int64
	s, err := bench.Run(ctx, bench.Options{
		Load: bench.Load{Jobs: 2, Duration: time.Hour},
		Target: target(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if n := count.Add(1); n > 10 {
				if n == 12 {
					cancel()
				}
				<-r.Context().Done()
			}
		}), "url = '{{base}}/a'", template.Host{}),
	})
	if !errors.Is(err, context.Canceled) || s.Answered != 10 || s.Unfinished != 2 || s.Broken != 0 {
		t.Errorf("%v, with %+v", err, s.Counts)
	}
}

func TestRequestsThatVaryAreMadeAnew(t *testing.T) {
	for _, c := range []struct {
		name, url string
		distinct  int
	}{
		{"fixed", "{{base}}/a", 1},
		{"uuid", "{{base}}/{{uuid()}}", 30},
		{"nested", "{{base}}/{{id}}", 30},
		{"command", "{{base}}/{{command(\"id\")}}", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var seen sync.Map
			commands := 0
			host := template.Host{
				Now: time.Now, Random: new(counting),
				Command: func(context.Context, string) (string, error) { commands++; return "x", nil },
			}
			s := run(t, bench.Options{
				Load: bench.Load{Jobs: 3, Requests: 30},
				Target: target(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen.Store(r.URL.Path, true) }),
					"url = '"+c.url+"'\n[vars]\nid = '{{uuid()}}'\n", host),
			})
			distinct := 0
			seen.Range(func(any, any) bool { distinct++; return true })
			if distinct != c.distinct || s.Varies != (c.distinct > 1) || commands > 1 {
				t.Errorf("%d URLs were asked for, varies is %v, and %d commands ran", distinct, s.Varies, commands)
			}
		})
	}
}

// counting is a source of chance that the race detector would complain about if two used it at once.
type counting uint64

// Uint64 implements rand.Source.
func (c *counting) Uint64() uint64 { *c++; return uint64(*c) * 0x9E3779B97F4A7C15 }

func TestBrokenAnswersAreCountedByKind(t *testing.T) {
	s := run(t, bench.Options{
		Load: bench.Load{Jobs: 2, Requests: 20},
		Target: target(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
			"url = '{{base}}/a'", template.Host{}),
	})
	total := int64(0)
	for kind, failure := range s.Errors {
		if total += failure.Count; failure.First == nil || failure.First.Kind != kind {
			t.Errorf("the first %s error is %v", kind, failure.First)
		}
	}
	if s.Broken != 20 || total != 20 || s.Answered != 0 || s.Latency.Count() != 0 {
		t.Errorf("%d are broken, %d by kind, %d answered", s.Broken, total, s.Answered)
	}
}

func TestProtectionHolds(t *testing.T) {
	var count atomic.Int64
	to := target(t, answering(&count), "method = 'DELETE'\nurl = '{{base}}/a'", template.Host{})
	to.Work.Environments = []string{"prod"}
	o := bench.Options{Load: bench.Load{Jobs: 1, Requests: 3}, Target: to}
	_, err := bench.Run(t.Context(), o)
	if _, ok := errors.AsType[*runner.ProtectedError](err); !ok || count.Load() != 0 {
		t.Errorf("%v, and %d requests were sent", err, count.Load())
	}
	o.Target.Work.AllowProtected = true
	if s := run(t, o); s.Answered != 3 {
		t.Errorf("with leave, %d were answered", s.Answered)
	}
}

func TestSnapshotsTellHowFarItIs(t *testing.T) {
	var count, snapshots atomic.Int64
	var last bench.Snapshot
	run(t, bench.Options{
		Load: bench.Load{Rate: 200, Jobs: 5, Duration: 200 * time.Millisecond}, Every: 5 * time.Millisecond,
		Target: target(t, answering(&count), "url = '{{base}}/a'", template.Host{}),
		Watch: func(s bench.Snapshot) {
			if s.Answered < last.Answered || s.Elapsed < last.Elapsed {
				t.Errorf("after %d answers in %v come %d in %v", last.Answered, last.Elapsed, s.Answered, s.Elapsed)
			}
			last = s
			snapshots.Add(1)
		},
	})
	if snapshots.Load() < 3 || last.Answered == 0 || last.P50 <= 0 || last.P99 < last.P50 {
		t.Errorf("after %d snapshots the last one is %+v", snapshots.Load(), last)
	}
}

func TestLoadsWithoutSenseAreRefused(t *testing.T) {
	for want, load := range map[string]bench.Load{
		"no end":         {Jobs: 1},
		"in flight":      {Duration: time.Second},
		"cannot be kept": {Rate: -1, Jobs: 1, Requests: 1},
		"not negative":   {Jobs: 1, Requests: 1, WarmUp: -1},
	} {
		s, err := bench.Run(t.Context(), bench.Options{Load: load})
		if known, ok := errors.AsType[*bench.LoadError](err); !ok || s != nil || !strings.Contains(known.Reason, want) || known.Hint() == "" {
			t.Errorf("%+v: %v", load, err)
		}
	}
}
