package ui

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/disk"
	"parley/ui/job"
)

// What is open and how it is arranged is written down while the program runs, too, once the person has rested: after a
// kill it is as it was some seconds before. Where nothing has changed, nothing is written.

const (
	// arrangementTime is how long there has to be rest, and arrangementRounds how often that is waited for.
	arrangementTime   = 2 * time.Second
	arrangementRounds = 5
)

// arrangement is the writing of what is open.
type arrangement struct {
	touched int // counts what may have changed it
	waited  int // touched, when the wait began
	rounds  int // of waiting; 0 while nobody waits
	file    sync.Mutex
	failed  bool // the last time, which is said once
	over    bool // the last writing was done: what is still on its way comes too late
}

// arrangementDue says that there may have been rest.
type arrangementDue struct{}

// touch notes that a message may have changed what is open.
func (a *arrangement) touch(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseReleaseMsg, tea.MouseWheelMsg, job.Done:
		a.touched++
	}
}

// arrangementWait begins to wait for rest when something was touched.
func (r *Root) arrangementWait() tea.Cmd {
	a := &r.arrangement
	if a.rounds > 0 || a.touched == a.waited {
		return nil
	}
	a.rounds, a.waited = 1, a.touched
	return arrangementTick()
}

func arrangementTick() tea.Cmd {
	return tea.Tick(arrangementTime, func(time.Time) tea.Msg { return arrangementDue{} })
}

// arrangementRest writes what is open, or goes on waiting while there is no rest; not for ever.
func (r *Root) arrangementRest() tea.Cmd {
	a := &r.arrangement
	if a.touched != a.waited && a.rounds < arrangementRounds {
		a.rounds, a.waited = a.rounds+1, a.touched
		return arrangementTick()
	}
	a.rounds, a.waited = 0, a.touched
	now, c, memory := r.arranged(), r.work.Collection, r.options.Memory
	return r.Background(func() func() tea.Cmd {
		now.Filters = keptFilters(c, now.Filters)
		a.file.Lock()
		defer a.file.Unlock()
		var err error
		if !a.over {
			err = memory.keep(now)
		}
		return func() tea.Cmd {
			told := a.failed
			a.failed = err != nil
			if err != nil && !told {
				return r.fail(err)
			}
			return nil
		}
	})
}

// keep replaces the file as a whole, unless that is what it says: of several workbenches, the last one wins.
func (m Memory) keep(r remembered) error {
	r.Version = memoryVersion
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	before, err := disk.ReadRegular(m.FS, m.File, memoryMost)
	switch {
	case err == nil && bytes.Equal(before, data):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		if _, large := errors.AsType[*disk.TooLargeError](err); !large {
			return err
		}
	}
	return disk.WriteFile(m.FS, m.File, data, 0o600)
}

// arranged is what is open now.
func (r *Root) arranged() remembered {
	now := remembered{
		Environments: slices.Clone(r.work.Environments), Folders: slices.Clone(r.sidebar.Open()),
		Focus: partWords[r.focus], Last: partWords[r.last], Answer: partWords[r.answer],
		Zoomed: r.zoomed, NoSide: r.noSidebar, Linked: r.linked, Sizes: r.sizes,
	}
	now.Node, now.History = r.sidebar.Place()
	for i, t := range r.tabs {
		r.keepFilters(t)
		if t.untitled() && !t.dirty || len(now.Tabs) == tabsMost {
			continue
		}
		if i <= r.current {
			now.Current = len(now.Tabs)
		}
		now.Tabs = append(now.Tabs, t.memory())
	}
	now.Filters = maps.Clone(r.filters)
	return now
}

// remember writes down what is open, and what is not saved. It is called at the end, when there is no frame to wait for.
func (r *Root) remember() error {
	for _, t := range r.tabs {
		t.stale = t.dirty
	}
	now := r.arranged()
	r.writeJournal()
	now.Filters = keptFilters(r.work.Collection, now.Filters)
	a := &r.arrangement
	a.file.Lock()
	defer a.file.Unlock()
	a.over = true
	return r.options.Memory.keep(now)
}

// keptFilters are those of requests that are still there.
func keptFilters(c *collections.Collection, filters map[string][]string) map[string][]string {
	kept := map[string][]string{}
	for path, list := range filters {
		if _, err := c.Request(path); err == nil {
			kept[path] = list
		}
	}
	return kept
}
