package cli

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"parley/collections/runner/bench"
	"parley/httpcore"
)

func TestHistogramFitsEveryWidth(t *testing.T) {
	var out bytes.Buffer
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	for width := 40; width <= 200; width += 40 {
		out.Reset()
		p := onScreen(t, nil)
		p.IsTerminal = func(any) bool { return false }
		p.Stdout, p.Width = &out, func(any) int { return width }
		if err := p.Run(t.Context(), []string{"bench", server.URL, "--requests", "200"}); err != nil {
			t.Fatal(err)
		}
		_, chart, found := strings.Cut(out.String(), "max")
		_, chart, _ = strings.Cut(chart, "\n\n")
		widest := 0
		for line := range strings.Lines(chart) {
			widest = max(widest, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
		}
		if !found || widest > width || widest < width-4 {
			t.Errorf("in %d cells, the widest of these lines has %d:\n%s", width, widest, chart)
		}
	}
}

func TestBarsAreInProportionAndNeverVanish(t *testing.T) {
	for _, c := range []struct {
		n, most int64
		cells   int
		want    string
	}{
		{8, 8, 4, "████"},
		{4, 8, 4, "██"},
		{1, 32, 4, "▏"},
		{1, 1_000_000, 4, "▏"},
		{5, 8, 1, "▋"},
		{0, 8, 4, ""},
		{1, 1, 0, ""},
	} {
		if got := barText(c.n, c.most, c.cells); got != c.want {
			t.Errorf("%d of %d in %d cells is %q, not %q", c.n, c.most, c.cells, got, c.want)
		}
	}
}

func TestLatenciesHaveThreeDigits(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"7 µs": 7 * time.Microsecond, "999 µs": 999 * time.Microsecond, "1.00 ms": time.Millisecond, "10.0 ms": 9996 * time.Microsecond,
		"123 ms": 123 * time.Millisecond, "1.50 s": 1500 * time.Millisecond, "99.9 s": 99900 * time.Millisecond, "2m3s": 123 * time.Second,
	} {
		if got := latencyText(d); got != want {
			t.Errorf("%v is written %q, not %q", d, got, want)
		}
	}
}

func TestLiveLineTellsWhatFits(t *testing.T) {
	l := &benchLive{load: bench.Load{Duration: 10 * time.Second}}
	s := bench.Snapshot{Elapsed: 4 * time.Second, InFlight: 3, P50: time.Millisecond, P99: 20 * time.Millisecond}
	s.Answered, s.Broken = 4000, 7
	for width, want := range map[int]string{
		100: "[==========               ]   40%  1,000/s  p99 20.0 ms  p50 1.00 ms  failed 7  in flight 3  6s left",
		60:  " 40%  1,000/s  p99 20.0 ms  p50 1.00 ms  failed 7",
		20:  " 40%  1,000/s",
	} {
		if got := l.line(s, 1000, width); got != want {
			t.Errorf("in %d cells: %q, not %q", width, got, want)
		}
	}
	if got := l.line(bench.Snapshot{WarmingUp: true, InFlight: 2}, 0, 80); got != "warming up  in flight 2" {
		t.Errorf("before anything is counted: %q", got)
	}
	l = &benchLive{load: bench.Load{Requests: 8000}}
	if got := l.line(s, 1000, 100); !strings.Contains(got, " 50%") || !strings.Contains(got, "4s left") {
		t.Errorf("of a number of requests: %q", got)
	}
}

func TestAnInterruptedBenchPrintsWhatThereIs(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var count atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if count.Add(1) == 20 {
			cancel()
			<-r.Context().Done()
		}
	}))
	t.Cleanup(server.Close)
	var out, screen bytes.Buffer
	p := onScreen(t, nil)
	p.Stdout, p.Stderr = &out, &screen
	err := p.Run(ctx, []string{"bench", server.URL, "--jobs", "1", "--warm-up", "0s", "--duration", "1h"})
	if ExitCode(err) != exitInterrupted {
		t.Errorf("%v exits with %d", err, ExitCode(err))
	}
	if !strings.Contains(out.String(), "19 in ") || !strings.Contains(out.String(), "unfinished") {
		t.Errorf("printed is\n%s", out.String())
	}
	if shown := screen.String(); strings.Contains(shown, "%") && !strings.HasSuffix(shown, "\r\x1b[K") {
		t.Errorf("the display is left on the screen: %q", shown)
	}
}

func TestErrorsAreToldTheMostFrequentFirst(t *testing.T) {
	s := &bench.Summary{}
	s.Broken, s.Errors = 5, map[httpcore.Kind]bench.Failure{
		httpcore.KindConnect:     {Count: 2, First: &httpcore.Error{Kind: httpcore.KindConnect, Message: "refused"}},
		httpcore.KindReadTimeout: {Count: 3, First: &httpcore.Error{Kind: httpcore.KindReadTimeout, Message: "slow\x1b[2J"}},
	}
	var out bytes.Buffer
	benchFacts(&out, s)
	slow, refused := strings.Index(out.String(), "3 × read-timeout"), strings.Index(out.String(), "2 × connect")
	if slow < 0 || refused < slow || strings.Contains(out.String(), "\x1b") {
		t.Errorf("the errors are told as\n%s", out.String())
	}
	m := &measurement{}
	if err := m.judge(s); !errors.Is(err, httpcore.KindReadTimeout) {
		t.Errorf("nothing was answered, and the error is %v", err)
	}
}
