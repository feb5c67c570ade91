package ui

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"parley/collections"
)

// arrangedNow waits until what is open has been written down.
func (b *bench) arrangedNow() {
	b.t.Helper()
	b.WaitFor("the arrangement", func(string) bool {
		a := &b.root.arrangement
		if a.rounds > 0 || a.touched != a.waited || !a.file.TryLock() {
			return false
		}
		defer a.file.Unlock()
		_, err := os.Stat(b.root.options.Memory.File)
		return err == nil
	})
}

func TestTabsAndSizesAreThereAfterAKill(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/query")
	b.root.OpenRequest("users/list")
	b.root.goTab(1)
	b.Drag(b.root.layout.Sidebar.W-1, 9, b.root.layout.Sidebar.W+5, 9)
	b.arrangedNow()
	again := b.killed()
	if was, is := fmt.Sprint(names(b.root), b.root.current, b.root.layout.Sidebar), fmt.Sprint(names(again.root), again.root.current, again.root.layout.Sidebar); is != was {
		t.Errorf("after the kill it is %s, and before it was %s", is, was)
	}
}

func TestWhereNothingHasChangedNothingIsWritten(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+1")
	b.arrangedNow()
	before, err := os.Stat(b.root.options.Memory.File)
	if err != nil {
		t.Fatal(err)
	}
	b.Press("f1", "esc")
	b.WaitFor("a wait", func(string) bool { return b.root.arrangement.rounds > 0 })
	b.arrangedNow()
	if after, err := os.Stat(b.root.options.Memory.File); err != nil || !os.SameFile(before, after) {
		t.Errorf("it was written again: %v", err)
	}
	b.Send(then{b.root.journal})
	if a := &b.root.arrangement; a.rounds != 0 {
		t.Error("it waits although nobody has touched anything")
	}
}

// What is still on its way when the program ends comes too late.
func TestTheLastWritingOfTheArrangementStands(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+1")
	late := b.root.arrangementRest()
	b.root.OpenRequest("users/list")
	if err := b.root.remember(); err != nil {
		t.Fatal(err)
	}
	late()
	was, err := b.root.options.Memory.load()
	if err != nil || !slices.ContainsFunc(was.Tabs, func(m rememberedTab) bool { return m.Path == "users/list" }) {
		t.Errorf("%+v, %v", was.Tabs, err)
	}
}

func TestCursorsInAGraphQLBodyComeBack(t *testing.T) {
	b := open(t, 120, 36)
	b.root.newTab()
	b.setURL("http://typed.example/graphql")
	b.draft().Body = collections.Body{Kind: collections.BodyGraphQL, GraphQL: collections.GraphQL{
		Query: collections.Str("query { users { name } }"), Variables: collections.Str(`{"a": 1}`),
	}}
	b.root.edit(b.root.tab(), b.draft())
	b.root.Changed(b.root.tab().request)
	b.root.setFocus(partRequest)
	b.root.tab().request.ShowSide("Body")
	b.root.tab().request.Start("Body")
	b.Press("right", "right", "right", "alt+down", "right")
	b.journaled()
	before := b.root.tab().memory().Edited
	if before.GraphQL[0].Cursor == 0 || before.GraphQL[1].Cursor == 0 || before.Part != 1 {
		t.Fatalf("%+v", before)
	}
	b.again(120, 36)
	if after := b.root.tab().memory().Edited; after.GraphQL != before.GraphQL || after.Part != before.Part {
		t.Errorf("%+v, and before %+v", after, before)
	}
}
