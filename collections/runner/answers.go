package runner

import (
	"context"
	"strings"
	"time"

	"parley/collections/template"
	"parley/httpcore"
)

// rememberAnswers returns a host that asks a person for nothing twice, runs no command twice and asks for no response twice: for what is resolved more
// than once. It belongs to one goroutine.
func rememberAnswers(host template.Host) template.Host {
	said := map[string]string{}
	remember := func(key string, ask func() (string, error)) (string, error) {
		if answer, ok := said[key]; ok {
			return answer, nil
		}
		answer, err := ask()
		if err == nil {
			said[key] = answer
		}
		return answer, err
	}
	if ask := host.Ask; ask != nil {
		host.Ask = rememberingAsker{ask, remember}
	}
	if command := host.Command; command != nil {
		host.Command = func(ctx context.Context, line string) (string, error) {
			return remember("command\x00"+line, func() (string, error) { return command(ctx, line) })
		}
	}
	if responder := host.Responder; responder != nil {
		host.Responder = &rememberingResponder{Responder: responder, said: map[string]responded{}}
	}
	return host
}

type rememberingResponder struct {
	template.Responder
	said map[string]responded
}

type responded struct {
	value   any
	secrets []httpcore.Secret
}

func (r *rememberingResponder) Respond(ctx context.Context, path, expression string, maxAge time.Duration) (any, []httpcore.Secret, error) {
	key := path + "\x00" + expression + "\x00" + maxAge.String()
	if known, ok := r.said[key]; ok {
		return known.value, known.secrets, nil
	}
	value, secrets, err := r.Responder.Respond(ctx, path, expression, maxAge)
	if err == nil {
		r.said[key] = responded{value, secrets}
	}
	return value, secrets, err
}

type rememberingAsker struct {
	template.Asker
	remember func(key string, ask func() (string, error)) (string, error)
}

func (a rememberingAsker) Prompt(ctx context.Context, label, preset string) (string, error) {
	return a.remember("prompt\x00"+label, func() (string, error) { return a.Asker.Prompt(ctx, label, preset) })
}

func (a rememberingAsker) Select(ctx context.Context, label string, choices []string) (string, error) {
	key := "select\x00" + label + "\x00" + strings.Join(choices, "\x00")
	return a.remember(key, func() (string, error) { return a.Asker.Select(ctx, label, choices) })
}
