package ui

import (
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/httpcore/body"
)

// before is what orders was some time ago.
var before = strings.NewReplacer(
	`"state":"open"`, `"state":"new"`,
	`"id":3,"state":"paid","total":0.10`, `"id":3,"state":"paid","total":0.1`,
	`{"sku":"B-7","count":1}`, `{"sku":"B-8","count":1},{"sku":"B-7","count":1}`,
	`,"more":true`, "",
).Replace(orders)

// remembers puts an answer into the history.
func (b *bench) remembers(text string) history.ID {
	b.t.Helper()
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	id, err := b.root.history.Add(b.t.Context(), history.Meta{Request: "users/github"}, answered(b.t, "application/json", text))
	if err != nil {
		b.t.Fatal(err)
	}
	b.Send(takenIn{}) // it is listed
	return id
}

// compares shows an answer beside the one before it.
func (b *bench) compares() {
	b.t.Helper()
	b.remembers(before)
	b.body("application/json", orders)
	b.Press("=")
	b.WaitText(" ago")
	b.Press("enter")
	b.WaitText("to what is shown")
}

func TestComparing(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.compares()
	first := b.View().Content
	b.Press("n")
	if b.View().Content == first {
		t.Error("n does not go on to the next change")
	}
	b.Press("N")
	if b.View().Content != first {
		t.Error("N does not lead back")
	}
	b.Press("v")
	if b.View().Content == first {
		t.Error("v does not show it the other way")
	}
	b.Press("esc")
	b.WaitFor("the response", func(grid string) bool { return !strings.Contains(grid, "to what is shown") })
}

func TestComparingFromTheList(t *testing.T) {
	b := openFixed(t, 120, 36)
	same := b.remembers(orders)
	if cmd := b.root.CompareExchange(same); cmd == nil {
		t.Fatal("nothing happens without a response")
	}
	b.body("application/json", orders)
	b.Press("alt+z", "alt+1")
	b.click("History")
	b.WaitText("▌200 GET users/github")
	b.Press("g", "=")
	b.WaitText("the two are alike")
	if b.root.overlays.Top() != nil {
		t.Error("there is something to see of what is alike")
	}
}

// comparing counts the goroutines that compare.
func comparing() int {
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return strings.Count(string(stacks), "diff.Compare(")
}

// A comparison takes as long as the bodies are large. It ends when a person stops it, and with what it is about.
func TestAComparisonIsStopped(t *testing.T) {
	for name, end := range map[string]struct {
		do    func(*bench)
		shows string
	}{
		"esc":              {func(b *bench) { b.Press("esc") }, "the comparison was stopped"},
		"ctrl+c":           {func(b *bench) { b.Press("ctrl+c") }, "the comparison was stopped"},
		"the tab closes":   {func(b *bench) { b.Press("alt+w") }, ""},
		"another response": {func(b *bench) { b.root.show(b.root.tab(), answered(b.t, "text/plain", "short"), "") }, "short"},
	} {
		t.Run(name, func(t *testing.T) {
			b := openFixed(t, 120, 36)
			old := b.remembers(before)
			x := answered(t, "application/json", orders)
			store := body.NewStore(body.StoreOptions{}) // it never ends, and so nor does comparing it
			t.Cleanup(func() { store.Close() })
			if _, err := store.Write([]byte(orders)); err != nil {
				t.Fatal(err)
			}
			x.Hops[0].Attempts[0].Response.Body = store
			b.shows(x, "Body")
			b.Send(then{func() tea.Cmd { return b.root.CompareExchange(old) }})
			b.WaitText("comparing…")
			b.WaitFor("the comparison", func(string) bool { return comparing() > 0 })
			if why := b.root.whyNotCompare(); why == "" {
				t.Error("another one could be begun beside it")
			}
			end.do(b)
			b.WaitFor("its end", func(grid string) bool { return comparing() == 0 && strings.Contains(grid, end.shows) })
			b.Poll()
			if b.root.overlays.Top() != nil || b.Quit() {
				t.Errorf("what was stopped is shown:\n%s", b.Grid())
			}
		})
	}
}

// What is shown is not compared with itself: the cursor begins on the exchange before.
func TestComparingBeginsOnTheOneBefore(t *testing.T) {
	b := open(t, 80, 24)
	for i := range 3 {
		b.Press("f5")
		b.recorded("tour/first-get", i+1)
	}
	b.Press("alt+4", "=")
	b.WaitText("shown · ")
	lines := strings.Split(b.Grid(), "\n")
	for i, line := range lines {
		if strings.Contains(line, "shown · ") && !strings.Contains(lines[i+1], "▌200") {
			t.Errorf("the cursor does not begin below what is shown\n%s", b.Grid())
		}
	}
	b.Press("enter")
	b.WaitFor("the comparison", func(grid string) bool { return strings.Contains(grid, "alike") })
}
