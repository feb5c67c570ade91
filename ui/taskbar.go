package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"parley/ui/job"
	"parley/ui/safe"
)

// What the terminal shows outside of the screen: the window's title, progress in its title bar or task bar, and a word
// when something that took long has ended while nobody was looking.

const (
	// taskbarTime is how long something has to run before the terminal shows its progress.
	taskbarTime = time.Second
	// longTime is how long something has to take before its end is worth a word to somebody who looks elsewhere.
	longTime = 10 * time.Second
	// titleMost is how many cells a name gets in the title.
	titleMost = 48
)

// title names the request, with a mark while it runs, and the environment: a terminal cuts the end.
func (r *Root) title() string {
	t := r.tab()
	mark := ""
	if t.runs() || r.running() {
		mark = "◌ "
	}
	parts := []string{mark + safe.Truncate(t.outsideName(), titleMost)}
	if name := strings.Join(r.work.Names(), "+"); name != "" {
		parts = append(parts, safe.Truncate(name, titleMost/2))
	}
	return strings.Join(append(parts, "Parley"), " · ")
}

// outsideName is what the tab is called where others may read it, and where it may be kept: in the window's title and in
// notices of the desktop. A URL may hold a password or a key there, so of one nothing is told but where it leads.
func (t *tab) outsideName() string {
	name := t.name()
	if !t.untitled() {
		return name
	}
	if end := strings.IndexAny(name, "?#"); end >= 0 {
		name = name[:end]
	}
	scheme, rest := "", name
	if at := strings.Index(name, "://"); at >= 0 {
		scheme, rest = name[:at+3], name[at+3:]
	}
	host, path, _ := strings.Cut(rest, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	return strings.TrimSuffix(scheme+host+"/"+path, "/")
}

// running reports whether a run does.
func (r *Root) running() bool { return r.ran != nil && !r.ran.ended() }

// progressBar is what the terminal shows of what has run for a while: the run, a task, the current tab's job, any other's.
// Bubble Tea clears it at the end of the program, a panic included.
func (r *Root) progressBar() *tea.ProgressBar {
	if r.running() {
		if bar := r.ran.progressBar(r.now()); bar != nil {
			return bar
		}
	}
	if r.task != nil && r.now().Sub(r.task.started) >= taskbarTime {
		return barOf(r.task.done.Load(), r.task.total)
	}
	if bar := r.tab().progressBar(r.now()); bar != nil {
		return bar
	}
	for _, t := range r.tabs {
		if bar := t.progressBar(r.now()); bar != nil {
			return bar
		}
	}
	return nil
}

func (t *tab) progressBar(now time.Time) *tea.ProgressBar {
	if t.job == nil || !t.slow || now.Sub(t.state.Started) < taskbarTime {
		return nil
	}
	if t.state.Waiting != nil || t.state.Lost != nil {
		return &tea.ProgressBar{State: tea.ProgressBarWarning, Value: 100}
	}
	return barOf(carried(t.state))
}

// carried tells how many bytes of content went in the direction that counts now, and of how many; -1 when unknown.
func carried(s job.State) (done, total int64) {
	if s.Response == nil {
		return s.Sent, s.SendTotal
	}
	return s.Received, s.ReceiveTotal
}

func (f *folderRun) progressBar(now time.Time) *tea.ProgressBar {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Sub(f.started) < taskbarTime {
		return nil
	}
	done := 0
	for _, n := range f.counts {
		done += n
	}
	return barOf(int64(done), int64(f.planned))
}

func barOf(done, total int64) *tea.ProgressBar {
	if total <= 0 || done <= 0 {
		return &tea.ProgressBar{State: tea.ProgressBarIndeterminate}
	}
	return &tea.ProgressBar{State: tea.ProgressBarDefault, Value: int(min(done, total) * 100 / total)}
}

// ended says that something took so long, to somebody who has turned to another window meanwhile.
func (r *Root) ended(what string, took time.Duration) tea.Cmd {
	if !r.blurred || took < longTime || r.options.Alerts == "off" {
		return nil
	}
	return tea.Raw(alert(r.options.Alerts, r.env, fmt.Sprintf("%s, after %s", what, took.Round(time.Second))))
}

// alert rings the bell, and says why where the terminal shows such notices. Inside tmux and screen only the bell gets
// through, and marks the window.
func alert(kind string, env func(string) string, text string) string {
	name := env("TERM")
	if kind == "bell" || env("TMUX") != "" || env("STY") != "" || name == "linux" || name == "dumb" {
		return "\a"
	}
	text = strings.ReplaceAll(safe.Line(text), ";", ",") // which divides OSC 777
	if strings.HasPrefix(name, "rxvt") || strings.HasPrefix(name, "foot") || env("VTE_VERSION") != "" {
		return ansi.URxvtExt("notify", "Parley", text) + "\a"
	}
	return ansi.Notify(text) + "\a"
}

// env reads the process environment.
func (r *Root) env(name string) string {
	if r.options.Env == nil {
		return ""
	}
	return r.options.Env(name)
}
