package runner

import (
	"fmt"
	"strings"
	"unicode"
)

// maxSessionName bounds a session's name in bytes, so that its file's name fits everywhere.
const maxSessionName = 100

// SessionNameError says that a session cannot have a name: it is the name of a file as well.
type SessionNameError struct{ Name, Reason string }

// Error says why.
func (e *SessionNameError) Error() string {
	return fmt.Sprintf("%q cannot name a session: %s", e.Name, e.Reason)
}

// Hint says what can.
func (e *SessionNameError) Hint() string {
	return "letters, digits, blanks and . _ - @ + name one, such as admin or ada@staging"
}

// CheckSessionName refuses what cannot name a session with a *SessionNameError.
func CheckSessionName(name string) error {
	reason := ""
	switch {
	case name == "":
		reason = "it is empty"
	case len(name) > maxSessionName:
		reason = fmt.Sprintf("it is longer than %d bytes", maxSessionName)
	case strings.HasPrefix(name, "."), strings.TrimSpace(name) != name, strings.HasSuffix(name, "."):
		reason = "it begins or ends with a dot or a blank"
	default:
		for _, r := range name {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(" ._-@+", r) {
				reason = fmt.Sprintf("it holds %q", r)
				break
			}
		}
	}
	if reason == "" {
		return nil
	}
	return &SessionNameError{name, reason}
}
