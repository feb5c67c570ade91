package ui

import (
	"errors"
	"image/color"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"parley/collections/disk"
	"parley/collections/home"
	"parley/ui/action"
	"parley/ui/safe"
	"parley/ui/uitest"
)

// examined is a doctor on a terminal that answers nothing but the last question.
func examined(t *testing.T) (*doctor, *uitest.Driver) {
	t.Helper()
	keymap, err := action.NewKeymap()
	if err != nil {
		t.Fatal(err)
	}
	d := &doctor{quiz: newKeyQuiz(keymap)}
	screen := uitest.Start(t, d, 80, 20)
	screen.Send(uv.PrimaryDeviceAttributesEvent{62, 4, 52})
	return d, screen
}

func TestTheDoctorTellsWhatToPressInstead(t *testing.T) {
	d, screen := examined(t)
	if !slices.Contains(d.quiz.asked, "f5") || !slices.Contains(d.quiz.asked, "alt+z") || slices.Contains(d.quiz.asked, "j") {
		t.Fatalf("it asks for %q", d.quiz.asked)
	}
	for !d.quiz.whole() {
		screen.WaitText("press " + d.quiz.asked[d.quiz.at])
		if key := d.quiz.asked[d.quiz.at]; key == "f5" || key == "alt+z" {
			screen.Press("x")
			screen.WaitText("x came instead")
			screen.Press("space")
		} else {
			screen.Press(key)
		}
	}
	report := findingsText(t, chapter{"Keys", keyFindings(d.quiz.keymap, "xterm", d.quiz.missing)})
	for _, want := range []string{"✗ f5 does not come, for Send", "press ctrl+j", "✗ alt+z does not come", "press ctrl+x z"} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is not in\n%s", want, report)
		}
	}
}

func findingsText(t *testing.T, chapters ...chapter) string {
	t.Helper()
	var out strings.Builder
	if err := writeFindings(&out, 0, chapters...); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// What a terminal says, and what it does not say, is told with what to do about it.
func TestTheDoctorTellsWhatTheTerminalSays(t *testing.T) {
	p := place(t, "", "")
	p.Env = environment("TERM", "xterm-256color", "SSH_TTY", "/dev/pts/1")
	d, screen := examined(t)
	screen.Send(tea.WindowSizeMsg{Width: 50, Height: 12})
	screen.Send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	report := findingsText(t, d.said.chapter(p))
	for _, want := range []string{
		"✓ it answers questions", "✗ the window has 50 by 12", "make it at least 60 by 16", "✗ 16 colours, by TERM=xterm-256color", "COLORTERM=truecolor",
		"– it has not said whether its background", "– without the keyboard protocol", "✓ pictures are drawn as sixels", "– whether links",
		"✓ copying goes through the terminal, which says", "– it has not said how wide",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is not in\n%s", want, report)
		}
	}
	d.said = answers{}
	screen.Send(tea.WindowSizeMsg{Width: 120, Height: 36})
	screen.Send(tea.TerminalVersionMsg{Name: "kitty(0.35)"})
	screen.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	screen.Send(tea.BackgroundColorMsg{Color: color.White})
	screen.Send(tea.KeyboardEnhancementsMsg{Flags: 1})
	screen.Send(uv.KittyGraphicsEvent{Payload: []byte("OK")})
	for i, m := range measured {
		width := safe.Width(m.text)
		if i == 0 {
			width = 2
		}
		screen.Send(tea.CursorPositionMsg{X: width, Y: measuringRow})
	}
	report = findingsText(t, d.said.chapter(p))
	for _, want := range []string{
		"✓ it is kitty(0.35)", "✓ the window has 120 by 36", "✓ 16 million colours", "✓ the background is light, #ffffff", "✓ keys are told apart",
		"✓ pictures are drawn by the protocol of kitty", "✓ links can be clicked, as kitty", "✗ an ellipsis, whose width is ambiguous, …, is 2 wide here, and drawn for 1",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is not in\n%s", want, report)
		}
	}
	if strings.Count(report, "✗") != 1 {
		t.Errorf("more is said to be wrong:\n%s", report)
	}
	p.Env = environment("TERM", "xterm", "NO_COLOR", "1", "TMUX", "yes")
	if report := findingsText(t, untold(Terminal{Environ: []string{"TERM=xterm", "NO_COLOR=1"}}, p)); !strings.Contains(report, "no colours are drawn, by NO_COLOR=1") ||
		!strings.Contains(report, "terminal-features ',*:hyperlinks'") || !strings.Contains(report, "can only be asked of a terminal") {
		t.Error(report)
	}
}

func TestTheDoctorAsksTmuxForItsOptions(t *testing.T) {
	values := map[string]string{"extended-keys": "off", "allow-passthrough": "on", "set-clipboard": "external", "escape-time": "500"}
	report := findingsText(t, chapter{"Between", insideTmux(func(args ...string) (string, error) {
		if value, ok := values[args[len(args)-1]]; ok {
			return value, nil
		}
		return "", errors.New("no such option")
	})})
	for _, want := range []string{
		"✗ tmux has extended-keys off", "set -s extended-keys on", "✓ tmux has allow-passthrough on", "✓ tmux has set-clipboard external",
		"✗ tmux has escape-time 500", "set -s escape-time 10", "– tmux has not said what focus-events is",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is not in\n%s", want, report)
		}
	}
}

func TestTheDoctorLooksAtSettingsAndFolders(t *testing.T) {
	p := place(t, "linear = true\nfps = 900\n[keys]\nsent = \"f7\"\n", "")
	if err := os.MkdirAll(p.Home.State, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(p.Home.Config, 0o755); err != nil {
		t.Fatal(err)
	}
	config, _ := home.Load(p.FS, p.Home.ConfigFile())
	report := findingsText(t, settled(p, config))
	for _, want := range []string{
		"config.toml:2:7: fps must be a number", "config.toml:4:1: no command is called \"sent\"", "✓ linear is on", "– reduced_motion is off", "✓ " + p.Home.State + " is yours alone",
		"✗ " + p.Home.Config + " can be entered by others", "chmod 700 " + p.Home.Config, "– " + p.Home.Cache + " is made when it is needed",
	} {
		if runtime.GOOS != "windows" && !strings.Contains(report, want) {
			t.Errorf("%q is not in\n%s", want, report)
		}
	}
}

// What was found out about one terminal counts for that one, and for the next start.
func TestWhatATerminalDoesNotSendIsKept(t *testing.T) {
	p := place(t, "", "")
	p.Env = func(name string) string { return map[string]string{"TERM": "xterm", "TMUX": "yes"}[name] }
	if err := os.MkdirAll(p.Home.State, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := p.terminalKeys().save(p.terminal(), []string{"f5", "alt+1"}); err != nil {
		t.Fatal(err)
	}
	if err := p.terminalKeys().save("other", nil); err != nil {
		t.Fatal(err)
	}
	if got := p.terminalKeys().load()["xterm in tmux"]; !slices.Equal(got, []string{"alt+1", "f5"}) {
		t.Errorf("kept: %q", got)
	}
	if err := disk.WriteFile(p.FS, p.terminalKeys().file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := p.terminalKeys().load(); len(got) != 0 {
		t.Errorf("a broken file says %q", got)
	}
}

// Keys that were pressed already when the last one was asked for come before the program has ended; those before the
// first question count for nothing.
func TestTheDoctorTakesKeysAfterTheLastOne(t *testing.T) {
	space := tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	d := &doctor{quiz: &keyQuiz{asked: []string{"f5"}}}
	if _, cmd := d.Update(space); cmd != nil || len(d.quiz.missing) > 0 {
		t.Fatal("a key counts that nobody has asked for")
	}
	d.Update(unanswered{})
	for range 3 {
		if _, cmd := d.Update(space); cmd == nil {
			t.Fatal("it does not end")
		}
	}
	if len(d.quiz.missing) != 1 {
		t.Errorf("%q are missing", d.quiz.missing)
	}
	if _, cmd := (&doctor{quiz: &keyQuiz{}}).Update(unanswered{}); cmd == nil {
		t.Error("without a key to ask for, it waits for one")
	}
}

func TestFindingsAreWrappedBelowTheirBeginning(t *testing.T) {
	var out strings.Builder
	if err := writeFindings(&out, 40, chapter{"Terminal", []finding{bad("one two three four five six seven", "a b c d e f g h i j k l m n o p q r s t u v w x y z")}}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if text := strings.TrimSuffix(line, "\n"); safe.Width(text) > 40 || text != "Terminal" && !strings.HasPrefix(text, "  ") {
			t.Errorf("%q", text)
		}
	}
}
