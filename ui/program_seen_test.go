package ui_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/testdata/terminal"
)

// pick opens what the palette finds under that name.
func pick(d *terminal.Driver, name string) {
	d.Keys("ctrl+p")
	d.Sees("Search actions, requests")
	d.Type(name)
	d.SeesLine("│▌", name)
	d.Keys("enter")
	d.SeesNo("enter pick · esc close")
}

// side shows a side of the response.
func side(d *terminal.Driver, name string) { pick(d, "Response: "+name) }

// sent opens a request, sends it and waits for a text of the answer.
func sent(d *terminal.Driver, path, text string) {
	pick(d, path)
	d.Keys("f5")
	d.Sees(text)
	d.SeesNo(" Stop")
}

func showsWhatHappened(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	sent(d, "redirects/another-origin", "200 OK")
	side(d, "Attempts")
	d.Sees("Attempts 2", "↪ GET", "302 Found", "200 OK")
	d.Keys("G", "enter")
	d.Sees("▾ 1  200 OK", "host: ")

	sent(d, "cookies/set-guarded", "200 OK")
	side(d, "Cookies")
	d.SeesLine("guarded", "HttpOnly", "stored")
	d.SeesLine("guarded", "yes", "sent")
	d.Sees("host and path match")

	sent(d, "users/list", "200 OK")
	side(d, "Cookies")
	d.SeesLine("guarded", "yes", "not sent")
	d.Sees("it is for paths below /cookies")
	d.Keys("]", "]", "]")
	d.SeesLine("→", "GET /users")
	d.Keys("G", "/")
	d.Type("200 ok")
	d.Keys("enter")
	d.SeesLine("←", "HTTP/1.1 200 OK")
	d.Sees("1 line · n next")
	d.Keys("esc")
	d.SeesNo("n next")

	sent(d, "tour/self-signed", "TLS not verified")
	side(d, "Timing")
	d.Keys("alt+z")
	d.Sees("Not verified", "Certificate", "until 20", "SHA-256", "the server chose h2")
	d.Keys("ctrl+c")
	d.Leaves()
}

func showsWhatRuns(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	pick(d, "failures/rate-limited-until")
	side(d, "Attempts")
	d.Keys("f5")
	d.Sees("retry 1 of 2 in", "429 Too Many Requests", "esc stops")
	d.SeesLine("↻  retry 1 of 2", "Retry-After")
	d.Keys("ctrl+c")
	d.SeesNo(" Stop")
	d.Sees("429 Too Many Requests")

	sent(d, "tour/retry", "200 OK")
	side(d, "Attempts")
	d.Sees("Attempts 3")
	d.SeesLine("↻  backoff", "200 ms")
	d.SeesLine("▸ 3  200 OK")

	pick(d, "streams/slow-download")
	d.Keys("f5")
	d.SeesLine("receiving", "%)", "/s", "left")
	d.Keys("ctrl+c")
	d.SeesNo(" Stop")

	pick(d, "tour/events")
	d.Keys("f5")
	d.SeesLine("message", "1", `{"n":1,"of":10}`)
	d.Sees("live")
	d.Sees("connects again in")
	d.Keys("esc")
	d.Sees("■ stopped")
	if screen := d.Screen(); !strings.Contains(screen, `{"n":10,"of":10}`) {
		t.Errorf("the newest event is not in view:\n%s", screen)
	}
	d.Keys("ctrl+c")
	d.Leaves()
}

func showsTokens(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	sent(d, "authentication/oauth2-client", "200 OK")
	d.Keys("alt+t")
	d.Sees("OAuth 2 tokens")
	d.SeesLine("playground", "good for", "client credentials")
	d.Keys("d")
	d.Sees("There are no tokens yet")
	d.Keys("esc")
	d.SeesNo("OAuth 2 tokens")

	pick(d, "authentication/oauth2-device")
	d.Keys("f5")
	d.Sees("Waiting for you", "enter the code", "copy the code")
	d.Sees("200 OK") // the playground allows it by itself
	d.SeesNo("Waiting for you")

	pick(d, "authentication/oauth2-sign-in")
	d.Keys("f5")
	d.Sees("Open this page in a browser", "stop waiting")
	d.Keys("esc")
	d.SeesNo("stop waiting")
	response, err := http.Get(pageToOpen(d) + "&approve=1") // as a browser would
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	d.Sees(`"authenticated": true`, "200 OK")
	d.Keys("alt+t")
	d.SeesLine("public", "good for", "authorization code")
	d.Keys("esc")
	d.SeesNo("OAuth 2 tokens")

	sent(d, "authentication/basic-refused", "401 Unauthorized")
	d.Sees("it asks for basic")
	d.Keys("ctrl+c")
	d.Leaves()
}

// pageToOpen puts together the URL that the response pane names in several lines.
func pageToOpen(d *terminal.Driver) string {
	_, after, _ := strings.Cut(d.Screen(), "Open this page in a browser")
	page := ""
	for _, line := range strings.Split(after, "\n")[1:] {
		text := strings.TrimSpace(line[strings.LastIndex(line, "│")+len("│"):])
		if strings.HasPrefix(text, "esc stops") {
			break
		}
		page += text
	}
	return page
}
