package ui

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore/auth"
)

func TestATokenIsGotShownRefreshedAndForgotten(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("authentication/oauth2-password")
	b.root.tab().request.Show("Auth")
	b.WaitText("Token: obtained when the request is sent")
	b.Press("alt+t")
	b.WaitText("There are no tokens yet")
	b.Press("a")
	b.WaitText("there is a token")
	b.WaitText("good for")
	b.WaitText("password")
	b.Press("r")
	b.WaitFor("the refreshed token", func(grid string) bool { return b.root.errand == nil && strings.Contains(grid, "good for") })
	b.Press("esc", "f5")
	b.WaitText("200 OK")
	b.WaitText("Token: good for 1")
	b.Press("alt+t")
	b.WaitText("Gives it")
	b.Press("d")
	b.WaitText("the token is forgotten")
	b.WaitText("There are no tokens yet")
	b.Press("esc")
	b.WaitText("Token: obtained when the request is sent")
}

func TestSigningInAsksThePersonAndGoesOnByItself(t *testing.T) {
	pages := make(chan string, 1)
	b := &bench{now: time.Now, fsys: disk.OS()}
	b.browser = func(_ context.Context, page string) error {
		pages <- page
		return nil
	}
	made(t, b, 120, 36)
	b.root.OpenRequest("authentication/oauth2-sign-in")
	b.Press("f5")
	b.WaitText("Waiting for you")
	b.WaitText("Sign in with the browser")
	b.Press("x", "y") // the dialog came by itself: the first key is not for it
	page := <-pages
	b.WaitFor("the clipboard", func(string) bool { return b.Clipboard() == page })
	b.WaitText("Waiting for you") // still said where the response will be
	allow(t, page)
	b.WaitText("200 OK")
	if grid := b.Grid(); strings.Contains(grid, "Waiting for you") {
		t.Errorf("it still waits:\n%s", grid)
	}
}

// allow does what a person does who signs in and allows what is asked for.
func allow(t *testing.T, page string) {
	t.Helper()
	response, err := http.Get(page + "&approve=1")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("%d, %v: %s", response.StatusCode, err, text)
	}
}

func TestTheCodeOfADeviceIsShownAndTheWaitCanBeStopped(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("authentication/oauth2-device")
	b.Press("f5")
	b.WaitText("and enter the code")
	b.Press("x", "c")
	b.WaitFor("the clipboard", func(string) bool { return len(b.Clipboard()) > 3 })
	b.Press("esc")
	b.WaitFor("the end", func(string) bool { return b.root.tab().job == nil })
	if tokens, err := b.root.options.Tokens.List(); err != nil || len(tokens) != 0 {
		t.Errorf("%v, %v", tokens, err)
	}
}

func TestA401SaysWhatIsAskedForAndOffersIt(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/basic-auth/ada/engine")
	b.WaitText("The server asks for basic auth")
	b.Press("alt+a")
	b.WaitText("fill in what basic auth needs")
	b.WaitText("Username")
	if kind := b.root.tab().draft.Auth.Type.Text; kind != "basic" {
		t.Errorf("the type is %q", kind)
	}
}

func TestTheWordsOfANotice(t *testing.T) {
	const text = "Open http://a.example/pair and enter the code ABCD-EFGH\nor open http://a.example/pair?code=ABCD-EFGH"
	if got := codeIn(text); got != "ABCD-EFGH" {
		t.Errorf("the code is %q", got)
	}
	if got := lastURL(text); got != "http://a.example/pair?code=ABCD-EFGH" {
		t.Errorf("the URL is %q", got)
	}
	now := time.Unix(1_780_000_000, 0)
	for want, token := range map[string]auth.Token{
		"good until it is refused": {}, "expired": {Expiry: now.Add(-time.Second)},
	} {
		if got := goodFor(token, now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
