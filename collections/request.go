package collections

import "slices"

// Request is a saved request as its file says it: nothing inherited, nothing resolved. Strings hold their {{ }}.
//
// The Requests of a [Collection] are shared and must not be changed; [Request.Clone] makes one for editing, and
// [Collection.Save] writes what differs.
type Request struct {
	// Path names the request in its collection: the file's path without ".toml", with slashes.
	Path string
	// File is the path of the file, relative to the collection's folder, with slashes.
	File string

	Method     Value // GET when not set
	URL        Value
	Notes      Value
	Tags       []Value
	When       Value // an expression: where it is false, a run skips the request
	Record     Value // a boolean or "no-body"
	Vars       []Entry
	PathParams []Entry // [path]: for :name or {name} in the URL
	Params     []Entry
	Headers    []Entry
	Cookies    []Entry
	Auth       Auth
	Body       Body
	Options    Options

	// Captures are values to take from the response: an expression each, or a table { expr, secret }; see [Entry.Capture].
	Captures []Entry
	// Expect are expressions that must be true of the response, each under a name.
	Expect  []Entry
	Hooks   Hooks
	Compare Compare

	// Around is what only settings say; see [SettingsPath].
	Around Around

	// Held is what was typed as the text of the file and cannot be read yet, so that nothing else here says it; nil for none.
	// A file never gets it, the journal does. The bytes are never changed in place.
	Held []byte

	findings []Finding
	source   *source
	retyped  *source // the text that was typed in place of the file's; see [Request.Retype]
}

// Compare says what does not count when responses of the request are compared.
type Compare struct {
	// Ignore are JSONPath queries of the body, and "header:NAME".
	Ignore []Value
}

// Clone returns a copy that may be changed: its fields can be set, and its lists be appended to, cut and have their
// elements replaced. [Value]s are never changed in place.
func (r *Request) Clone() *Request {
	c := *r
	c.Tags, c.Compare.Ignore = slices.Clone(r.Tags), slices.Clone(r.Compare.Ignore)
	c.Around.Order = slices.Clone(r.Around.Order)
	c.Around.For, c.Around.Sessions = slices.Clone(r.Around.For), slices.Clone(r.Around.Sessions)
	for _, list := range []*[]Entry{
		&c.Vars, &c.PathParams, &c.Params, &c.Headers, &c.Cookies, &c.Auth.Fields, &c.Body.Form,
		&c.Options.Network.Resolve, &c.Captures, &c.Expect, &c.Around.Secrets,
	} {
		*list = slices.Clone(*list)
	}
	c.Body.Parts = slices.Clone(r.Body.Parts)
	return &c
}

// Source is the text of the file that the request was read from, which must not be changed; nil when it was read from
// none. The base of a [Draft] is the Source of what was edited, and two reads of one file that have the same Source need
// no attention.
func (r *Request) Source() []byte {
	if r.source == nil {
		return nil
	}
	return r.source.doc.Bytes()
}

// Findings lists what is wrong or unusual in the file, in its order.
func (r *Request) Findings() []Finding { return r.findings }

// Auth is an [auth] section. The zero Auth says nothing, so that an outer one applies; type "none" switches it off.
type Auth struct {
	Type   Value
	Fields []Entry // everything but type, in order, known to Parley or not
}

// IsSet reports whether there is an [auth] section.
func (a Auth) IsSet() bool { return a.Type.IsSet() }

// Get returns a field; the zero Value when it is not there.
func (a Auth) Get(name string) Value {
	for _, f := range a.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return Value{}
}

// BodyKind is the key of [body] that says what the body is.
type BodyKind string

// The kinds of bodies. BodyNone is the zero BodyKind.
const (
	BodyNone      BodyKind = ""
	BodyJSON      BodyKind = "json"
	BodyText      BodyKind = "text"
	BodyForm      BodyKind = "form"
	BodyMultipart BodyKind = "multipart"
	BodyFile      BodyKind = "file"
	BodyGraphQL   BodyKind = "graphql"
)

// Body is a [body] section. Only the fields of its Kind are set.
type Body struct {
	Kind     BodyKind
	Content  Value   // of json and text: the text; of file: the path, relative to the file that says it
	Form     []Entry // of form
	Parts    []Part  // of multipart
	GraphQL  GraphQL // of graphql
	Type     Value   // Content-Type, unless a header says it
	Boundary Value   // of multipart
	Compress Value   // content coding to send it under
	Pos      Pos     // of the key that says the kind
}

// Part is one [[body.multipart]]: a Value or a File under a Name.
type Part struct {
	Name, Value, File, Type, Filename Value
	Off                               bool
	Note                              string
	Pos                               Pos

	item Value // the table it was read from
}

// GraphQL is a GraphQL body.
type GraphQL struct{ Query, Variables, Operation Value }
