package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// However small the screen and wherever focus is, what was sent for is seen.
func TestAnAnswerIsSeen(t *testing.T) {
	for _, setup := range [][]string{{}, {"alt+1"}, {"alt+3"}, {"alt+3", "alt+z"}, {"alt+z"}} {
		b := open(t, 60, 16)
		b.Press(setup...)
		b.Press("f5")
		b.WaitText("200 OK")
		b.WaitText(`"login"`)
	}
}

func TestTitlesWithoutRoomAreHintedAt(t *testing.T) {
	b := open(t, 60, 16)
	b.Press("alt+3")
	if !strings.Contains(b.Grid(), " ›") {
		t.Errorf("nothing tells of more sections:\n%s", b.Grid())
	}
	b.root.tab().request.Show("Notes")
	if !strings.Contains(b.Grid(), "  Notes ") {
		t.Errorf("the chosen section has no title:\n%s", b.Grid())
	}
}

func TestAProtectedEnvironmentIsAlwaysSeen(t *testing.T) {
	b := open(t, 120, 36)
	if err := os.WriteFile(filepath.Join(b.dir, "environments", "prod.toml"), []byte("protected = true\n[vars]\nbase_url = \"http://prod.test\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Press("alt+e")
	b.WaitFor("the environment", func(string) bool {
		b.Press("esc", "alt+e")
		return strings.Contains(b.Grid(), "prod ")
	})
	b.Type("prod")
	b.Press("enter")
	b.WaitText("env prod")
	b.Resize(60, 16)
	b.WaitText("prod is protected")
	b.Press("ctrl+t")
	b.Type("DELETE")
	b.Press("enter", "f5")
	b.WaitText("Type its name")
	b.Type("no")
	b.Press("enter")
	b.WaitText(`that is not "prod"`)
	if b.root.tab().job != nil {
		t.Error("it was sent all the same")
	}
}
