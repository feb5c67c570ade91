package pane

import (
	"reflect"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/importer/openapi"
	"parley/collections/tomldoc"
	"parley/ui/widget"
)

// filled is what a chosen candidate fills in of a request beside its URL.
type filled struct {
	url          string
	method       collections.Value
	path, params []collections.Entry
	body         collections.Body
}

// filling is one choice: what there was, and what it made of it.
type filling struct {
	from, to filled
	what     string // the description that it came from, empty for none
	undone   bool
}

// fillings are the choices that can be taken back, the last ones last.
type fillings []filling

// fillingsKept is how many of them are remembered.
const fillingsKept = 50

func filledOf(q *collections.Request) filled {
	return filled{q.URL.Text, q.Method, slices.Clone(q.PathParams), slices.Clone(q.Params), q.Body}
}

// fill follows a candidate that was put into the URL: the method that it has, and what is known of the operation. What the
// choice before it has filled in, and nobody has touched, makes room. It reports whether more than the URL is another now.
func (u *URL) fill(c widget.Candidate, typed string) (f filling, more bool) {
	q := u.request
	from := filledOf(q)
	from.url = typed
	if n := len(u.fillings); n > 0 && !u.fillings[n-1].undone {
		u.fillings[n-1].turn(q, u.fillings[n-1].to, u.fillings[n-1].from)
	}
	if method := c.Lead; method != "" && (q.Path == "" || u.method() == "GET") && method != u.method() {
		q.Method = collections.Str(method)
	}
	f = filling{from: from}
	if op, ok := c.Of.(*offered); ok {
		f.what = op.source
		q.Params = append(q.Params, queryEntries(q, op.Parameters)...)
		q.PathParams = append(q.PathParams, pathEntries(q, op.Operation, typed)...)
		if q.Body.Kind == collections.BodyNone {
			q.Body = bodyOf(op.Bodies)
		}
	}
	f.to = filledOf(q)
	alike := f.to
	alike.url = from.url
	u.fillings = append(u.fillings, f)
	u.fillings = u.fillings[max(0, len(u.fillings)-fillingsKept):]
	return f, !reflect.DeepEqual(alike, from)
}

// turn brings a request from one state to another; a part that was changed since stays as it is.
func (f *filling) turn(q *collections.Request, from, to filled) {
	if reflect.DeepEqual(q.Method, from.method) {
		q.Method = to.method
	}
	if sameEntries(q.PathParams, from.path) {
		q.PathParams = slices.Clone(to.path)
	}
	if sameEntries(q.Params, from.params) {
		q.Params = slices.Clone(to.params)
	}
	if reflect.DeepEqual(q.Body, from.body) {
		q.Body = to.body
	}
}

// sameEntries compares what entries say.
func sameEntries(a, b []collections.Entry) bool {
	return slices.EqualFunc(a, b, func(a, b collections.Entry) bool {
		same := func(a, b collections.Value) bool { return a.Text == b.Text }
		return a.Name == b.Name && a.Off == b.Off && a.Note == b.Note && slices.EqualFunc(a.Values(), b.Values(), same)
	})
}

// undone takes back what a choice has filled in, once the URL is again what it was before it; redone fills it in again.
func (u *URL) undone(was string) tea.Cmd {
	for i, f := range slices.Backward(u.fillings) {
		if !f.undone {
			if f.to.url != was {
				return nil
			}
			u.fillings[i].undone = true
			if u.turned(f, f.to, f.from) {
				return u.host.TookBack(u, f.what)
			}
			return nil
		}
	}
	return nil
}

// turned turns the request, and reports whether anything beside its URL is another now: where it is not, the other panes
// keep their cursors and what they can undo.
func (u *URL) turned(f filling, from, to filled) bool {
	before := filledOf(u.request)
	f.turn(u.request, from, to)
	return !reflect.DeepEqual(before, filledOf(u.request))
}

func (u *URL) redone() tea.Cmd {
	for i, f := range u.fillings {
		if f.undone && f.to.url == u.input.Text() {
			u.fillings[i].undone = false
			if u.turned(f, f.from, f.to) {
				return u.host.Filled(u, f.what)
			}
			return nil
		}
	}
	return nil
}

// queryEntries are the parameters of a query that the request does not have yet. Those that may be missing are off.
func queryEntries(q *collections.Request, parameters []openapi.Parameter) []collections.Entry {
	has := map[string]bool{}
	for _, e := range q.Params {
		has[e.Name] = true
	}
	for _, row := range queryIn(q.URL.Text).rows() {
		has[decoded(row.Name)] = true
	}
	var list []collections.Entry
	for _, p := range parameters {
		if p.In == "query" && !has[p.Name] && !strings.Contains(p.Name, "{{") {
			list = append(list, entryOf(p, !p.Required))
		}
	}
	return list
}

func entryOf(p openapi.Parameter, off bool) collections.Entry {
	e := collections.Entry{Name: p.Name, Note: p.Description, Off: off}
	items := make([]collections.Value, len(p.Values))
	for i, v := range p.Values {
		items[i] = collections.Str(literally(v))
	}
	switch len(items) {
	case 0:
		e.Value = collections.Str("")
	case 1:
		e.Value = items[0]
	default:
		e.Value = tomldoc.List(items...)
	}
	return e
}

// pathEntries are the values of places that the request has none for: as they were typed, else as the description says.
func pathEntries(q *collections.Request, op *openapi.Operation, typed string) []collections.Entry {
	given := typedPlaces(typed, op.Path)
	for _, p := range op.Parameters {
		name := placeName(p.Name)
		if p.In == "path" && given[name] == "" && len(p.Values) > 0 {
			given[name] = literally(p.Values[0])
		}
	}
	var list []collections.Entry
	for _, row := range wantedPlaces(q) {
		if value := given[row.Name]; value != "" {
			list = append(list, collections.Entry{Name: row.Name, Value: collections.Str(value)})
		}
	}
	return list
}

// typedPlaces are the pieces of a URL that was typed as one means to send it, such as /users/42, by the places where they
// stand in a path.
func typedPlaces(typed, path string) map[string]string {
	given := map[string]string{}
	typed = typed[:indexOutside(typed, "?#")]
	pieces, places := strings.Split(strings.TrimPrefix(typed[len(hostPart(typed)):], "/"), "/"), strings.Split(path[1:], "/")
	for i, place := range places[:min(len(pieces), len(places))] {
		name, ok := strings.CutPrefix(place, "{")
		switch {
		case ok && strings.HasSuffix(name, "}"):
			if piece := pieces[i]; piece != "" && !strings.HasPrefix(piece, ":") && !strings.HasPrefix(piece, "{") {
				given[placeName(strings.TrimSuffix(name, "}"))] = decoded(piece)
			}
		case !strings.HasPrefix(place, pieces[i]) || pieces[i] == "":
			return map[string]string{} // it was something else that was typed
		}
	}
	return given
}

// bodyOf begins a body of the first type that can be written here.
func bodyOf(bodies []openapi.Body) collections.Body {
	for _, b := range bodies {
		mediaType, _, _ := strings.Cut(strings.ToLower(b.Type), ";")
		switch {
		case openapi.IsJSON(b.Type):
			body := collections.Body{Kind: collections.BodyJSON, Content: collections.Str(literally(b.Example))}
			if mediaType != "application/json" {
				body.Type = collections.Str(literally(b.Type))
			}
			return body
		case mediaType == "application/x-www-form-urlencoded":
			return collections.Body{Kind: collections.BodyForm, Form: formEntries(b.Fields)}
		case mediaType == "multipart/form-data":
			return collections.Body{Kind: collections.BodyMultipart, Parts: formParts(b.Fields)}
		case strings.HasPrefix(mediaType, "text/") && !strings.Contains(mediaType, "*"), strings.HasSuffix(mediaType, "xml"):
			return collections.Body{Kind: collections.BodyText, Content: collections.Str(literally(b.Example)), Type: collections.Str(literally(b.Type))}
		}
	}
	return collections.Body{}
}

// usable are the fields whose names are text; off reports whether one may be missing. Where none has to be there, all are
// on: a form with nothing in it is hardly meant.
func usable(fields []openapi.Parameter) (list []openapi.Parameter, off func(openapi.Parameter) bool) {
	some := slices.ContainsFunc(fields, func(p openapi.Parameter) bool { return p.Required })
	for _, p := range fields {
		if !strings.Contains(p.Name, "{{") {
			list = append(list, p)
		}
	}
	return list, func(p openapi.Parameter) bool { return some && !p.Required }
}

func formEntries(fields []openapi.Parameter) []collections.Entry {
	list, off := usable(fields)
	entries := make([]collections.Entry, len(list))
	for i, p := range list {
		entries[i] = entryOf(p, off(p))
	}
	return entries
}

func formParts(fields []openapi.Parameter) []collections.Part {
	list, off := usable(fields)
	parts := make([]collections.Part, len(list))
	for i, p := range list {
		parts[i] = collections.Part{Name: collections.Str(p.Name), Off: off(p), Note: p.Description}
		if p.In == "file" {
			parts[i].File = collections.Str("")
			continue
		}
		parts[i].Value = collections.Str(literally(strings.Join(p.Values, ",")))
	}
	return parts
}
