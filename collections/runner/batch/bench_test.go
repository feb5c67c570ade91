package batch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/collections/runner/batch"
)

// quick answers with a small object.
func quick(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"id": 1, "name": "Ada", "email": "ada@example.com"}`)
}

// BenchmarkRun runs requests with an expectation each, 50 at a time, and beside it as many with nothing but net/http, by
// turns; the ratio of the rates is what counts.
func BenchmarkRun(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(quick))
	defer server.Close()
	for _, c := range []struct {
		name  string
		jobs  int
		files map[string]string
	}{
		{"one request by 50 jobs", 50, map[string]string{"a.toml": request("a", "[expect]", "found = 'status == 200'")}},
		{"500 folders by 50 jobs", 50, folders(500, 4)},
		{"in sequence", 1, map[string]string{"a.toml": request("a", "[expect]", "found = 'status == 200'")}},
	} {
		b.Run(c.name, func(b *testing.B) {
			work := at(b, server.URL, c.files)
			plan, err := batch.NewPlan(context.Background(), work.Collection, batch.Choice{})
			if err != nil {
				b.Fatal(err)
			}
			var ours, bare time.Duration
			sent := 0
			b.ReportAllocs()
			for b.Loop() {
				repeat := max(1, 2000/plan.Steps())
				began := time.Now()
				if got := batch.Run(context.Background(), plan, batch.Options{Work: work, Jobs: c.jobs, Repeat: repeat}); got.Passed != repeat*plan.Steps() {
					b.Fatalf("%+v", got)
				}
				ours += time.Since(began)
				b.StopTimer()
				bare += bareRun(b, server.URL+"/a", c.jobs, repeat*plan.Steps())
				sent += repeat * plan.Steps()
				b.StartTimer()
			}
			b.ReportMetric(float64(sent)/ours.Seconds(), "requests/s")
			b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-net/http")
		})
	}
}

func folders(n, each int) map[string]string {
	files := map[string]string{"collection.toml": "[vars]\nname = 'x'\n[headers]\nX-Team = '{{name}}'\n"}
	for i := range n {
		for j := range each {
			files[fmt.Sprintf("f%03d/r%d.toml", i, j)] = request(fmt.Sprintf("f%d/r%d", i, j), "[expect]", "found = 'status == 200'")
		}
	}
	return files
}

// bareRun sends n requests with net/http and returns how long that took.
func bareRun(b *testing.B, url string, jobs, n int) time.Duration {
	transport := &http.Transport{MaxIdleConnsPerHost: jobs, MaxIdleConns: jobs}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var left atomic.Int64
	left.Store(int64(n))
	var work sync.WaitGroup
	began := time.Now()
	for range jobs {
		work.Go(func() {
			for left.Add(-1) >= 0 {
				response, err := client.Get(url)
				if err != nil {
					b.Error(err)
					return
				}
				_, err = io.Copy(io.Discard, response.Body)
				if err = errors.Join(err, response.Body.Close()); err != nil {
					b.Error(err)
				}
			}
		})
	}
	work.Wait()
	return time.Since(began)
}

// BenchmarkMemory runs 5,000 rows of data and looks at what is still held after the first 500 and after the last: results
// are forgotten once they are told.
func BenchmarkMemory(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(quick))
	defer server.Close()
	work := at(b, server.URL, map[string]string{
		"a.toml": request("a?{{n}}", "[capture]", "name = 'json.name'", "[expect]", "found = 'status == 200'"), "b.toml": request("b?{{name}}"),
	})
	plan, err := batch.NewPlan(context.Background(), work.Collection, batch.Choice{})
	if err != nil {
		b.Fatal(err)
	}
	rows := func(yield func(batch.Row, error) bool) {
		for i := range 2500 {
			if !yield(batch.Row{Names: []string{"n"}, Values: []any{fmt.Sprint(i)}}, nil) {
				return
			}
		}
	}
	held := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	for b.Loop() {
		done, early := 0, 0.0
		got := batch.Run(context.Background(), plan, batch.Options{Work: work, Jobs: 50, Rows: rows, Sink: func(e batch.Event) {
			if _, ok := e.(batch.Finished); ok {
				if done++; done == 500 {
					early = held()
				}
			}
		}})
		late := held()
		b.ReportMetric(early, "MiB-after-500")
		b.ReportMetric(late, "MiB-after-5000")
		if got.Passed != 5000 || late > early+4 {
			b.Errorf("%.1f MiB after 500 requests, %.1f after 5,000; %+v", early, late, got)
		}
	}
}
