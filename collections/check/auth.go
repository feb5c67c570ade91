package check

import (
	"fmt"
	"slices"
	"strings"

	"parley/collections"
	"parley/httpcore"
)

// schemes are the kinds of authentication there are.
type schemes []httpcore.Scheme

func (s schemes) types() []string {
	list := []string{"none"}
	for _, scheme := range s {
		list = append(list, scheme.Type())
	}
	return list
}

// authentication checks every [auth] of a file.
func (k *checker) authentication(f *file) {
	if k.schemes == nil {
		return
	}
	for _, auth := range f.auths() {
		f.add(k.schemes.check(auth)...)
	}
}

func (f *file) auths() []collections.Auth {
	if f.request != nil {
		return []collections.Auth{f.request.Auth}
	}
	if f.settings == nil {
		return nil
	}
	list := []collections.Auth{f.settings.Auth}
	for _, prefix := range f.settings.For {
		list = append(list, prefix.Auth)
	}
	for _, session := range f.settings.Sessions {
		list = append(list, session.Auth)
	}
	return list
}

func (s schemes) check(a collections.Auth) []Finding {
	name := a.Type.Text
	if !a.IsSet() || strings.Contains(name, "{{") || name == "none" {
		return nil
	}
	for _, scheme := range s {
		if scheme.Type() == name {
			return fields(a, scheme)
		}
	}
	return []Finding{fault(a.Type.Pos, fmt.Sprintf("there is no auth type %q", name), nearest(name, s.types(), "it is one of "+strings.Join(s.types(), ", ")))}
}

// fields checks what a scheme needs and knows.
func fields(a collections.Auth, scheme httpcore.Scheme) []Finding {
	var all []Finding
	var known []string
	for _, field := range scheme.Fields() {
		known = append(known, field.Name)
		v := a.Get(field.Name)
		switch {
		case field.Required && (!v.IsSet() || v.Text == "" && v.IsScalar()):
			all = append(all, fault(a.Type.Pos, fmt.Sprintf("%s needs %s", scheme.Type(), field.Name), field.Help))
		case v.IsSet() && v.Text != "" && len(field.Choices) > 0 && !strings.Contains(v.Text, "{{") && !slices.Contains(field.Choices, v.Text):
			all = append(all, fault(v.Pos, fmt.Sprintf("auth.%s cannot be %q", field.Name, v.Text), "write one of "+strings.Join(field.Choices, ", ")))
		}
	}
	for _, field := range a.Fields {
		if !slices.Contains(known, field.Name) && !field.Off {
			all = append(all, note(field.Pos, fmt.Sprintf("unknown key %q in [auth] of type %s", field.Name, scheme.Type()), nearest(field.Name, known, "it is kept, and not used")))
		}
	}
	return all
}
