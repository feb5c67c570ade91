package runner

import (
	"context"
	"time"

	"parley/collections"
	"parley/collections/script"
	"parley/httpcore"
	"parley/httpcore/cookies"
)

// attach has the engine run the hooks of redirects and retries.
func (h *hooks) attach(r *httpcore.Request) {
	if h.has(collections.HookRedirect) {
		r.Hooks.Redirect = append(r.Hooks.Redirect, h.redirect)
	}
	if h.has(collections.HookRetry) {
		r.Hooks.Retry = append(r.Hooks.Retry, h.retry)
	}
}

// redirect runs the hooks of a redirect on the request that it leads to.
func (h *hooks) redirect(ctx context.Context, from *httpcore.Hop, next *httpcore.Prepared) error {
	for _, hook := range h.list {
		if hook.Event != collections.HookRedirect {
			continue
		}
		seen := viewOfPrepared(next)
		t := script.Task{Request: seen, Cookies: h.cookies(seen.URL)}
		if last := len(from.Attempts) - 1; last >= 0 {
			t.Response = responseOf(from.Attempts[last])
		}
		out, err := h.run(ctx, hook, t)
		if err == nil && out.Request.Method != seen.Method {
			err = h.call.Work.Guard(out.Request.Method)
		}
		if err == nil {
			err = changePrepared(next, seen, out.Request)
		}
		if err != nil {
			return h.failure(err)
		}
	}
	return nil
}

// retry runs the hooks of a retry, which may change how long is waited.
func (h *hooks) retry(ctx context.Context, hop *httpcore.Hop, repeat *httpcore.Repeat) error {
	for _, hook := range h.list {
		if hook.Event != collections.HookRetry {
			continue
		}
		wait := float64(repeat.Wait) / float64(time.Millisecond)
		seen := viewOfPrepared(hop.Prepared)
		t := script.Task{
			Request: seen, Cookies: h.cookies(seen.URL),
			Retry: &script.Retry{Attempt: len(hop.Attempts), Reason: repeat.Why, Wait: wait},
		}
		if last := len(hop.Attempts) - 1; last >= 0 {
			t.Response = responseOf(hop.Attempts[last])
		}
		out, err := h.run(ctx, hook, t)
		if err != nil {
			return h.failure(err)
		}
		if out.Retry != nil && out.Retry.Wait != wait {
			const longest = float64(24 * time.Hour / time.Millisecond)
			repeat.Wait = time.Duration(min(max(out.Retry.Wait, 0), longest) * float64(time.Millisecond))
			repeat.Rule = "hooks.retry"
		}
	}
	return nil
}

// taskOf is what an `after` hook sees of an exchange: the last request as it was sent, and its response.
func (h *hooks) taskOf(x *httpcore.Exchange) script.Task {
	last := x.Hops[len(x.Hops)-1]
	t := script.Task{Request: viewOfPrepared(last.Prepared), Response: responseOf(x.Last())}
	t.Cookies = h.cookies(t.Request.URL)
	return t
}

// cookies are those of the session that go to a URL.
func (h *hooks) cookies(to string) []script.Pair {
	u, err := httpcore.ParseURL(to)
	if err != nil {
		return nil
	}
	session, err := h.call.Work.SessionFor(h.call.Out)
	if err != nil {
		return nil // sending fails with that error
	}
	var list []script.Pair
	for _, d := range session.Jar().Explain(cookies.Target{Host: u.Hostname(), Path: u.Path, Secure: u.Scheme == "https"}) {
		if d.Sent {
			list = append(list, script.Pair{Name: d.Cookie.Name, Value: d.Cookie.Value})
		}
	}
	return list
}
