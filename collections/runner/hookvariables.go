package runner

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/collections/env"
	"parley/collections/resolve"
	"parley/collections/script"
	"parley/collections/template"
	"parley/httpcore"
)

// hookVariables is what the scripts of one call can reach: a script.Outside.
type hookVariables struct {
	hooks *hooks

	mu     sync.Mutex
	local  map[string]script.Value
	found  []httpcore.Secret
	scopes *env.Scopes // nil when they have changed
	values *template.Resolver
}

func newHookVariables(h *hooks) *hookVariables {
	return &hookVariables{hooks: h, local: map[string]script.Value{}}
}

// know adds to the secrets that the scripts may have come upon.
func (v *hookVariables) know(secrets []httpcore.Secret) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.found = withSecrets(v.found, secrets)
}

func (v *hookVariables) secrets() []httpcore.Secret {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.found
}

// scope returns the variables as they are now.
func (v *hookVariables) scope() (*env.Scopes, *template.Resolver, error) {
	if v.scopes != nil {
		return v.scopes, v.values, nil
	}
	scopes, err := resolve.Scopes(v.hooks.input)
	if err != nil {
		return nil, nil, err
	}
	v.scopes, v.values = scopes, template.NewResolver(scopes, v.hooks.input.Host)
	return v.scopes, v.values, nil
}

// inScope reports whether a variable that stands somewhere belongs to a scope of pm.
func inScope(scope string, v template.Variable) bool {
	at := v.Origin.Scope
	switch scope {
	case script.ScopeAll:
		return true
	case script.ScopeEnvironment:
		return at == scriptedName(scope) || strings.HasPrefix(at, "environment ")
	case script.ScopeCollection:
		return at == scriptedName(scope) || at == "collection"
	case script.ScopeData:
		return false
	default:
		return at == scriptedName(scope)
	}
}

// Get resolves a variable.
func (v *hookVariables) Get(ctx context.Context, scope, name string) (script.Value, bool, error) {
	scopes, values, err := v.scope()
	if err != nil {
		return nil, false, err
	}
	variable, found := v.find(scopes, scope, name)
	if !found {
		return nil, false, nil
	}
	value, err := v.resolved(ctx, values, variable)
	v.know(values.Secrets())
	if err != nil {
		return nil, true, err
	}
	return value, true, nil
}

func (v *hookVariables) find(scopes *env.Scopes, scope, name string) (template.Variable, bool) {
	list := scopes.All(name)
	if scope == script.ScopeData {
		list = slices.DeleteFunc(slices.Clone(v.hooks.input.Row.Vars), func(row template.Variable) bool { return row.Name != name })
		slices.Reverse(list)
	}
	for _, variable := range list {
		if scope == script.ScopeData || inScope(scope, variable) {
			return variable, true
		}
	}
	return template.Variable{}, false
}

// resolved is the value of a variable as JSON.
func (v *hookVariables) resolved(ctx context.Context, values *template.Resolver, variable template.Variable) (script.Value, error) {
	text, isText := variable.Value.(string)
	if variable.Value == nil {
		return script.Value("null"), nil
	}
	if !isText || !variable.Literal {
		result := values.ExpandVariable(ctx, variable)
		if err := result.Errors.Err(); err != nil {
			return nil, err
		}
		text = result.Text
	}
	if variable.Secret {
		v.know([]httpcore.Secret{httpcore.NewSecret(variable.Name, text)})
	}
	if !isText && json.Valid([]byte(text)) {
		return script.Value(text), nil
	}
	return json.Marshal(text)
}

// Names lists the variables of a scope.
func (v *hookVariables) Names(scope string) []string {
	scopes, _, err := v.scope()
	if err != nil {
		return nil
	}
	names := scopes.Names()
	if scope == script.ScopeData {
		names = nil
		for _, row := range v.hooks.input.Row.Vars {
			names = append(names, row.Name)
		}
	}
	var list []string
	for _, name := range names {
		if _, found := v.find(scopes, scope, name); found {
			list = append(list, name)
		}
	}
	return list
}

var errReadOnly = errors.New("pm.iterationData cannot be changed: it is a row of the data")

// Set gives a variable a value: for this call alone with pm.variables.
func (v *hookVariables) Set(scope, name string, value script.Value) error {
	var err error
	switch scope {
	case script.ScopeData:
		return errReadOnly
	case script.ScopeAll:
		err = setScripted(v.local, name, value)
	default:
		err = v.hooks.scripts.set(scope, name, value)
	}
	v.renew()
	return err
}

// Unset takes away what a hook has set; what a file says stays.
func (v *hookVariables) Unset(scope, name string) error {
	switch scope {
	case script.ScopeData:
		return errReadOnly
	case script.ScopeAll:
		delete(v.local, name)
	default:
		v.hooks.scripts.unset(scope, name)
	}
	v.renew()
	return nil
}

// renew has the request resolved, and the variables looked up, as they are now.
func (v *hookVariables) renew() {
	scripted, _ := v.hooks.scripts.seen()
	scripted.Local = scriptedLayer(script.ScopeAll, v.local, httpcore.NewMasker(v.secrets(), httpcore.Mark))
	v.hooks.input.Scripted = scripted
	v.hooks.changed, v.scopes = true, nil
}

// Send sends a request of a script's own, in the session of its request and on the same way.
func (v *hookVariables) Send(ctx context.Context, wanted script.Request) (*script.Response, error) {
	if wanted.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Duration(wanted.Timeout)*time.Millisecond)
		defer cancel()
	}
	c := v.hooks.call
	request, err := requestOf(wanted, c.Out.Request)
	if err != nil {
		return nil, err
	}
	request.Know(v.secrets())
	x, err := c.Work.Send(ctx, &resolve.Output{Request: request, Session: c.Out.Session}, nil)
	if x == nil {
		return nil, err
	}
	defer x.Close() // its bodies are of no use any more
	if err != nil {
		return nil, err
	}
	return responseOf(x.Last()), nil
}

// requestOf makes the request that a script sends. It goes the way of the script's own, with what that shows elsewhere when
// it goes to another origin.
func requestOf(wanted script.Request, own *httpcore.Request) (*httpcore.Request, error) {
	options := httpcore.DefaultOptions()
	theirs := own.Options
	options.Protocol, options.TLS, options.Network, options.Decode = theirs.Protocol, theirs.TLS, theirs.Network, theirs.Decode
	r := &httpcore.Request{Method: wanted.Method, URL: wanted.URL, Elsewhere: own.Elsewhere, Options: options}
	for _, h := range wanted.Headers {
		r.Headers.Add(h.Name, h.Value)
	}
	to, err := r.ParsedURL()
	if err != nil {
		return nil, err
	}
	if from, err := own.ParsedURL(); err != nil || from.Origin() != to.Origin() {
		tls := options.TLS
		if own.Elsewhere != nil {
			tls = own.Elsewhere.TLS
		}
		tls.ServerName = ""
		r.Options.TLS, r.Elsewhere = tls, nil
	}
	r.Body, err = bodyOf(nil, script.Body{}, wanted.Body)
	return r, err
}
