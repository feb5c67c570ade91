package pane

import (
	"strings"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

// sentText is every request of the exchange as it left, redirects and retries included, with every secret masked.
func (r *Response) sentText() string {
	if r.exchange == nil {
		return ""
	}
	var b strings.Builder
	for _, attempt := range r.exchange.Attempts() {
		b.WriteString(r.masked(string(attempt.Sent.Head)))
	}
	return b.String()
}

// masked hides the secrets that the request was given.
func (r *Response) masked(text string) string {
	return httpcore.NewMasker(r.exchange.Request.Secrets, httpcore.Secret.String).String(text)
}

func (r *Response) lastAttempt() *httpcore.Attempt {
	if r.exchange == nil {
		return nil
	}
	return r.exchange.Last()
}

// sent draws the requests as they left, automatic headers included, and says what content followed.
func (r *Response) sent(width int) []string {
	var lines []string
	for _, attempt := range r.exchange.Attempts() {
		if len(lines) > 0 {
			lines = append(lines, r.text(width, themes.Muted, ""))
		}
		lines = append(lines, r.sentHead(attempt, width)...)
		if attempt.Sent.BodySize > 0 {
			lines = append(lines, r.text(width, themes.Muted, ""), r.text(width, themes.Muted, Bytes(attempt.Sent.BodySize)+" of content"))
		}
	}
	return lines
}

// sentHead draws a request line and headers.
func (r *Response) sentHead(attempt *httpcore.Attempt, width int) []string {
	var lines []string
	head := strings.TrimRight(strings.ReplaceAll(r.masked(string(attempt.Sent.Head)), "\r\n", "\n"), "\n")
	for i, line := range strings.Split(head, "\n") {
		row := widget.NewRow(r.styles, themes.Background, width).Space(1)
		name, value, isField := strings.Cut(line, ":")
		switch {
		case i == 0:
			row.Text(themes.Title, line)
		case isField:
			row.Text(themes.Key, name).Text(themes.Punctuation, ":").Text(themes.Text, value)
		default:
			row.Text(themes.Text, line)
		}
		lines = append(lines, row.String())
	}
	return lines
}
