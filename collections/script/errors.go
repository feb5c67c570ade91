package script

import "fmt"

// Why is what kind of end a script had.
type Why string

// The reasons.
const (
	WhySyntax Why = "syntax" // it is no JavaScript
	WhyThrow  Why = "throw"  // it threw
	WhyTime   Why = "time"   // it took longer than TimeLimit
	WhyMemory Why = "memory" // it took more than MemoryLimit
	WhyBroken Why = "broken" // its process ended unexpectedly
)

// Error is why a hook failed.
type Error struct {
	Event   string
	At      Place
	Why     Why
	Message string
}

// Error says which hook, where, and what.
func (e *Error) Error() string {
	return fmt.Sprintf("%s: hooks.%s: %s", e.At, e.Event, e.Message)
}

// Hint says what to try.
func (e *Error) Hint() string {
	switch e.Why {
	case WhyTime:
		return "a hook has 5 seconds, what it waits for included"
	case WhyMemory:
		return "a hook has 64 MiB; keep less of what it reads at once"
	default:
		return ""
	}
}

// Mask returns the error with its text through mask.
func (e *Error) Mask(mask func(string) string) *Error {
	masked := *e
	masked.Message = mask(e.Message)
	return &masked
}

func tooLong() string {
	return fmt.Sprintf("it was stopped after %d seconds", int(TimeLimit.Seconds()))
}

func tooMuch() string {
	return fmt.Sprintf("it was stopped: it took more than %d MiB", MemoryLimit>>20)
}
