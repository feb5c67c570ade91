package bench

import (
	"context"
	"sync"
	"sync/atomic"

	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/template"
)

// Target is what is sent.
type Target struct {
	Work runner.Workspace
	// Resolve makes the request from what the workspace reaches.
	Resolve func(context.Context, runner.Workspace) (*resolve.Output, error)
}

// source makes the requests. One whose variables draw from the clock or from chance, as uuid() does, is made anew each
// time; any other is made once. It is safe for concurrent use.
type source struct {
	target Target
	varies atomic.Bool
	first  *resolve.Output

	mu sync.Mutex // templates and what they reach belong to one goroutine
}

// newSource makes the first request, which says whether the others differ from it.
func newSource(ctx context.Context, target Target) (*source, error) {
	s := &source{target: target}
	s.target.Work.Host = observe(target.Work.Host, func() { s.varies.Store(true) })
	var err error
	s.first, err = s.make(ctx)
	return s, err
}

// next returns a request, which is not to be changed.
func (s *source) next(ctx context.Context) (*resolve.Output, error) {
	if !s.varies.Load() {
		return s.first, nil
	}
	return s.make(ctx)
}

func (s *source) make(ctx context.Context) (*resolve.Output, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out, err := s.target.Resolve(ctx, s.target.Work)
	if err != nil {
		return nil, err
	}
	return out, s.target.Work.Guard(out.Request.Method)
}

// observe tells when a template reads the clock or draws from chance. A person is asked, and a command run, once: the
// answers stay the same, as files and responses do.
func observe(host template.Host, varies func()) template.Host {
	watched := host.Watched(varies)
	watched.ReadFile, watched.Responder = host.ReadFile, host.Responder
	if host.Ask != nil {
		watched.Ask = &onceAsker{asker: host.Ask, answers: answers{}}
	}
	if command := host.Command; command != nil {
		said := answers{}
		watched.Command = func(ctx context.Context, line string) (string, error) {
			return said.once(line, func() (string, error) { return command(ctx, line) })
		}
	}
	return watched
}

// answers are what was said, by the question.
type answers map[string]string

func (a answers) once(question string, ask func() (string, error)) (string, error) {
	if answer, ok := a[question]; ok {
		return answer, nil
	}
	answer, err := ask()
	if err == nil {
		a[question] = answer
	}
	return answer, err
}

type onceAsker struct {
	asker template.Asker
	answers
}

// Prompt implements template.Asker.
func (o *onceAsker) Prompt(ctx context.Context, label, preset string) (string, error) {
	return o.once(label, func() (string, error) { return o.asker.Prompt(ctx, label, preset) })
}

// Select implements template.Asker.
func (o *onceAsker) Select(ctx context.Context, label string, choices []string) (string, error) {
	return o.once(label, func() (string, error) { return o.asker.Select(ctx, label, choices) })
}
