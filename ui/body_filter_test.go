package ui

import (
	"strings"
	"testing"
)

// filtered sends the first request and types a filter of its body.
func (b *bench) filtered(typed string) {
	b.t.Helper()
	b.Press("f5")
	b.WaitText(`"name": "GitHub"`)
	b.Press("alt+4", "f")
	b.Type(typed)
}

func TestABodyIsFilteredAsOneTypes(t *testing.T) {
	b := open(t, 120, 36)
	b.filtered(".name")
	b.WaitText("1 result")
	b.WaitText("result of jq, keys sorted")
	b.WaitFor("the result alone", func(grid string) bool {
		return strings.Contains(grid, `1  "GitHub"`) && !strings.Contains(grid, `"location"`)
	})
	b.Type("[")
	b.WaitText("^ ")
	if grid := b.Grid(); !strings.Contains(grid, `1  "GitHub"`) {
		t.Errorf("a mistake takes the last result away:\n%s", grid)
	}
	b.Press("backspace", "enter", "y")
	b.WaitFor("the clipboard", func(string) bool { return b.Clipboard() == `"GitHub"` })
	b.Press("esc")
	b.WaitText(`"location"`)
	b.Press("f", "up")
	b.WaitText("1 result")
	b.Press("esc")
	b.WaitText(`"location"`)
}

func TestAFilterIsLeftWhereTheBodyWas(t *testing.T) {
	b := open(t, 80, 24)
	b.filtered("")
	b.Press("esc", "G", "up")
	before := b.Grid()
	b.Press("f")
	b.Type(".id")
	b.WaitText("1 result")
	b.Press("esc")
	if got := b.Grid(); got != before {
		t.Errorf("the body is\n%s\nand was\n%s", got, before)
	}
}

func TestACommandIsRunOnlyWhenAgreedTo(t *testing.T) {
	b := open(t, 120, 36)
	b.filtered("!tr a-z A-Z")
	b.WaitText("enter runs it on this machine")
	b.Press("enter")
	b.WaitText("Run this command?")
	if grid := b.Grid(); !strings.Contains(grid, "tr a-z A-Z") || strings.Contains(grid, `"NAME"`) {
		t.Errorf("the question does not name the command, or it ran:\n%s", grid)
	}
	b.Press("esc")
	if strings.Contains(b.Grid(), "running") {
		t.Error("it runs without consent")
	}
	b.Press("enter", "r")
	b.WaitText(`"NAME"`)
}

func TestFiltersAreRemembered(t *testing.T) {
	b := open(t, 120, 36)
	b.filtered(".login")
	b.WaitText("1 result")
	b.Press("enter")
	if err := b.root.remember(); err != nil {
		t.Fatal(err)
	}
	again := b.killed()
	again.filtered("")
	again.Press("up")
	again.WaitText("jq › .login")
	again.WaitText("1 result")
}

func TestAFilterStaysOnWhenTheRequestIsSentAgain(t *testing.T) {
	b := open(t, 120, 36)
	b.filtered(".name")
	b.WaitText("1 result")
	b.Press("enter", "f5")
	b.WaitFor("the part of the new body", func(grid string) bool {
		return b.root.tab().job == nil && strings.Contains(grid, `1  "GitHub"`) && strings.Contains(grid, "1 result")
	})
	b.Press("esc")
	b.WaitText(`"location"`)
	b.Press("f5")
	b.WaitFor("the whole body", func(grid string) bool { return b.root.tab().job == nil && strings.Contains(grid, `"location"`) })
}

func TestACommandIsNotRunAgainByItself(t *testing.T) {
	b := open(t, 120, 36)
	b.filtered("!tr a-z A-Z")
	b.Press("enter")
	b.WaitText("Run this command?")
	b.Press("r")
	b.WaitText(`"NAME"`)
	b.Press("enter", "f5")
	b.WaitText("enter runs it on this machine")
	if grid := b.Grid(); strings.Contains(grid, `"NAME"`) {
		t.Errorf("it ran:\n%s", grid)
	}
}
