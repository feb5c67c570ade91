package ui

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/pane"
)

// task is work on the person's files that may take a while. The status line shows how far it is once it is slow, and esc
// and ctrl+c stop it. One runs at a time.
type task struct {
	what    string // such as "saving photo.jpg"
	total   int64  // bytes; -1 when nobody knows
	started time.Time
	cancel  context.CancelFunc
	done    atomic.Int64
	slow    bool // it is shown
}

// taskOver says that a task has ended.
type taskOver struct {
	of   *task
	err  error
	over func(error) tea.Cmd
}

// taskTick lets the task that is shown be drawn again.
type taskTick struct{ of *task }

const taskBeat = 100 * time.Millisecond

// runTask runs work off the screen's goroutine, and over on it with what work returned. work counts what it has done
// through the reader that it was given of task.
func (r *Root) runTask(what string, total int64, work func(context.Context, *task) error, over func(error) tea.Cmd) tea.Cmd {
	if r.task != nil {
		return r.notify(info("still " + r.task.what))
	}
	ctx, cancel := context.WithCancel(r.ctx)
	t := &task{what: what, total: total, started: r.now(), cancel: cancel}
	r.task = t
	run := func() tea.Msg {
		defer cancel()
		return taskOver{t, work(ctx, t), over}
	}
	return tea.Batch(run, tea.Tick(quickTime, func(time.Time) tea.Msg { return taskTick{t} }))
}

// taskTicked shows a task that is not over, and draws it again after a while.
func (r *Root) taskTicked(msg taskTick) tea.Cmd {
	if msg.of != r.task {
		return nil
	}
	r.task.slow = true
	return tea.Tick(r.beat(taskBeat), func(time.Time) tea.Msg { return msg })
}

func (r *Root) taskOver(msg taskOver) tea.Cmd {
	r.task = nil
	took := r.ended(msg.of.what+" is over", r.now().Sub(msg.of.started))
	if errors.Is(msg.err, context.Canceled) {
		return tea.Batch(took, r.notify(info("stopped "+msg.of.what)))
	}
	return tea.Batch(took, msg.over(msg.err))
}

// taskSpans tell how far the task is, once it is slow; nil for nothing to tell.
func (r *Root) taskSpans(cells int) []pane.Span {
	if r.task == nil || !r.task.slow {
		return nil
	}
	lead := []pane.Span{{Text: " " + r.task.what, Role: themes.Info}}
	return pane.TransferSpans(r.styles, lead, r.task.done.Load(), r.task.total, r.task.started, r.now(), cells)
}

// reader counts what is read, and ends with the task.
func (t *task) reader(ctx context.Context, from io.Reader) io.Reader { return &counted{ctx, t, from} }

type counted struct {
	ctx  context.Context //nolint:containedctx // it lives as long as one reading
	task *task
	from io.Reader
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.from.Read(p)
	c.task.done.Add(int64(n))
	return n, err
}
