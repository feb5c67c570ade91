package pane

import (
	"strings"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

// sentText is the request of the last hop as it left, with every secret masked.
func (r *Response) sentText() string {
	last := r.lastAttempt()
	if last == nil {
		return ""
	}
	return r.masked(string(last.Sent.Head))
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

// sent draws the request line and headers as they left, automatic ones included, and says what content followed.
func (r *Response) sent(width int) []string {
	last := r.lastAttempt()
	var lines []string
	for i, line := range strings.Split(strings.TrimRight(strings.ReplaceAll(r.sentText(), "\r\n", "\n"), "\n"), "\n") {
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
	if last.Sent.BodySize > 0 {
		lines = append(lines, r.text(width, themes.Background, ""), r.text(width, themes.Muted, Bytes(last.Sent.BodySize)+" of content"))
	}
	return lines
}
