package ui

import (
	"context"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
)

// calmTime is how long after the first frame the program gives back what only its start has needed.
const calmTime = 2 * time.Second

// calmDown waits until the program is at rest for the first time, and gives back then what it had for its start: garbage, and
// the pages of code that ran once.
func calmDown(ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-time.After(calmTime):
			debug.FreeOSMemory()
			unload()
		case <-ctx.Done():
		}
		return nil
	}
}
