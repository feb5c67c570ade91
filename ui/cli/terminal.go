package cli

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// IsTerminal reports whether a stream of the process is a terminal.
func IsTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(file.Fd())
}

// Width returns how many columns the terminal of a stream has; one that does not tell is taken for the usual one.
func Width(stream any) int {
	if file, ok := stream.(*os.File); ok {
		if columns, _, err := term.GetSize(file.Fd()); err == nil && columns > 0 {
			return columns
		}
	}
	return 80
}
