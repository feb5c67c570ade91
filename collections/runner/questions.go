package runner

import (
	"context"
	"math/rand/v2"
	"slices"

	"parley/collections"
	"parley/collections/template"
)

// Question is one that a request asks a person: for a text, or for one of several choices.
type Question struct {
	Label   string
	Preset  string   // of a text
	Choices []string // none for a text
	// Secret says that the answer is not to be shown or remembered.
	Secret bool
}

// Questions lists what a request and all it inherits ask a person, in the order in which they would be asked, each once. It
// resolves the request as if every question were answered with its preset, and reaches nothing outside of the collection:
// what is asked only after a command, a secret or another request's response has said something is not in the list.
func (w Workspace) Questions(ctx context.Context, r *collections.Request) []Question {
	noted := &questions{}
	w.Secrets, w.Responses = nil, nil
	w.Host.Secret, w.Host.Command, w.Host.Responder, w.Host.Ask = nil, nil, nil, noted
	w.Host.Random = rand.NewPCG(0, 0) // what is drawn here is not sent
	_, _ = w.Resolve(ctx, r)          // sending says what is wrong
	return noted.list
}

// questions notes what is asked.
type questions struct{ list []Question }

// Prompt implements template.Asker.
func (q *questions) Prompt(_ context.Context, label, preset string) (string, error) {
	q.note(Question{Label: label, Preset: preset, Secret: template.SecretLabel(label)})
	return preset, nil
}

// Select implements template.Asker.
func (q *questions) Select(_ context.Context, label string, choices []string) (string, error) {
	q.note(Question{Label: label, Choices: choices})
	return choices[0], nil
}

func (q *questions) note(asked Question) {
	same := func(other Question) bool {
		return other.Label == asked.Label && (other.Choices == nil) == (asked.Choices == nil)
	}
	if !slices.ContainsFunc(q.list, same) {
		q.list = append(q.list, asked)
	}
}
