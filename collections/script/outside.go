package script

import "context"

// Outside is all that a script can reach. Variables are asked one call at a time; Send may be called by several goroutines.
type Outside interface {
	// Get returns a variable. The error is for the script, which may catch it.
	Get(ctx context.Context, scope, name string) (value Value, found bool, err error)
	// Set gives a variable a value for what comes after; Unset takes it away.
	Set(scope, name string, value Value) error
	Unset(scope, name string) error
	// Names lists the variables of a scope.
	Names(scope string) []string
	// Send sends a request of the script's own.
	Send(ctx context.Context, r Request) (*Response, error)
}
