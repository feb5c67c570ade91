package home

import (
	"errors"
	"io/fs"
	"path/filepath"

	"parley/collections/disk"
)

// Netrc returns a function that reads the user's netrc file, where `requests` looks for it: NETRC, else .netrc or _netrc
// in the home folder. It returns the name of the file too, also with an error.
func Netrc(env Env, fsys disk.FS) func() (file, text string, err error) {
	return func() (file, text string, err error) {
		var candidates []string
		folder := env("HOME")
		if folder == "" {
			folder = env("USERPROFILE") // Windows
		}
		switch named := env("NETRC"); {
		case named != "":
			candidates = []string{named}
		case folder != "":
			candidates = []string{filepath.Join(folder, ".netrc"), filepath.Join(folder, "_netrc")}
		default:
			return "", "", &NoHomeError{}
		}
		for _, file = range candidates {
			data, err := disk.ReadFile(fsys, file)
			if err == nil || !errors.Is(err, fs.ErrNotExist) {
				return file, string(data), err
			}
		}
		return candidates[0], "", fs.ErrNotExist
	}
}
