package resolve

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/collections"
	"parley/httpcore"
)

// What options.retry means where it does not say so itself. The total is urllib3's; without a wait a server that is
// overloaded would get the same request again at once.
const (
	retryTotal         = 10
	retryBackoff       = time.Second
	retryBackoffMax    = 120 * time.Second // urllib3.Retry.DEFAULT_BACKOFF_MAX
	retryRetryAfterMax = 60 * time.Second
)

// retry reads options.retry: on where a counter or a list of statuses is set, of which total = 0 switches it off again.
// max is the longest wait of both kinds, for backoff and for what a server asks for.
func (r *resolver) retry(o collections.Retry) httpcore.Retry {
	retry := httpcore.Retry{Backoff: retryBackoff, BackoffMax: retryBackoffMax, RetryAfterMax: retryRetryAfterMax}
	total := r.count("options.retry.total", o.Total)
	for _, counter := range []struct {
		name string
		v    collections.Value
		into **int
	}{
		{"options.retry.connect", o.Connect, &retry.Connect},
		{"options.retry.read", o.Read, &retry.Read},
		{"options.retry.redirect", o.Redirect, &retry.Redirect},
		{"options.retry.status", o.Status, &retry.Status},
		{"options.retry.other", o.Other, &retry.Other},
	} {
		*counter.into = r.count(counter.name, counter.v)
	}
	retry.OnStatus = r.statuses(o.OnStatus)
	retry.Methods = r.list("options.retry.methods", o.Methods)
	r.duration("options.retry.backoff", o.Backoff, &retry.Backoff)
	if o.Max.IsSet() {
		r.duration("options.retry.max", o.Max, &retry.BackoffMax)
		retry.RetryAfterMax = retry.BackoffMax
	}
	r.duration("options.retry.jitter", o.Jitter, &retry.Jitter)
	r.duration("options.retry.after_default", o.AfterDefault, &retry.AfterDefault)
	respect := true
	r.flag("options.retry.respect_retry_after", o.RespectRetryAfter, &respect)
	retry.IgnoreRetryAfter = !respect
	switch isOn := retry.Connect != nil || retry.Read != nil || retry.Redirect != nil || retry.Status != nil ||
		retry.Other != nil || len(retry.OnStatus) > 0; {
	case total != nil && *total > 0:
		retry.Total = *total
	case total == nil && isOn:
		retry.Total = retryTotal
	default:
		return httpcore.Retry{}
	}
	return retry
}

// count reads a number of repeats; nil when there is none.
func (r *resolver) count(key string, v collections.Value) *int {
	if !v.IsSet() {
		return nil
	}
	n := 0
	if text := r.text(key, v); text != "false" {
		parsed, err := strconv.ParseUint(strings.ReplaceAll(text, "_", ""), 0, 31)
		if err != nil {
			r.unless(text, v, fmt.Sprintf("%s cannot be %q", key, text), "write how many times to try again, or false")
		}
		n = int(parsed)
	}
	return &n
}

func (r *resolver) statuses(v collections.Value) []int {
	var list []int
	for _, text := range r.list("options.retry.on_status", v) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 100 || n > 599 {
			r.unless(text, v, fmt.Sprintf("options.retry.on_status cannot have %q", text), "write a status between 100 and 599, such as 503")
		}
		list = append(list, n)
	}
	return list
}

// list reads a list, each of whose items may have variables, or a text with variables that becomes one: "500, 502", also
// in brackets. A list that is set is not nil.
func (r *resolver) list(key string, v collections.Value) []string {
	if !v.IsSet() {
		return nil
	}
	list := []string{}
	if len(v.Items) > 0 {
		for _, item := range v.Items {
			list = append(list, r.expand(item).Text)
		}
		r.note(key, v, strings.Join(list, ", "), nil)
		return list
	}
	for item := range strings.SplitSeq(strings.Trim(r.text(key, v), "[] "), ",") {
		if item = strings.Trim(item, ` "`); item != "" {
			list = append(list, item)
		}
	}
	return list
}
