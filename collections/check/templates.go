package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
)

// checker checks files with what is known of all of them.
type checker struct {
	collection *collections.Collection
	schemes    schemes
	facts      facts
}

// check looks at what a file says, all its values.
func (k *checker) check(f *file) {
	scope := k.scopeOf(f)
	for _, p := range f.root.Pairs {
		if !slices.Contains(plainKeys, p.Key) {
			k.templates(f, scope, p.Value)
		}
	}
	k.expressions(f, scope)
	k.authentication(f)
	k.namedFiles(f)
	if f.settings != nil {
		k.settings(f)
	}
}

// plainKeys are those of a file whose texts are no templates.
var plainKeys = []string{"notes", "tags", "name", "order", "when", "capture", "expect", "hooks", "compare", "secrets", "record", "environment"}

// templates checks every string of a value, and every name.
func (k *checker) templates(f *file, scope scope, v collections.Value) {
	if v.Kind == tomldoc.String {
		k.template(f, scope, v.Text, func(offset int) template.Position { return template.Position(v.PosAt(offset)) })
	}
	for _, item := range v.Items {
		k.templates(f, scope, item)
	}
	for _, p := range v.Pairs {
		k.template(f, scope, p.Key, template.Position(p.KeyPos).In(p.Key))
		k.templates(f, scope, p.Value)
	}
}

func (k *checker) template(f *file, scope scope, source string, locate template.Locator) {
	if !strings.Contains(source, "{{") {
		return
	}
	known := func(name string) bool { _, ok := scope.Lookup(name); return ok }
	text := template.Parse(source, locate, known)
	if text.Err != nil {
		f.add(From(f.name, text.Err)...)
	}
	for _, part := range text.Parts {
		if !part.IsCode {
			continue
		}
		f.add(ofTemplate(f.name, template.Check(text, part, scope))...)
		k.responses(f, part.Code, text.PositionAt(part.CodeAt))
	}
}

// ofTemplate are findings of a template. A variable that no file has may come from elsewhere.
func ofTemplate(file string, err error) []Finding {
	var all []Finding
	for _, finding := range From(file, err) {
		if strings.HasPrefix(finding.Message, "unknown variable ") {
			finding.Severity = collections.Note
			if finding.Advice == "" {
				finding.Advice = "give it in [vars], an environment or with --var"
			}
		}
		all = append(all, finding)
	}
	return all
}

// responseCall finds a call of response() with the name of a request written out.
var responseCall = regexp.MustCompile(`\bresponse\(\s*["']([^"'\\]+)["']`)

// responses checks that the requests are there whose responses are asked for.
func (k *checker) responses(f *file, code string, at template.Position) {
	for _, found := range responseCall.FindAllStringSubmatchIndex(code, -1) {
		name := code[found[2]:found[3]]
		if !slices.Contains(k.facts.requests, collections.Clean(name)) {
			where := at.In(code)(found[2])
			f.add(fault(collections.Pos(where), fmt.Sprintf("response() names %q, and there is no such request", name),
				nearest(name, k.facts.requests, "`parley list` shows what there is")))
		}
	}
}
