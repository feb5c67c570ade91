package ui

import (
	"strings"
	"testing"
)

// under is the path of what the cursor is on.
func (b *bench) under() string { return b.root.tab().response.Path() }

func TestNodesAreFoldedAndWalked(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.body("application/json", orders)
	for _, c := range []struct {
		key, path string
		seen      string // "" is not looked at
		gone      string
	}{
		{"down", "$.orders", "", ""},
		{"enter", "$.orders", "3 elements", "Lovelace"},
		{"J", "$.next", "", ""},
		{"J", "$.more", "", ""},
		{"K", "$.next", "", ""},
		{"K", "$.orders", "", ""},
		{"right", "$.orders", "Lovelace", ""},
		{"down", "$.orders[0]", "", ""},
		{"J", "$.orders[1]", "", ""},
		{"h", "$.orders[1]", "5 keys", "grace@"},
		{"h", "$.orders", "Lovelace", ""},
		{"2", "$.orders", "5 keys", "Lovelace"},
		{"0", "$.orders", "Lovelace", "5 keys"},
		{"H", "$", "", ""},
	} {
		b.Press(c.key)
		grid := b.Grid()
		if got := b.under(); got != c.path {
			t.Errorf("%s leads to %s, want %s:\n%s", c.key, got, c.path, grid)
		}
		if c.seen != "" && !strings.Contains(grid, c.seen) || c.gone != "" && strings.Contains(grid, c.gone) {
			t.Errorf("after %s, %q should be seen and %q not:\n%s", c.key, c.seen, c.gone, grid)
		}
	}
}

func TestAClickOnAFoldMarkFolds(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.body("application/json", orders)
	x, y := b.at("2▾")
	b.Click(x+1, y)
	if grid := b.Grid(); !strings.Contains(grid, "2▸") || !strings.Contains(grid, "3 elements") {
		t.Fatalf("the node is not folded:\n%s", grid)
	}
	b.Click(x+1, y)
	if grid := b.Grid(); !strings.Contains(grid, "Lovelace") {
		t.Errorf("the node is not unfolded:\n%s", grid)
	}
}

func TestASearchOpensWhatHidesItsHit(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.body("application/json", orders)
	b.Press("1", "/")
	b.Type("linus")
	b.WaitText("Linus")
	b.Press("enter")
	b.WaitFor("the place", func(string) bool { return b.under() == "$.orders[2].customer.name" })
}

// Folding to a depth keeps the place, though the lines of a long body come to be known anew.
func TestFoldingToADepthKeepsThePlace(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.body("application/json", "["+strings.Repeat(orders+",", 6000)+"0]")
	b.Press(":")
	b.Type("99%")
	b.Press("enter")
	before, _, _ := strings.Cut(b.under(), ".")
	b.Press("1")
	b.WaitFor("the place", func(string) bool { return b.under() == before })
}
