package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"

	tea "charm.land/bubbletea/v2"

	"parley/collections/runner"
)

// Terminal is where the workbench runs.
type Terminal struct {
	In  io.Reader
	Out io.Writer
	// Environ is the process's environment, which tells what the terminal can do.
	Environ []string
}

// hangup says that the terminal has gone away, or that the system wants the program to end.
type hangup struct{}

// Run shows the workbench on a terminal until it is left, and returns when the terminal is as it was. open is called once,
// while the terminal starts: a first frame takes its time anyway. Its error is Run's. The journal and the history that were
// opened are closed then; the workspace is the caller's.
func Run(ctx context.Context, terminal Terminal, settings *Settings, open func() (*runner.Workspace, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	start := newStart(ctx, settings, open)
	program := tea.NewProgram(start,
		tea.WithContext(ctx), tea.WithInput(terminal.In), tea.WithOutput(terminal.Out), tea.WithEnvironment(terminal.Environ),
		tea.WithFPS(settings.config.FPS), tea.WithoutSignalHandler(),
	)
	stop := onHangup(program)
	defer stop()
	_, err := program.Run()
	if errors.Is(err, tea.ErrProgramKilled) || errors.Is(err, context.Canceled) {
		err = nil
	}
	cancel()
	root, failed := start.wait()
	if root != nil {
		failed = root.close()
	}
	return errors.Join(err, failed)
}

// onHangup ends the program in an orderly way when a signal says so. Bubble Tea by itself knows nothing of SIGHUP.
func onHangup(program *tea.Program) (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, hangups...)
	over := make(chan struct{})
	go func() {
		select {
		case <-signals:
			program.Send(hangup{})
		case <-over:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(over)
	}
}

// close ends what runs, writes down what is not saved, and closes what was opened.
func (r *Root) close() error {
	err := errors.Join(r.finishFiles(), r.remember(), r.choices.rest())
	if r.ran != nil {
		r.ran.stop()
	}
	for _, t := range r.tabs {
		t.stop()
		if t.passed != nil {
			err = errors.Join(err, t.passed.Close())
		}
		err = errors.Join(err, r.closeShown(t))
	}
	err = errors.Join(err, r.options.Journal.Close())
	if r.history != nil {
		err = errors.Join(err, r.history.Close())
	}
	return err
}
