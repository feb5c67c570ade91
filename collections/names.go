package collections

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NameError is a name that a request or folder cannot have.
type NameError struct{ Name, Why, Advice string }

// Error says what is wrong with the name.
func (e *NameError) Error() string { return fmt.Sprintf("%q cannot be the name: %s", e.Name, e.Why) }

// Hint says what to try.
func (e *NameError) Hint() string { return e.Advice }

// maxName leaves room in the 255 bytes of a file name for what temporary files add.
const maxName = 200

// CheckPath says whether a path can name a new request or folder. Collections are shared through git, so what another
// operating system cannot store is refused everywhere.
func CheckPath(name string) error {
	if Clean(name) != strings.TrimSuffix(name, suffix) || name == "" {
		return &NameError{name, "it is not a plain path inside the collection", "write names with / between them"}
	}
	for _, part := range strings.Split(Clean(name), "/") {
		if err := checkName(part); err != nil {
			return err
		}
	}
	if Clean(name) == EnvironmentDir || strings.HasPrefix(Clean(name), EnvironmentDir+"/") {
		return &NameError{name, "environments are kept there", "choose another name"}
	}
	if Clean(name) == SnapshotDir || strings.HasPrefix(Clean(name), SnapshotDir+"/") {
		return &NameError{name, "snapshots are kept there", "choose another name"}
	}
	return nil
}

func checkName(name string) error {
	bad := func(why string) error { return &NameError{name, why, "choose another name"} }
	switch base := strings.ToLower(strings.SplitN(name, ".", 2)[0]); {
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unsuitable):
		return bad(`it holds a character that file names cannot have everywhere (\ : * ? " < > | or one unseen)`)
	case strings.HasPrefix(name, "."):
		return bad("what begins with a dot is hidden")
	case strings.HasSuffix(name, ".") || strings.TrimSpace(name) != name:
		return bad("it begins or ends with a space or a dot")
	case len(name) > maxName:
		return bad(fmt.Sprintf("it is longer than %d bytes", maxName))
	case isExampleDir(name):
		return bad("folders of this name hold examples")
	case skippedFolder(name):
		return bad("folders of this name are skipped")
	case name+suffix == CollectionFile || name+suffix == FolderFile:
		return bad("that file holds settings")
	case base == "con" || base == "prn" || base == "aux" || base == "nul" ||
		len(base) == 4 && (base[:3] == "com" || base[:3] == "lpt") && base[3] >= '0' && base[3] <= '9':
		return bad("Windows keeps this name for a device")
	}
	return nil
}

func unsuitable(r rune) bool {
	return strings.ContainsRune(`\:*?"<>|`, r) || !unicode.IsPrint(r)
}

// FreeName returns name, or the first of "name 2", "name 3" … that neither a request nor a folder has.
func (c *Collection) FreeName(name string) string {
	free := Clean(name)
	for i := 2; len(c.at(free)) > 0; i++ {
		free = fmt.Sprintf("%s %d", Clean(name), i)
	}
	return free
}

// fileOf is the file of a request's path.
func fileOf(name string) string { return Clean(name) + suffix }

// dirOf is the folder that a path is in; "" is the collection.
func dirOf(name string) string {
	if dir := path.Dir(Clean(name)); dir != "." {
		return dir
	}
	return ""
}
