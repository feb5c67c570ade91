// Package runner carries saved requests out: it walks the road from a collection's file to a finished exchange, the same
// for the command line and the workbench.
//
//	collections ─Effective─▶ resolve ─Request─▶ httpcore.Session: Prepare, Do ─▶ Exchange ─▶ Recorder
//
// A Workspace is what such a walk needs to know: which collection, environments and variables, and where to send. It is a
// value: whoever sends in the background takes a copy first, so that a choice made meanwhile does not reach into what is
// running. The sessions it leads to are shared, safe for concurrent use, and closed by whoever made the Sessions.
//
// Sessions outlive a process by their cookies, in a SessionStore: sending begins with what other processes have left
// there, Workspace.SaveSession brings it what came, and Sessions.Close what is not yet there.
package runner

import (
	"context"
	"fmt"
	"strings"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/expect"
	"parley/collections/resolve"
	"parley/collections/secrets"
	"parley/collections/template"
	"parley/httpcore"
)

// Workspace is a collection with the choices that were made about it.
type Workspace struct {
	Collection *collections.Collection
	// Environments are the names of those chosen, later ones winning; none means the collection's own choice.
	Environments []string
	// Flags are variables from the command line, before all others; Row those of the row of data that a run is at.
	Flags, Row env.Layer
	// Host is what templates can reach.
	Host template.Host
	// Secrets are those of the machine, beside what the collection says of where they may go; nil leaves them to the Host.
	Secrets *secrets.Keeper
	// Session is the name of the session to use where a request names none; empty means DefaultSession.
	Session  string
	Sessions *Sessions
	// Captured are the values of earlier responses; nil keeps none.
	Captured *CapturedStore
	// Consent asks a person about the commands of templates, but for those that Commands remembers; nil asks nobody.
	Consent  Consent
	Commands *Commands
	// Snapshots says which bodies snapshot() keeps by itself; the zero value keeps none.
	Snapshots expect.Accept
	// Responses are earlier answers for response(), and SendFor sends what is not among them; without it, only they are to
	// be had.
	Responses *Responses
	SendFor   SendFor
	// Scripts is where hooks run, with what they have set; nil starts a process for each, and forgets what they set.
	Scripts *Scripts
	// Iteration counts the rows and the repetitions of a run from 0, of Iterations; hooks see it.
	Iteration, Iterations int
	// Environment is what the process environment says of proxies, CA certificates and netrc.
	Environment resolve.Environment
	// Overrides are laid over every request, later ones over earlier ones.
	Overrides []Override
	// AllowProtected lets methods that are not safe through to a protected environment.
	AllowProtected bool
}

// Override sets a key of a request's file, as a flag of the command line asks for; see [collections.Effective.OverrideBy].
type Override struct{ Flag, Assignment string }

// Close ends the sessions, saving them, and the processes of hooks.
func (w Workspace) Close() error {
	w.Scripts.Close()
	return w.Sessions.Close()
}

// Chosen returns the environments in use.
func (w Workspace) Chosen() ([]*collections.Environment, error) {
	names := w.Environments
	if fallback := w.Collection.Settings.Environment.Text; len(names) == 0 && fallback != "" {
		names = []string{fallback}
	}
	chosen := make([]*collections.Environment, 0, len(names))
	for _, name := range names {
		environment, err := w.Collection.Environment(name)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, environment)
	}
	return chosen, nil
}

// Names returns the names of the environments in use; of one that does not exist as well.
func (w Workspace) Names() []string {
	if fallback := w.Collection.Settings.Environment.Text; len(w.Environments) == 0 && fallback != "" {
		return []string{fallback}
	}
	return w.Environments
}

// Protected returns the name of the protected environment in use, or "".
func (w Workspace) Protected() string {
	chosen, err := w.Chosen()
	if err != nil {
		return "" // sending fails with that error
	}
	for _, environment := range chosen {
		if environment.Protected {
			return environment.Name
		}
	}
	return ""
}

// ProtectedError refuses a method that is not safe (RFC 9110 section 9.2.1) in a protected environment.
type ProtectedError struct{ Environment, Method string }

// Error says what was refused.
func (e *ProtectedError) Error() string {
	return fmt.Sprintf("%s is not sent: the environment %q is protected", e.Method, e.Environment)
}

// Hint says how it can be sent all the same.
func (e *ProtectedError) Hint() string {
	return "--allow-protected sends it; in the workbench, type the environment's name"
}

// Guard refuses what a protected environment must not get without a second thought.
func (w Workspace) Guard(method string) error {
	if w.AllowProtected || safe(method) {
		return nil
	}
	if name := w.Protected(); name != "" {
		return &ProtectedError{Environment: name, Method: method}
	}
	return nil
}

// safe tells the methods that RFC 9110 section 9.2.1 calls safe.
func safe(method string) bool {
	switch strings.ToUpper(method) {
	case "", "GET", "HEAD", "OPTIONS", "TRACE":
		return true
	default:
		return false
	}
}

// Input is what the request is resolved from: for a preview, for the colours of its variables, and for sending.
func (w Workspace) Input(r *collections.Request) (resolve.Input, error) {
	effective, err := w.effective(r)
	if err != nil {
		return resolve.Input{}, err
	}
	return w.inputOf(effective)
}

// effective is what the request means with what was laid over it on the command line.
func (w Workspace) effective(r *collections.Request) (*collections.Effective, error) {
	effective, err := w.Collection.Effective(r)
	if err != nil {
		return nil, err
	}
	for _, o := range w.Overrides {
		if err := effective.OverrideBy(o.Flag, o.Assignment); err != nil {
			return nil, err
		}
	}
	return effective, nil
}

func (w Workspace) inputOf(effective *collections.Effective) (resolve.Input, error) {
	chosen, err := w.Chosen()
	if err != nil {
		return resolve.Input{}, err
	}
	captured, err := w.Captured.Layer(w.Names(), w.sessionOf(effective.Options.Session.Text))
	if err != nil {
		return resolve.Input{}, err
	}
	scripted, _ := w.Scripts.seen()
	return resolve.Input{
		Scripted: scripted,
		Captured: captured, Request: effective, Environments: chosen, Flags: w.Flags, Row: w.Row, Host: w.HostFor(effective.Request.Path), Beside: w.Collection.Beside,
		Session: w.SessionName(""), Environment: w.Environment,
		Expect: w.ExpectHost(effective.Request),
	}, nil
}

// dotenv reads the collection's .env as it is now.
func (w Workspace) dotenv(name string) (value string, at template.Position, ok bool) {
	value, pos, ok := w.Collection.Dotenv.Lookup(name)
	return value, template.Position(pos), ok
}

// HostFor is what the templates of the request at path can reach.
func (w Workspace) HostFor(path string) template.Host {
	host, here := w.Host, &w // one copy for all that the host reaches
	host.Dotenv = func(name string) (string, template.Position, bool) { return here.dotenv(name) }
	if host.Command != nil {
		host.Command = func(ctx context.Context, line string) (string, error) { return here.command(ctx, line) }
	}
	if w.Secrets != nil {
		host.Secret = func(ctx context.Context, name string) (httpcore.Secret, error) { return here.Secret(ctx, name) }
	}
	if w.Responses != nil {
		host.Responder = &responder{here, path}
	}
	return host
}

// Secret finds a secret. The hosts that it is for are those of the collection as it is now, which may have been loaded anew.
func (w Workspace) Secret(ctx context.Context, name string) (httpcore.Secret, error) {
	if w.Secrets == nil {
		return w.Host.Secret(ctx, name)
	}
	return env.NewSecrets(resolve.SecretHosts(w.Collection), w.Secrets).Get(ctx, name)
}

// Resolve fills in every variable of a request.
func (w Workspace) Resolve(ctx context.Context, r *collections.Request) (*resolve.Output, error) {
	input, err := w.Input(r)
	if err != nil {
		return nil, err
	}
	out, err := resolve.Resolve(ctx, input)
	if err != nil {
		return nil, err
	}
	out.Warnings = append(out.Warnings, w.Warnings()...)
	return out, nil
}

// Warnings are about what every request of the collection may use: the lines of .env that cannot be read.
func (w Workspace) Warnings() []resolve.Warning {
	var list []resolve.Warning
	for _, f := range w.Collection.Dotenv.Unread() {
		list = append(list, resolve.Warning{Where: template.Position(f.Pos), Message: f.Message + ": " + f.Advice})
	}
	return list
}

// SessionFor returns the session that a resolved request is sent in, with the cookies that other processes have left
// there. It reads a file.
func (w Workspace) SessionFor(out *resolve.Output) (*httpcore.Session, error) {
	return w.Sessions.Open(w.SessionName(out.Session))
}

// SaveSession keeps the cookies that a request was answered with, also when ctx has ended.
func (w Workspace) SaveSession(ctx context.Context, out *resolve.Output) error {
	return w.Sessions.Save(context.WithoutCancel(ctx), w.SessionName(out.Session))
}

// SessionOf returns the name of the session that a request is sent in, as far as that is known before its variables are
// resolved. The name may be inherited.
func (w Workspace) SessionOf(r *collections.Request) string {
	wanted := r.Options.Session.Text
	if effective, err := w.effective(r); err == nil {
		wanted = effective.Options.Session.Text
	}
	return w.sessionOf(wanted)
}

func (w Workspace) sessionOf(wanted string) string {
	if strings.Contains(wanted, "{{") {
		wanted = ""
	}
	return w.SessionName(wanted)
}

// SessionName returns the name of the session that a request uses which asks for wanted; empty asks for none.
func (w Workspace) SessionName(wanted string) string {
	switch {
	case wanted != "":
		return wanted
	case w.Session != "":
		return w.Session
	default:
		return DefaultSession
	}
}

// Send sends a resolved request in its session. The error is that of the exchange, or why there is none: the exchange is
// nil then, and nothing was sent. [Workspace.SaveSession] keeps the cookies that came.
func (w Workspace) Send(ctx context.Context, out *resolve.Output, sink httpcore.Sink) (*httpcore.Exchange, error) {
	if err := w.Guard(out.Request.Method); err != nil {
		return nil, err
	}
	session, err := w.SessionFor(out)
	if err != nil {
		return nil, err
	}
	prepared, err := session.Prepare(ctx, out.Request)
	if err != nil {
		return nil, err
	}
	return session.Do(ctx, prepared, sink)
}
