package auth

import "context"

// turn is a lock whose waiting can be given up: what is done under it may take as long as a person does.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

// take waits for the turn, or until ctx ends, which is an error.
func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return canceled(ctx)
	}
}

// leave gives it to the next.
func (t turn) leave() { <-t }
