package pane

import (
	"slices"
	"strings"
	"time"

	"parley/httpcore"
	"parley/ui/job"
)

// try is one attempt as the sides show it, of an exchange that is over or of one that runs.
type try struct {
	hop, attempt int // both from 0
	method, url  string
	dropped      []httpcore.Dropped
	repeat       *httpcore.Repeat
	started      time.Time
	timeline     httpcore.Timeline
	head         []byte // the request's, with marks in the place of secrets
	interim      []httpcore.Interim
	response     *httpcore.Response
	err          *httpcore.Error
	failed       string // what it came to, as far as the attempt after it says
	wire         []httpcore.WireEntry
	omitted      [2]int64 // of the wire log, sent and received
}

// length is how long the attempt took, or has taken so far.
func (t try) length() time.Duration {
	if n := len(t.timeline); n > 0 {
		return t.timeline[n-1].End
	}
	return 0
}

// tries returns every attempt of what is shown.
func (r *Response) tries() []try {
	switch {
	case r.running != nil:
		return r.runningTries()
	case r.exchange != nil:
		return r.finishedTries()
	default:
		return nil
	}
}

// tried is how many attempts there are.
func (r *Response) tried() int {
	switch {
	case r.running != nil:
		return len(r.running.Trail)
	case r.exchange == nil:
		return 0
	}
	n := 0
	for _, hop := range r.exchange.Hops {
		n += len(hop.Attempts)
	}
	return n
}

func (r *Response) finishedTries() []try {
	var list []try
	for i, hop := range r.exchange.Hops {
		for k, a := range hop.Attempts {
			t := try{
				hop: i, attempt: k, method: hop.Request(a).Method, url: r.masked(hop.Request(a).URL.Redacted()), repeat: a.Repeat,
				started: a.Started, timeline: a.Timeline, head: []byte(r.masked(leftOn(a.Conn.Protocol, a.Sent.Head))), interim: a.Interim,
				response: a.Response, err: a.Err,
			}
			if k == 0 {
				t.dropped = hop.Dropped
			}
			if a.Wire != nil {
				t.wire, t.omitted = a.Wire.Entries, [2]int64{a.Wire.OmittedSent, a.Wire.OmittedReceived}
			}
			list = append(list, t)
		}
	}
	return list
}

func (r *Response) runningTries() []try {
	list := make([]try, len(r.running.Trail))
	method, url := "", ""
	if request := r.running.Request; request != nil {
		method, url = strings.ToUpper(request.Method), r.masked(withoutUser(request.URL))
	}
	if method == "" {
		method = "GET"
	}
	for i, step := range r.running.Trail {
		if step.To != "" {
			url = step.To
		}
		list[i] = try{
			hop: step.Hop, attempt: step.Attempt, method: method, url: url, dropped: step.Dropped, repeat: step.Repeat,
			started: step.Started, timeline: r.upToNow(i, step), head: []byte(r.masked(string(step.Head))), response: step.Response,
			wire: step.Wire,
		}
		if i+1 < len(r.running.Trail) && r.running.Trail[i+1].Repeat != nil {
			list[i].failed = r.running.Trail[i+1].Repeat.Why
		} else if i+1 == len(r.running.Trail) && r.running.Waiting != nil {
			list[i].failed = r.running.Waiting.Repeat.Why
		}
		if words := strings.SplitN(string(step.Head), " ", 3); len(words) == 3 {
			method, url = words[0], r.masked(leadingTo(url, words[1]))
			list[i].method, list[i].url = method, url
		}
		if step.Response != nil {
			list[i].head = []byte(r.masked(leftOn(step.Response.Proto, step.Head)))
		}
	}
	return list
}

// upToNow is the timeline of a step, of which the phase that runs goes on until now.
func (r *Response) upToNow(i int, step job.Step) httpcore.Timeline {
	n := len(step.Timeline)
	if n == 0 || i+1 < len(r.running.Trail) || r.running.Waiting != nil {
		return step.Timeline
	}
	timeline := append(httpcore.Timeline(nil), step.Timeline...)
	timeline[n-1].End = max(timeline[n-1].End, r.now.Sub(step.Started))
	return timeline
}

// leadingTo is a URL with the target that left: that has the parameters, too.
func leadingTo(url, target string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || !strings.HasPrefix(target, "/") {
		return url
	}
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	return scheme + "://" + authority + target
}

// withoutUser takes user information out of a URL as it was typed.
func withoutUser(typed string) string {
	scheme, rest, ok := strings.Cut(typed, "://")
	if !ok {
		return typed
	}
	authority, path := rest, ""
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority, path = rest[:end], rest[end:]
	}
	return scheme + "://" + authority[strings.LastIndexByte(authority, '@')+1:] + path
}

// masked hides the secrets that the request was given.
func (r *Response) masked(text string) string { return r.masker().String(text) }

// masker knows the secrets of the response; it finds none when there are none.
func (r *Response) masker() *httpcore.Masker {
	return httpcore.NewMasker(r.secrets(), httpcore.Secret.String)
}

// secrets are those of the request, and those that were captured from its answer.
func (r *Response) secrets() []httpcore.Secret {
	var request *httpcore.Request
	switch {
	case r.running != nil:
		request = r.running.Request
	case r.exchange != nil:
		request = r.exchange.Request
	}
	if request == nil {
		return nil
	}
	return slices.Concat(request.Secrets, r.checks.Secrets)
}

// span is the time from the first attempt to the end of what is shown.
func (r *Response) span(tries []try) (start time.Time, total time.Duration) {
	if len(tries) == 0 {
		return r.now, 0
	}
	start = tries[0].started
	last := tries[len(tries)-1]
	total = last.started.Sub(start) + last.length()
	switch {
	case r.running != nil && r.running.Waiting != nil:
		total = max(total, r.running.Waiting.Until.Sub(start))
	case r.exchange != nil && r.running == nil:
		total = max(total, r.exchange.Ended.Sub(start))
	}
	return start, total
}
