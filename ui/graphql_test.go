package ui

import (
	"strings"
	"testing"
)

func TestAGraphQLBodyIsWrittenAndSent(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		b := open(t, size[0], size[1])
		b.Press("ctrl+l")
		b.Paste("{{base_url}}/anything")
		b.root.tab().request.Show("Body")
		b.Press("alt+3", "shift+tab")
		b.root.tab().request.Enter(1)
		b.root.tab().request.Step(1)
		for range 20 {
			if strings.Contains(b.Grid(), "Body graphql") {
				break
			}
			b.Press("right")
		}
		b.WaitText("Query")
		b.Press("down")
		b.Paste("query Q($n: Int) { a }")
		b.Press("alt+down")
		b.Paste(`{"n": 1}`)
		b.Press("alt+down")
		b.Type("Q")
		b.WaitText("Operation")
		b.Press("alt+up", "alt+up", "ctrl+s")
		b.WaitText("saved")
		text := b.read("tour/first-get.toml")
		for _, want := range []string{"query Q($n: Int) { a }", `{"n": 1}`, "operation = \"Q\""} {
			if !strings.Contains(text, want) {
				t.Errorf("the file has no %s:\n%s", want, text)
			}
		}
		b.Press("ctrl+t")
		b.Type("POST")
		b.Press("enter", "f5")
		b.WaitText("200 OK")
		b.WaitFor("the answer", func(string) bool { return b.root.tab().job == nil })
		body := b.root.tab().exchange.Response().Body
		sent := make([]byte, body.Size())
		if _, err := body.ReadAt(sent, 0); !strings.Contains(string(sent), `"operationName": "Q"`) {
			t.Errorf("%v: what was sent came back as\n%s", err, sent)
		}
	}
}
