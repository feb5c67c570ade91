package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/httpcore/cookies"
)

// fillJar gives the session a few cookies.
func (b *bench) fillJar() {
	jar := b.root.work.Sessions.Get("default").Jar()
	now := time.Now() // the jar's clock is the session's
	for _, c := range []cookies.Cookie{
		{Name: "sid", Value: "3f9ac0ffee", Domain: "api.example", HostOnly: true, Path: "/", Secure: true, HTTPOnly: true, SameSite: cookies.SameSiteLax, Created: now},
		{Name: "theme", Value: "dark", Domain: "example.com", Path: "/", Created: now},
		{Name: "visit", Value: "\x1b[31m7", Domain: "shop.example", HostOnly: true, Path: "/old", Created: now},
	} {
		jar.Put(c)
	}
}

func TestCookiesAreAddedEditedFilteredAndDeleted(t *testing.T) {
	b := open(t, 120, 36)
	b.fillJar()
	jar := b.root.work.Sessions.Get("default").Jar()
	b.Press("alt+c")
	b.WaitText("Cookies of the session default")
	b.WaitText("api.example/")

	b.Press("a")
	b.Type("token")
	b.Press("enter")
	b.WaitText("domain")
	b.Press("tab")
	b.WaitText("Add a cookie")
	b.Press("shift+tab", "shift+tab")
	b.Type("abc")
	b.Press("tab")
	b.Type("127.0.0.1")
	b.Press("enter")
	b.WaitText("127.0.0.1/")
	if c, err := jar.One(cookies.Selector{Name: "token"}); err != nil || c.Value != "abc" || !c.HostOnly {
		t.Fatalf("%+v, %v", c, err)
	}

	b.Press("/")
	b.Type("theme")
	b.Press("enter")
	b.WaitFor("one cookie", func(grid string) bool {
		return strings.Contains(grid, "example.com") && !strings.Contains(grid, "127.0.0.1/")
	})
	b.Press("enter", "tab", "ctrl+a", "ctrl+k")
	b.Type("light")
	b.Press("enter")
	b.WaitText("light")
	b.Press("d")
	b.WaitText("theme is deleted")
	if _, err := jar.One(cookies.Selector{Name: "theme"}); err == nil || jar.Len() != 3 {
		t.Errorf("%d cookies are left", jar.Len())
	}
	b.Press("ctrl+z")
	if c, err := jar.One(cookies.Selector{Name: "theme"}); err != nil || c.Value != "light" {
		t.Errorf("it was not brought back: %v", err)
	}
	b.Press("d")
	b.Press("esc")
	b.WaitText("3 cookies")
}

func TestCookiesAreImportedAndExported(t *testing.T) {
	b := open(t, 120, 36)
	b.fillJar()
	file := filepath.Join(t.TempDir(), "cookies.txt")
	export := func() {
		b.Press("alt+c", "e", "ctrl+a", "ctrl+k")
		b.Paste(file)
		b.Press("enter")
	}
	export()
	b.WaitText("3 cookies exported")
	b.Press("esc")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	export()
	b.WaitText("is there already")
	b.Press("x") // the question came by itself: the first key is not its answer
	b.Press("w")
	b.WaitText("3 cookies exported")
	b.Press("esc")
	b.root.work.Sessions.Get("default").Jar().Clear("")
	b.Press("alt+c", "i", "ctrl+a", "ctrl+k")
	b.Paste(file)
	b.Press("enter")
	b.WaitText("2 cookies imported")                   // no cookie may hold an escape character
	b.WaitFor("what was not", func(grid string) bool { // wherever the name of the file makes the lines end
		return strings.Contains(strings.Join(strings.Fields(grid), " "), "but not all of it")
	})
	b.WaitText("api.example/")
}

func TestASessionIsAddedUsedAndClosed(t *testing.T) {
	b := open(t, 120, 36)
	b.fillJar()
	b.Press("alt+s")
	b.WaitText("Sessions")
	b.Press("a")
	b.Type("no/way")
	b.Press("enter")
	b.WaitText("Session")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("admin")
	b.Press("enter")
	b.WaitText("session admin no cookies")
	b.Press("alt+s")
	b.WaitText("in use")
	b.Press("j", "d")
	b.WaitText("session default is closed, and its 3 cookies forgotten")
	if n := b.root.work.Sessions.Get("default").Jar().Len(); n != 0 {
		t.Errorf("%d cookies are left", n)
	}
	b.Press("ctrl+z")
	b.WaitText("session default is back, with 3 cookies")
	if n := b.root.work.Sessions.Get("default").Jar().Len(); n != 3 {
		t.Errorf("%d cookies are back", n)
	}
	b.Press("ctrl+z")
	b.WaitText("no session was closed here")
}
