package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/ui/overlay"
	"parley/ui/pane"
)

// Copy implements pane.Host. More than a terminal takes is offered to be written to a file.
func (r *Root) Copy(text, what string) tea.Cmd {
	if len(text) > osc52Most && r.copyProgram() == nil {
		r.overlays.Push(overlay.NewChoice("Too much for the clipboard",
			fmt.Sprintf("Terminals take %s at most; %s is %s.", pane.Bytes(osc52Most), what, pane.Bytes(int64(len(text)))),
			overlay.Option{Key: "f", Label: "write it to a file", Run: func() tea.Cmd { return r.saveText(text, what) }},
			overlay.Option{Key: "c", Label: "copy it all the same", Run: func() tea.Cmd { return r.copied(text, what) }},
		))
		return nil
	}
	return r.copied(text, what)
}

func (r *Root) copied(text, what string) tea.Cmd {
	return tea.Batch(r.toClipboard(text), r.notify(success(fmt.Sprintf("copied %s (%s)", what, size(len(text))))))
}

func size(bytes int) string {
	if bytes == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// selected is what is selected where the keys go.
func (r *Root) selected() string {
	text := ""
	r.input(func(t typing) tea.Cmd {
		if s, ok := t.(pane.Selecter); ok {
			text, _ = s.Selected()
		}
		return nil
	})
	return text
}

// cut moves the selected text to the clipboard.
func (r *Root) cut() tea.Cmd {
	text := r.selected()
	if text == "" {
		return r.notify(info("nothing is selected: shift with an arrow key selects"))
	}
	cut := r.input(func(t typing) tea.Cmd { return t.Key(tea.KeyPressMsg{Code: tea.KeyDelete}) })
	return tea.Batch(cut, r.Copy(text, "what was cut"))
}

// clipboardTime is how long a terminal may take to hand over the clipboard; most do not do it at all.
const clipboardTime = time.Second

// clipboardLate says that a terminal has had the time to answer.
type clipboardLate struct{ asked int }

// paste asks the terminal for the clipboard.
func (r *Root) paste() tea.Cmd {
	r.asked++
	r.waiting = true
	asked := r.asked
	return tea.Batch(tea.ReadClipboard, tea.Tick(clipboardTime, func(time.Time) tea.Msg { return clipboardLate{asked} }))
}

// pasted takes what the terminal had, if it was asked for.
func (r *Root) pasted(msg tea.ClipboardMsg) tea.Cmd {
	if !r.waiting {
		return nil
	}
	r.waiting = false
	return r.input(func(t typing) tea.Cmd { return t.Paste(msg.Content) })
}

func (r *Root) noClipboard(msg clipboardLate) tea.Cmd {
	if !r.waiting || msg.asked != r.asked {
		return nil
	}
	r.waiting = false
	return r.notify(warning("the terminal keeps its clipboard to itself", "paste with the terminal's own key, often ctrl+shift+v"))
}
