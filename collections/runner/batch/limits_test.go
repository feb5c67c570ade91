package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/collections/runner/batch"
	"parley/httpcore"
)

// clock is one that waits only move.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
}

func newClock() *clock { return &clock{now: time.Now()} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waits = append(c.waits, d)
	over := make(chan time.Time, 1)
	over <- c.now
	return over
}

func TestRateIsEvenAndDelayIsBetweenSteps(t *testing.T) {
	files := map[string]string{"a/1.toml": request("a"), "a/2.toml": request("a"), "a/3.toml": request("a")}
	for _, c := range []struct {
		options batch.Options
		want    string
	}{
		{batch.Options{Rate: 4}, "[250ms 250ms]"},
		{batch.Options{Delay: time.Second}, "[1s 1s]"},
		{batch.Options{Rate: 0.5, Repeat: 2}, "[2s 2s 2s 2s 2s]"},
		{batch.Options{Rate: 10, Delay: time.Second}, "[1s 1s]"}, // who comes late has nothing to make up for
	} {
		clock := newClock()
		c.options.Now, c.options.After = clock.Now, clock.After
		got := runs(t.Context(), t, written(t, http.HandlerFunc(echo), files), batch.Choice{}, c.options)
		if fmt.Sprint(clock.waits) != c.want || got.Failed+got.Broken > 0 {
			t.Errorf("rate %v, delay %v: waits %v, want %s", c.options.Rate, c.options.Delay, clock.waits, c.want)
		}
	}
}

// numbered answers with how many requests there were.
func numbered() http.Handler {
	var mu sync.Mutex
	n := 0
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		n++
		fmt.Fprintf(w, `{"n": %d}`, n)
	})
}

func TestUntilRunsAgainUntilItIsTrue(t *testing.T) {
	clock := newClock()
	work := written(t, numbered(), map[string]string{"1.toml": request("a"), "2.toml": request("b")})
	options := batch.Options{
		Until: "json.n >= 6", Interval: 3 * time.Second, Limit: time.Minute, Now: clock.Now, After: clock.After,
	}
	got := runs(t.Context(), t, work, batch.Choice{}, options)
	if got.Passed != 6 || got.Err != nil || fmt.Sprint(clock.waits) != "[3s 3s]" || fmt.Sprint(got.planned) != "[-1]" || len(got.waits) != 2 {
		t.Errorf("%+v, waits %v, planned %v", got.Summary, clock.waits, got.planned)
	}
}

func TestOnlyTheLastTryOfUntilDecides(t *testing.T) {
	for limit, want := range map[time.Duration]batch.Summary{
		time.Minute:     {Passed: 4, Tried: 2},
		5 * time.Second: {Passed: 2, Failed: 1, Tried: 1},
	} {
		clock := newClock()
		work := written(t, numbered(), map[string]string{"1.toml": request("a"), "2.toml": request("b") + "[expect]\nsix = 'json.n >= 6'\n"})
		options := batch.Options{Until: "json.n >= 6", Interval: 3 * time.Second, Limit: limit, Now: clock.Now, After: clock.After}
		agains := 0
		options.Sink = func(e batch.Event) {
			if _, ok := e.(batch.Again); ok {
				agains++
			}
		}
		got := runs(t.Context(), t, work, batch.Choice{}, options)
		if got.Passed != want.Passed || got.Failed != want.Failed || got.Tried != want.Tried || agains != want.Tried {
			t.Errorf("within %v: %+v and %d times again, want %+v", limit, got.Summary, agains, want)
		}
	}
}

func TestUntilHasAnEnd(t *testing.T) {
	for expression, want := range map[string]string{
		"json.n < 0": "`json.n < 0` was not true within 1m0s\n    json.n is ", "json.m > 1": "`json.m > 1` was not true within 1m0s\n",
		"jsn": "unknown name `jsn`",
	} {
		clock := newClock()
		options := batch.Options{Until: expression, Interval: 10 * time.Second, Limit: time.Minute, Now: clock.Now, After: clock.After}
		got := runs(t.Context(), t, written(t, numbered(), map[string]string{"1.toml": request("a")}), batch.Choice{}, options)
		if got.Err == nil || !strings.Contains(got.Err.Error(), want) || got.Passed > 7 {
			t.Errorf("%s: %v after %d", expression, got.Err, got.Passed)
		}
	}
}

func TestARefusalHoldsWhatFollows(t *testing.T) {
	for _, c := range []struct {
		name, field, value string
		status             int
		want               time.Duration
	}{
		{"Retry-After", "Retry-After", "7", 429, 7 * time.Second},
		{"no word of when", "X", "", 429, time.Second},
		{"too long", "Retry-After", "7200", 503, time.Minute},
		{"a quota", "RateLimit", `"q";r=0;t=30`, 200, 30 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if n++; n == 1 {
					w.Header().Set(c.field, c.value)
					w.WriteHeader(c.status)
				}
			})
			clock := newClock()
			work := written(t, handler, map[string]string{"1.toml": request("a"), "2.toml": request("b"), "3.toml": request("c")})
			got := runs(t.Context(), t, work, batch.Choice{}, batch.Options{Now: clock.Now, After: clock.After})
			if fmt.Sprint(clock.waits) != fmt.Sprint([]time.Duration{c.want}) || got.Passed != 3 || len(got.waits) != 1 {
				t.Errorf("waits %v, told %v, %+v", clock.waits, got.waits, got.Summary)
			}
		})
	}
}

// A server that lets so many in each window never turns a run away that has more jobs than that, after the first window.
func TestAQuotaIsKeptByManyAtOnce(t *testing.T) {
	const quota = 5
	var mu sync.Mutex
	clock := newClock()
	left, window, refused := quota, clock.Now().Add(10*time.Second), 0
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		now := clock.Now()
		if !now.Before(window) {
			left, window = quota, now.Add(10*time.Second)
		}
		left--
		w.Header().Set("RateLimit", fmt.Sprintf(`"q";r=%d;t=%d`, max(left, 0), int(window.Sub(now).Seconds()+0.999)))
		if left < 0 {
			refused++
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	files := map[string]string{"p/folder.toml": "parallel = true\n"}
	for i := range 40 {
		files[fmt.Sprintf("p/%d.toml", i)] = request("a")
	}
	const jobs = 8
	got := runs(t.Context(), t, written(t, handler, files), batch.Choice{}, batch.Options{Jobs: jobs, Now: clock.Now, After: clock.After})
	if got.Passed != 40 || refused > jobs {
		t.Errorf("%d were turned away, %+v", refused, got.Summary)
	}
}

func TestAPanicIsTheStepsOwn(t *testing.T) {
	work := written(t, http.HandlerFunc(echo), map[string]string{"1.toml": request("a"), "2.toml": request("a")})
	asked := 0
	work.Environment.Lookup = func(string) (string, bool) {
		if asked++; asked == 1 {
			panic("a bug")
		}
		return "", false
	}
	var stack []byte
	got := runs(t.Context(), t, work, batch.Choice{}, batch.Options{Sink: func(e batch.Event) {
		if over, ok := e.(batch.Finished); ok && over.Result.Err != nil {
			if broken, ok := errors.AsType[*batch.PanicError](over.Result.Err); ok {
				stack = broken.Stack
			}
		}
	}})
	if got.Broken != 1 || got.Passed != 1 || !strings.Contains(got.text(), "Parley broke on this request: a bug") || !strings.Contains(string(stack), "TestAPanic") {
		t.Errorf("%s\n%s", got.text(), stack)
	}
}

// TestUntilShowsNoSecret of the last response, which its error quotes.
func TestUntilShowsNoSecret(t *testing.T) {
	clock := newClock()
	token := "s3cret" + strings.Repeat("-and-more", 30)
	work := written(t, http.HandlerFunc(echo), map[string]string{"1.toml": request(`a?{{secret("token")}}`, "[capture]", "short = { expr = 'json.path', secret = true }")})
	work.Host.Secret = func(_ context.Context, name string) (httpcore.Secret, error) {
		return httpcore.NewSecret(name, token), nil
	}
	options := batch.Options{
		Until: "json.query == '' || json.path == ''", Interval: time.Minute, Limit: time.Minute, Now: clock.Now, After: clock.After,
	}
	got := runs(t.Context(), t, work, batch.Choice{}, options)
	if got.Err == nil || got.Broken > 0 {
		t.Fatalf("%v\n%s", got.Err, got.text())
	}
	if said := got.Err.Error(); strings.Contains(said, "s3cret") || !strings.Contains(said, "{secret token}") || strings.Contains(said, `"/a"`) {
		t.Errorf("it says %s", said)
	}
}

// TestBailEndsWaitsToo: who waits for a turn when a step does not pass sends nothing after it.
func TestBailEndsWaitsToo(t *testing.T) {
	release := make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/missing" {
			<-release
			w.WriteHeader(http.StatusNotFound)
		}
	})
	files := map[string]string{"a/1.toml": request("missing", "[expect]", "found = 'ok'"), "b/1.toml": request("fine"), "b/2.toml": request("fine")}
	waits := 0
	options := batch.Options{
		Bail: true, Jobs: 2, Delay: time.Hour,
		After: func(time.Duration) <-chan time.Time { // the wait of b, which nothing ends but the failure of a
			waits++
			close(release)
			return nil
		},
	}
	got := runs(t.Context(), t, written(t, handler, files), batch.Choice{}, options)
	if got.Passed != 1 || got.Failed != 1 || got.Skipped != 1 || waits != 1 {
		t.Errorf("%+v, %d waits\n%s", got.Summary, waits, got.text())
	}
}
