package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/runner"
	"parley/collections/template"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// question is what a request that is about to be sent, and waits for the answer, wants to be asked on the screen.
type question func(*Root)

// promptsAsked are questions in a form.
type promptsAsked struct {
	ctx       context.Context
	tab       int
	questions []runner.Question
	answers   chan<- promptAnswers // has room for one
}

// promptAnswers are the answers in the order of the questions.
type promptAnswers struct {
	list []string
	err  error
}

// unansweredError says that a person did not want to answer.
type unansweredError struct{}

// Error says that nothing was sent.
func (unansweredError) Error() string { return "not sent: what the request asks was not answered" }

// Hint says how to go on.
func (unansweredError) Hint() string { return "send again to be asked again" }

// asker answers what a request of a tab asks: all at once, before anything is resolved, and one by one what turns out to be
// asked beside that. Requests that are sent side by side may share one.
type asker struct {
	root *Root
	tab  int

	mu      sync.Mutex
	answers map[string]string
}

// asking returns a workspace in which the questions of requests are answered. It is called off the screen's goroutine.
func (r *Root) asking(ctx context.Context, work runner.Workspace, of int, requests ...*collections.Request) (runner.Workspace, error) {
	a := &asker{root: r, tab: of, answers: map[string]string{}}
	var questions []runner.Question
	for _, request := range requests {
		for _, q := range work.Questions(ctx, request) {
			same := func(other runner.Question) bool { return answerKey(other) == answerKey(q) }
			if !slices.ContainsFunc(questions, same) {
				questions = append(questions, q)
			}
		}
	}
	work.Host.Ask, work.Consent = a, r.consent
	return work, a.ask(ctx, questions)
}

// Prompt implements template.Asker.
func (a *asker) Prompt(ctx context.Context, label, preset string) (string, error) {
	return a.answer(ctx, runner.Question{Label: label, Preset: preset, Secret: template.SecretLabel(label)})
}

// Select implements template.Asker.
func (a *asker) Select(ctx context.Context, label string, choices []string) (string, error) {
	return a.answer(ctx, runner.Question{Label: label, Choices: choices})
}

func (a *asker) answer(ctx context.Context, q runner.Question) (string, error) {
	if answer, ok := a.answered(q); ok && (q.Choices == nil || slices.Contains(q.Choices, answer)) {
		return answer, nil
	}
	if err := a.ask(ctx, []runner.Question{q}); err != nil {
		return "", err
	}
	answer, _ := a.answered(q)
	return answer, nil
}

func (a *asker) answered(q runner.Question) (string, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	answer, ok := a.answers[answerKey(q)]
	return answer, ok
}

// answerKey tells questions apart.
func answerKey(q runner.Question) string {
	if q.Choices != nil {
		return "select " + q.Label
	}
	return "prompt " + q.Label
}

// ask has the person answer, and waits for it.
func (a *asker) ask(ctx context.Context, questions []runner.Question) error {
	if len(questions) == 0 {
		return nil
	}
	answers := make(chan promptAnswers, 1)
	got, err := wait(ctx, a.root, answers, func(r *Root) { r.showPrompts(promptsAsked{ctx, a.tab, questions, answers}) })
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, answer := range got.list {
		a.answers[answerKey(questions[i])] = answer
	}
	return errors.Join(err, got.err)
}

// wait has something asked on the screen, and waits for the answer.
func wait[T any](ctx context.Context, r *Root, answers <-chan T, ask question) (answer T, err error) {
	select {
	case r.prompts <- ask:
	case <-ctx.Done():
		return answer, context.Cause(ctx)
	case <-r.ctx.Done():
		return answer, unansweredError{}
	}
	select {
	case answer = <-answers:
		return answer, nil
	case <-ctx.Done():
		return answer, context.Cause(ctx)
	case <-r.ctx.Done():
		return answer, unansweredError{}
	}
}

// consent asks whether a command of the collection may be run. It is called off the screen's goroutine.
func (r *Root) consent(ctx context.Context, line string) error {
	answers := make(chan error, 1)
	err, failure := wait(ctx, r, answers, func(r *Root) { r.showConsent(line, answers) })
	return errors.Join(err, failure)
}

func (r *Root) showConsent(line string, answers chan<- error) {
	refused := &runner.RefusedCommandError{Line: line}
	answer := func(err error) func() tea.Cmd {
		return func() tea.Cmd {
			answers <- err
			return nil
		}
	}
	r.overlays.Push(overlay.NewLateChoice(r.now, "Run a command?", "This collection wants to run this on your machine, now and later:\n\n"+line,
		overlay.Option{Key: "n", Label: "do not run it, and do not send", Run: answer(refused)},
		overlay.Option{Key: "r", Label: "run it", Danger: true, Run: answer(nil)},
	).Left(func() { answers <- refused }))
}

// nextPrompts waits for the next questions.
func (r *Root) nextPrompts() tea.Cmd {
	return func() tea.Msg {
		select {
		case ask := <-r.prompts:
			return ask
		case <-r.ctx.Done():
			return nil
		}
	}
}

// showPrompts asks the person, in one form. What was answered in this tab before stands there already.
func (r *Root) showPrompts(asked promptsAsked) {
	t := r.byID(asked.tab)
	if t == nil || asked.ctx.Err() != nil {
		asked.answers <- promptAnswers{err: unansweredError{}}
		return
	}
	r.overlays.Push(overlay.NewForm(overlay.FormOptions{
		Title: "Before it is sent", Accept: "send", Fields: promptFields(asked.questions, t.answers),
		Answer: func(value func(string) string) tea.Cmd {
			list := make([]string, len(asked.questions))
			for i, q := range asked.questions {
				list[i] = value(strconv.Itoa(i))
				t.remember(q, list[i])
			}
			asked.answers <- promptAnswers{list: list}
			return nil
		},
		Cancel: func() { asked.answers <- promptAnswers{err: unansweredError{}} },
	}))
}

// promptFields are the fields of the form, which are named by the place of their question.
func promptFields(questions []runner.Question, remembered map[string]string) []widget.Field {
	fields := make([]widget.Field, len(questions))
	for i, q := range questions {
		field := widget.Field{Key: strconv.Itoa(i), Label: q.Label, Value: q.Preset}
		before, known := remembered[answerKey(q)]
		switch {
		case q.Choices != nil:
			field.Kind, field.Options, field.Value = widget.FieldSelect, q.Choices, q.Choices[0]
			known = known && slices.Contains(q.Choices, before)
		case q.Secret:
			field.Kind, field.Help = widget.FieldSecret, "it is not shown, remembered or recorded"
		}
		if known {
			field.Value = before
		}
		fields[i] = field
	}
	return fields
}

// answersMost bounds what a tab remembers.
const answersMost = 100

// remember keeps an answer as the preset for the next time.
func (t *tab) remember(q runner.Question, answer string) {
	if q.Secret {
		return
	}
	if t.answers == nil || len(t.answers) >= answersMost {
		t.answers = map[string]string{}
	}
	t.answers[answerKey(q)] = answer
}
