package pane

import (
	"fmt"
	"time"

	"parley/httpcore"
	"parley/themes"
)

// quota returns what the newest response says of its server's quota, and when that was; nil when it says nothing.
func (r *Response) quota() (limit *httpcore.RateLimit, at time.Time) {
	tries := r.tries()
	for i := len(tries) - 1; i >= 0; i-- {
		t := tries[i]
		if t.response == nil {
			continue
		}
		attempt := httpcore.Attempt{Started: t.started, Timeline: t.timeline}
		at = attempt.Received()
		return t.response.RateLimit(at), at
	}
	return nil, at
}

// gauge draws what is left of a server's quota.
func (r *Response) gauge(width int) []pageLine {
	limit, at := r.quota()
	if limit == nil {
		return nil
	}
	lead := " Rate limit"
	if limit.Policy != "" {
		lead += " “" + shown(limit.Policy, 16) + "”"
	}
	line := pageLine{spans: []Span{{lead, themes.Muted}}}
	text, role := quotaText(limit, at)
	if limit.Limit <= 0 || limit.Remaining < 0 {
		line.spans = append(line.spans, Span{"  " + text, role})
		return []pageLine{line, {}}
	}
	line.right = []Span{{text, role}}
	line.bar = &lineBar{
		from: columnsOf(lead) + 1, to: columnsOf(text) + 2, total: limit.Limit,
		pieces: []barPiece{{role, 0, min(limit.Remaining, limit.Limit)}},
	}
	if width-line.bar.from-line.bar.to < 8 {
		line.bar, line.right = nil, nil
		line.spans = append(line.spans, Span{"  " + text, role})
	}
	return []pageLine{line, {}}
}

// quotaText says how much is left, and until when.
func quotaText(l *httpcore.RateLimit, at time.Time) (string, themes.Role) {
	text, role := "", themes.Success
	switch {
	case l.Remaining >= 0 && l.Limit > 0:
		text = fmt.Sprintf("%d of %d left", l.Remaining, l.Limit)
	case l.Remaining >= 0:
		text = fmt.Sprintf("%d left", l.Remaining)
	case l.Limit > 0:
		text = fmt.Sprintf("%d a window", l.Limit)
	}
	switch {
	case l.Remaining == 0:
		role = themes.Error
	case l.Remaining > 0 && l.Limit > 0 && l.Remaining*5 < l.Limit:
		role = themes.Warning
	case l.Remaining < 0:
		role = themes.Text
	}
	add := func(more string) {
		if text != "" {
			text += " · "
		}
		text += more
	}
	switch {
	case l.Reset.After(at):
		add("whole again in " + Coarse(l.Reset.Sub(at)))
	case l.RetryAfter.After(at):
		add("come back in " + Coarse(l.RetryAfter.Sub(at)))
	}
	return text, role
}
