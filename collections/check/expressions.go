package check

import (
	"fmt"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/template"
	"parley/httpcore/content/diff"
)

// expressions compiles what a file captures and expects, and the condition it is run under.
func (k *checker) expressions(f *file, scope scope) {
	var captures, expectations []expect.Rule
	switch {
	case f.request != nil:
		for _, entry := range f.request.Captures {
			expression, secret := entry.Capture()
			if !entry.Off {
				captures = append(captures, rule(entry.Name, expression, secret))
			}
		}
		expectations = rules(f.request.Expect)
		if when := f.request.When; when.IsSet() {
			condition := template.Condition{Source: when.Text, Locate: locator(when), Environments: []string{""}}
			f.add(ofTemplate(f.name, template.CheckCondition(condition, scope))...)
		}
		k.ignored(f)
	case f.settings != nil:
		expectations = rules(f.settings.Expect)
	default:
		return
	}
	set := expect.Compile(captures, expectations).With(expect.Host{ReadFile: k.collection.ReadFile})
	f.add(From(f.name, set.Err())...)
	f.add(From(f.name, set.Verify())...)
	for _, v := range set.Variables() {
		if _, known := scope.Lookup(v.Name); !known {
			f.add(ofTemplate(f.name, &template.Error{
				Kind: template.KindUnknown, Position: v.At, Message: "unknown variable `" + v.Name + "`", Advice: nearest(v.Name, scope.Names(), ""),
			})...)
		}
	}
}

func rules(entries []collections.Entry) []expect.Rule {
	var list []expect.Rule
	for _, entry := range entries {
		if !entry.Off {
			list = append(list, rule(entry.Name, entry.Value, false))
		}
	}
	return list
}

func rule(name string, expression collections.Value, secret bool) expect.Rule {
	return expect.Rule{Name: name, Expression: expression.Text, Secret: secret, Locate: locator(expression)}
}

func locator(v collections.Value) template.Locator {
	return func(offset int) template.Position { return template.Position(v.PosAt(offset)) }
}

// ignored checks what does not count in a comparison.
func (k *checker) ignored(f *file) {
	for _, v := range f.request.Compare.Ignore {
		var rules diff.Rules
		if err := rules.Leave(v.Text); err != nil {
			f.add(fault(v.Pos, fmt.Sprintf("compare.ignore cannot have %q: %v", v.Text, err), "write a JSONPath, or header:NAME"))
		}
	}
}
