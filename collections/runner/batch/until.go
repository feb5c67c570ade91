package batch

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"parley/collections/expect"
	"parley/collections/har"
	"parley/httpcore"
)

// What holds where Options.Until is asked for without them.
const (
	DefaultInterval = time.Second
	DefaultLimit    = 5 * time.Minute
)

// until knows whether the last response of a pass is what is waited for. A nil until waits for nothing.
type until struct {
	set             *expect.Set
	expression      string
	interval, limit time.Duration

	mu      sync.Mutex
	job     int
	outcome *har.Expect // secrets are marks
}

func newUntil(o Options) (*until, error) {
	if o.Until == "" {
		return nil, nil
	}
	u := &until{expression: o.Until, interval: o.Interval, limit: o.Limit}
	u.set = expect.Compile(nil, []expect.Rule{{Name: "until", Expression: o.Until}})
	if u.interval <= 0 {
		u.interval = DefaultInterval
	}
	if u.limit <= 0 {
		u.limit = DefaultLimit
	}
	return u, u.set.Err()
}

// hear evaluates the expression on a response, unless there is one of a later chain.
func (u *until) hear(ctx context.Context, job int, x *httpcore.Exchange) {
	if u == nil || !expect.Answered(x) {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if job < u.job {
		return
	}
	_, outcomes := u.set.Run(ctx, x).Record(httpcore.NewMasker(x.Request.Secrets, httpcore.Mark))
	u.job, u.outcome = job, &outcomes[0]
}

// UntilError says that what was waited for did not come to be.
type UntilError struct {
	Expression  string
	Limit       time.Duration
	Explanation []string
}

// Error says so, and what the last response had instead, without secrets.
func (e *UntilError) Error() string {
	text := fmt.Sprintf("`%s` was not true within %v", e.Expression, e.Limit)
	return strings.Join(append([]string{text}, e.Explanation...), "\n    ")
}

// again makes tries of what has not passed, unless there will be no other pass.
func (r *run) again(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &r.summary
	s.Tried += s.Failed + s.Broken
	s.Failed, s.Broken = 0, 0
	r.options.Sink(Again{})
}

// passUntil runs everything again and again. The limit ends a pass only before it begins.
func (r *run) passUntil(ctx context.Context) error {
	u, end := r.until, r.now().Add(r.until.limit)
	for {
		u.job, u.outcome = 0, nil
		if err := r.pass(ctx); err != nil || r.over(ctx) != "" || u.outcome != nil && u.outcome.Passed {
			return err
		}
		if r.now().Add(u.interval).After(end) {
			e := &UntilError{Expression: u.expression, Limit: u.limit}
			if u.outcome != nil {
				e.Explanation = u.outcome.Explanation
			}
			return e
		}
		r.wait(ctx, u.interval, "the interval between two tries")
		r.again(ctx)
	}
}
