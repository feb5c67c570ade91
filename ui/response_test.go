package ui

import (
	"strings"
	"testing"

	"parley/collections"
	"parley/httpcore"
	"parley/ui/job"
)

func TestCookiesAndRequestsOfARedirectAreShown(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/cookies/set?theme=dark")
	b.side("Cookies")
	b.WaitText("Set by the 302")
	b.WaitText("stored")
	b.side("Timing")
	b.WaitText("/cookies/set?theme=dark")
	b.side("Attempts")
	b.WaitText("↪ GET")
	b.side("Sent")
	b.WaitText("GET /cookies/set?theme=dark HTTP/1.1")
	b.WaitText("Cookie: theme=dark")
}

func TestWhyACookieWasRefused(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/response-headers?Set-Cookie=a%3D1%3B%20Domain%3Delsewhere.test")
	b.side("Cookies")
	b.WaitText("refused")
}

func TestWhatIsLongerThanItsPaneScrolls(t *testing.T) {
	b := open(t, 60, 16)
	b.ask("/redirect/6")
	b.root.tab().response.ShowSide("Sent")
	b.Press("alt+4")
	first := b.Grid()
	b.Press("G")
	if !strings.Contains(b.Grid(), "GET /get HTTP/1.1") || b.Grid() == first {
		t.Errorf("the last request cannot be reached:\n%s", b.Grid())
	}
	b.Press("g")
	if b.Grid() != first {
		t.Error("g does not lead back")
	}
	b.Wheel(10, 10, 2)
	if b.Grid() == first {
		t.Error("the wheel does nothing")
	}
}

func TestSecretsAreMasked(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().request.Show("Headers")
	b.Press("alt+3")
	b.Type("X-Key")
	b.Press("enter")
	b.Paste(`{{secret("token")}}`)
	b.Press("enter", "f5")
	b.WaitText("200 OK")
	b.side("Sent")
	b.WaitText("X-Key: •")
	if strings.Contains(b.Grid(), "s3cret-value") {
		t.Errorf("the secret is on the screen:\n%s", b.Grid())
	}
	b.Press("alt+4", "y")
	b.WaitFor("the clipboard", func(string) bool { return b.Clipboard() != "" })
	if strings.Contains(b.Clipboard(), "s3cret-value") {
		t.Error("the secret is on the clipboard")
	}
}

func TestTLSThatWasNotVerifiedIsAlwaysSaid(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
		b := open(t, size[0], size[1])
		b.root.OpenRequest("tour/self-signed")
		b.Press("f5")
		b.WaitText("TLS not verified")
	}
}

func TestARetryCountsDownAndCanBeCancelled(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("failures/rate-limited")
	b.root.tab().draft.Params = []collections.Entry{{Name: "after", Value: collections.Str("30")}, {Name: "key", Value: collections.Str("counted")}}
	b.root.tab().response.ShowSide("Attempts")
	b.Press("f5")
	b.WaitText("retry 1 of 2 in 30 s · 429 Too Many Requests")
	b.WaitText("retry 1 of 2 · Retry-After")
	b.WaitText("retry 1 of 2 in 29 s")
	b.Press("esc")
	b.WaitFor("the end", func(grid string) bool {
		return b.root.tab().job == nil && strings.Contains(grid, "429 Too Many Requests")
	})
}

func TestASideThatIsTextIsSearched(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/redirect/3")
	b.root.tab().response.ShowSide("Sent")
	b.Press("alt+4", "/")
	b.Type("get /get")
	b.Press("enter")
	b.WaitText("1 line · n next")
	b.Press("esc")
	if grid := b.Grid(); strings.Contains(grid, "1 line · n next") {
		t.Errorf("the search has not ended:\n%s", grid)
	}
}

func TestWhileItRuns(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/drip?numbytes=200&duration=20&delay=0")
	b.Press("enter")
	b.WaitText(" Stop")
	b.WaitText("receiving")
	b.WaitText("B of 200 B")
	b.side("Headers")
	b.WaitText("Content-Length")
	b.side("Timing")
	b.WaitText("connect")
	b.side("Sent")
	b.WaitText("Still running")
	// A new send takes the place of the one that runs, and what that one still says is not heard.
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/status/204")
	b.Press("enter")
	b.WaitText("204 No Content")
	b.Press("f5")
	b.WaitFor("the end", func(grid string) bool { return b.root.tab().job == nil && strings.Contains(grid, "204") })
}

// Until the content has ended the engine may be writing the trailers: they are not looked at before.
func TestTrailersAreListedOnceTheResponseHasEnded(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/get")
	b.side("Headers")
	x := b.root.tab().exchange
	x.Response().Trailers = httpcore.Fields{{Name: "X-Checksum", Value: "as-it-ended"}}
	shown := b.root.tab().response
	shown.Running(job.State{Response: x.Response(), Started: b.root.now()}, b.root.now())
	b.Press("alt+4")
	if strings.Contains(b.Grid(), "as-it-ended") {
		t.Errorf("a trailer is there before the end:\n%s", b.Grid())
	}
	b.WaitText("Content-Type")
	shown.Show(x, "")
	b.Press("alt+4")
	b.WaitText("as-it-ended")
}

func TestAResponseIsReadInAnotherCharset(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/charset/windows-1251?declare=none")
	b.WaitText("Plain ASCII")
	b.Press("alt+4", "C")
	b.WaitText("Charset of the response")
	b.Type("windows-1251")
	b.Press("enter")
	b.WaitText("съешь ещё")
	b.WaitText("as windows-1251")
	b.Press("C")
	b.Type("shift_jis")
	b.Press("enter")
	b.WaitText("as shift_jis")
	if strings.Contains(b.Grid(), "съешь") {
		t.Errorf("the text is still read as before:\n%s", b.Grid())
	}
	b.Press("f5")
	b.WaitFor("the choice to be over", func(grid string) bool { return !strings.Contains(grid, "as shift_jis") })
}

// A failure that an option decides about says which, and the key that leads to it.
func TestAFailureLeadsToItsOption(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("ctrl+l")
	b.Type("{{tls_url}}/get")
	b.Press("enter")
	b.WaitText("goes to the request's Options: Verify TLS")
	if !strings.Contains(b.Grid(), "^X space o") {
		t.Fatalf("no key is named\n%s", b.Grid())
	}
	b.Press("ctrl+x", "space", "o")
	if got := b.root.tab().request.Section(); got != "Options" || b.root.focus != partRequest {
		t.Errorf("the key leads to %s in part %v", got, b.root.focus)
	}
}
