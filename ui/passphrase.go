package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"parley/collections/secrets"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// passphraseAsked is a question of what runs in the background, which waits for the answer.
type passphraseAsked struct {
	ctx      context.Context
	question secrets.Question
	answer   chan<- passphraseAnswer // has room for one
}

type passphraseAnswer struct {
	text string
	err  error
}

// askPassphrase is asked from other goroutines than the screen's.
func (r *Root) askPassphrase(ctx context.Context, q secrets.Question) (string, error) {
	answer := make(chan passphraseAnswer, 1)
	select {
	case r.passphrases <- passphraseAsked{ctx, q, answer}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case <-r.ctx.Done():
		return "", secrets.ErrNobody
	}
	select {
	case got := <-answer:
		return got.text, got.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case <-r.ctx.Done():
		return "", secrets.ErrNobody
	}
}

// nextPassphrase waits for the next question.
func (r *Root) nextPassphrase() tea.Cmd {
	return func() tea.Msg {
		select {
		case asked := <-r.passphrases:
			return asked
		case <-r.ctx.Done():
			return nil
		}
	}
}

// typePassphrase asks the person.
func (r *Root) typePassphrase(asked passphraseAsked) tea.Cmd {
	if asked.ctx.Err() != nil {
		return r.nextPassphrase()
	}
	title := "Passphrase of the secrets"
	fields := []widget.Field{{Key: "passphrase", Label: "Passphrase", Kind: widget.FieldSecret, Help: asked.question.File}}
	if asked.question.New {
		title = "A new passphrase for the secrets"
		fields = append(fields, widget.Field{Key: "again", Label: "Once more", Kind: widget.FieldSecret, Help: "without it nobody can read them"})
	}
	if asked.question.Problem != "" {
		title += ": " + asked.question.Problem
	}
	r.overlays.Push(overlay.NewForm(overlay.FormOptions{
		Title: title, Accept: "go on", Fields: fields,
		Check: func(value func(string) string) (string, error) {
			switch {
			case value("passphrase") == "":
				return "passphrase", errors.New("type it, or leave with esc")
			case asked.question.New && value("passphrase") != value("again"):
				return "again", errors.New("the two differ")
			}
			return "", nil
		},
		Answer: func(value func(string) string) tea.Cmd {
			asked.answer <- passphraseAnswer{text: value("passphrase")}
			return nil
		},
		Cancel: func() {
			asked.answer <- passphraseAnswer{err: &secrets.RefusedError{Message: "the passphrase was not typed", Advice: "send again to be asked again"}}
		},
	}))
	return r.nextPassphrase()
}
