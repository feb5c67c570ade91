package credentials

import (
	"time"

	"parley/collections/disk"
	"parley/collections/home"
	"parley/httpcore/auth"
)

// Environment is what auth schemes reach on this computer: the tokens of its state folder, its netrc file, its shell and
// its browser. Where the environment tells no state folder, tokens are forgotten with the process.
func Environment(fsys disk.FS, env home.Env, goos string) auth.Environment {
	store := auth.NewTokenMemory()
	if at, err := home.Locate(env, goos); err == nil {
		store = NewTokenFile(fsys, at.Tokens(), time.Now)
	}
	return auth.Environment{
		Tokens:      auth.NewTokens(store),
		OpenBrowser: OpenBrowser(goos, env),
		Netrc:       home.Netrc(env, fsys),
		RunCommand:  RunCommand(goos),
	}
}
