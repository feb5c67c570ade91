package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/job"
)

func TestTheTerminalShowsWhatRunsForAWhile(t *testing.T) {
	b := open(t, 120, 36)
	if title := b.View().WindowTitle; title != "first-get · playground · Parley" {
		t.Errorf("the title is %q", title)
	}
	b.Press("ctrl+n")
	b.Type(b.play.URL + "/drip?duration=20&numbytes=20&delay=0")
	b.Press("enter")
	b.WaitText("esc stops")
	if !strings.HasPrefix(b.View().WindowTitle, "◌ ") {
		t.Errorf("the title does not say that something runs: %q", b.View().WindowTitle)
	}
	if b.View().ProgressBar != nil {
		t.Error("there is progress before a second has gone")
	}
	b.WaitFor("progress", func(string) bool { return b.View().ProgressBar != nil })
	b.Press("esc")
	b.WaitText("✗")
	if bar := b.View().ProgressBar; bar != nil {
		t.Errorf("progress is left at %v", bar)
	}
}

// A terminal's title is kept by multiplexers and seen by others; so are notices of the desktop.
func TestNothingSecretOfAURLLeavesTheScreen(t *testing.T) {
	for typed, want := range map[string]string{
		"https://ada:s3cret@api.test/users?token=s3cret#s3cret": "https://api.test/users",
		"ada:s3cret@api.test":                "api.test",
		"api.test/users/7":                   "api.test/users/7",
		"https://api.test?key=s3cret":        "https://api.test",
		"{{base}}/users?key=s3cret":          "{{base}}/users",
		"https://api.test/at@/x?to=a://b@c/": "https://api.test/at@/x",
	} {
		tab := &tab{draft: &collections.Request{URL: collections.Str(typed)}}
		if got := tab.outsideName(); got != want {
			t.Errorf("%s is told as %s, want %s", typed, got, want)
		}
	}
	b := open(t, 120, 36)
	b.Press("ctrl+n")
	b.Type("https://ada:s3cret@api.test/users?token=s3cret")
	if title := b.View().WindowTitle; title != "https://api.test/users · playground · Parley" {
		t.Errorf("the title is %q", title)
	}
}

func TestProgressIsToldInPercentWhereTheSizeIsKnown(t *testing.T) {
	now := time.Now()
	tab := &tab{job: &job.Job{}, slow: true, state: job.State{Started: now.Add(-2 * time.Second), Sent: 50, SendTotal: 200}}
	if bar := tab.progressBar(now); bar == nil || bar.State != tea.ProgressBarDefault || bar.Value != 25 {
		t.Errorf("an upload of which a quarter is sent shows %v", bar)
	}
	tab.state.SendTotal = -1
	if bar := tab.progressBar(now); bar == nil || bar.State != tea.ProgressBarIndeterminate {
		t.Errorf("one of unknown size shows %v", bar)
	}
}

func TestTheEndOfWhatTookLongIsToldToWhoLooksElsewhere(t *testing.T) {
	for _, test := range []struct {
		name, kind string
		blurred    bool
		took       time.Duration
		env        map[string]string
		want       string
	}{
		{"a window that has focus", "auto", false, time.Minute, nil, ""},
		{"what was quick", "auto", true, 9 * time.Second, nil, ""},
		{"switched off", "off", true, time.Minute, nil, ""},
		{"a bell", "bell", true, time.Minute, nil, "\a"},
		{"most terminals", "auto", true, time.Minute, map[string]string{"TERM": "xterm-256color"}, "\x1b]9;get, has answered, after 1m0s\a\a"},
		{"foot", "auto", true, time.Minute, map[string]string{"TERM": "foot"}, "\x1b]777;notify;Parley;get, has answered, after 1m0s\a\a"},
		{"tmux", "auto", true, time.Minute, map[string]string{"TERM": "screen", "TMUX": "/tmp/x"}, "\a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &Root{blurred: test.blurred, options: Options{Alerts: test.kind, Env: func(name string) string { return test.env[name] }}}
			cmd := r.ended("get; has answered", test.took)
			got := ""
			if cmd != nil {
				got, _ = cmd().(tea.RawMsg).Msg.(string)
			}
			if got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	b := open(t, 80, 24)
	if !b.View().ReportFocus {
		t.Error("the terminal is not asked about focus")
	}
	b.Send(tea.BlurMsg{})
	if !b.root.blurred {
		t.Error("losing focus is not noticed")
	}
	b.Send(tea.FocusMsg{})
	if b.root.blurred {
		t.Error("getting focus back is not noticed")
	}
}

func TestASlowTaskIsShownAndStopped(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		b := open(t, 120, 36)
		from := &slowText{text: strings.Repeat("x", 4000), more: make(chan struct{})}
		path := filepath.Join(b.state, "out.txt")
		b.Send(then{func() tea.Cmd { return b.root.saveTo(from, path, createNew) }})
		b.WaitText("saving out.txt")
		b.WaitText("1.0 kB of 4.0 kB (25 %)")
		b.WaitText("esc stops")
		b.Press(key)
		close(from.more)
		b.WaitText("stopped saving out.txt")
		if _, err := os.Stat(path); err == nil {
			t.Error("half a file is left behind")
		}
		if b.Quit() {
			t.Error("the program has ended")
		}
	}
}

// slowText hands out its first kilobyte, and the rest when more is closed.
type slowText struct {
	text string
	more chan struct{}
}

func (s *slowText) Size() int64 { return int64(len(s.text)) }

func (s *slowText) ReadAt(p []byte, at int64) (int, error) {
	if at >= 1000 {
		<-s.more
	}
	return copy(p[:min(len(p), 1000)], s.text[at:]), nil
}
