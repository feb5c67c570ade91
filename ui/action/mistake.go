package action

import "fmt"

// Mistake is something in a person's keys that cannot be used.
type Mistake struct {
	// Where is that of the [Override] which is to be changed; of a clash, of the later one.
	Where   string
	message string
}

// Error tells what is wrong, with the place of every override that it is about.
func (m *Mistake) Error() string { return m.message }

// mistake is one in an override, whose place it begins with.
func mistake(where, format string, args ...any) error {
	return &Mistake{where, where + ": " + fmt.Sprintf(format, args...)}
}

// clash is about two meanings, of which one at least is a person's.
func clash(a, b bound, format string, args ...any) error {
	where := b.where
	if where == "" {
		where = a.where
	}
	return &Mistake{where, fmt.Sprintf(format, args...)}
}
