package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/importer"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/httpcore/body"
	"parley/httpcore/cookies"
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
	// cookieFiles are cookies.txt files to put into the session.
	cookieFiles []string
}

// prepareCall reads the target and the items of one request and resolves everything in them.
func (p *Program) prepareCall(ctx context.Context, dir string, args []string, f requestFlags, b bodyFlags) (*call, error) {
	calls, err := p.prepareCalls(ctx, dir, args, f, b)
	if err != nil {
		return nil, err
	}
	if len(calls) != 1 {
		err := &UsageError{Message: fmt.Sprintf("the curl command makes %d requests", len(calls)), Advice: "name one URL in it"}
		return nil, errors.Join(err, calls[0].work.Sessions.Close())
	}
	return calls[0], nil
}

// prepareCalls is prepareCall for a target that may stand for several requests, as a curl command with several URLs does.
// They are in one workspace, and at least one.
func (p *Program) prepareCalls(ctx context.Context, dir string, args []string, f requestFlags, b bodyFlags) ([]*call, error) {
	collection, err := p.collection(dir)
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
		if err := p.resolve(ctx, c, f); err != nil {
			return nil, errors.Join(err, work.Sessions.Close())
		}
		if err := p.takeCookies(c); err != nil {
			return nil, errors.Join(err, work.Sessions.Close())
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

// fromCurl reads a curl command, and says what of it is not kept. The headers that Parley would add and curl does not
// are left out, so that what leaves is what curl would send.
func (p *Program) fromCurl(command string) ([]*call, error) {
	items, err := importer.CurlWith(command, p.curlFile)
	if err != nil {
		return nil, err
	}
	calls := make([]*call, len(items))
	for i, item := range items {
		for _, note := range item.Notes {
			if note.Outcome == importer.Lost && !slices.Contains(item.CookieFiles, strings.TrimPrefix(note.What, "--cookie ")) {
				p.warn(fmt.Errorf("%s is left out: %s", note.What, note.Why))
			}
		}
		for _, name := range item.Without {
			item.Request.Headers = append(item.Request.Headers, collections.Entry{Name: name, Value: collections.Str(""), Off: true})
		}
		calls[i] = &call{request: item.Request, cookieFiles: item.CookieFiles}
	}
	return calls, nil
}

// curlFile reads a file that a curl command names.
func (p *Program) curlFile(name string) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(p.Stdin)
		return string(text), err
	}
	text, err := disk.ReadFile(p.FS, p.abs(name))
	return string(text), err
}

// takeCookies puts the cookies of files into the session of a call. One that is not there has none, as with curl.
func (p *Program) takeCookies(c *call) error {
	for _, name := range c.cookieFiles {
		text, err := disk.ReadFile(p.FS, p.abs(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			p.warn(err) // curl does without, too
			continue
		}
		list, problems, err := cookies.ReadNetscape(bytes.NewReader(text))
		if err != nil {
			return err
		}
		for _, problem := range problems {
			p.warn(fmt.Errorf("%s: %s", name, problem))
		}
		session, err := c.work.SessionFor(c.out)
		if err != nil {
			return err
		}
		for _, cookie := range list {
			session.Jar().Put(cookie)
		}
	}
	return nil
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

// resolve fills in the variables, and says what is not used.
func (p *Program) resolve(ctx context.Context, c *call, f requestFlags) error {
	effective, err := c.effective()
	if err != nil {
		return err
	}
	assignments, err := f.assignments()
	if err != nil {
		return err
	}
	if err := effective.Override(assignments...); err != nil {
		return err
	}
	environments, err := c.work.Chosen()
	if err != nil {
		return err
	}
	c.out, err = resolve.Resolve(ctx, resolve.Input{
		Request: effective, Environments: environments, Flags: c.work.Flags, Host: c.work.Host, Beside: p.beside(c.work.Collection),
		Session: c.work.SessionName(""), Environment: c.work.Environment,
	})
	if err != nil {
		return err
	}
	if c.input != nil {
		if c.out.Request.Body, err = body.Compress(c.input, effective.Body.Compress.Text); err != nil {
			return err
		}
	}
	if c.loaded == nil {
		c.out.Request.URL = withScheme(c.out.Request.URL) // a variable may have held a short one
	}
	for _, warning := range c.out.Warnings {
		p.warn(errors.New(warning.String()))
	}
	return nil
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
	alone := &collections.Collection{Settings: visible, Tree: &collections.Folder{Settings: visible}}
	return alone.Effective(c.request)
}
