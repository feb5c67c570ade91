package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/importer"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/script"
	"parley/httpcore/body"
)

// call is one request on its way from the command line to the engine.
type call struct {
	work *runner.Workspace
	// collection is the folder that the variables come from; empty when there is none.
	collection string
	// request is what it is made of, loaded what that was read from; nil for one that was never saved.
	request, loaded *collections.Request
	// input is standard input as the body, nil when it is not; content is what it said, when that was read before.
	input   body.Payload
	content []byte
	out     *resolve.Output
	// made is what out is of; nil for a preview. told is what its hooks said that was printed.
	made *runner.Call
	told script.Report
	// manners are how curl would send it, for a curl command.
	manners *importer.Manners
}

// prepareCall reads the target and the items of one request, resolves everything in them, and runs its `before` hooks.
func (p *Program) prepareCall(ctx context.Context, dir string, args []string, f requestFlags, b bodyFlags) (*call, error) {
	c, err := p.prepareOne(ctx, dir, args, f, b)
	if err != nil {
		return nil, err
	}
	if err := p.resolve(ctx, c, f); err != nil {
		return nil, errors.Join(err, c.work.Close())
	}
	return c, nil
}

// prepareOne reads the target and the items of one request.
func (p *Program) prepareOne(ctx context.Context, dir string, args []string, f requestFlags, b bodyFlags) (*call, error) {
	calls, err := p.prepareCalls(ctx, dir, args, f, b)
	if err != nil {
		return nil, err
	}
	if len(calls) != 1 {
		err := &UsageError{Message: fmt.Sprintf("the curl command makes %d requests", len(calls)), Advice: "name one URL in it"}
		return nil, errors.Join(err, calls[0].work.Close())
	}
	return calls[0], nil
}

// prepareCalls reads a target that may stand for several requests, as a curl command with several URLs does. They are in
// one workspace, and at least one; each is resolved when it is its turn.
func (p *Program) prepareCalls(ctx context.Context, dir string, args []string, f requestFlags, b bodyFlags) ([]*call, error) {
	collection, err := p.tree(dir)
	if err != nil {
		return nil, err
	}
	t, rest, err := parseTarget(args, savedPaths(collection))
	if err != nil {
		return nil, err
	}
	work, err := p.workspace(collection, f.choices)
	if err != nil {
		return nil, err
	}
	calls, err := p.load(t, collection)
	if err != nil {
		return nil, err
	}
	for _, c := range calls {
		c.work = work
		if collection != nil {
			c.collection = collection.Root
		}
		if err := p.lay(ctx, c, t, rest, b); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// load finds or makes the requests that a target names.
func (p *Program) load(t target, collection *collections.Collection) ([]*call, error) {
	switch {
	case t.url != "":
		return []*call{{request: &collections.Request{URL: typed(t.url)}}}, nil
	case t.curl != "":
		return p.fromCurl(t.curl)
	case collection == nil:
		return nil, &UsageError{
			Message: fmt.Sprintf("%q is no URL, and there is no collection here with saved requests", t.saved),
			Advice:  fmt.Sprintf("http://%s would be a URL; -C DIR names a collection", t.saved),
		}
	default:
		loaded, err := collection.Request(t.saved)
		if err != nil {
			return nil, err
		}
		return []*call{{request: loaded.Clone(), loaded: loaded}}, nil
	}
}

// lay puts the method, the items and the content over the request.
func (p *Program) lay(ctx context.Context, c *call, t target, words []string, f bodyFlags) error {
	items, wantsInput, err := parseItems(words)
	if err != nil {
		return err
	}
	if err := p.compose(c.request, items, f); err != nil {
		return err
	}
	hasBody := c.request.Body.Kind != collections.BodyNone
	if wantsInput || t.url != "" && !hasBody && !f.ignoreStdin && p.inputIsBody(t.method) {
		if wantsInput && (f.raw.given || slices.ContainsFunc(items, item.isBody)) {
			return &UsageError{Message: "@- is the whole body, and there is another one", Advice: "give one of them"}
		}
		if c.input, c.content, err = p.takeInput(ctx, f); err != nil {
			return err
		}
		c.request.Body = collections.Body{Compress: c.request.Body.Compress}
	}
	if f.chunked {
		chunked := []collections.Entry{{Name: "Transfer-Encoding", Value: typed("chunked")}}
		c.request.Headers = over(c.request.Headers, chunked, strings.EqualFold)
	}
	switch {
	case t.method != "":
		c.request.Method = typed(t.method)
	case t.url != "" && (hasBody || c.input != nil):
		c.request.Method = typed("POST")
	}
	return nil
}

// parseItems reads the items; one of them may ask for standard input.
func parseItems(words []string) (items []item, wantsInput bool, err error) {
	for _, word := range words {
		if word == "@-" {
			wantsInput = true
			continue
		}
		i, err := parseItem(word)
		if err != nil {
			return nil, false, err
		}
		items = append(items, i)
	}
	return items, wantsInput, nil
}

// resolve fills in the variables, runs the `before` hooks, and says what is not used.
func (p *Program) resolve(ctx context.Context, c *call, f requestFlags) error {
	err := p.fill(ctx, c, f)
	if c.made != nil {
		p.tellHooks(c, c.made.Hooks)
	}
	if err != nil {
		return err
	}
	p.warnUnused(c)
	return nil
}

// preview is resolve for what is not sent: hooks do not run, since they may send requests of their own.
func (p *Program) preview(ctx context.Context, c *call, f requestFlags) error {
	effective, err := p.withoutHooks(ctx, c, f)
	if err != nil {
		return err
	}
	p.warnUnused(c)
	if len(effective.Hooks) > 0 {
		p.warn(errors.New("hooks do not run when nothing is sent: what they set and change is not in it"))
	}
	return nil
}

// withoutHooks fills in the variables of a request whose hooks do not run, and returns what it means.
func (p *Program) withoutHooks(ctx context.Context, c *call, f requestFlags) (*collections.Effective, error) {
	input, err := p.input(c, f)
	if err != nil {
		return nil, err
	}
	if c.out, err = resolve.Resolve(ctx, input); err != nil {
		return nil, err
	}
	c.out.Warnings = append(c.out.Warnings, c.work.Warnings()...)
	return input.Request, c.finish(input.Request)
}

func (p *Program) warnUnused(c *call) {
	for _, warning := range c.out.Warnings {
		p.warn(errors.New(warning.String()))
	}
}

// fill fills in the variables, and runs the `before` hooks.
func (p *Program) fill(ctx context.Context, c *call, f requestFlags) error {
	input, err := p.input(c, f)
	if err != nil {
		return err
	}
	if c.made, err = c.work.CallFrom(ctx, c.request, input); err != nil {
		return err
	}
	c.out = c.made.Out
	return c.finish(input.Request)
}

// finish gives the request what comes from the command line alone.
func (c *call) finish(effective *collections.Effective) (err error) {
	if c.input != nil {
		if c.out.Request.Body, err = body.Compress(c.input, effective.Body.Compress.Text); err != nil {
			return err
		}
	}
	if c.loaded == nil {
		c.out.Request.URL = withScheme(c.out.Request.URL) // a variable may have held a short one
	}
	return nil
}

// overridden is what the request means with what the flags lay over it.
func (c *call) overridden(f requestFlags) (*collections.Effective, error) {
	effective, err := c.effective()
	if err != nil {
		return nil, err
	}
	assignments, err := f.assignments()
	if err != nil {
		return nil, err
	}
	for _, a := range assignments {
		if err := effective.OverrideBy(a.flag, a.text); err != nil {
			return nil, err
		}
	}
	return effective, nil
}

// input is what the request is made from.
func (p *Program) input(c *call, f requestFlags) (resolve.Input, error) {
	effective, err := c.overridden(f)
	if err != nil {
		return resolve.Input{}, err
	}
	environments, err := c.work.Chosen()
	if err != nil {
		return resolve.Input{}, err
	}
	captured, err := c.work.CapturedFor(c.request)
	if err != nil {
		return resolve.Input{}, err
	}
	return resolve.Input{
		Captured: captured, Request: effective, Environments: environments, Flags: c.work.Flags, Host: c.work.HostFor(c.request.Path), Beside: p.beside(c.work.Collection),
		Session: c.work.SessionName(""), Environment: c.work.Environment, Expect: c.work.ExpectHost(c.request),
	}, nil
}

// effective says what the request means. One that is not saved sees the variables of the collection and the defaults of a
// session that was named for it, and inherits nothing else: credentials never go to a URL because of the folder that
// somebody stands in.
func (c *call) effective() (*collections.Effective, error) {
	if c.loaded != nil {
		return c.work.Collection.Effective(c.request)
	}
	settings := c.work.Collection.Settings
	visible := &collections.Settings{File: settings.File, Vars: settings.Vars}
	if c.work.Session != "" {
		visible.Sessions = settings.Sessions
	}
	alone := &collections.Collection{Settings: visible, Tree: collections.NewFolder("", visible)}
	return alone.Effective(c.request)
}
