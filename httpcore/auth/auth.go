// Package auth holds the kinds of authentication, one file each, and the table that lists them.
//
// A scheme describes the values it takes, so that forms, flags, files and importers need to know nothing else of it, and
// makes an authorizer of given values. Schemes are plain values; an authorizer holds what it has learned of a server. Both
// may be used concurrently. A new scheme is a file here and a line in the table.
//
// Some only show credentials: basic, bearer, apikey, jwt; netrc and command find them outside of the request. Others sign
// the finished request: oauth1, aws-sigv4, hawk. Those read the body, if the signature covers it, and leave the rest as it
// is but for what they add. What they would take from the clock or from chance is a field too, so that one request can be
// signed twice alike. The rest need the network: digest and ntlm answer what a server asks, and oauth2 obtains a token,
// which [Tokens] keep. Until then, Authorize says in Prepared.Incomplete what is not there yet.
//
// All that schemes reach beside the request and its server comes from an [Environment].
package auth

import (
	"slices"
	"strings"

	"parley/httpcore"
)

// Schemes returns the table, in the order in which people are offered them.
func Schemes(e Environment) []httpcore.Scheme {
	s := e.source()
	return []httpcore.Scheme{
		basic{},
		bearer{},
		apiKey{},
		digest{s},
		oauth1{s},
		e.oauth2(),
		sigV4{s},
		ntlm{},
		hawk{s},
		jwt{},
		netrc{e.Netrc},
		command{e.RunCommand, s.now},
	}
}

// check makes sure that the values are those that the scheme's fields describe, no more and no fewer.
func check(scheme httpcore.Scheme, values httpcore.Fields) error {
	fields := scheme.Fields()
	for _, value := range values {
		if !isField(fields, value.Name) {
			return authError(scheme, "has no field "+value.Name, "its fields are "+fieldNames(fields))
		}
	}
	for _, field := range fields {
		value, given := values.Get(field.Name)
		switch {
		case field.Required && !given:
			return authError(scheme, "needs "+field.Name, field.Help)
		case given && len(field.Choices) > 0 && !slices.Contains(field.Choices, value):
			return authError(scheme, "does not know "+field.Name+" = \""+value+"\"", "it is one of "+strings.Join(field.Choices, ", "))
		}
	}
	return nil
}

func isField(fields []httpcore.SchemeField, name string) bool {
	for _, field := range fields {
		if field.Name == name {
			return true
		}
	}
	return false
}

func fieldNames(fields []httpcore.SchemeField) string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = field.Name
	}
	return strings.Join(names, ", ")
}

// checkFilled is check for schemes in which a required value is never empty.
func checkFilled(scheme httpcore.Scheme, values httpcore.Fields) error {
	if err := check(scheme, values); err != nil {
		return err
	}
	for _, field := range scheme.Fields() {
		if value, _ := values.Get(field.Name); field.Required && value == "" {
			return authError(scheme, "needs "+field.Name+", and the one given is empty", field.Help)
		}
	}
	return nil
}

// checkQuotable makes sure that the named values can stand in quotes in a header as they are.
func checkQuotable(scheme httpcore.Scheme, values httpcore.Fields, names ...string) error {
	for _, name := range names {
		value, _ := values.Get(name)
		if strings.ContainsFunc(value, func(r rune) bool { return isControl(r) || r > '~' || r == '"' || r == '\\' }) {
			return authError(scheme, "cannot send "+name+" with quotes, backslashes or anything but printable ASCII", "it stands in quotes in the Authorization header")
		}
	}
	return nil
}

// choice returns the value of a field that has choices: the first when none is given.
func choice(scheme httpcore.Scheme, values httpcore.Fields, name string) string {
	if value, given := values.Get(name); given {
		return value
	}
	for _, field := range scheme.Fields() {
		if field.Name == name {
			return field.Choices[0]
		}
	}
	return ""
}

func authError(scheme httpcore.Scheme, problem, hint string) error {
	return &httpcore.Error{Kind: httpcore.KindAuth, Message: scheme.Title() + " auth " + problem, Advice: hint}
}
