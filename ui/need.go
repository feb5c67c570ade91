package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/ui/overlay"
)

// need is what a person is asked to do, in a dialog.
type need struct {
	of     int // the tab whose job waits
	text   string
	dialog *overlay.Choice
}

// ask shows what the job of a tab needs a person for; cancel ends the job.
func (r *Root) ask(of int, text string, cancel func()) {
	if text == r.need.text || !strings.Contains(text, "://") {
		return
	}
	r.helped(r.need.of)
	none := func() tea.Cmd { return nil }
	options := []overlay.Option{}
	if url := lastURL(text); url != "" {
		options = append(options, overlay.Option{Key: "y", Label: "copy the URL", Run: func() tea.Cmd { return r.Copy(url, "the URL") }})
	}
	if code := codeIn(text); code != "" {
		options = append(options, overlay.Option{Key: "c", Label: "copy the code " + code, Run: func() tea.Cmd { return r.Copy(code, "the code") }})
	}
	options = append(options,
		overlay.Option{Key: "h", Label: "hide this, and wait", Run: none},
		overlay.Option{Key: "s", Label: "stop waiting", Danger: true, Run: func() tea.Cmd { cancel(); return nil }},
	)
	r.need = need{of, text, overlay.NewLateChoice(r.now, "Waiting for you", text, options...)}
	r.overlays.Push(r.need.dialog)
}

// helped takes the dialog of a tab's job away.
func (r *Root) helped(of int) {
	if r.need.of != of {
		return
	}
	if r.need.dialog != nil {
		r.need.dialog.Close()
		r.overlays.Drop()
	}
	r.need = need{}
}

func lastURL(text string) string {
	url := ""
	for word := range strings.FieldsSeq(text) {
		if strings.Contains(word, "://") {
			url = word
		}
	}
	return url
}

// codeIn is the word after "code".
func codeIn(text string) string {
	_, after, _ := strings.Cut(text, " code ")
	for word := range strings.FieldsSeq(after) {
		return word
	}
	return ""
}
