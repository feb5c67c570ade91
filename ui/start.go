package ui

import (
	"context"
	"runtime/debug"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

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
	// collect goes on to collect garbage, as before.
	collect func()
	ctx     context.Context
}

// ready says that loading is over.
type ready struct{}

// newStart begins to load at once, before the program runs.
func newStart(ctx context.Context, settings *Settings, open func() (*runner.Workspace, error)) *start {
	// What is left behind until the first frame is drawn is little: to collect it would take time from that frame.
	percent := debug.SetGCPercent(-1)
	s := &start{ctx: ctx, loaded: make(chan struct{}), collect: sync.OnceFunc(func() { debug.SetGCPercent(percent) })}
	go widths()
	go func() {
		defer close(s.loaded)
		s.root, s.err = load(ctx, settings, open)
	}()
	return s
}

// widths has the renderer's table of widths be made, which the first character beyond ASCII asks for: 2 MB that the first
// frame would have to wait for.
func widths() { ansi.StringWidthWc("─") }

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

// wait returns what was loaded, or why nothing was, when the program is over.
func (s *start) wait() (*Root, error) {
	<-s.loaded
	s.collect()
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
		if _, seen := msg.(drawn); seen {
			s.collect()
			cmd = tea.Batch(cmd, calmDown(s.ctx))
		}
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
