package collections

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/collections/tomldoc"
)

// Nested is one key of a section that stands in another one: headers.Accept of [for."https://a.test/"], or of
// [sessions.admin]. It is how such sections are edited; keys that Parley does not know are among them.
type Nested struct {
	In string // "https://a.test/", "admin"
	// Key is the key in TOML's dotted form, as --set has it.
	Key   string
	Value Value // a scalar or a list

	path []string
}

// Typed is the value as one types it for [ReadNested].
func (n Nested) Typed() string {
	if n.Value.IsScalar() {
		return n.Value.Text
	}
	return tomldoc.Inline(n.Value)
}

// The sections of settings that hold [Nested] keys.
const (
	ForSection      = "for"
	SessionsSection = "sessions"

	secretsSection = "secrets"
)

// nested lists what the sections in a section say, key by key.
func nested(section Value) []Nested {
	var list []Nested
	for _, p := range section.Pairs {
		list = appendNested(list, p.Key, nil, p.Value)
	}
	return list
}

func appendNested(list []Nested, in string, path []string, v Value) []Nested {
	if v.Kind != tomldoc.Table {
		return append(list, Nested{In: in, Key: dotted(path), Value: v, path: path})
	}
	for _, p := range v.Pairs {
		list = appendNested(list, in, append(slices.Clone(path), p.Key), p.Value)
	}
	return list
}

// dotted writes a path as [dottedKey] reads it.
func dotted(path []string) string {
	parts := slices.Clone(path)
	if !slices.ContainsFunc(parts, func(part string) bool { return part == "" || strings.ContainsAny(part, `."'`) }) {
		return strings.Join(parts, ".")
	}
	for i, part := range parts {
		quoted, _ := json.Marshal(part) // a string always encodes
		parts[i] = string(quoted)
	}
	return strings.Join(parts, ".")
}

// ReadNested reads a key of a section and its value as they are typed: a value that is no TOML, or has to be a text, is a
// text. An error says why the section cannot say that, and what to write.
func ReadNested(section, in, key, typed string) (Nested, error) {
	doc, err := parseAssignment("", dottedKey(key), typed)
	if err != nil {
		return Nested{}, &Finding{Severity: Fault, Message: fmt.Sprintf("%q is no key", key), Advice: "such as headers.Accept or options.verify"}
	}
	findings := nestedFindings(section, in, doc.Root())
	if firstFault(findings) != nil && !strings.HasPrefix(typed, `"`) {
		// Nobody puts quotes around the 2 of options.http, which a file has.
		if text, err := quotedAssignment("", dottedKey(key), typed); err == nil && len(nestedFindings(section, in, text.Root())) == 0 {
			doc, findings = text, nil
		}
	}
	if len(findings) > 0 { // a key that is not known is a mistake here, while a file keeps it
		f := findings[0]
		f.Pos, f.Advice = Pos{}, strings.TrimPrefix(strings.TrimPrefix(f.Advice, keptAdvice), "; ")
		return Nested{}, &f
	}
	list := appendNested(nil, in, nil, doc.Root())
	if len(list) != 1 || list[0].Key != keyAlone(key) || len(list[0].path) < 2 && list[0].path[0] != "cert" {
		return Nested{}, &Finding{Severity: Fault, Message: key + " is a section", Advice: "write what stands in it, such as " + key + ".name"}
	}
	return list[0], nil
}

// keyAlone is a key as [dotted] writes it.
func keyAlone(key string) string {
	doc, err := quotedAssignment("", dottedKey(key), "")
	if err != nil {
		return ""
	}
	return appendNested(nil, "", nil, doc.Root())[0].Key
}

// nestedFindings is what is wrong with one key of a section. A field of auth alone is enough: another row has the type.
func nestedFindings(section, in string, keys Value) []Finding {
	d := &decoder{}
	keys = without(keys, "auth")
	p := tomldoc.Pair{Key: in, Value: keys}
	switch section {
	case ForSection:
		d.prefixed("["+section+"]", p)
	case SessionsSection:
		d.session("["+section+"]", p)
	}
	return d.findings
}

// nested edits what the sections in a section say. One whose keys have all got another section is that under a new name.
func (p *patch) nested(before, after []Nested, section string) {
	same := func(a, b Nested) bool { return a.In == b.In && a.Key == b.Key && a.Value.Equal(b.Value) }
	if p.err != nil || slices.EqualFunc(before, after, same) {
		return
	}
	before = p.renamedSections(before, after, section)
	for _, b := range before {
		if !slices.ContainsFunc(after, func(a Nested) bool { return a.In == b.In && a.Key == b.Key }) {
			p.removeNested(section, b)
		}
	}
	for _, a := range after {
		switch {
		case slices.ContainsFunc(before, func(b Nested) bool { return same(a, b) }):
		case p.err == nil && !p.doc.Get(section, a.In).IsSet():
			p.newSection(section, a.In, after)
		default:
			p.set(a.Value, nil, append([]string{section, a.In}, a.path...)...)
		}
	}
}

// renamedSections gives sections another name whose keys and values are now those of one that was not there.
func (p *patch) renamedSections(before, after []Nested, section string) []Nested {
	before = slices.Clone(before)
	for _, name := range sectionNames(before) {
		if len(inSection(after, name)) > 0 {
			continue
		}
		for _, now := range sectionNames(after) {
			said := func(a, b Nested) bool { return a.Key == b.Key && a.Value.Equal(b.Value) }
			if len(inSection(before, now)) > 0 || !slices.EqualFunc(inSection(before, name), inSection(after, now), said) {
				continue
			}
			p.do(func() (*tomldoc.Doc, error) { return p.doc.Rename(now, section, name) })
			for i := range before {
				if before[i].In == name {
					before[i].In = now
				}
			}
			break
		}
	}
	return before
}

// newSection writes a section with all that it is to say.
func (p *patch) newSection(section, in string, after []Nested) {
	keys := tomldoc.TableOf()
	for _, n := range inSection(after, in) {
		keys = withNested(keys, n.Value, n.path)
	}
	if p.doc.Get(section).IsSet() {
		p.do(func() (*tomldoc.Doc, error) { return p.doc.Insert(-1, in, tomldoc.Headed(keys), section) })
		return
	}
	p.set(tomldoc.Headed(tomldoc.TableOf(tomldoc.Pair{Key: in, Value: tomldoc.Headed(keys)})), settingsKeys, section)
}

// withNested puts a value into a table that is to be written.
func withNested(table, v Value, path []string) Value {
	if len(path) > 1 {
		below := table.Get(path[0])
		below.Kind = tomldoc.Table
		v = withNested(below, v, path[1:])
	}
	put(&table, path[0], v, true)
	return table
}

// removeNested takes a key out, and the sections that have nothing in them after that.
func (p *patch) removeNested(section string, n Nested) {
	path := append([]string{section, n.In}, n.path...)
	p.set(Value{}, nil, path...)
	for end := len(path) - 1; end > 0 && p.err == nil && len(p.doc.Get(path[:end]...).Pairs) == 0; end-- {
		p.set(Value{}, nil, path[:end]...)
	}
}

func inSection(list []Nested, name string) []Nested {
	return slices.DeleteFunc(slices.Clone(list), func(n Nested) bool { return n.In != name })
}

// sectionNames lists the sections, each once.
func sectionNames(list []Nested) []string {
	var names []string
	for _, n := range list {
		if !slices.Contains(names, n.In) {
			names = append(names, n.In)
		}
	}
	return names
}

// secretHosts lists the hosts of each secret, as [Around] has them.
func secretHosts(section Value) []Entry {
	var list []Entry
	for _, p := range section.Pairs {
		if hosts := p.Value.Get("hosts"); hosts.IsSet() {
			list = append(list, Entry{Name: p.Key, Value: hosts, Pos: p.KeyPos})
		}
	}
	return list
}

// secrets edits which hosts a secret is for. Rows of one name that do not follow each other are one list.
func (p *patch) secrets(before, after []Entry) {
	if slices.EqualFunc(before, after, sameEntry) {
		return
	}
	p.nested(hostsOf(before), hostsOf(after), secretsSection)
}

func hostsOf(entries []Entry) []Nested {
	var list []Nested
	for _, e := range entries {
		at := slices.IndexFunc(list, func(n Nested) bool { return n.In == e.Name })
		if at < 0 {
			list = append(list, Nested{In: e.Name, Key: "hosts", Value: e.Value, path: []string{"hosts"}})
			continue
		}
		list[at].Value = tomldoc.List(slices.Concat(Entry{Value: list[at].Value}.Values(), e.Values())...)
	}
	return list
}
