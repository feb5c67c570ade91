package collections

import (
	"slices"

	"parley/collections/tomldoc"
)

// section is a [for] or [sessions] section that was taken in, with its name for people.
type section struct {
	name    string
	written Value
}

// Under returns e with what prefix says, one of e.Prefixes or nil, and with the defaults of the named session.
//
// A prefix stands just above the settings of its own file: what a request or a nearer folder says wins over it, and it
// wins over the rest of the file, which is about every URL. The defaults of a session are the outermost of all.
func (e *Effective) Under(prefix *Prefixed, session string) *Effective {
	var defaults []SessionDefaults
	for _, f := range e.outer {
		for _, s := range f.Settings().Sessions {
			if s.Name == session {
				defaults = append(defaults, s)
			}
		}
	}
	if prefix == nil && len(defaults) == 0 && len(e.sections) == 0 {
		return e
	}
	next := *e
	next.merge(prefix, defaults)
	return &next
}

// merge puts together what the request, everything around it and --set say.
func (e *Effective) merge(prefix *Prefixed, defaults []SessionDefaults) {
	r := e.Request
	e.Method, e.URL, e.Auth, e.Body, e.Options, e.When, e.Record = r.Method, r.URL, r.Auth, r.Body, r.Options, r.When, r.Record
	e.PathParams, e.Params, e.Cookies, e.Headers = r.PathParams, r.Params, r.Cookies, r.Headers
	e.Captures, e.Expect = active(r.Captures), r.Expect
	e.sections = nil
	if !e.Method.IsSet() {
		e.Method = Str("GET")
	}
	for _, f := range e.outer {
		if prefix != nil && prefix.Pos.File == f.Settings().File {
			e.take(prefix.Headers, prefix.Auth, prefix.Options)
			e.sections = append(e.sections, section{`[for."` + prefix.Prefix + `"]`, prefix.written})
		}
		e.take(f.Settings().Headers, f.Settings().Auth, f.Settings().Options)
		e.Expect = mergeNamed(f.Settings().Expect, e.Expect)
	}
	for _, s := range defaults {
		e.take(s.Headers, s.Auth, s.Options)
		e.Params, e.Cookies = mergeParams(s.Params, e.Params), mergeNamed(s.Cookies, e.Cookies)
		e.sections = append(e.sections, section{"[sessions." + s.Name + "]", s.written})
	}
	e.PathParams, e.Params, e.Cookies = active(e.PathParams), active(e.Params), active(e.Cookies)
	e.Without = switchedOff(e.Headers)
	e.Headers, e.Expect = active(e.Headers), active(e.Expect)
	e.listHooks(r.Hooks)
	for _, o := range e.over {
		e.lay(o)
	}
}

// take takes over what an outer place says and nothing nearer did.
func (e *Effective) take(headers []Entry, auth Auth, options Options) {
	e.Headers = mergeHeaders(headers, e.Headers)
	if !e.Auth.IsSet() {
		e.Auth = auth
	}
	e.Options = mergeOptions(options, e.Options)
}

// mergeNamed puts before the inner entries those outer ones that no inner entry names, on or off.
func mergeNamed(outer, inner []Entry) []Entry {
	var kept []Entry
	for _, o := range outer {
		if !slices.ContainsFunc(inner, func(i Entry) bool { return i.Name == o.Name }) {
			kept = append(kept, o)
		}
	}
	return slices.Concat(kept, inner)
}

// mergeParams is mergeNamed, but parameters that are no mapping, since a name stands twice among them, take the place of
// the outer ones altogether, as a list of pairs does in `requests`.
func mergeParams(outer, inner []Entry) []Entry {
	seen := map[string]bool{}
	for _, e := range active(inner) {
		if seen[e.Name] {
			return inner
		}
		seen[e.Name] = true
	}
	return mergeNamed(outer, inner)
}

// ScopeOf names what a value at that place belongs to: "request", "folder users", "collection", a section such as
// `[for."https://api.test/"]`, "--set". What was read from no file is the request's.
func (e *Effective) ScopeOf(pos Pos) string {
	for _, s := range e.sections {
		if holds(s.written, pos) {
			return s.name
		}
	}
	for _, f := range e.outer {
		if f.Settings().File == pos.File {
			return f.scope()
		}
	}
	if pos.File == "" || pos.File == e.Request.File {
		return "request"
	}
	return pos.File
}

// holds reports whether the value at pos is v or somewhere in it.
func holds(v Value, pos Pos) bool {
	return v.Pos == pos && pos.Line > 0 ||
		slices.ContainsFunc(v.Items, func(item Value) bool { return holds(item, pos) }) ||
		slices.ContainsFunc(v.Pairs, func(p tomldoc.Pair) bool { return p.KeyPos == pos && pos.Line > 0 || holds(p.Value, pos) })
}
