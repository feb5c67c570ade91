package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections/resolve"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// The methods of pane.Host, pane.TreeHost and pane.URLHost that stand nowhere else.

var (
	_ pane.TreeHost = (*Root)(nil)
	_ pane.URLHost  = (*Root)(nil)
)

// Run implements pane.Host.
func (r *Root) Run(id action.ID) tea.Cmd { return r.run(id) }

// Notify implements pane.Host.
func (r *Root) Notify(n pane.Notice) tea.Cmd { return r.notify(n) }

// Ask implements pane.Host.
func (r *Root) Ask(title, text string, answers ...pane.Answer) {
	options := make([]overlay.Option, len(answers))
	for i, a := range answers {
		options[i] = overlay.Option(a)
	}
	r.overlays.Push(overlay.NewChoice(title, text, options...))
}

// then runs on the screen's goroutine what background work returned.
type then struct{ run func() tea.Cmd }

// Background implements pane.Host.
func (r *Root) Background(work func() func() tea.Cmd) tea.Cmd {
	return func() tea.Msg { return then{work()} }
}

// redraw says that a pane has more to show.
type redraw struct{}

// redrawTime is how long to wait between two redraws that were asked for: about two frames.
const redrawTime = 33 * time.Millisecond

// Redraw implements pane.Host.
func (r *Root) Redraw() {
	select {
	case r.redraws <- struct{}{}:
	default:
	}
}

func (r *Root) watchRedraw() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-r.redraws:
		case <-r.ctx.Done():
			return nil
		}
		select {
		case <-time.After(redrawTime):
		case <-r.ctx.Done():
			return nil
		}
		return redraw{}
	}
}

// resolveTab tells a tab's panes which variables there are.
func (r *Root) resolveTab(t *tab) {
	input, err := r.work.Input(t.draft)
	if err != nil {
		return // it is said when the request is sent
	}
	t.asked(input.Request)
	t.request.SetInherited("Expect", inheritedExpect(input.Request))
	t.request.SetInherited("Hooks", inheritedHooks(input.Request))
	if _, settings := t.settings(); settings {
		tellInherited(t.request, input.Request)
	}
	scopes, err := resolve.Scopes(input)
	if err != nil {
		return
	}
	t.scope = scopes
	t.url.SetScope(scopes)
	t.request.SetScope(scopes)
}

// edited brings back a text from $EDITOR.
type edited struct {
	file string
	done func(string)
	err  error
}

// External implements pane.Host.
func (r *Root) External(text, extension string, done func(string)) tea.Cmd {
	file, err := scratch(strings.NewReader(text), extension)
	if err != nil {
		return r.fail(err)
	}
	return r.exec(r.options.Editor, file, func(err error) tea.Msg { return edited{file, done, err} })
}

// page shows text in $PAGER.
func (r *Root) page(text io.Reader) tea.Cmd { return r.viewIn(r.options.Pager, text, ".txt") }

// viewIn shows text in a program, in a file with that extension.
func (r *Root) viewIn(program string, text io.Reader, extension string) tea.Cmd {
	file, err := scratch(text, extension)
	if err != nil {
		return r.fail(err)
	}
	return r.exec(program, file, func(err error) tea.Msg { return edited{file, nil, err} })
}

// viewFile shows a file of the person's in $EDITOR.
func (r *Root) viewFile(file string) tea.Cmd {
	return r.exec(r.options.Editor, file, func(err error) tea.Msg { return edited{"", nil, err} })
}

// scratch writes text to a file that only its owner can read.
func scratch(text io.Reader, extension string) (string, error) {
	file, err := os.CreateTemp("", "parley-*"+extension)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(file, text)
	return file.Name(), errors.Join(err, file.Close())
}

// exec gives the terminal to a command line on a file; $EDITOR may hold arguments, in quotes as well.
func (r *Root) exec(command, file string, over func(error) tea.Msg) tea.Cmd {
	words, err := words(command, runtime.GOOS == "windows")
	if err != nil {
		return func() tea.Msg { return over(fmt.Errorf("%s cannot be read: %w", command, err)) }
	}
	if len(words) == 0 {
		words = []string{"vi"}
	}
	return tea.ExecProcess(exec.CommandContext(context.Background(), words[0], append(words[1:], file)...), over)
}

// gotEdited takes the text that came back.
func (r *Root) gotEdited(msg edited) tea.Cmd {
	defer os.Remove(msg.file) //nolint:errcheck // a temporary file
	if failed, ok := errors.AsType[*exec.ExitError](msg.err); ok {
		return r.notify(warning(fmt.Sprintf("the program ended with %v", failed), unchangedBy(msg)))
	}
	if msg.err != nil {
		return r.notify(warning(fmt.Sprintf("the program did not start: %v", msg.err), "set EDITOR or PAGER to one that is installed"))
	}
	if msg.done == nil {
		return nil
	}
	text, err := os.ReadFile(msg.file)
	if err != nil {
		return r.fail(err)
	}
	msg.done(string(text))
	if len(text) == 0 {
		return r.notify(info("the text came back empty; " + action.Label(r.keymap.Best(action.Undo, action.Editor, nil)) + " brings it back"))
	}
	return nil
}

// unchangedBy says what becomes of a text whose editor has not ended well.
func unchangedBy(msg edited) string {
	if msg.done == nil {
		return ""
	}
	return "the text stays as it was"
}
