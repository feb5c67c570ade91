package ui

import (
	"strings"
	"testing"

	"parley/collections"
	"parley/ui/uitest"
)

// wordy is a paragraph.
var wordy = "Every order has an id, which the shop makes up, and a state. " + strings.Repeat("Paid, packed and posted are its states. ", 6)

// wordyRequest is open with long lines in its notes, body and hooks.
func wordyRequest(b *bench) {
	b.root.OpenRequest("users/create")
	q := b.draft()
	q.Notes = collections.Str(wordy + "\n\n- 注文は三日以内に発送されます。" + strings.Repeat("注文は三日以内に発送されます。", 5) + "\n- short")
	q.Body = collections.Body{Kind: collections.BodyText, Content: collections.Str(wordy + "\nomega")}
	q.Hooks = q.Hooks.With(collections.HookEvents()[0], collections.Str("// "+wordy))
	b.root.tab().request.SetRequest(q)
}

// rowsOf counts rows of the paragraph on a side of the request.
func (b *bench) rowsOf(side string) int {
	b.request(side)
	return seen(b)
}

// seen counts the rows of the paragraph that are seen.
func seen(b *bench) int {
	n := 0
	for line := range strings.Lines(b.Grid()) {
		if strings.Contains(line, "states") || strings.Contains(line, "Every order") {
			n++
		}
	}
	return n
}

// What wraps the text of a body wraps those of hooks and of rows, is known in the palette and is as it was at the next start.
func TestWrappingTheTextsOfARequest(t *testing.T) {
	b := open(t, 100, 40)
	wordyRequest(b)
	if b.rowsOf("Notes") < 3 || b.rowsOf("Body") != 1 || b.rowsOf("Hooks") != 1 {
		t.Errorf("at first notes take %d rows, the body %d, hooks %d", b.rowsOf("Notes"), b.rowsOf("Body"), b.rowsOf("Hooks"))
	}
	b.request("Body")
	b.Press("ctrl+p")
	b.Type("wrap text")
	b.WaitText("Wrap long lines of the text")
	b.Press("enter")
	if b.rowsOf("Body") < 3 || b.rowsOf("Hooks") < 3 || !strings.Contains(b.Grid(), "· wrapped") {
		t.Errorf("wrapped, the body takes %d rows, hooks %d\n%s", b.rowsOf("Body"), b.rowsOf("Hooks"), b.Grid())
	}
	b.draft().Headers = []collections.Entry{{Name: "A", Value: collections.Str(wordy)}}
	b.root.tab().request.SetRequest(b.draft())
	b.request("Headers")
	b.Press("ctrl+x", "B")
	if got := seen(b); got < 3 {
		t.Errorf("the text of headers takes %d rows\n%s", got, b.Grid())
	}
	b.request("Notes")
	b.Press("ctrl+x", "W")
	b.WaitText("notes are always wrapped")
	b.again(100, 40)
	b.request("Body")
	b.WaitText("· wrapped")
	b.Press("ctrl+x", "W")
	if strings.Contains(b.Grid(), "· wrapped") {
		t.Errorf("it stays wrapped\n%s", b.Grid())
	}
}

// Beside what is wrong with a text there is still where the cursor is.
func TestTheCursorsPlaceIsToldBesideAComplaint(t *testing.T) {
	b := typingJSON(t, "{}\n, 1", 80, 24)
	b.Press("ctrl+x", "W", "ctrl+end")
	b.WaitText("expected nothing more")
	if !strings.Contains(b.Grid(), " 2:4\n") {
		t.Errorf("the place of the cursor is not told:\n%s", b.Grid())
	}
}

// The cursor stays in view when the screen becomes another one, and the mouse goes to what it points at.
func TestAWrappedBodyFollowsTheScreen(t *testing.T) {
	b := open(t, 100, 40)
	wordyRequest(b)
	b.root.tab().request.SetWrap(true)
	b.request("Body")
	b.Press("ctrl+home", "end", "end")
	for _, size := range [][2]int{{60, 16}, {200, 60}, {80, 24}, {100, 40}} {
		b.Resize(size[0], size[1])
		uitest.Exact(t, b.View().Content, size[0], size[1])
		if b.View().Cursor == nil {
			t.Errorf("at %v the cursor is not seen\n%s", size, b.Grid())
		}
	}
	x, y := b.at("omega")
	b.Click(x, y)
	b.Type("The ")
	if got := b.draft().Body.Content.Text; !strings.HasSuffix(got, "\nThe omega") {
		t.Errorf("a click on the last line and typing makes %q", got[len(got)-20:])
	}
}
