package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/exporter/k6"
	"parley/collections/template"
	"parley/httpcore"
)

// exportK6 prints one request, or those of a folder, as a k6 script.
func (p *Program) exportK6(ctx context.Context, dir string, args []string, f exportFlags) (err error) {
	if f.secrets {
		return &UsageError{Message: "a k6 script reads secrets from its environment, and never holds one", Advice: "leave out --show-secrets"}
	}
	calls, err := p.chain(ctx, dir, args, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, calls[0].work.Close()) }()
	var steps []k6.Step
	for _, c := range calls {
		s, err := p.k6Step(ctx, c, f.requestFlags, steps)
		if err != nil {
			return err
		}
		steps = append(steps, s)
	}
	result, err := k6.Script(steps)
	if err != nil {
		return err
	}
	return p.printExport(result)
}

// chain returns the requests of a target, which may be a folder; at least one, in one workspace.
func (p *Program) chain(ctx context.Context, dir string, args []string, f exportFlags) ([]*call, error) {
	collection, err := p.collection(dir)
	if err != nil {
		return nil, err
	}
	name := args[0]
	if collection == nil || len(args) > 1 || isCurl(name) || collections.HasURLMark(name) && name != "/" || savedPaths(collection)(name) {
		return p.prepareCalls(ctx, dir, args, f.requestFlags, f.bodyFlags)
	}
	folder, err := collection.Folder(name)
	if err != nil { // then the error of a request says more
		return p.prepareCalls(ctx, dir, args, f.requestFlags, f.bodyFlags)
	}
	work, err := p.workspace(collection, f.choices)
	if err != nil {
		return nil, err
	}
	work.Captured = nil // a chain begins with nothing captured
	var calls []*call
	for node := range collection.All() {
		if node.Kind != collections.RequestNode && node.Kind != collections.BrokenNode {
			continue
		}
		if folder.Path != "" && !strings.HasPrefix(node.Path, folder.Path+"/") {
			continue
		}
		loaded, err := node.Request()
		if err != nil {
			return nil, err
		}
		calls = append(calls, &call{request: loaded, loaded: loaded, work: work, collection: collection.Root})
	}
	if len(calls) == 0 {
		return nil, &UsageError{Message: fmt.Sprintf("there is no request in the folder %q", name), Advice: "`parley list` shows where they are"}
	}
	return calls, nil
}

// k6Step resolves a request to what the script says of it.
func (p *Program) k6Step(ctx context.Context, c *call, f requestFlags, earlier []k6.Step) (k6.Step, error) {
	work := *c.work
	c.work = &work
	for _, v := range k6.CapturedBy(earlier).Vars {
		if !slices.ContainsFunc(work.Flags.Vars, func(known template.Variable) bool { return known.Name == v.Name }) {
			work.Flags.Vars = append(slices.Clone(work.Flags.Vars), v)
		}
	}
	work.Secrets, work.Responses = nil, nil // marks stand in their places
	work.Host.Secret = func(_ context.Context, name string) (httpcore.Secret, error) {
		return httpcore.NewSecret(name, k6.Secret(name)), nil
	}
	work.Host.Responder = marking{}
	effective, err := p.withoutHooks(ctx, c, f)
	if err != nil {
		return k6.Step{}, err
	}
	p.warnUnused(c)
	s := k6.Step{Path: c.name(), Effective: effective, Out: c.out, Beside: p.beside(work.Collection)}
	// Nobody is asked, and no command run, a second time; what needs them is not known to differ.
	again := *c
	quiet := work
	quiet.Host.Ask, quiet.Host.Command = nil, nil
	quiet.Host.Now = func() time.Time { return p.Now().Add(100 * time.Hour) }
	quiet.Host.Secret = func(_ context.Context, name string) (httpcore.Secret, error) {
		return httpcore.NewSecret(name, k6.Secret(name+"?")), nil
	}
	again.work = &quiet
	if _, err := p.withoutHooks(ctx, &again, f); err == nil {
		s.Again = again.out
	}
	return s, nil
}

// name is how a request is called in a script.
func (c *call) name() string {
	if c.loaded != nil && c.loaded.Path != "" {
		return c.loaded.Path
	}
	return "request"
}

// marking answers response() with a mark.
type marking struct{}

// Respond implements template.Responder.
func (marking) Respond(_ context.Context, path, _ string, _ time.Duration) (any, []httpcore.Secret, error) {
	return k6.Response(path), nil, nil
}

var _ template.Responder = marking{}
