package cli

import (
	"context"
	"sync"

	"parley/collections/runner"
	"parley/collections/secrets"
	"parley/collections/template"
)

// turns lets one request of a run at a time have the terminal, with the board away.
type turns struct {
	board *board // nil when there is none
	mu    sync.Mutex
	// refused are the commands that a person did not want, who is asked once in a run.
	refused map[string]error
}

// take waits for the terminal, and keeps it until the function that it returns is called.
func (t *turns) take() (release func()) {
	t.mu.Lock()
	back := t.board.hold()
	return func() {
		back()
		t.mu.Unlock()
	}
}

// askInTurn lets what asks at the terminal, or lets a command do so, have it for itself.
func (p *Program) askInTurn(b *board, work *runner.Workspace) {
	t := &turns{board: b, refused: map[string]error{}}
	p.secrets().AskWith(func(ctx context.Context, q secrets.Question) (string, error) {
		defer t.take()()
		return p.askPassphrase(ctx, q)
	})
	if command := work.Host.Command; command != nil {
		work.Host.Command = func(ctx context.Context, line string) (string, error) {
			defer t.take()()
			return command(ctx, line)
		}
	}
	if work.Host.Ask != nil {
		work.Host.Ask = heldAsker{t, work.Host.Ask}
	}
	if work.Consent != nil {
		work.Consent = t.consent(work.Commands, work.Consent)
	}
}

// consent asks about a command once, however many requests want to run it at the same time.
func (t *turns) consent(known *runner.Commands, ask runner.Consent) runner.Consent {
	return func(ctx context.Context, line string) error {
		defer t.take()()
		if allowed, err := known.Allowed(line); allowed || err != nil {
			return err
		}
		if err := t.refused[line]; err != nil {
			return err
		}
		if err := ask(ctx, line); err != nil {
			if ctx.Err() == nil {
				t.refused[line] = err
			}
			return err
		}
		return known.Allow(ctx, line)
	}
}

// heldAsker asks in turn.
type heldAsker struct {
	turns *turns
	asker template.Asker
}

// Prompt implements template.Asker.
func (h heldAsker) Prompt(ctx context.Context, label, preset string) (string, error) {
	defer h.turns.take()()
	return h.asker.Prompt(ctx, label, preset)
}

// Select implements template.Asker.
func (h heldAsker) Select(ctx context.Context, label string, choices []string) (string, error) {
	defer h.turns.take()()
	return h.asker.Select(ctx, label, choices)
}
