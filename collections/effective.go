package collections

import (
	"path"
	"slices"
	"strings"
)

// Effective is a request with everything that it inherits. Strings still hold their {{ }}. Where each value comes from
// is in its Pos, and [Effective.ScopeOf] names that for people.
//
// It is made by [Collection.Effective], from the request and all around it; [Effective.Override] lays the command line
// over it, and [Effective.Under] takes in what depends on where it goes. Its other fields are for reading.
type Effective struct {
	Request *Request

	Method     Value // "GET" without a place when the request names none
	URL        Value
	PathParams []Entry
	Params     []Entry
	Headers    []Entry // inherited ones first; no entry is off
	// Without names the headers that are switched off, so that what Parley adds by itself can be left out too.
	Without []string
	Cookies []Entry
	Auth    Auth // type "none" is kept, so that it can be said where auth was switched off
	Body    Body
	Options Options
	// Captures are those of the request that are on; Expect has the inherited expectations first, and none that is off.
	Captures, Expect []Entry
	When             Value // an expression, or nothing
	Record           Value // false, "no-body", or nothing
	// Hooks are those of each event in the order in which they run: those of the collection, of its folders, of the request.
	Hooks []Hook

	// Prefixes are the [for."PREFIX"] sections of the folders and the collection, those of the nearest first; see [Effective.Under].
	Prefixes []Prefixed
	// Scopes are the places where variables are looked up, nearest first: the request, its folders, the collection.
	Scopes []Scope

	outer    []*Folder  // with settings, the nearest first
	over     []*Request // what --set lays over it all, in order
	sections []section  // what Under took in
	ownHooks Hooks      // of the request, with what --set says
}

// Scope is a set of variables of one file. Entries that are off are not in it.
type Scope struct {
	Name string // "request", "folder users", "collection"
	File string
	Vars []Entry
}

// Effective says what a request means. It fails when the request or anything it inherits from cannot be used, for what
// is sent must not depend on a file that could not be read.
//
// The request may be an edited one: its Path says what it inherits.
func (c *Collection) Effective(r *Request) (*Effective, error) {
	if err := firstFault(r.findings); err != nil {
		return nil, err
	}
	e := &Effective{Request: r, Scopes: []Scope{{"request", r.File, active(r.Vars)}}}
	for _, f := range c.above(r.Path) {
		if err := f.Err(); err != nil {
			return nil, err
		}
		if f.Settings() != nil {
			e.inherit(f)
		}
	}
	e.merge(nil, nil)
	return e, nil
}

// inherit takes in an outer folder.
func (e *Effective) inherit(f *Folder) {
	s := f.Settings()
	e.outer = append(e.outer, f)
	e.Prefixes = append(e.Prefixes, s.For...)
	e.Scopes = append(e.Scopes, Scope{f.scope(), s.File, active(s.Vars)})
}

// scope names a folder for people.
func (f *Folder) scope() string {
	if f.Path == "" {
		return "collection"
	}
	return "folder " + f.Path
}

// switchedOff names the headers that are off and have no entry that is on.
func switchedOff(headers []Entry) []string {
	var names []string
	for _, h := range headers {
		isOn := func(other Entry) bool { return !other.Off && strings.EqualFold(other.Name, h.Name) }
		if h.Off && !slices.ContainsFunc(headers, isOn) && !slices.Contains(names, h.Name) {
			names = append(names, h.Name)
		}
	}
	return names
}

// above lists the folders that a path is in, the nearest first and the collection last. Folders that are not there
// (an edited request may outlive its folder) are left out.
func (c *Collection) above(name string) []*Folder {
	var list []*Folder
	if folder, ok := SettingsOf(name); ok { // settings are within what is around their folder
		if folder == "" {
			return nil
		}
		name = folder
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if f, err := c.Folder(dir); err == nil {
			list = append(list, f)
		}
	}
	return append(list, c.Tree)
}

// mergeHeaders puts before the inner headers those outer ones that no inner entry names, on or off. Names are compared
// as RFC 9110, section 5.1, says: without regard to case.
func mergeHeaders(outer, inner []Entry) []Entry {
	var kept []Entry
	for _, o := range outer {
		if !slices.ContainsFunc(inner, func(i Entry) bool { return strings.EqualFold(i.Name, o.Name) }) {
			kept = append(kept, o)
		}
	}
	return slices.Concat(kept, inner)
}

// Active returns the variables of an environment without those that are switched off.
func (e *Environment) Active() []Entry { return active(e.Vars) }

// active drops the entries that are switched off.
func active(list []Entry) []Entry {
	return slices.DeleteFunc(slices.Clone(list), func(e Entry) bool { return e.Off })
}

// mergeOptions takes each setting from the inner section, else from the outer one.
func mergeOptions(outer, inner Options) Options {
	m := inner
	m.Timeout = Timeout{
		Connect: or(inner.Timeout.Connect, outer.Timeout.Connect),
		Read:    or(inner.Timeout.Read, outer.Timeout.Read),
		Total:   or(inner.Timeout.Total, outer.Timeout.Total),
	}
	merged := m.Retry.fields()
	for i, v := range outer.Retry.fields() {
		*merged[i] = or(*merged[i], *v)
	}
	m.Redirects = or(inner.Redirects, outer.Redirects)
	m.Fail = or(inner.Fail, outer.Fail)
	m.Verify = or(inner.Verify, outer.Verify)
	if !inner.Cert.File.IsSet() {
		m.Cert = outer.Cert
	}
	m.TLS = TLS{
		Min:        or(inner.TLS.Min, outer.TLS.Min),
		ServerName: or(inner.TLS.ServerName, outer.TLS.ServerName),
		KeyLog:     or(inner.TLS.KeyLog, outer.TLS.KeyLog),
	}
	m.Proxy = or(inner.Proxy, outer.Proxy)
	m.HTTP = or(inner.HTTP, outer.HTTP)
	m.Path = or(inner.Path, outer.Path)
	m.Network = Network{
		Resolve: mergeHeaders(outer.Network.Resolve, inner.Network.Resolve),
		Unix:    or(inner.Network.Unix, outer.Network.Unix),
		Family:  or(inner.Network.Family, outer.Network.Family),
	}
	m.Decode = Decode{
		On:           or(inner.Decode.On, outer.Decode.On),
		MaxSize:      or(inner.Decode.MaxSize, outer.Decode.MaxSize),
		MaxExpansion: or(inner.Decode.MaxExpansion, outer.Decode.MaxExpansion),
	}
	m.Session = or(inner.Session, outer.Session)
	return m
}

func or(inner, outer Value) Value {
	if inner.IsSet() {
		return inner
	}
	return outer
}
