package pane

import (
	"fmt"
	"strings"

	"parley/httpcore"
	"parley/ui/widget"
)

// cookieRows lists the cookies that were set on the way, redirects included, each with its attributes as they came and
// what the jar did with it.
func (r *Response) cookieRows() []widget.Entry {
	if r.exchange == nil {
		return setCookies(r.response(), "")
	}
	var rows []widget.Entry
	last := r.exchange.Last()
	for _, attempt := range r.exchange.Attempts() {
		if attempt.Response == nil {
			continue
		}
		by := ""
		if attempt != last {
			by = fmt.Sprintf(" by a %d", attempt.Response.Status)
		}
		rows = append(rows, setCookies(attempt.Response, by)...)
	}
	return rows
}

func setCookies(response *httpcore.Response, by string) []widget.Entry {
	var rows []widget.Entry
	for i, line := range response.Headers.Values("Set-Cookie") {
		name, value, _ := strings.Cut(line, "=")
		row := widget.Entry{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)}
		why := ""
		if i < len(response.Cookies) {
			row.Note = string(response.Cookies[i].Outcome) + by
			why = response.Cookies[i].Why
		}
		rows = append(rows, row)
		if why != "" { // in a line of its own: there is no room for a sentence in the last column
			rows = append(rows, widget.Entry{Value: row.Note + ": " + why})
		}
	}
	return rows
}
