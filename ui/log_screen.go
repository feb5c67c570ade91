package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/safe"
	"parley/ui/widget"
)

// levelMarks tell the levels apart without colour.
var levelMarks = [...]string{pane.Info: "·", pane.Success: "✓", pane.Warning: "!", pane.Failure: "✗"}

// The shares of the log's columns: the time takes logTime cells, what a message is about logNotes percent of the rest.
const (
	logTime  = 10
	logNotes = 24
)

// showLog lists the messages, the newest last; the same key closes it.
func (r *Root) showLog() tea.Cmd {
	if r.logScreen != nil && !r.logScreen.Done() {
		r.logScreen.Close()
		r.overlays.Drop()
		return nil
	}
	var of []int // the message of each row
	on := func(do func(message) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(of) || of[row] >= len(r.notices.messages) {
				return nil
			}
			return do(r.notices.messages[of[row]])
		}
	}
	r.logScreen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Messages", Titles: [3]string{"Time", "Message", "About"}, Notes: logNotes,
		Empty: "Nothing has been said yet.", Follows: true,
		Highlight: func(column widget.Column, cell string) []widget.Span {
			if column != widget.ColumnName {
				return nil
			}
			for level, mark := range levelMarks {
				if strings.HasPrefix(cell, mark) {
					return []widget.Span{{To: len(mark), Role: noticeRole(pane.Level(level))}, {From: len(mark), To: len(cell), Role: themes.Muted}}
				}
			}
			return nil
		},
		Tips: r.keysOf(
			keyWord{action.Open, "open what it is about"}, keyWord{action.Copy, "copy"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			var rows []widget.Entry
			rows, of = r.notices.rows(r.logCells())
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: on(r.openAbout),
			action.Copy: on(func(m message) tea.Cmd { return r.Copy(m.text(), "the message") }),
		},
	})
	r.overlays.Push(r.logScreen)
	return nil
}

// refreshLog shows what came since, if the log is shown.
func (r *Root) refreshLog() {
	if r.logScreen != nil && !r.logScreen.Done() {
		r.logScreen.Refresh()
	}
}

// logCells is about how many cells a message gets in a line.
func (r *Root) logCells() int {
	room := min(r.width, overlay.ScreenWidth) - 6
	return max(16, room-logTime-room*logNotes/100-4)
}

// rows writes the messages, each in as many rows as it takes; of says which one a row belongs to.
func (l *log) rows(cells int) (rows []widget.Entry, of []int) {
	if l.dropped > 0 {
		rows = append(rows, widget.Entry{Name: "…", Value: fmt.Sprintf("%d older ones are forgotten", l.dropped)})
		of = append(of, logKept)
	}
	for i := range l.messages {
		m := &l.messages[i]
		name, note := levelMarks[m.Level]+" "+m.at.Local().Format("15:04:05"), safe.Line(m.of.where())
		for _, line := range m.lines(cells) {
			rows, of = append(rows, widget.Entry{Name: name, Value: line, Note: note}), append(of, i)
			name, note = "  ", ""
		}
	}
	return rows, of
}

// messageLines bounds the rows of a message; all that is kept of it is copied.
const messageLines = 12

// lines wraps the message, once for each width, and no more of it than is shown.
func (m *message) lines(cells int) []string {
	if m.wrapped != nil && m.cells == cells {
		return m.wrapped
	}
	var lines []string
	for _, part := range []string{m.Text, m.Hint} {
		for text := range strings.Lines(part) {
			if len(lines) > messageLines {
				break
			}
			seen := safe.Truncate(strings.TrimRight(text, "\n"), (messageLines+1)*cells)
			lines = append(lines, widget.Wrap(seen, cells)...)
		}
	}
	if len(lines) > messageLines {
		lines = append(lines[:messageLines-1:messageLines-1], "…")
	}
	if len(lines) == 0 {
		lines = []string{""}
	}
	m.wrapped, m.cells = lines, cells
	return lines
}

// text is all that the message says.
func (m message) text() string {
	parts := []string{m.at.Local().Format("2006-01-02 15:04:05") + " " + m.Text}
	for _, more := range []string{m.Hint, m.of.where()} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	return strings.Join(parts, "\n")
}

// openAbout shows the exchange, the file or the request that a message is about.
func (r *Root) openAbout(m message) tea.Cmd {
	switch of := m.of; {
	case of.exchange != 0:
		r.logScreen.Close()
		return r.OpenExchange(of.exchange)
	case of.file != "":
		r.logScreen.Close()
		return r.viewFile(of.file)
	case r.known(of.request):
		r.logScreen.Close()
		return r.OpenRequest(of.request)
	default:
		return r.notify(info("this message is about nothing that can be opened"))
	}
}
