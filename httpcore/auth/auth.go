// Package auth holds the kinds of authentication, one file each, and the table that lists them.
//
// A scheme describes the values it takes, so that forms, flags, files and importers need to know nothing else of it, and
// makes an authorizer of given values. Schemes and authorizers are plain values: they hold no state, and may be used
// concurrently. A new scheme is a file here and a line in the table.
package auth

import (
	"strings"

	"parley/httpcore"
)

// Schemes returns the table, in the order in which people are offered them.
func Schemes() []httpcore.Scheme {
	return []httpcore.Scheme{
		basic{},
		bearer{},
		apiKey{},
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
		case given && len(field.Choices) > 0 && !isChoice(field.Choices, value):
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

func isChoice(choices []string, value string) bool {
	for _, choice := range choices {
		if choice == value {
			return true
		}
	}
	return false
}

func authError(scheme httpcore.Scheme, problem, hint string) error {
	return &httpcore.Error{Kind: httpcore.KindAuth, Message: scheme.Title() + " auth " + problem, Advice: hint}
}
