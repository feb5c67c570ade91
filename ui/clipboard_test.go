package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestTheClipboardIsReachedInTheWayThatTheTerminalNeeds(t *testing.T) {
	for _, test := range []struct {
		name, goos string
		env        map[string]string
		installed  []string
		want       string
	}{
		{"over SSH nothing of this machine", "linux", map[string]string{"SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}, []string{"xclip"}, ""},
		{"tmux over SSH", "linux", map[string]string{"SSH_TTY": "/dev/pts/1", "TMUX": "/tmp/x"}, []string{"tmux"}, "tmux load-buffer -w -"},
		{"X11", "linux", map[string]string{"DISPLAY": ":0"}, []string{"xclip", "xsel"}, "xclip -selection clipboard"},
		{"Wayland", "linux", map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, []string{"xclip", "wl-copy"}, "wl-copy"},
		{"nothing installed", "linux", map[string]string{"DISPLAY": ":0"}, nil, ""},
		{"macOS", "darwin", nil, []string{"pbcopy"}, "pbcopy"},
	} {
		look := func(name string) (string, error) {
			if slices.Contains(test.installed, name) {
				return name, nil
			}
			return "", errors.New("not installed")
		}
		got := strings.Join(copyProgram(test.goos, func(name string) string { return test.env[name] }, look), " ")
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestInsideScreenTheTextIsWrapped(t *testing.T) {
	r := &Root{options: Options{Env: func(name string) string { return map[string]string{"STY": "1.x"}[name] }}}
	raw, ok := r.throughTerminal(strings.Repeat("text ", 200))().(tea.RawMsg)
	if !ok {
		t.Fatal("nothing was written")
	}
	for _, piece := range strings.Split(strings.TrimSuffix(raw.Msg.(string), "\x1b\\"), "\x1b\\") {
		if !strings.HasPrefix(piece, "\x1bP") || len(piece) > screenMost+8 {
			t.Errorf("screen does not pass on %q", piece)
		}
	}
}

func TestMoreThanATerminalTakesIsOfferedAsAFile(t *testing.T) {
	b := open(t, 120, 36)
	text := strings.Repeat("0123456789", 10_000)
	b.Send(then{func() tea.Cmd { return b.root.Copy(text, "the body") }})
	b.WaitText("75 kB at most; the body is 100 kB")
	if b.Clipboard() != "" {
		t.Error("it was copied without a word")
	}
	b.Press("f")
	b.WaitText("Save the body")
	path := filepath.Join(b.state, "body.txt")
	b.Press("ctrl+a", "ctrl+k")
	b.Type(path)
	b.Press("enter")
	b.WaitText("saved " + path[:20])
	if data, err := os.ReadFile(path); err != nil || string(data) != text {
		t.Errorf("the file has %d bytes: %v", len(data), err)
	}
}

func TestWordsOfACommandLine(t *testing.T) {
	for line, want := range map[string][]string{
		`code --wait`:                   {"code", "--wait"},
		`"/opt/my editor/bin" -c 'a b'`: {"/opt/my editor/bin", "-c", "a b"},
		`vim\ me -c "set \"x\" \n" '' `: {"vim me", "-c", `set "x" \n`, ""},
		"\tless  -R ":                   {"less", "-R"},
		``:                              nil,
	} {
		if got, err := words(line, false); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", line, got, err)
		}
	}
	if got, err := words(`"C:\Program Files\e.exe" C:\x`, true); err != nil || !slices.Equal(got, []string{`C:\Program Files\e.exe`, `C:\x`}) {
		t.Errorf("on Windows: %q, %v", got, err)
	}
	for _, line := range []string{`"open`, `it's`, `end\`} {
		if got, err := words(line, false); err == nil {
			t.Errorf("%s gave %q", line, got)
		}
	}
}

func TestAnEditorThatFailsChangesNothing(t *testing.T) {
	b := open(t, 120, 36)
	script := func(text string) string {
		path := filepath.Join(b.state, "an editor")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o755); err != nil {
			t.Fatal(err)
		}
		return "'" + path + "' --wait"
	}
	file := filepath.Join(b.state, "edited")
	got := "untouched"
	come := func(err error) {
		if writing := os.WriteFile(file, nil, 0o600); writing != nil {
			t.Fatal(writing)
		}
		b.Send(edited{file, func(text string) { got = text }, err})
	}
	_, missing := os.Open("/nothing/here")
	come(missing)
	b.WaitText("did not start")
	if got != "untouched" {
		t.Errorf("the text became %q", got)
	}
	b.Press("right")
	come(nil)
	if got != "" {
		t.Errorf("the text became %q", got)
	}
	b.WaitText("came back empty")
	// The command line is divided as a shell does it.
	var failure error
	b.root.exec(script(`[ "$1" = --wait ] || exit 3`), file, func(err error) tea.Msg { failure = err; return nil })
	if failure != nil {
		t.Error(failure)
	}
}
