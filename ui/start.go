package ui

import (
	"context"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"

	"parley/collections/runner"
)

// start is what the program shows while the workbench is loaded: nothing. It keeps what comes meanwhile, such as the size
// of the terminal and the first keys, and gives way to the root.
type start struct {
	loaded chan struct{} // closed when root or err is set
	root   *Root
	err    error

	shown *Root // nil until the program has heard that it is loaded
	held  []tea.Msg
}

// ready says that loading is over.
type ready struct{}

// newStart begins to load at once, before the program runs.
func newStart(ctx context.Context, settings *Settings, open func() (*runner.Workspace, error)) *start {
	s := &start{loaded: make(chan struct{})}
	// What loading leaves behind is little: to collect it now would take time from the first frame.
	collect := debug.SetGCPercent(-1)
	go func() {
		defer close(s.loaded)
		defer debug.SetGCPercent(collect)
		s.root, s.err = load(ctx, settings, open)
	}()
	return s
}

func load(ctx context.Context, settings *Settings, open func() (*runner.Workspace, error)) (*Root, error) {
	work, err := open()
	if err != nil {
		return nil, err
	}
	options, err := settings.options(work)
	if err != nil {
		return nil, err
	}
	return New(ctx, options), nil
}

// wait returns what was loaded, or why nothing was.
func (s *start) wait() (*Root, error) {
	<-s.loaded
	return s.root, s.err
}

// Init waits for the end of loading.
func (s *start) Init() tea.Cmd {
	return func() tea.Msg {
		<-s.loaded
		return ready{}
	}
}

// Update keeps messages until there is somebody to give them to.
func (s *start) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if s.shown != nil {
		_, cmd := s.shown.Update(msg)
		return s, cmd
	}
	if _, over := msg.(ready); !over {
		s.held = append(s.held, msg)
		return s, nil
	}
	if s.err != nil {
		return s, tea.Quit
	}
	s.shown = s.root
	cmds := []tea.Cmd{s.shown.Init()}
	for _, msg := range s.held {
		_, cmd := s.shown.Update(msg)
		cmds = append(cmds, cmd)
	}
	s.held = nil
	return s, tea.Batch(cmds...)
}

// View draws the workbench, or an empty screen.
func (s *start) View() tea.View {
	if s.shown != nil {
		return s.shown.View()
	}
	empty := tea.NewView("")
	empty.AltScreen = true
	return empty
}
