package pane

import (
	"cmp"
	"fmt"
	"strings"

	"parley/httpcore"
	"parley/httpcore/cookies"
	"parley/themes"
)

// cookies lists for every request of the exchange which cookies went with it and which did not, and for every response
// what became of those that it set, each with the reason.
func (r *Response) cookies(width int) []pageLine {
	if r.exchange == nil {
		return orNone(r.setCookies(r.response(), width), "The response sets no cookies.")
	}
	var lines []pageLine
	titled := len(r.exchange.Hops) > 1
	for _, hop := range r.exchange.Hops {
		url := r.masked(hop.Prepared.URL.Redacted())
		add := func(what, none string, of []pageLine) {
			if len(of) == 0 && none == "" {
				return
			}
			title := pageLine{spans: []Span{{" " + what, themes.Title}}}
			if titled {
				title.spans = append(title.spans, Span{"  " + hop.Prepared.Method + " " + url, themes.Faint})
			}
			if len(lines) > 0 {
				lines = append(lines, pageLine{})
			}
			lines = append(append(lines, title), of...)
		}
		add("Sent with the request", "", r.sentCookies(hop, width))
		for _, attempt := range hop.Attempts {
			if attempt.Response != nil {
				add(fmt.Sprintf("Set by the %d", attempt.Response.Status), "", r.setCookies(attempt.Response, width))
			}
		}
	}
	return orNone(lines, "No cookie was sent, and the response sets none.")
}

func orNone(lines []pageLine, none string) []pageLine {
	if len(lines) == 0 {
		return []pageLine{{}, plainLine(themes.Muted, none)}
	}
	return lines
}

// cookieCount is how many cookies went with the last request and how many were set on the way.
func (r *Response) cookieCount() int {
	if r.exchange == nil {
		if response := r.response(); response != nil {
			return len(response.Headers.Values("Set-Cookie"))
		}
		return 0
	}
	n := 0
	for _, attempt := range r.exchange.Attempts() {
		if attempt.Response != nil {
			n += len(attempt.Response.Headers.Values("Set-Cookie"))
		}
	}
	if hops := r.exchange.Hops; len(hops) > 0 {
		for _, decision := range hops[len(hops)-1].Prepared.Cookies {
			if decision.Sent {
				n++
			}
		}
	}
	return n
}

// sentCookies lists what could have gone with a request.
func (r *Response) sentCookies(hop *httpcore.Hop, width int) []pageLine {
	var lines []pageLine
	for _, decision := range hop.Prepared.Cookies {
		row := cookieRow{name: decision.Cookie.Name, value: r.masked(decision.Cookie.Value), why: decision.Why}
		if decision.Sent {
			row.outcome, row.role = "sent", themes.Success
		} else {
			row.outcome, row.role = "not sent", themes.Warning
		}
		lines = append(lines, row.lines(width)...)
	}
	return lines
}

// setCookies lists what a response sets, each with its attributes as they came.
func (r *Response) setCookies(response *httpcore.Response, width int) []pageLine {
	if response == nil {
		return nil
	}
	var lines []pageLine
	for i, line := range response.Headers.Values("Set-Cookie") {
		name, value, _ := strings.Cut(line, "=")
		row := cookieRow{name: strings.TrimSpace(name), value: r.masked(strings.TrimSpace(value))}
		if i < len(response.Cookies) {
			verdict := response.Cookies[i]
			row.outcome, row.role, row.why = string(verdict.Outcome), outcomeRoles[verdict.Outcome], cmp.Or(verdict.Why, verdict.Note)
		}
		lines = append(lines, row.lines(width)...)
	}
	return lines
}

var outcomeRoles = map[cookies.Outcome]themes.Role{
	cookies.Stored: themes.Success, cookies.Replaced: themes.Success, cookies.Deleted: themes.Info, cookies.Refused: themes.Error,
}

// cookieRow is a cookie with what became of it and why.
type cookieRow struct {
	name, value, outcome, why string
	role                      themes.Role
}

const cookieNameCells = 18

// lines write the cookie, and the reason below it.
func (c cookieRow) lines(width int) []pageLine {
	pad := strings.Repeat(" ", max(1, cookieNameCells-columnsOf(c.name)))
	line := pageLine{
		spans: []Span{{"   ", themes.Text}, {c.name, themes.Key}, {pad, themes.Text}, {c.value, themes.Text}},
		right: []Span{{c.outcome + " ", c.role}},
		copy:  c.value, what: "the value of " + c.name,
	}
	if c.why == "" {
		return []pageLine{line}
	}
	return append([]pageLine{line}, wrapped(themes.Muted, c.why, 5, width)...)
}
