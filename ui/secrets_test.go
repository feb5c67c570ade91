package ui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/collections/secrets"
)

// keeping gives a workbench a place for secrets that has no keyring.
func keeping(b *bench, dir string) *secrets.Keeper {
	k := secrets.NewKeeper(secrets.Options{
		FS: disk.OS(), Dir: dir, Now: b.now, After: time.After, Work: 2,
		Environ: func(string) (string, bool) { return "", false },
	})
	k.AskWith(b.root.askPassphrase)
	b.root.work.Secrets = k
	return k
}

func TestASecretIsSetWhenItIsNeededListedAndForgotten(t *testing.T) {
	const value = "hunter22secret"
	b := open(t, 120, 36)
	dir := filepath.Join(t.TempDir(), "secrets")
	keeping(b, dir)
	b.root.work.Collection.Settings.Secrets = nil
	b.Press("ctrl+n", "ctrl+l")
	b.Type(b.play.URL + `/response-headers?X-Echo={{secret("token")}}`)
	b.Press("f5")
	b.WaitText("There is no secret token")
	b.Press("x", "s") // the question came by itself: the first key is not for it
	b.WaitText("Set the secret token")
	b.Type(value)
	b.Press("enter")
	b.WaitText("A new passphrase for the secrets")
	b.Type("open sesame")
	b.Press("tab")
	b.Type("open sesam")
	b.Press("enter")
	b.WaitText("the two differ")
	b.Type("e")
	b.Press("enter")
	b.WaitText("200 OK")

	b.root.tab().response.ShowSide("Headers") // which say what the server was told
	b.WaitText("X-Echo")
	if grid := b.Grid(); strings.Contains(grid, value) {
		t.Errorf("the secret is shown:\n%s", grid)
	}

	// Another workbench must be told the passphrase.
	keeping(b, dir)
	b.Press("alt+4", "f5")
	b.WaitText("Passphrase of the secrets")
	b.Type("wrong")
	b.Press("enter")
	b.WaitText("that is not the passphrase")
	b.Type("open sesame")
	b.Press("enter")
	b.WaitFor("the end", func(string) bool { return b.root.tab().job == nil })
	b.WaitText("200 OK")

	b.Press("alt+p")
	b.WaitText("Used by")
	b.Press("d")
	b.WaitText("Forget the secret token?")
	b.Press("f")
	b.WaitText("the secret token is forgotten")
	b.Press("a")
	b.WaitText("Add a secret")
	b.Press("esc", "esc")
	if list, err := b.root.work.Secrets.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
}
