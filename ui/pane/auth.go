package pane

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// auth is the section that chooses a kind of authentication and takes its values. Which fields there are comes from the
// scheme itself.
type auth struct {
	formed
	schemes []httpcore.Scheme
	request *collections.Request
	// kept holds what was written for other types, so that a look at another type loses nothing.
	kept map[string]collections.Auth
	// token tells of the token of an oauth2 request, with the key that leads to all of them.
	token struct {
		text, key string
		good      bool
	}
	// inherited tells what inherit stands for; empty when nothing around the request says it.
	inherited string
	w, h      int
	styles    style.Styles
}

const (
	authType      = "type"
	authInherited = "inherit"
	authNone      = "none"
)

func newAuth(schemes []httpcore.Scheme) *auth {
	return &auth{formed: newFormed(), schemes: schemes, request: &collections.Request{}}
}

func (a *auth) title() string { return "Auth" }

func (a *auth) count() string {
	if !a.request.Auth.IsSet() {
		return ""
	}
	return a.request.Auth.Type.Text
}

// why is the key of the field under the cursor.
func (a *auth) why() string { return "auth." + a.form.Key() }

// tellsToken reports whether there is a line about the token.
func (a *auth) tellsToken() bool { return a.chosen() == "oauth2" && a.token.text != "" && a.h > 4 }

func (a *auth) setSize(w, h int) {
	a.w, a.h = w, h
	if a.tellsToken() {
		h--
	}
	a.form.SetSize(w, h)
}

func (a *auth) setStyles(s style.Styles) {
	a.styles = s
	a.formed.setStyles(s)
}

func (a *auth) view() string {
	if !a.tellsToken() {
		return a.form.View()
	}
	role := themes.Warning
	if a.token.good {
		role = themes.Success
	}
	return a.form.View() + "\n" + Spread(a.styles, themes.Surface, a.w,
		[]Span{{" " + shown(a.token.text, max(0, a.w-2)), role}}, []Span{{a.token.key + " ", themes.Muted}})
}

func (a *auth) setRequest(q *collections.Request) {
	a.request = q
	a.kept = map[string]collections.Auth{}
	a.fill()
}

// types returns what can be chosen. A type that this version does not know stays what it is.
func (a *auth) types() []string {
	types := []string{authInherited, authNone}
	for _, s := range a.schemes {
		types = append(types, s.Type())
	}
	if own := a.chosen(); !slices.Contains(types, own) {
		types = append(types, own)
	}
	return types
}

func (a *auth) chosen() string {
	if !a.request.Auth.IsSet() {
		return authInherited
	}
	return a.request.Auth.Type.Text
}

// inherit says what inherit stands for.
func (a *auth) inherit(list []Inherited) {
	text := ""
	for _, from := range list {
		text = from.Value + ", from the " + from.Scope
	}
	if text != a.inherited {
		a.inherited = text
		a.fill()
	}
}

func (a *auth) fill() {
	help := "inherit takes what the folder says; none switches it off"
	if a.inherited != "" {
		help = "inherit means " + a.inherited + "; none switches that off"
	}
	fields := []widget.Field{{
		Key: authType, Label: "Type", Kind: widget.FieldSelect, Options: a.types(), Value: a.chosen(), Help: help,
	}}
	for _, field := range a.fields() {
		fields = append(fields, a.field(field))
	}
	a.form.SetFields(fields...)
}

// fields returns what the chosen scheme takes; of an unknown one, what the file has.
func (a *auth) fields() []httpcore.SchemeField {
	for _, s := range a.schemes {
		if s.Type() == a.chosen() {
			return s.Fields()
		}
	}
	var fields []httpcore.SchemeField
	for _, entry := range a.request.Auth.Fields {
		fields = append(fields, httpcore.SchemeField{Name: entry.Name, Label: entry.Name})
	}
	return fields
}

func (a *auth) field(f httpcore.SchemeField) widget.Field {
	field := widget.Field{
		Key: f.Name, Label: f.Label, Help: f.Help, Value: a.request.Auth.Get(f.Name).Text, Highlight: a.highlight, Complete: a.complete,
	}
	switch {
	case len(f.Choices) > 0:
		field.Kind, field.Options = widget.FieldSelect, f.Choices
		if field.Value == "" {
			field.Value = f.Choices[0]
		}
	case f.Secret && len(variableSpans(field.Value, nil)) == 0:
		// A variable's name is no secret, and has to be seen to be written.
		field.Kind = widget.FieldSecret
	}
	if f.Required {
		field.Placeholder = "required"
	}
	return field
}

func (a *auth) do(id action.ID) bool {
	defer a.store()
	return a.formed.do(id)
}

func (a *auth) update(msg tea.Msg) bool {
	defer a.store()
	return a.form.Update(msg)
}

// store writes what the form says into the request; another type brings other fields.
func (a *auth) store() {
	if chosen := a.form.Value(authType); chosen != a.chosen() {
		a.choose(chosen)
		return
	}
	for _, f := range a.fields() {
		a.set(f, a.form.Value(f.Name))
	}
}

func (a *auth) choose(chosen string) {
	a.kept[a.chosen()] = a.request.Auth
	switch after, ok := a.kept[chosen]; {
	case ok:
		a.request.Auth = after
	case chosen == authInherited:
		a.request.Auth = collections.Auth{}
	default:
		a.request.Auth = collections.Auth{Type: collections.Str(chosen)}
	}
	a.changes++
	a.fill()
	a.setSize(a.w, a.h)
}

// set puts a value into the request. One that is empty, or the first choice, is left out unless the file has it.
func (a *auth) set(f httpcore.SchemeField, value string) {
	fields := a.request.Auth.Fields
	at := slices.IndexFunc(fields, func(e collections.Entry) bool { return e.Name == f.Name })
	implied := value == "" || len(f.Choices) > 0 && value == f.Choices[0]
	switch {
	case at < 0 && implied, at >= 0 && fields[at].Value.Text == value:
	case at < 0:
		a.request.Auth.Fields = append(slices.Clone(fields), collections.Entry{Name: f.Name, Value: collections.Str(value)})
	case value == "":
		a.request.Auth.Fields = slices.Delete(slices.Clone(fields), at, at+1)
	default:
		fields = slices.Clone(fields)
		fields[at].Value = collections.Str(value)
		a.request.Auth.Fields = fields
	}
}
