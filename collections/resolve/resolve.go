package resolve

import (
	"context"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/expect"
	"parley/collections/template"
	"parley/collections/tomldoc"
	"parley/httpcore"
)

// DefaultSession is the name of the session that is used when none is named.
const DefaultSession = "default"

// Input is what a request is made from.
type Input struct {
	Request *collections.Effective
	// Environments are the chosen ones in the order they were named; later ones win.
	Environments []*collections.Environment
	// Flags are the variables of the command line, Row those of the row of data that a run is at, Captured those of earlier
	// responses.
	Flags, Row, Captured env.Layer
	// Checks is what [Checks] made of the request before; nil makes it anew.
	Checks *expect.Set
	Host   template.Host
	// Scripted are the variables that hooks have set.
	Scripted env.Scripted
	// Session is the session that is used where the request names none; empty when it has no name.
	Session string
	// Environment is the process environment; what it says is outermost, and a file always wins over it.
	Environment Environment
	// Beside turns a path that a file names into a path on disk, as Collection.Beside does. A value without a place is the
	// request's file's; what comes from the command line has a flag (collections.IsFlag) or no file at all.
	Beside func(file, name string) string
	// Expect is what expectations and captures can reach beside the response.
	Expect expect.Host
}

// Output is a request that can be prepared, and what there is to say about it.
type Output struct {
	Request *httpcore.Request
	// Session names the session to send in.
	Session string
	// Record says what history is to keep of the exchange.
	Record Record
	// Checks is what is asked of the response; never nil.
	Checks *expect.Set
	// Values are the effective values with their origins, in the order of the request.
	Values []Value
	// Warnings tell what the file says and this version does not use, and what is risky.
	Warnings []Warning
}

// Record is what history keeps of an exchange.
type Record string

// What can be kept.
const (
	RecordAll    Record = "all"
	RecordNoBody Record = "no-body"
	RecordNone   Record = "none"
)

// Value is one effective value, for --explain and for the workbench.
type Value struct {
	// Key is how the files call it, such as "headers.Accept".
	Key string
	// Text is the resolved value. It may hold secrets: show it through a masker.
	Text string
	// Secret says that Text holds a secret or what was made from one.
	Secret bool
	// Scope says what the value belongs to: "request", "folder users", "collection", `[for."https://api.test/"]`,
	// "[sessions.admin]", "--set", "--http", "the environment's HTTPS_PROXY", "Parley's default".
	Scope string
	// Where is the place of the value in a file, if it is in one.
	Where template.Position
	// Pieces are the literal parts and variables it is made of.
	Pieces []template.Piece
}

// Warning is something worth saying that does not stop the request.
type Warning struct {
	Where   template.Position
	Message string
}

// String returns the place and the sentence.
func (w Warning) String() string {
	if w.Where.IsZero() {
		return w.Message
	}
	return w.Where.String() + ": " + w.Message
}

// Resolve makes the request. The error is a template.Errors with all that is wrong, or that of a broken environment.
func Resolve(ctx context.Context, in Input) (*Output, error) {
	out, err := Draft(ctx, in)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Draft is Resolve as far as it goes, for hooks that look at a request before they set its variables: what cannot be
// resolved stands in it as it is written. With an error, the Output is not to be sent; it is nil beside that of a broken
// environment.
func Draft(ctx context.Context, in Input) (*Output, error) {
	scopes, err := Scopes(in)
	if err != nil {
		return nil, err
	}
	r := &resolver{
		ctx:       ctx,
		in:        in,
		templates: template.NewResolver(scopes, in.Host),
		out:       &Output{},
	}
	request := r.request()
	r.when(scopes)
	r.checks()
	r.hooks()
	request.Secrets = r.templates.Secrets()
	r.out.Request, r.out.Record = request, RecordAll
	switch record := r.in.Request.Record; {
	case record.IsFalse():
		r.out.Record = RecordNone
	case record.IsSet() && !record.IsTrue():
		r.out.Record = RecordNoBody
	}
	r.warnUnused()
	r.warnShortSecrets()
	return r.out, r.errors.Err()
}

// Scopes returns the variables that the request can see.
func Scopes(in Input) (*env.Scopes, error) {
	sources := env.Sources{Flags: in.Flags, Row: in.Row, Captured: in.Captured, Scripted: in.Scripted}
	for i, scope := range in.Request.Scopes {
		layer := env.Layer{Name: scope.Name, Vars: variables(scope.File, scope.Vars)}
		switch {
		case i == 0:
			sources.Request = layer
		case i == len(in.Request.Scopes)-1:
			sources.Collection = layer
		default:
			sources.Folders = append(sources.Folders, layer)
		}
	}
	for _, e := range in.Environments {
		if e.Err != nil {
			return nil, e.Err
		}
		name := "environment " + e.Name
		sources.Environments = append(sources.Environments, env.Layer{Name: name, Vars: variables("", e.Hidden)}, env.Layer{Name: name, Vars: variables("", e.Active())})
	}
	return sources.Scopes(), nil
}

// resolver carries the making of one request.
type resolver struct {
	ctx       context.Context
	in        Input
	templates *template.Resolver
	out       *Output
	errors    template.Errors
}

func (r *resolver) request() *httpcore.Request {
	request := &httpcore.Request{
		Method: r.method(r.in.Request.Method),
		URL:    strings.TrimSpace(r.text("url", r.in.Request.URL)),
		Path:   r.fields("path", r.in.Request.PathParams),
	}
	r.surround(request)
	e := r.in.Request
	request.Params = r.fields("params", e.Params)
	request.Headers = r.fields("headers", e.Headers)
	request.Without = slices.Clone(e.Without)
	request.Cookies = r.fields("cookies", e.Cookies)
	request.Auth = r.auth(e.Auth)
	r.authByEnvironment(request)
	r.content(request, e.Body)
	request.Options = r.options(e.Options)
	return request
}

// method is what the request says; GET is Parley's choice where it says nothing.
func (r *resolver) method(v collections.Value) string {
	method := r.text("method", v)
	if last := len(r.out.Values) - 1; v.Pos.File == "" && !r.in.Request.Request.Method.IsSet() && last >= 0 {
		r.out.Values[last].Scope = byDefault
	}
	return method
}

// fields resolves a section; an entry with a list repeats its name.
func (r *resolver) fields(section string, entries []collections.Entry) httpcore.Fields {
	var fields httpcore.Fields
	for _, entry := range entries {
		name := r.name(entry)
		for _, value := range entry.Values() {
			fields.Add(name, r.text(section+"."+entry.Name, value))
		}
	}
	return fields
}

// name resolves an entry's name, which may hold {{ }} as every string may.
func (r *resolver) name(entry collections.Entry) string {
	if !strings.Contains(entry.Name, "{{") {
		return entry.Name
	}
	result := r.templates.Expand(r.ctx, r.templates.Parse(entry.Name, place(entry.Pos).In(entry.Name)))
	r.errors = append(r.errors, result.Errors...)
	return result.Text
}

func (r *resolver) auth(a collections.Auth) httpcore.Auth {
	if !a.IsSet() {
		return httpcore.Auth{}
	}
	auth := httpcore.Auth{Type: r.text("auth.type", a.Type)}
	if auth.IsNone() {
		return httpcore.Auth{}
	}
	for _, field := range a.Fields {
		if !field.Off {
			auth.Values.Add(field.Name, r.text("auth."+field.Name, field.Value))
		}
	}
	return auth
}

// text resolves a value, notes it, and returns "" for one that is not set or wrong.
func (r *resolver) text(key string, v collections.Value) string {
	if !v.IsSet() {
		return ""
	}
	if v.Kind == tomldoc.String && !strings.Contains(v.Text, "{{") { // as most are
		r.note(key, v, v.Text, nil)
		return v.Text
	}
	result := r.expand(v)
	r.note(key, v, result.Text, result.Pieces)
	return result.Text
}

// hiddenText stands for what is not to be seen even where it stands in a file.
const hiddenText = "••••"

// hidden is text for a value that is noted without saying it.
func (r *resolver) hidden(key string, v collections.Value) string {
	if !v.IsSet() {
		return ""
	}
	result := r.expand(v)
	r.note(key, v, hiddenText, nil)
	return result.Text
}

func (r *resolver) expand(v collections.Value) template.Result {
	result := r.templates.ExpandVariable(r.ctx, variable(r.in.Request.Request.File, "", v))
	r.errors = append(r.errors, result.Errors...)
	if len(result.Errors) > 0 {
		asWritten(&result, v.Text)
	}
	return result
}

// asWritten puts what is written in the place of what cannot be resolved.
func asWritten(result *template.Result, source string) {
	var text strings.Builder
	for i, piece := range result.Pieces {
		if piece.Err != nil && piece.End <= len(source) {
			result.Pieces[i].Value = source[piece.Start:piece.End]
		}
		text.WriteString(result.Pieces[i].Value)
	}
	result.Text = text.String()
}

func (r *resolver) note(key string, v collections.Value, text string, pieces []template.Piece) {
	isSecret := func(p template.Piece) bool { return p.Secret }
	r.out.Values = append(r.out.Values, Value{
		Key: key, Text: text, Scope: r.in.Request.ScopeOf(v.Pos), Where: where(v.Pos), Pieces: pieces, Secret: slices.ContainsFunc(pieces, isSecret),
	})
}

// fault reports a value that cannot be used.
func (r *resolver) fault(v collections.Value, message, hint string) {
	r.errors = append(r.errors, &template.Error{Kind: template.KindValue, Position: place(v.Pos), Message: message, Advice: hint})
}

// beside returns the path on disk of a file that v names.
func (r *resolver) beside(v collections.Value, name string) string {
	if name == "" {
		return ""
	}
	return r.in.Beside(placeIn(r.in.Request.Request.File, v.Pos).File, name)
}
