package template

import (
	"context"
	"math/rand/v2"
	"time"

	"parley/httpcore"
)

// Watched returns a host that tells, before it answers, when it is asked for something that may be another thing the next
// time: the clock, chance, a person, a file, a command, another request's response. What a text resolves to without any of
// them is the same whenever its variables are. Secrets and environment variables stay the same while a process runs.
func (h Host) Watched(asked func()) Host {
	if now := h.Now; now != nil {
		h.Now = func() time.Time {
			asked()
			return now()
		}
	}
	if h.Random != nil {
		h.Random = watchedRandom{h.Random, asked}
	}
	if h.Ask != nil {
		h.Ask = watchedAsker{h.Ask, asked}
	}
	if read := h.ReadFile; read != nil {
		h.ReadFile = func(beside, path string) ([]byte, error) {
			asked()
			return read(beside, path)
		}
	}
	if command := h.Command; command != nil {
		h.Command = func(ctx context.Context, line string) (string, error) {
			asked()
			return command(ctx, line)
		}
	}
	if h.Responder != nil {
		h.Responder = watchedResponder{h.Responder, asked}
	}
	return h
}

type watchedRandom struct {
	rand.Source
	asked func()
}

// Uint64 implements rand.Source.
func (w watchedRandom) Uint64() uint64 {
	w.asked()
	return w.Source.Uint64()
}

type watchedAsker struct {
	asker Asker
	asked func()
}

// Prompt implements Asker.
func (w watchedAsker) Prompt(ctx context.Context, label, preset string) (string, error) {
	w.asked()
	return w.asker.Prompt(ctx, label, preset)
}

// Select implements Asker.
func (w watchedAsker) Select(ctx context.Context, label string, choices []string) (string, error) {
	w.asked()
	return w.asker.Select(ctx, label, choices)
}

type watchedResponder struct {
	responder Responder
	asked     func()
}

// Respond implements Responder.
func (w watchedResponder) Respond(ctx context.Context, path, expression string, maxAge time.Duration) (any, []httpcore.Secret, error) {
	w.asked()
	return w.responder.Respond(ctx, path, expression, maxAge)
}
