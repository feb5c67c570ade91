package cli

import (
	"context"
	"errors"
	"sync"
	"testing"

	"parley/collections/disk"
	"parley/collections/runner"
)

// TestManyWhoWantACommandAskOnce, one question at a time, whatever the answer is.
func TestManyWhoWantACommandAskOnce(t *testing.T) {
	for _, refusal := range []error{nil, &runner.RefusedCommandError{Line: "pass show key"}} {
		asked := 0 // by one at a time, or the race detector says so
		in := &turns{refused: map[string]error{}}
		consent := in.consent(runner.NewCommands(disk.OS(), t.TempDir(), "/c"), func(context.Context, string) error {
			asked++
			return refusal
		})
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := consent(t.Context(), "pass show key"); !errors.Is(err, refusal) {
					t.Errorf("one hears %v, not %v", err, refusal)
				}
			})
		}
		all.Wait()
		if asked != 1 {
			t.Errorf("a person was asked %d times, and said %v", asked, refusal)
		}
	}
}
