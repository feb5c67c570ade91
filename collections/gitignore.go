package collections

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/disk"
)

// localPattern is what git is told to leave alone: the environments' files with a person's own values.
const localPattern = EnvironmentDir + "/*.local" + suffix

// ignoreLocal adds the pattern to the .gitignore of a collection, unless it says as much already.
func ignoreLocal(fsys disk.FS, dir string) error {
	name := filepath.Join(dir, ".gitignore")
	text, err := disk.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return disk.CreateFile(fsys, name, []byte(localPattern+"\n"), 0o644)
	}
	if err != nil {
		return err
	}
	lines := strings.Fields(string(text))
	if slices.ContainsFunc(lines, func(l string) bool { return strings.TrimPrefix(l, "/") == localPattern || l == "*.local"+suffix }) {
		return nil
	}
	next := string(text)
	if next != "" && !strings.HasSuffix(next, "\n") {
		next += "\n"
	}
	return disk.ReplaceFile(fsys, name, text, []byte(next+localPattern+"\n"))
}
