package cli

import (
	"strconv"
	"time"

	"parley/collections/runner/bench"
)

// benchJSON is what `bench --json` prints. Times are in milliseconds.
type benchJSON struct {
	Request     string               `json:"request"`
	Started     time.Time            `json:"started"`
	Load        benchLoad            `json:"load"`
	Elapsed     float64              `json:"elapsed_ms"`
	PerSecond   float64              `json:"per_second"`
	Answered    int64                `json:"answered"`
	Failed      int64                `json:"failed"`
	Broken      int64                `json:"broken"`
	Unfinished  int64                `json:"unfinished"`
	Late        int64                `json:"late"`
	Missed      int64                `json:"missed"`
	WarmUp      int64                `json:"warm_up"`
	Statuses    map[string]int64     `json:"statuses"`
	Unmet       map[string]int64     `json:"unmet"`
	Errors      map[string]benchFail `json:"errors"`
	Connections struct {
		Opened int64 `json:"opened"`
		Reused int64 `json:"reused"`
	} `json:"connections"`
	Bytes struct {
		Sent     int64 `json:"sent"`
		Received int64 `json:"received"`
	} `json:"bytes"`
	Latency benchTimes `json:"latency_ms"`
	Service benchTimes `json:"service_ms"`
}

type benchLoad struct {
	Rate     float64 `json:"rate,omitempty"`
	Jobs     int     `json:"jobs"`
	Duration float64 `json:"duration_ms,omitempty"`
	Requests int64   `json:"requests,omitempty"`
	WarmUp   float64 `json:"warm_up_ms,omitempty"`
}

type benchFail struct {
	Count   int64  `json:"count"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

type benchTimes struct {
	Min   float64 `json:"min"`
	Mean  float64 `json:"mean"`
	P50   float64 `json:"p50"`
	P75   float64 `json:"p75"`
	P90   float64 `json:"p90"`
	P95   float64 `json:"p95"`
	P99   float64 `json:"p99"`
	P999  float64 `json:"p99_9"`
	P9999 float64 `json:"p99_99"`
	Max   float64 `json:"max"`
}

func timesOf(d bench.Distribution) benchTimes {
	q := func(part float64) float64 { return milliseconds(d.Quantile(part)) }
	return benchTimes{
		Min: milliseconds(d.Min()), Mean: milliseconds(d.Mean()), P50: q(0.5), P75: q(0.75), P90: q(0.9), P95: q(0.95), P99: q(0.99),
		P999: q(0.999), P9999: q(0.9999), Max: milliseconds(d.Max()),
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (m *measurement) json(s *bench.Summary) benchJSON {
	v := benchJSON{
		Request: m.title, Started: s.Started, Elapsed: milliseconds(s.Elapsed), PerSecond: perSecond(s.Answered, s.Elapsed.Seconds()),
		Load: benchLoad{
			Rate: s.Load.Rate, Jobs: s.Load.Jobs, Duration: milliseconds(s.Load.Duration), Requests: s.Load.Requests,
			WarmUp: milliseconds(s.Load.WarmUp),
		},
		Answered: s.Answered, Failed: s.Failed, Broken: s.Broken, Unfinished: s.Unfinished, Late: s.Late, Missed: s.Missed,
		WarmUp: s.WarmUp, Statuses: map[string]int64{}, Unmet: s.Unmet, Errors: map[string]benchFail{},
		Latency: timesOf(s.Latency), Service: timesOf(s.Service),
	}
	for status, n := range s.Statuses {
		v.Statuses[strconv.Itoa(status)] = n
	}
	for kind, failure := range s.Errors {
		v.Errors[string(kind)] = benchFail{failure.Count, failure.First.Error(), failure.First.Hint()}
	}
	v.Connections.Opened, v.Connections.Reused = s.Opened, s.Reused
	v.Bytes.Sent, v.Bytes.Received = s.Sent, s.Received
	return v
}
