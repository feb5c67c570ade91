package cli

import (
	"context"
	"errors"
	"io"
	"testing"
)

func TestWaitingForInputCanBeInterrupted(t *testing.T) {
	never, writer := io.Pipe()
	defer writer.Close()
	p := onScreen(t, nil)
	p.Stdin = never
	p.IsTerminal = func(any) bool { return false }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Run(ctx, []string{"send", ":1/x", "@-"}); !errors.Is(err, context.Canceled) || ExitCode(err) != exitInterrupted {
		t.Errorf("got %v", err)
	}
}
