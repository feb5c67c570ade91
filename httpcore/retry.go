package httpcore

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Retry says which failures are tried again and how often, with the counters of urllib3.Retry. The zero value tries
// nothing again. As in requests, each hop of an exchange has the counters anew: a redirect costs no repeat, but for the
// counter of its own.
//
// What counts as which kind of failure is urllib3's: connect errors (no address, refused, connect timeout; also on the
// way to a proxy) were surely not seen by the server, and are tried again for any method; read errors (a read timeout, a
// connection that was closed, a reply that breaks the rules) only for Methods; other ones are those of TLS and of proxies.
// A body that breaks off after its head came is not fetched again, as in requests.
type Retry struct {
	// Total bounds all repeats of a hop together and comes before the others, which bound each kind of failure; a nil one
	// leaves its kind to Total.
	Total                                  int
	Connect, Read, Redirect, Status, Other *int
	// Methods may be repeated; nil means those of urllib3 (HEAD GET PUT DELETE OPTIONS TRACE), an empty one any method.
	Methods []string
	// OnStatus are statuses that are failures: once they exhaust a counter, the exchange fails with KindRetry, and keeps the
	// response. Without being in it, 413, 429 and 503 are tried again when they carry a Retry-After, as long as Total lasts;
	// then the last one is the answer.
	OnStatus []int
	// Backoff is the factor: the n-th repeat in a row waits Backoff * 2^(n-1) plus up to Jitter, at most BackoffMax, which is
	// 120 s when 0. (urllib3's own code waits nothing for n = 1; this is the rule that its guides give.)
	Backoff, BackoffMax, Jitter time.Duration
	// IgnoreRetryAfter keeps to Backoff whatever a Retry-After says; without, at most RetryAfterMax is waited for one, which
	// is 60 s when 0.
	IgnoreRetryAfter bool
	RetryAfterMax    time.Duration
	// AfterDefault is waited for a 429 or 503 without a Retry-After, which is then tried again though it is not in OnStatus;
	// 0 means that OnStatus and Backoff rule.
	AfterDefault time.Duration
}

const (
	defaultBackoffMax    = 120 * time.Second
	defaultRetryAfterMax = 60 * time.Second
)

// repeats counts down what a Retry allows within a hop.
type repeats struct {
	policy                              *Retry
	total, connect, read, status, other allowance
	// made is how many there were, for the backoff.
	made int
}

func newRepeats(policy *Retry) *repeats {
	return &repeats{
		policy: policy, total: allowance{policy.Total, true},
		connect: allowanceOf(policy.Connect), read: allowanceOf(policy.Read), status: allowanceOf(policy.Status), other: allowanceOf(policy.Other),
	}
}

// allowance is one counter; below 0 it is exhausted.
type allowance struct {
	left    int
	bounded bool
}

func allowanceOf(n *int) allowance {
	if n == nil {
		return allowance{}
	}
	return allowance{*n, true}
}

func (a allowance) exhausted() bool { return a.bounded && a.left < 0 }

// spend counts a repeat against Total and a counter of its kind, and reports whether it may be made.
func (r *repeats) spend(kind *allowance) bool {
	r.total.left--
	kind.left--
	r.made++
	return !slices.ContainsFunc([]allowance{r.total, r.connect, r.read, r.status, r.other}, allowance.exhausted)
}

// afterError reports whether an attempt that failed before there was a head may be made again.
func (r *repeats) afterError(method string, e *Error) bool {
	switch {
	case isConnectFailure(e):
		return r.spend(&r.connect)
	case errors.Is(e, KindTLS), errors.Is(e, KindProxy):
		return r.spend(&r.other)
	case errors.Is(e, KindReadTimeout), errors.Is(e, KindConnection), errors.Is(e, KindProtocol):
		return r.allows(method) && r.spend(&r.read)
	default:
		return false // nothing was wrong on the network, or the user said stop
	}
}

// isConnectFailure reports whether no connection came about; a proxy that could not be reached counts.
func isConnectFailure(e *Error) bool {
	connect := func(err error) bool {
		return errors.Is(err, KindDNS) || errors.Is(err, KindConnect) || errors.Is(err, KindConnectTimeout)
	}
	if e.Kind != KindProxy {
		return connect(e)
	}
	return connect(e.Err)
}

func (r *repeats) allows(method string) bool {
	if r.policy.Methods == nil {
		return slices.Contains([]string{"HEAD", "GET", "PUT", "DELETE", "OPTIONS", "TRACE"}, method)
	}
	return len(r.policy.Methods) == 0 || slices.ContainsFunc(r.policy.Methods, func(m string) bool { return strings.EqualFold(m, method) })
}

// afterResponse reports whether a response is a failure that Retry knows, and whether the request may be sent again
// after it.
func (r *repeats) afterResponse(method string, response *Response) (failed, again bool) {
	if !r.allows(method) {
		return false, false
	}
	failed = slices.Contains(r.policy.OnStatus, response.Status)
	if !failed && (r.total.left <= 0 || !r.isAskedToWait(response)) {
		return false, false
	}
	again = r.spend(&r.status)
	return true, again
}

// isAskedToWait reports whether a response says that a later attempt may do better.
func (r *repeats) isAskedToWait(response *Response) bool {
	if r.heeds(response) {
		return slices.Contains([]int{413, 429, 503}, response.Status)
	}
	return r.defaultWait(response) > 0
}

// heeds reports whether there is a Retry-After, and it counts.
func (r *repeats) heeds(response *Response) bool {
	value, _ := response.Headers.Get("Retry-After")
	return value != "" && !r.policy.IgnoreRetryAfter
}

// defaultWait is AfterDefault where it applies.
func (r *repeats) defaultWait(response *Response) time.Duration {
	if response.Headers.Has("Retry-After") || response.Status != 429 && response.Status != 503 {
		return 0
	}
	return r.policy.AfterDefault
}

// wait returns how long to wait before the next attempt, and which rule says so. The response is nil after an error.
func (r *repeats) wait(response *Response, now time.Time, random func() float64) (wait time.Duration, rule string, err error) {
	if response != nil && r.heeds(response) {
		value, _ := response.Headers.Get("Retry-After")
		wait, err = parseRetryAfter(value, now)
		if err != nil || wait > 0 {
			return min(wait, r.retryAfterMax()), "Retry-After", err
		}
	}
	if response != nil {
		if wait = r.defaultWait(response); wait > 0 {
			return wait, "after_default", nil
		}
	}
	if wait = r.backoff(random); wait > 0 {
		return wait, "backoff", nil
	}
	return 0, "", nil
}

func (r *repeats) retryAfterMax() time.Duration {
	if r.policy.RetryAfterMax > 0 {
		return r.policy.RetryAfterMax
	}
	return defaultRetryAfterMax
}

func (r *repeats) backoff(random func() float64) time.Duration {
	limit := r.policy.BackoffMax
	if limit <= 0 {
		limit = defaultBackoffMax
	}
	wait := r.policy.Backoff
	for n := 1; n < r.made && wait > 0 && wait < limit; n++ {
		wait *= 2
	}
	if r.policy.Jitter > 0 {
		wait += time.Duration(random() * float64(r.policy.Jitter))
	}
	return max(0, min(wait, limit))
}
