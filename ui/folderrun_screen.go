package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections/runner/batch"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// startRun begins a run, and shows it. Only one runs at a time.
func (r *Root) startRun(f *folderRun) tea.Cmd {
	if r.ran != nil && !r.ran.ended() { // another began while this one was planned
		return r.showRun()
	}
	r.ran = f
	f.begin(r.ctx, r.preparer(), r.recorder(), r.now, r.Redraw)
	if r.history == nil {
		r.spooled = true
	}
	return tea.Batch(r.showRun(), func() tea.Msg {
		<-f.over
		return then{func() tea.Cmd { return r.runOver(f) }}
	})
}

// runOver says how a run ended, where its screen does not.
func (r *Root) runOver(f *folderRun) tea.Cmd {
	f.mu.Lock()
	defer f.mu.Unlock()
	cmd := tea.Batch(r.takeIn(), r.refreshHistory(), r.ended("run "+f.title+": "+f.tally(), f.summary.Elapsed))
	if f.problem != nil {
		cmd = tea.Batch(cmd, r.fail(f.problem))
	}
	if r.runScreen != nil && !r.runScreen.Done() {
		return cmd
	}
	note := success("run " + f.title + ": " + f.tally())
	if f.counts[batch.Failed]+f.counts[batch.Broken] > 0 || f.summary.Err != nil {
		note = warning("run "+f.title+": "+f.tally(), "")
	}
	return tea.Batch(cmd, r.notify(note))
}

func (r *Root) whyNoRun() string {
	if r.ran == nil {
		return "nothing was run yet: x in the collection's tree runs a folder"
	}
	return ""
}

// runTick lets the times of what runs go on.
type runTick struct{ of *folderRun }

const runBeat = 200 * time.Millisecond

func (r *Root) tickRun() tea.Cmd {
	f := r.ran
	return tea.Tick(r.beat(runBeat), func(time.Time) tea.Msg { return runTick{f} })
}

// ticked draws the run anew as long as it runs and is shown.
func (r *Root) ticked(msg runTick) tea.Cmd {
	r.refreshRun()
	if msg.of != r.ran || msg.of.ended() || r.runScreen == nil || r.runScreen.Done() {
		return nil
	}
	return r.tickRun()
}

// refreshRun shows how far the run is, if it is shown.
func (r *Root) refreshRun() {
	if r.runScreen != nil && !r.runScreen.Done() {
		r.runScreen.Refresh()
	}
}

// showRun shows the run as it goes on, or how it ended.
func (r *Root) showRun() tea.Cmd {
	f := r.ran
	var steps []*ranStep // of each row
	r.runScreen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Run " + f.title, Titles: [3]string{"Request", "Came to", "Where"}, Notes: 20,
		Empty: "Nothing has begun yet.", Highlight: lightRun, Follows: true,
		Status: func() string {
			f.mu.Lock()
			defer f.mu.Unlock()
			return f.status(r.now())
		},
		Tips: r.keysOf(
			keyWord{action.Open, "exchange"}, keyWord{action.ItemDelete, "stop"}, keyWord{action.ItemRefresh, "run again"},
			keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			var rows []widget.Entry
			rows, steps = f.rows(r.now(), min(r.width, overlay.ScreenWidth)-6)
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: func(row int) tea.Cmd {
				if row < 0 || row >= len(steps) {
					return nil
				}
				return r.openStep(f, steps[row])
			},
			action.ItemDelete: func(int) tea.Cmd {
				if f.ended() {
					return r.notify(info("it has ended: r runs it again"))
				}
				f.cancel()
				return nil
			},
			action.ItemRefresh: func(int) tea.Cmd {
				if !f.ended() {
					return r.notify(info("it still runs: d stops it"))
				}
				r.runScreen.Close()
				return r.startRun(&folderRun{title: f.title, plan: f.plan, again: f.again})
			},
		},
	})
	r.overlays.Push(r.runScreen)
	if f.ended() {
		return nil
	}
	return r.tickRun()
}

// openStep shows the exchange of a step in a tab; the run goes on.
func (r *Root) openStep(f *folderRun, s *ranStep) tea.Cmd {
	f.mu.Lock()
	id, path := s.recorded, s.path
	f.mu.Unlock()
	r.runScreen.Close()
	if id == 0 {
		return r.OpenRequest(path)
	}
	return r.OpenExchange(id)
}

// ended reports whether nothing of the run runs any more.
func (f *folderRun) ended() bool {
	select {
	case <-f.over:
		return true
	default:
		return false
	}
}
