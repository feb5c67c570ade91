package ui

import (
	"os"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/collections/disk"
	"parley/ui/action"
	"parley/ui/uitest"
)

func TestTheDoctorTellsWhatToPressInstead(t *testing.T) {
	keymap, err := action.NewKeymap()
	if err != nil {
		t.Fatal(err)
	}
	d := newDoctor(keymap)
	if !slices.Contains(d.asked, "f5") || !slices.Contains(d.asked, "alt+z") || slices.Contains(d.asked, "j") {
		t.Fatalf("it asks for %q", d.asked)
	}
	screen := uitest.Start(t, d, 80, 10)
	for !d.whole() {
		screen.WaitText("press " + d.asked[d.at])
		if key := d.asked[d.at]; key == "f5" || key == "alt+z" {
			screen.Press("x")
			screen.WaitText("x came instead")
			screen.Press("space")
		} else {
			screen.Press(key)
		}
	}
	var out strings.Builder
	if err := d.report(&out, "xterm"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"xterm does not send 2 of", "f5", "Send", "press ctrl+j", "alt+z", "press ctrl+x z"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
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

// Keys that were pressed already when the last one was asked for come before the program has ended.
func TestTheDoctorTakesKeysAfterTheLastOne(t *testing.T) {
	space := tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	d := &doctor{asked: []string{"f5"}}
	for range 3 {
		if _, cmd := d.Update(space); cmd == nil {
			t.Fatal("it does not end")
		}
	}
	if len(d.missing) != 1 {
		t.Errorf("%q are missing", d.missing)
	}
	if none := (&doctor{}); none.Init() == nil {
		t.Error("without a key to ask for, it waits for one")
	}
}
