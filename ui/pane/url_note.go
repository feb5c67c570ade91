package pane

import (
	"strings"

	"parley/collections/env"
	"parley/collections/template"
	"parley/themes"
	"parley/ui/safe"
)

// note works out what there is to say of the URL, once it has changed.
func (u *URL) note() { u.notes = urlNote(u.input.Text(), u.scope) }

// urlNote is what there is to say of a URL while it is typed: a variable that nothing defines, or what is meant before it.
func urlNote(text string, scope template.Scope) []Span {
	if err := unresolved(text, scope); err != nil {
		n := Failed(err)
		return []Span{{safe.Line(n.Text), themes.Unresolved}, {"  " + safe.Line(n.Hint), themes.Muted}}
	}
	if before := lead(text); before != "" {
		return []Span{{"sent and saved with " + before, themes.Faint}}
	}
	return nil
}

// unresolved is what is wrong with the first variable of a text that cannot be resolved. Brackets that are still open
// are no mistake yet.
func unresolved(text string, scope template.Scope) error {
	if !strings.Contains(text, "}}") {
		return nil
	}
	if scope == nil {
		scope = env.NewScopes()
	}
	parsed := template.Parse(text, nil, func(name string) bool {
		_, ok := scope.Lookup(name)
		return ok
	})
	if parsed.Err != nil {
		return nil
	}
	for _, part := range parsed.Parts {
		if !part.IsCode {
			continue
		}
		if err := template.Check(parsed, part, scope); err != nil {
			return err
		}
	}
	return nil
}
