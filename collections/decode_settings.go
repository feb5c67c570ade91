package collections

import (
	"slices"

	"parley/collections/tomldoc"
)

var settingsKeys = []string{
	"name", "notes", "environment", "vars", "headers", "auth", "options", "expect", "hooks", "for", "sessions",
	"secrets", "order", "parallel",
}

// collectionKeys are those of settingsKeys that only the collection's own file may have.
var collectionKeys = []string{"environment", "secrets"}

// settingsKeysOf are the keys that a file of settings may have.
func settingsKeysOf(file string) []string {
	if file == CollectionFile {
		return settingsKeys
	}
	return slices.DeleteFunc(slices.Clone(settingsKeys), func(key string) bool { return slices.Contains(collectionKeys, key) })
}

// decodeSettings reads a collection.toml or folder.toml.
func decodeSettings(src *source) *Settings {
	s := &Settings{File: src.doc.File(), source: src}
	d := &decoder{}
	plain := map[string]field{
		"name":        {&s.Name, aString},
		"notes":       {&s.Notes, aString},
		"environment": {&s.Environment, aString},
		"parallel":    {&s.Parallel, aBoolean},
	}
	known := settingsKeysOf(s.File)
	for _, p := range src.doc.Root().Pairs {
		if !slices.Contains(known, p.Key) && slices.Contains(collectionKeys, p.Key) {
			d.note(p.KeyPos, "move it to "+CollectionFile, "%s counts in %s only", p.Key, CollectionFile)
			continue
		}
		if f, ok := plain[p.Key]; ok {
			d.set(p.Key, p.Value, f)
			continue
		}
		switch p.Key {
		case "vars":
			s.Vars = d.entries("[vars]", p.Value, true)
		case "headers":
			s.Headers = d.entries("[headers]", p.Value, false)
		case "auth":
			s.Auth = d.auth(p.Value)
		case "options":
			s.Options = d.options(p.Value)
		case "order":
			s.Order = d.texts("order", p.Value)
		case "for":
			s.For = sections(d, "for", p.Value, d.prefixed)
		case "sessions":
			s.Sessions = sections(d, "sessions", p.Value, d.session)
		case "secrets":
			s.Secrets = sections(d, "secrets", p.Value, d.secret)
		case "expect":
			s.Expect = d.expectations(p.Value)
		case "hooks":
			s.Hooks = d.hooks(p.Value)
		default:
			d.unknown(p, s.File, known)
		}
	}
	s.findings = d.findings
	return s
}

// decodeEnvironment reads one environment file over what was read so far: its values take the place of those of the
// same name.
func decodeEnvironment(e *Environment, doc *tomldoc.Doc) {
	d := &decoder{}
	e.Files = append(e.Files, doc.File())
	for _, p := range doc.Root().Pairs {
		switch p.Key {
		case "protected":
			var v Value
			d.set("protected", p.Value, field{&v, aBoolean})
			// Anything but a clear false protects: a template here cannot be known before it is too late.
			e.Protected = e.Protected || !p.Value.IsFalse()
		case "vars":
			for _, entry := range d.entries("[vars]", p.Value, true) {
				e.replace(entry)
			}
		default:
			d.unknown(p, "an environment", []string{"protected", "vars"})
		}
	}
	e.findings = append(e.findings, d.findings...)
}

func (e *Environment) replace(entry Entry) {
	i := slices.IndexFunc(e.Vars, func(old Entry) bool { return old.Name == entry.Name })
	if i < 0 {
		e.Vars = append(e.Vars, entry)
		return
	}
	e.Hidden = append(e.Hidden, e.Vars[i])
	e.Vars[i] = entry
}
