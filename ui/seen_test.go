package ui

import "testing"

// An expectation is written about the response that is there: its members are at hand as one types.
func TestExpressionsCompleteWithTheResponse(t *testing.T) {
	b := open(t, 120, 36)
	seen := func(string) bool { return b.root.tab().exchange != nil && b.root.tab().seen == b.root.tab().exchange }
	b.root.tab().request.Show("Expect")
	b.Press("alt+3")
	b.Type("is known")
	b.Press("tab")
	b.Type("sta")
	b.WaitText("the code, such as 200")
	b.Press("down", "tab", "f5")
	b.WaitText("200 OK")
	b.WaitFor("what the response has", seen)
	b.Press("ctrl+a", "ctrl+k")
	b.Type("json.pub")
	b.WaitText("a number")
	b.Press("down", "tab")
	b.Type(" == 512")
	b.WaitText("✓ 1/1")
	if got := b.root.tab().draft.Expect; len(got) != 1 || got[0].Value.Text != "json.public_repos == 512" {
		t.Errorf("the request expects %+v", got)
	}
	// What was learned of one response is not told of the next.
	b.setURL("{{base_url}}/status/204")
	b.Press("f5")
	b.WaitText("204 No Content")
	b.WaitFor("what the response has", seen)
	b.Press("alt+3", "enter", "ctrl+a", "ctrl+k")
	b.Type("json.pub")
	if list, _, _ := b.root.completion(); list != nil {
		t.Errorf("members of another response are offered:\n%s", b.Grid())
	}
	b.Press("ctrl+a", "ctrl+k")
	b.Type("json")
	b.WaitText("the body as JSON")
}
