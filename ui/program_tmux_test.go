package ui_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"parley/testdata/terminal"
)

// worksInsideTmux copies, is suspended and comes back inside a tmux that nobody has set up.
func worksInsideTmux(t *testing.T, p program) {
	tmux, err := exec.LookPath("tmux")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("tmux is to be installed where all is tested")
		}
		t.Skip("tmux is not installed")
	}
	// Sockets have short names: their path is bounded.
	folder, err := os.MkdirTemp("", "t")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	socket, config := filepath.Join(folder, "s"), filepath.Join(folder, "c")
	shell := filepath.Join(folder, "rc")
	for file, text := range map[string]string{config: "set -s escape-time 0\n", shell: "PS1='a-shell$ '\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	of := func(args ...string) *exec.Cmd {
		return exec.Command(tmux, append([]string{"-S", socket, "-f", config}, args...)...)
	}
	cmd := of("new-session", "sh")
	cmd.Env = append(p.command().Env, "TERM=xterm-256color", "TMUX=", "ENV="+shell)
	d := terminal.Drive(t, cmd, terminal.Options{Width: 120, Height: 36})
	t.Cleanup(func() { of("kill-server").Run() }) //nolint:errcheck // it may have ended
	d.Sees("a-shell$")
	d.Type(p.file + " demo --fresh -C " + p.demo + "\r")
	d.Sees("self-signed", "Send")
	d.Keys("f5")
	d.Sees("200 OK", `"name": "GitHub"`)
	title, err := of("display-message", "-p", "#{pane_title}").Output()
	if err != nil || !strings.Contains(string(title), "first-get · playground · Parley") {
		t.Errorf("the title is %q: %v", title, err)
	}

	d.Keys("ctrl+l", "ctrl+c")
	d.Sees("copied the selection")
	d.Keys("alt+4")
	copied := "{{base_url}}/users/github"
	d.Sees("200 OK")
	for !strings.Contains(string(buffer(of)), copied) { // its program runs beside the screen
		d.Turn("]")
	}
	if !bytes.Contains(d.Output(), []byte("\x1b]52;")) {
		t.Error("tmux has not handed the text on to its terminal")
	}

	d.Keys("ctrl+p")
	d.Sees("Palette")
	d.Type("Suspend")
	d.SeesLine("▌›", "Suspend")
	d.Keys("enter")
	// The first prompt is back with the shell's screen, before the program has stopped: what is typed then is lost.
	d.Becomes("another prompt", func(screen string) bool { return strings.Count(screen, "a-shell$") == 2 })
	d.Type("fg\r")
	d.Sees("200 OK", "self-signed", "Send")
	d.Keys("ctrl+c")
	d.SeesNo("self-signed")
	d.Sees("a-shell$")
	d.Type("exit\r")
}

func buffer(of func(...string) *exec.Cmd) []byte {
	text, err := of("show-buffer").Output()
	if err != nil {
		return nil // there is none yet
	}
	return text
}

// secondAndAHalf is that or more: a busy machine leaves some tenths out.
var secondAndAHalf = regexp.MustCompile(`\b(1\.[5-9]|[2-9]\.\d) s`)

// tellsTheTerminal shows progress in the title bar while a request runs, and takes it back, also when it is ended from
// outside.
func tellsTheTerminal(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	send := func() {
		d.Keys("ctrl+l")
		d.Type("{{base_url}}/delay/10\r")
		d.Sees("esc stops")
		d.Becomes("a second and a half", func(screen string) bool { return secondAndAHalf.MatchString(screen) })
		if last := lastProgress(d.Output()); last != "3" {
			t.Errorf("while it runs, progress is %q", last)
		}
	}
	send()
	d.Keys("esc")
	d.Sees("Stopped")
	d.SeesNo("esc stops")
	if last := lastProgress(d.Output()); last != "0" {
		t.Errorf("after it, progress is %q", last)
	}
	send()
	if err := d.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	d.Leaves()
	if last := lastProgress(d.Output()); last != "0" {
		t.Errorf("the program has left progress at %q", last)
	}
}

// lastProgress is the state of the progress that was set last: OSC 9;4;STATE.
func lastProgress(output []byte) string {
	_, after, found := strings.Cut(string(output[max(0, bytes.LastIndex(output, []byte("\x1b]9;4;"))):]), "\x1b]9;4;")
	if !found || after == "" {
		return ""
	}
	return after[:1]
}
