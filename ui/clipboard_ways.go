package ui

import (
	"context"
	"os/exec"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

const (
	// osc52Most is how many bytes a terminal takes over OSC 52: xterm's limit of 100,000 is on the Base64.
	osc52Most = 74_994
	// screenMost is how long a sequence may be that GNU screen passes through.
	screenMost = 256
	// copyTime bounds a program that takes a text for the clipboard.
	copyTime = 5 * time.Second
)

// copyPrograms are those that put what they read on this machine's clipboard, with what has to be in the environment for
// them to be of use.
var copyPrograms = []struct {
	os, needs string
	command   []string
}{
	{"darwin", "", []string{"pbcopy"}},
	{"windows", "", []string{"clip.exe"}},
	{"linux", "WSL_DISTRO_NAME", []string{"clip.exe"}},
	{"", "WAYLAND_DISPLAY", []string{"wl-copy"}},
	{"", "DISPLAY", []string{"xclip", "-selection", "clipboard"}},
	{"", "DISPLAY", []string{"xsel", "--clipboard", "--input"}},
}

// copyProgram returns the program to copy with beside the terminal's own way: tmux's inside of tmux, which keeps OSC 52 to
// itself as it is set up at first, else this machine's. Over SSH there is none: the clipboard is on another machine.
func copyProgram(goos string, env func(string) string, look func(string) (string, error)) []string {
	if env("TMUX") != "" {
		return found([]string{"tmux", "load-buffer", "-w", "-"}, look)
	}
	if env("SSH_TTY") != "" || env("SSH_CONNECTION") != "" {
		return nil
	}
	for _, p := range copyPrograms {
		if p.os != "" && p.os != goos || p.needs != "" && env(p.needs) == "" {
			continue
		}
		if command := found(p.command, look); command != nil {
			return command
		}
	}
	return nil
}

func found(command []string, look func(string) (string, error)) []string {
	if _, err := look(command[0]); err != nil {
		return nil
	}
	return command
}

func (r *Root) copyProgram() []string { return copyProgram(runtime.GOOS, r.env, exec.LookPath) }

// toClipboard copies through the terminal, so that it works over SSH, and with the program that there is for it.
func (r *Root) toClipboard(text string) tea.Cmd {
	command := r.copyProgram()
	switch {
	case command == nil:
		return r.throughTerminal(text)
	case command[0] == "tmux": // it hands the text on to its terminal itself
		return r.throughProgram(command, text, r.throughTerminal(text))
	case len(text) > osc52Most:
		return r.throughProgram(command, text, nil)
	default:
		return tea.Batch(r.throughTerminal(text), r.throughProgram(command, text, nil))
	}
}

// throughTerminal asks the terminal by OSC 52. GNU screen passes it on only when it is wrapped.
func (r *Root) throughTerminal(text string) tea.Cmd {
	if r.env("STY") != "" && r.env("TMUX") == "" {
		return tea.Raw(ansi.ScreenPassthrough(ansi.SetSystemClipboard(text), screenMost))
	}
	return tea.SetClipboard(text)
}

// throughProgram gives the text to a program; otherwise is done when that fails.
func (r *Root) throughProgram(command []string, text string, otherwise tea.Cmd) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), copyTime)
		defer cancel()
		program := exec.CommandContext(ctx, command[0], command[1:]...)
		program.Stdin, program.WaitDelay = strings.NewReader(text), time.Second
		err := program.Run()
		return func() tea.Cmd {
			switch {
			case err == nil:
				return nil
			case otherwise != nil:
				return otherwise
			default:
				return r.notify(warning(command[0]+" did not take the text: "+err.Error(), ""))
			}
		}
	})
}
