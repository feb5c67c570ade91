package httpcore

import "time"

// Retry says which failures are tried again and how often, with the counters of urllib3.Retry. The zero value tries
// nothing again.
type Retry struct {
	// Total bounds all repeats together; the others each kind of failure. A nil counter of its own leaves it to Total.
	Total                                  int
	Connect, Read, Redirect, Status, Other *int
	// Methods may be repeated; nil means those of urllib3 (HEAD GET PUT DELETE OPTIONS TRACE), an empty one any method.
	Methods []string
	// OnStatus are statuses that are failures. Without being in it, 413, 429 and 503 are when they carry a Retry-After.
	OnStatus []int
	// Backoff is the factor: the n-th repeat in a row waits Backoff * 2^(n-1), at most BackoffMax, plus up to Jitter.
	Backoff, BackoffMax, Jitter time.Duration
	// IgnoreRetryAfter keeps to Backoff whatever a Retry-After says; without, at most RetryAfterMax is waited for one.
	IgnoreRetryAfter bool
	RetryAfterMax    time.Duration
	// AfterDefault is waited for a 429 or 503 without a Retry-After; 0 means that Backoff rules.
	AfterDefault time.Duration
}
