package collections

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"parley/collections/tomldoc"
)

// OverrideFile is the File of every Pos that comes from the command line's --set.
const OverrideFile = "--set"

// IsFlag reports whether the File of a Pos is none: the value was given to a flag of the command line.
func IsFlag(file string) bool { return strings.HasPrefix(file, "--") && path.Ext(file) == "" }

// Override is OverrideBy for --set.
func (e *Effective) Override(assignments ...string) error {
	return e.OverrideBy(OverrideFile, assignments...)
}

// OverrideBy lays assignments such as "options.timeout.read=1s" over a request: any key of a request's file, in TOML's
// dotted form. A value that is no TOML is a string. The later assignment wins; the request that e was made from stays
// as it is. What is wrong is said of the flag that stands for the assignments: --set, --http.
func (e *Effective) OverrideBy(flag string, assignments ...string) error {
	for _, assignment := range assignments {
		if err := e.override(flag, assignment); err != nil {
			return err
		}
	}
	return nil
}

func (e *Effective) override(flag, assignment string) error {
	key, written, ok := strings.Cut(assignment, "=")
	if !ok || strings.TrimSpace(key) == "" {
		return &Finding{
			Severity: Fault, Pos: Pos{File: flag}, Message: fmt.Sprintf("%q is not KEY=VALUE", assignment), Advice: `such as --set options.timeout.read=1s`,
		}
	}
	doc, err := parseAssignment(flag, dottedKey(key), written)
	if err != nil {
		return &Finding{
			Severity: Fault, Pos: Pos{File: flag}, Message: fmt.Sprintf("%q is not a key", key),
			Advice: "write it as in a file, such as headers.Accept or params.\"a b\"",
		}
	}
	o, findings := decodeOverride(doc)
	if firstFault(findings) != nil && !strings.HasPrefix(written, `"`) {
		// On the command line nobody puts quotes around the 2 of options.http, which a file has.
		if doc, err = quotedAssignment(flag, dottedKey(key), written); err == nil {
			asText, unfit := decodeOverride(doc)
			if len(unfit) == 0 {
				o, findings = asText, nil
			} else if !strings.HasSuffix(unfit[0].Message, "not "+tomldoc.String.String()) {
				findings = unfit // a text is right, and this one is not
			}
		}
	}
	if len(findings) > 0 { // a key that is not known is a mistake here, while a file keeps it
		f := findings[0]
		f.Pos = Pos{File: flag} // the column is that of a line that nobody has written
		f.Advice = strings.TrimPrefix(strings.TrimPrefix(f.Advice, keptAdvice), "; ")
		return &f
	}
	e.over = append(slices.Clone(e.over), o)
	e.lay(o)
	if len(e.Scopes) > 0 {
		e.Scopes = slices.Clone(e.Scopes)
		e.Scopes[0].Vars = replace(e.Scopes[0].Vars, o.Vars)
	}
	return nil
}

// dottedKey puts quotes around the parts of a key that TOML wants them for, so that `headers.~Accept` needs none. A key
// that has quotes is taken as it is.
func dottedKey(key string) string {
	if strings.ContainsAny(key, `"'`) {
		return key
	}
	parts := strings.Split(strings.TrimSpace(key), ".")
	for i, part := range parts {
		const bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
		if strings.Trim(part, bare) != "" {
			quoted, _ := json.Marshal(part) // a string always encodes
			parts[i] = string(quoted)
		}
	}
	return strings.Join(parts, ".")
}

// parseAssignment reads a value as TOML where it is that, and as a string else: a comment or a second line is no part
// of an assignment.
func parseAssignment(flag, key, written string) (*tomldoc.Doc, error) {
	if !strings.ContainsAny(written, "#\n") || strings.IndexAny(strings.TrimSpace(written), `"'[{`) == 0 {
		if doc, err := tomldoc.Parse(flag, []byte(key+" = "+written)); err == nil {
			return doc, nil
		}
	}
	return quotedAssignment(flag, key, written)
}

// quotedAssignment takes a value for a string, whatever it looks like.
func quotedAssignment(flag, key, written string) (*tomldoc.Doc, error) {
	quoted, err := json.Marshal(written) // JSON's strings are basic strings of TOML
	if err != nil {
		return nil, err
	}
	return tomldoc.Parse(flag, []byte(key+" = "+string(quoted)))
}

func decodeOverride(doc *tomldoc.Doc) (*Request, []Finding) {
	d := &decoder{}
	o := &Request{}
	for _, p := range doc.Root().Pairs {
		d.overridden(o, p)
	}
	return o, d.findings
}

func (d *decoder) overridden(o *Request, p tomldoc.Pair) {
	switch {
	case p.Key == "method":
		d.set("method", p.Value, field{&o.Method, aString})
		d.checkMethod(o.Method)
	case p.Key == "url":
		d.set("url", p.Value, field{&o.URL, aString})
	case p.Key == "notes":
		d.set("notes", p.Value, field{&o.Notes, aString})
	case p.Key == "auth" && p.Value.Kind == tomldoc.Table:
		// A field alone is enough: the type is the request's.
		o.Auth.Type = p.Value.Get("type")
		o.Auth.Fields = d.entries("[auth]", without(p.Value, "type"), true)
	default:
		d.requestSection(o, p)
	}
}

func without(table Value, key string) Value {
	table.Pairs = slices.DeleteFunc(slices.Clone(table.Pairs), func(p tomldoc.Pair) bool { return p.Key == key })
	return table
}

// lay puts what o says over e.
func (e *Effective) lay(o *Request) {
	e.Method, e.URL, e.When, e.Record = or(o.Method, e.Method), or(o.URL, e.URL), or(o.When, e.When), or(o.Record, e.Record)
	e.PathParams, e.Params = replace(e.PathParams, o.PathParams), replace(e.Params, o.Params)
	e.Cookies, e.Captures, e.Expect = replace(e.Cookies, o.Cookies), replace(e.Captures, o.Captures), replace(e.Expect, o.Expect)
	headers := mergeHeaders(e.Headers, o.Headers)
	e.Without = append(slices.Clone(e.Without), switchedOff(headers)...)
	e.Headers = active(headers)
	e.Without = slices.DeleteFunc(e.Without, func(name string) bool {
		return slices.ContainsFunc(e.Headers, func(h Entry) bool { return strings.EqualFold(h.Name, name) })
	})
	if o.Auth.IsSet() && o.Auth.Type.Text != e.Auth.Type.Text {
		e.Auth.Fields = nil // another scheme has other fields
	}
	e.Auth = Auth{Type: or(o.Auth.Type, e.Auth.Type), Fields: replace(e.Auth.Fields, o.Auth.Fields)}
	e.Body = layBody(e.Body, o.Body)
	e.layHooks(o.Hooks)
	e.Options = layOptions(e.Options, o.Options)
}

// replace puts each new entry in the place of those of its name, and new names last.
func replace(old, new []Entry) []Entry {
	list := slices.Clone(old)
	for _, n := range new {
		same := func(e Entry) bool { return e.Name == n.Name }
		i := slices.IndexFunc(list, same)
		if i < 0 {
			i = len(list)
		}
		list = slices.Insert(slices.DeleteFunc(list, same), min(i, len(list)), n)
	}
	return active(list)
}

// layOptions is mergeOptions for assignments, each of which says one key: a password is that of the certificate there is.
func layOptions(options, o Options) Options {
	cert := Cert{or(o.Cert.File, options.Cert.File), or(o.Cert.Key, options.Cert.Key), or(o.Cert.Password, options.Cert.Password)}
	options = mergeOptions(options, o)
	if !o.Cert.File.IsSet() {
		options.Cert = cert
	}
	return options
}

func layBody(b, o Body) Body {
	boundary, mediaType, compress := or(o.Boundary, b.Boundary), or(o.Type, b.Type), or(o.Compress, b.Compress)
	if o.Kind == BodyForm && b.Kind == BodyForm {
		o.Form = replace(b.Form, o.Form)
	}
	if o.Kind == BodyGraphQL && b.Kind == BodyGraphQL {
		o.GraphQL = GraphQL{
			or(o.GraphQL.Query, b.GraphQL.Query), or(o.GraphQL.Variables, b.GraphQL.Variables), or(o.GraphQL.Operation, b.GraphQL.Operation),
		}
	}
	if o.Kind != BodyNone {
		b = o
	}
	b.Boundary, b.Type, b.Compress = boundary, mediaType, compress
	return b
}
