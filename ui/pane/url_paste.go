package pane

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
)

// Paste implements Pane. A curl command fills in the whole request, and a whole URL takes the place of the one there is.
func (u *URL) Paste(text string) tea.Cmd {
	if cmd, ok := u.host.Import(text); ok {
		return cmd
	}
	pasted := cleanURL(text)
	if method, address, ok := takeMethod(pasted); ok && collections.LooksLikeURL(address) {
		u.setMethod(method)
		pasted = address
	}
	u.changed(func() {
		if begun := u.input.Text(); strings.Contains(pasted, "://") && (strings.HasSuffix(begun, "://") || lead(begun) == "" && begun == "") {
			u.input.SelectAll() // a scheme that was typed or is there already comes with what is pasted
		}
		u.input.Paste(pasted)
	})
	return nil
}

func (u *URL) setMethod(method string) {
	if method != u.method() {
		u.request.Method = collections.Str(method)
		u.host.Changed(u)
	}
}

// cleanURL takes off what comes along when a URL is copied out of a text: blanks and brackets or quotes around it, and the
// line ends of a mail or a terminal within it.
func cleanURL(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		lines[i] = strings.Trim(line, " \t")
	}
	text = strings.Join(lines, "")
	for _, pair := range [...]string{"<>", `""`, "''", "``"} {
		if len(text) > 2 && text[0] == pair[0] && text[len(text)-1] == pair[1] {
			text = text[1 : len(text)-1]
		}
	}
	return text
}
