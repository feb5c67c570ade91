package ui

import (
	"os"
	"os/exec"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// welcome shows what a person sees at the first start.
func (r *Root) welcome() tea.Cmd {
	options := overlay.WelcomeOptions{
		Type: func(key tea.KeyPressMsg) tea.Cmd {
			r.setFocus(partURL)
			return r.tab().url.Key(key)
		},
		Paste: func(text string) tea.Cmd {
			r.setFocus(partURL)
			return r.tab().url.Paste(text)
		},
		Run: r.run,
		Key: func(id action.ID) string { return action.Label(r.keymap.Best(id, action.Field, nil)) },
	}
	if r.options.Tour != nil {
		options.Tour = r.takeTour
	}
	r.overlays.Push(overlay.NewWelcome(options))
	return nil
}

// toured says that the tour is over.
type toured struct{ err error }

// takeTour runs the tour in the place of the workbench until it is left.
func (r *Root) takeTour() tea.Cmd {
	command := r.options.Tour()
	return tea.ExecProcess(command, func(err error) tea.Msg { return toured{err} })
}

func (r *Root) gotTour(msg toured) tea.Cmd {
	if msg.err == nil {
		return nil
	}
	return r.notify(pane.Notice{
		Level: pane.Failure, Text: "the tour could not be started: " + msg.err.Error(), Hint: "`parley demo` in another terminal starts it, too",
	})
}

// tour returns what makes the command that runs the tour: this program itself. It is nil when its file is not known.
func tour() func() *exec.Cmd {
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	return func() *exec.Cmd { return exec.Command(program, "demo") }
}
