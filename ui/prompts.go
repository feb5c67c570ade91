package ui

import (
	"context"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/runner"
	"parley/collections/template"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// promptsAsked are questions of a request that is about to be sent, which waits for the answers.
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
// asked beside that.
type asker struct {
	root    *Root
	tab     int
	answers map[string]string
}

// asking returns a workspace in which the questions of a request are answered. It is called off the screen's goroutine.
func (r *Root) asking(ctx context.Context, work runner.Workspace, of int, edited *collections.Request) (runner.Workspace, error) {
	a := &asker{root: r, tab: of, answers: map[string]string{}}
	work.Host.Ask = a
	return work, a.ask(ctx, work.Questions(ctx, edited))
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
	if answer, ok := a.answers[answerKey(q)]; ok && (q.Choices == nil || slices.Contains(q.Choices, answer)) {
		return answer, nil
	}
	if err := a.ask(ctx, []runner.Question{q}); err != nil {
		return "", err
	}
	return a.answers[answerKey(q)], nil
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
	select {
	case a.root.prompts <- promptsAsked{ctx, a.tab, questions, answers}:
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-a.root.ctx.Done():
		return unansweredError{}
	}
	select {
	case got := <-answers:
		for i, answer := range got.list {
			a.answers[answerKey(questions[i])] = answer
		}
		return got.err
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-a.root.ctx.Done():
		return unansweredError{}
	}
}

// nextPrompts waits for the next questions.
func (r *Root) nextPrompts() tea.Cmd {
	return func() tea.Msg {
		select {
		case asked := <-r.prompts:
			return asked
		case <-r.ctx.Done():
			return nil
		}
	}
}

// showPrompts asks the person, in one form. What was answered in this tab before stands there already.
func (r *Root) showPrompts(asked promptsAsked) tea.Cmd {
	t := r.byID(asked.tab)
	if t == nil || asked.ctx.Err() != nil {
		asked.answers <- promptAnswers{err: unansweredError{}}
		return r.nextPrompts()
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
	return r.nextPrompts()
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
