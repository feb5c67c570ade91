package bench

import (
	"math"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
)

func TestQuantilesAreExactToThreeDigits(t *testing.T) {
	d := newDistribution()
	for i := range 10_000 {
		d.add(time.Duration(i+1) * 10 * time.Microsecond)
	}
	for q, want := range map[float64]time.Duration{0.5: 50 * time.Millisecond, 0.99: 99 * time.Millisecond, 0.9999: 99_990 * time.Microsecond} {
		if got := d.Quantile(q); math.Abs(float64(got-want)) > 0.001*float64(want) {
			t.Errorf("the quantile %v is %v, not %v", q, got, want)
		}
	}
	d.add(30 * time.Hour)
	if got := d.Max(); got < 59*time.Minute || d.Count() != 10_001 {
		t.Errorf("a time beyond the bounds is %v, of %d", got, d.Count())
	}
}

func TestBarsHoldEveryTimeOnce(t *testing.T) {
	for name, times := range map[string][]time.Duration{
		"none": nil,
		"one":  {time.Millisecond},
		"near": {time.Millisecond, time.Millisecond + time.Microsecond},
		"tail": {0, time.Microsecond, 3 * time.Millisecond, 3 * time.Millisecond, time.Second, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDistribution()
			for _, took := range times {
				d.add(took)
			}
			bars := d.Bars(10)
			var sum int64
			for i, bar := range bars {
				if sum += bar.Count; bar.To <= bar.From || i > 0 && bar.From != bars[i-1].To {
					t.Errorf("bar %d goes from %v to %v", i, bar.From, bar.To)
				}
			}
			if sum != int64(len(times)) || len(bars) > 10 {
				t.Errorf("%d bars hold %d times", len(bars), sum)
			}
			if n := len(bars); n > 0 && (bars[0].Count == 0 || bars[n-1].Count == 0) {
				t.Errorf("the ends are empty: %v", bars)
			}
		})
	}
}

func TestHGRMIsReadableByTheToolsOfHdrHistogram(t *testing.T) {
	d := newDistribution()
	for i := range 1000 {
		d.add(time.Duration(i+1) * time.Millisecond)
	}
	var text strings.Builder
	if err := d.WriteHGRM(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Value", "Percentile", "TotalCount", "#[Mean", "1000"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
}

func TestAnOpenLoopNeverSlips(t *testing.T) {
	load := Load{Rate: 3, Jobs: 1, Duration: 10 * time.Second, WarmUp: time.Second}
	s := newSchedule(load, time.Now().Add(-time.Hour))
	if got := s.missed(time.Now()); got != 30 {
		t.Errorf("nothing was sent, and %d of 30 are missed", got)
	}
	if got := load.dueAfter(3_000_000); got != 1_000_000*time.Second {
		t.Errorf("after a million seconds it is off: %v", got)
	}
	s.end = time.Now().Add(time.Hour)
	a, ok := s.take(t.Context())
	if !ok || a.counted || !a.late || !a.due.Equal(s.started) {
		t.Errorf("the first is %+v, %v", a, ok)
	}
	for range 3 {
		a, _ = s.take(t.Context())
	}
	if !a.counted || a.due.Sub(s.started) != time.Second || s.warm != 3 {
		t.Errorf("the first that counts is %+v after %d", a, s.warm)
	}
}

func BenchmarkRecord(b *testing.B) {
	now := time.Now()
	o := outcome{
		arrival: arrival{due: now, counted: true}, sent: now, ended: now.Add(time.Millisecond),
		exchange: &httpcore.Exchange{Hops: []*httpcore.Hop{{Attempts: []*httpcore.Attempt{{Response: &httpcore.Response{Status: 200}}}}}},
	}
	r := newRecorder()
	b.ReportAllocs()
	for b.Loop() {
		r.record(o)
	}
}

func TestRecordingAllocatesNothing(t *testing.T) {
	r := newRecorder()
	o := outcome{
		arrival: arrival{counted: true}, ended: time.Now(),
		exchange: &httpcore.Exchange{Hops: []*httpcore.Hop{{Attempts: []*httpcore.Attempt{{Response: &httpcore.Response{Status: 200}}}}}},
	}
	r.record(o) // makes room for the status
	if n := testing.AllocsPerRun(100, func() { r.record(o) }); n > 0 {
		t.Errorf("%v allocations a request", n)
	}
}
