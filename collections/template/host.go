package template

import (
	"context"
	"math/rand/v2"
	"time"

	"parley/httpcore"
)

// Host is all that a template can reach outside of itself. What is nil cannot be used: the function that needs it is an
// error of KindUnavailable, so that a preview can show everything else.
type Host struct {
	// Now is the clock.
	Now func() time.Time
	// Random is where uuid(), random() and fake.*() draw from. With a fixed seed they repeat. Where requests are resolved
	// side by side it is one that several goroutines may draw from.
	Random rand.Source
	// Env reads the process environment.
	Env func(name string) (string, bool)
	// Dotenv reads the file .env, which has what the process environment has not; nil where there is none.
	Dotenv func(name string) (value string, at Position, ok bool)
	// Secret finds a secret. Its error says what to do when there is none of that name.
	Secret func(ctx context.Context, name string) (httpcore.Secret, error)
	// Ask asks a person.
	Ask Asker
	// ReadFile reads a file for a text that stands in the file named beside: a relative path is relative to its folder.
	ReadFile func(beside, path string) ([]byte, error)
	// Command runs a command line and returns what it printed.
	Command func(ctx context.Context, line string) (string, error)
	// Responder finds responses of other requests.
	Responder Responder
}

// Asker asks a person. It is called again for the same label only after an error.
type Asker interface {
	Prompt(ctx context.Context, label, preset string) (string, error)
	Select(ctx context.Context, label string, choices []string) (string, error)
}

// Responder evaluates an expression on the latest response of the saved request at path, and sends that request first
// when it has no response as fresh as maxAge; a negative maxAge accepts any. The secrets are those that the value holds.
type Responder interface {
	Respond(ctx context.Context, path, expression string, maxAge time.Duration) (any, []httpcore.Secret, error)
}
