package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/template"
	"parley/httpcore"
)

// SendFor sends a saved request because another one asks for its response, and gives what came of it to
// Workspace.Responses. It is told to the user as every other request is: recorded, judged.
type SendFor func(ctx context.Context, w Workspace, r *collections.Request) error

// SendingFor returns a SendFor that sends as every front door does; told hears what came of it, while the exchange is open.
func SendingFor(told func(ctx context.Context, call *Call, x *httpcore.Exchange, v Verdict)) SendFor {
	return func(ctx context.Context, w Workspace, r *collections.Request) error {
		call, err := w.Call(ctx, r)
		if err != nil {
			return err
		}
		x, err := call.Send(ctx, nil)
		if x == nil {
			return err
		}
		defer x.Close() //nolint:errcheck // a temporary file that is still there harms nobody
		verdict := call.Judge(ctx, x)
		told(ctx, call, x, verdict)
		if !expect.Answered(x) {
			return err
		}
		w.KeepResponse(ctx, r.Path, x)
		return errors.Join(verdict.Err, w.SaveSession(ctx, call.Out))
	}
}

// maxAskers bounds how many requests may wait for one another.
const maxAskers = 16

// askers are the paths of the requests that wait for a response, the first first. They travel with the context, since a
// request that is sent for another one may ask for a third.
type askers struct{}

// responder finds responses for one request.
type responder struct {
	work *Workspace
	// asker is the path of the request that asks; "" when it is not saved.
	asker string
}

var _ template.Responder = (*responder)(nil)

// Respond implements template.Responder.
func (r *responder) Respond(ctx context.Context, path, expression string, maxAge time.Duration) (any, []httpcore.Secret, error) {
	path = collections.Clean(path)
	value, secrets, found, err := r.kept(ctx, path, expression, maxAge)
	if found {
		return value, secrets, err
	}
	if r.work.SendFor == nil {
		return nil, nil, &UnansweredError{path, nil, "send it first"}
	}
	if err := r.send(ctx, path); err != nil {
		return nil, nil, err
	}
	value, secrets, found, err = r.kept(ctx, path, expression, -1)
	if !found {
		err = &UnansweredError{path, fmt.Errorf("its body is larger than %d MiB", maxResponseBody>>20), "capture what is needed of it"}
	}
	return value, secrets, err
}

// kept evaluates the expression on the answer that is there. Secrets of that exchange that are in the value are secrets of
// whoever asks.
func (r *responder) kept(ctx context.Context, path, expression string, maxAge time.Duration) (value any, secrets []httpcore.Secret, found bool, err error) {
	found = r.work.Responses.read(r.work.responseKey(path), maxAge, func(x *httpcore.Exchange) {
		if value, err = expect.Value(ctx, expression, x); err != nil {
			return
		}
		text := expect.Text(value)
		for _, secret := range x.Request.Secrets {
			if httpcore.NewMasker([]httpcore.Secret{secret}, httpcore.Mark).Find(text) != nil {
				secrets = append(secrets, secret)
			}
		}
		value = forTemplates(value)
	})
	return value, secrets, found, err
}

func (r *responder) send(ctx context.Context, path string) error {
	waiting, _ := ctx.Value(askers{}).([]string)
	if r.asker != "" {
		waiting = append(slices.Clone(waiting), r.asker)
	}
	if at := slices.Index(waiting, path); at >= 0 {
		return &ResponseCycleError{append(slices.Clone(waiting[at:]), path)}
	}
	if len(waiting) > maxAskers {
		return &UnansweredError{path, fmt.Errorf("more than %d requests wait for one another: %s", maxAskers, strings.Join(waiting, " → ")), ""}
	}
	request, err := r.work.Collection.Request(path)
	if err != nil {
		return err
	}
	if err := r.work.SendFor(context.WithValue(ctx, askers{}, waiting), *r.work, request); err != nil {
		if cycle, ok := errors.AsType[*ResponseCycleError](err); ok {
			return cycle
		}
		return &UnansweredError{path, err, ""}
	}
	return nil
}

// ResponseCycleError says that a request needs its own response.
type ResponseCycleError struct {
	// Paths are the requests, each of which asks for the response of the next one; the first and the last are the same.
	Paths []string
}

// Error names the whole cycle.
func (e *ResponseCycleError) Error() string {
	return "a request needs its own response: " + strings.Join(e.Paths, " → ")
}

// Hint says how it can be ended.
func (e *ResponseCycleError) Hint() string {
	return "what a folder asks for is inherited by all in it: give the request that is asked for a value of its own, such as auth.type = \"none\""
}

// UnansweredError says that there is no response of a request.
type UnansweredError struct {
	Path   string
	Err    error
	Advice string
}

// Error says why.
func (e *UnansweredError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("there is no response of %s yet", e.Path)
	}
	return fmt.Sprintf("there is no response of %s: %v", e.Path, e.Err)
}

// Hint says what to do.
func (e *UnansweredError) Hint() string {
	if hinted, ok := e.Err.(interface{ Hint() string }); ok && e.Advice == "" {
		return hinted.Hint()
	}
	return e.Advice
}

// Unwrap returns why, unless it is what is wrong with the templates of that request: those of the one that asks are not.
func (e *UnansweredError) Unwrap() error {
	if _, ok := errors.AsType[template.Errors](e.Err); ok {
		return nil
	}
	if _, ok := errors.AsType[*template.Error](e.Err); ok {
		return nil
	}
	return e.Err
}

// forTemplates writes long numbers as templates have them: as text where expressions calculate, spelled within lists and
// objects.
func forTemplates(value any) any {
	if n, ok := value.(expect.Number); ok {
		return string(n)
	}
	return within(value)
}

func within(value any) any {
	switch v := value.(type) {
	case expect.Number:
		return template.Number(v)
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = within(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, item := range v {
			object[key] = within(item)
		}
		return object
	}
	return value
}
