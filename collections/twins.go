package collections

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// TwinError is a name that many computers take for one that is there already: it differs in case alone, or in how its
// letters are put together from marks.
type TwinError struct{ Name, There string }

// Error names both.
func (e *TwinError) Error() string {
	return fmt.Sprintf("%q is there already, and %q is the same name on many computers", e.There, e.Name)
}

// Hint says what to try.
func (e *TwinError) Hint() string { return "use the name that is there, or one that differs more" }

// checkTwins looks for twins of the names in the path of a file that is to be. except is a file that is to go, which may
// be a twin: what has it changes its case.
func (c *Collection) checkTwins(file, except string) error {
	for at := file; at != ""; at = dirOfFile(at) {
		list, err := c.fsys.ReadDir(c.Abs(dirOfFile(at)))
		if err != nil {
			continue // there is no such folder yet
		}
		name, dir := path.Base(at), dirOfFile(at)
		for _, entry := range list {
			there := path.Join(dir, entry.Name())
			if entry.Name() != name && there != except && areTwins(entry.Name(), name) {
				return &TwinError{at, there}
			}
		}
	}
	return nil
}

func areTwins(a, b string) bool {
	return strings.EqualFold(norm.NFC.String(a), norm.NFC.String(b))
}
