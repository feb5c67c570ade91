package httpcore

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRateLimit(t *testing.T) {
	received := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	in := func(d time.Duration) time.Time { return received.Add(d) }
	const s = time.Second
	cases := []struct {
		name    string
		headers Fields
		want    *RateLimit
	}{
		{"nothing", Fields{{"Date", "x"}}, nil},
		{
			"the newest draft",
			Fields{{"RateLimit", `"default";r=50;t=30`}, {"RateLimit-Policy", `"burst";q=9;w=1, "default";q=100;w=60`}},
			&RateLimit{Policy: "default", Limit: 100, Remaining: 50, Window: 60 * s, Reset: in(30 * s)},
		},
		{
			"the least of several",
			Fields{{"RateLimit", `"day, all";r=50;t=3000, "minute";r=2;t=30`}, {"RateLimit", `"hour";r=5`}, {"RateLimit-Policy", `"day, all";q=100, "minute";q=10`}},
			&RateLimit{Policy: "minute", Limit: 10, Remaining: 2, Reset: in(30 * s)},
		},
		{"no policy", Fields{{"RateLimit", `"default";r=0`}}, &RateLimit{Policy: "default", Limit: -1, Remaining: 0}},
		{
			"draft 07",
			Fields{{"RateLimit", `limit=100, remaining=50, reset=5`}, {"RateLimit-Policy", `10;w=1, 100;w=60`}},
			&RateLimit{Limit: 100, Remaining: 50, Window: 60 * s, Reset: in(5 * s)},
		},
		{
			"draft 06",
			Fields{{"RateLimit-Limit", "100, 100;w=60"}, {"RateLimit-Remaining", "50"}, {"RateLimit-Reset", "5"}},
			&RateLimit{Limit: 100, Remaining: 50, Reset: in(5 * s)},
		},
		{"a window in the limit", Fields{{"RateLimit-Limit", "100;w=60"}}, &RateLimit{Limit: 100, Remaining: -1, Window: 60 * s}},
		{
			"GitHub's",
			Fields{{"x-ratelimit-limit", "60"}, {"x-ratelimit-remaining", "59"}, {"x-ratelimit-reset", "1795348830"}},
			&RateLimit{Limit: 60, Remaining: 59, Reset: time.Unix(1795348830, 0)},
		},
		{"Twitter's", Fields{{"x-rate-limit-remaining", "0"}, {"x-rate-limit-reset", "1795348830"}}, &RateLimit{Limit: -1, Remaining: 0, Reset: time.Unix(1795348830, 0)}},
		{"Discord's", Fields{{"X-RateLimit-Reset", "1795348830.5"}}, &RateLimit{Limit: -1, Remaining: -1, Reset: time.UnixMilli(1795348830500)}},
		{"milliseconds", Fields{{"X-RateLimit-Reset", "1795348830500"}}, &RateLimit{Limit: -1, Remaining: -1, Reset: time.UnixMilli(1795348830500)}},
		{"seconds", Fields{{"X-RateLimit-Reset", "90"}}, &RateLimit{Limit: -1, Remaining: -1, Reset: in(90 * s)}},
		{"a date", Fields{{"X-RateLimit-Reset", "2026-11-22T13:00:00Z"}}, &RateLimit{Limit: -1, Remaining: -1, Reset: in(time.Hour)}},
		{"Retry-After in seconds", Fields{{"Retry-After", "7"}}, &RateLimit{Limit: -1, Remaining: -1, RetryAfter: in(7 * s)}},
		{"as a date", Fields{{"Retry-After", "Sun, 22 Nov 2026 12:00:09 GMT"}}, &RateLimit{Limit: -1, Remaining: -1, RetryAfter: in(9 * s)}},
		{"nonsense", Fields{{"RateLimit", `;;r=,,"`}, {"X-RateLimit-Limit", "-1"}, {"X-RateLimit-Reset", "NaN"}, {"RateLimit-Reset", "1e99"}, {"Retry-After", "x"}}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := (&Response{Headers: c.headers}).RateLimit(received)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReceivedIsWhenTheHeadCame(t *testing.T) {
	a := &Attempt{Started: time.Unix(100, 0), Timeline: Timeline{{PhaseWait, 0, time.Second}, {PhaseReceive, time.Second, 2 * time.Second}}}
	if got := a.Received(); !got.Equal(time.Unix(101, 0)) {
		t.Errorf("got %v", got)
	}
}
