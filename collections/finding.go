package collections

import "fmt"

// Severity says whether a [Finding] stands in the way of sending.
type Severity int

// A Note is worth knowing; a Fault makes the file unusable until it is mended.
const (
	Note Severity = iota
	Fault
)

// Finding is something wrong or unusual in a file that is otherwise TOML.
type Finding struct {
	Severity Severity
	Pos      Pos
	Message  string
	Advice   string
	// Known are, of an unknown key, those that there are.
	Known []string
}

// Error is FILE:LINE:COLUMN: message.
func (f *Finding) Error() string { return fmt.Sprintf("%s: %s", f.Pos, f.Message) }

// Hint says what to try.
func (f *Finding) Hint() string { return f.Advice }

// firstFault returns the first finding that makes a file unusable, as an error.
func firstFault(findings []Finding) error {
	for i := range findings {
		if findings[i].Severity == Fault {
			return &findings[i]
		}
	}
	return nil
}
