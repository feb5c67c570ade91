package pane

import (
	"cmp"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/importer/openapi"
	"parley/collections/template"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

// KnownAPI is an API that a file describes.
type KnownAPI struct {
	// Source is what its operations are marked with.
	Source   string
	Document *openapi.Document
}

// mostOffered is how many operations are offered at most, of all APIs together.
const mostOffered = 2500

// offers are the candidates for a URL. Those of the operations of APIs are written as the collection writes its URLs: with
// the variable that stands for their server.
type offers struct {
	used    []widget.Candidate // what was used before, and hosts
	servers []offeredServer
	// typed is how the servers are written in made, which is the list for what was typed last.
	typed string
	made  []widget.Candidate
}

// offeredServer has the operations on one server.
type offeredServer struct {
	address string // as the document has it
	base    string // as the collection writes it
	ops     []*offered
}

// offered is an operation that is offered.
type offered struct {
	*openapi.Operation
	source string
	path   string // with its places as the collection writes them
	used   string // the URL that was used before and is the same; empty for none
}

func newOffers(known Known, scope template.Scope) offers {
	list, hosts := knownURLs(known.URLs)
	o := offers{used: list}
	w := newWriter(known, scope)
	same := map[string]int{}
	for i, c := range slices.Backward(list) {
		// What nearly all begin with says nothing.
		list[i].Bare = c.Text[:c.Base] == w.usual && len(c.Text) > c.Base
		same[c.Lead+" "+w.shape(c.Text)] = i
	}
	left := mostOffered
	for _, api := range known.APIs {
		address, base := w.server(api.Document.Servers)
		for i := range api.Document.Operations[:min(left, len(api.Document.Operations))] {
			op := &offered{Operation: &api.Document.Operations[i], source: api.Source}
			op.path = w.path(op.Path)
			address, base := address, base
			if op.Servers != nil {
				address, base = w.server(op.Servers)
			}
			if i, ok := same[op.Method+" "+w.shape(base+op.path)]; ok {
				op.used = o.used[i].Text
				o.used[i].Of, o.used[i].Detail = op, about(op.Operation)
			}
			o.add(address, base, op)
		}
		left -= min(left, len(api.Document.Operations))
	}
	for _, s := range o.servers {
		if s.base != "" && !slices.ContainsFunc(hosts, func(c widget.Candidate) bool { return c.Text == s.base }) {
			hosts = append(hosts, widget.Candidate{Text: s.base, Kind: s.ops[0].source})
		}
	}
	o.used = append(o.used, hosts...)
	return o
}

func (o *offers) add(address, base string, op *offered) {
	i := slices.IndexFunc(o.servers, func(s offeredServer) bool { return s.address == address && s.base == base })
	if i < 0 {
		i = len(o.servers)
		o.servers = append(o.servers, offeredServer{address: address, base: base})
	}
	o.servers[i].ops = append(o.servers[i].ops, op)
}

// list are the candidates for a line. Another way to write a server that is typed already stays.
func (o *offers) list(line string) []widget.Candidate {
	if len(o.servers) == 0 {
		return o.used
	}
	typed := make([]string, len(o.servers))
	for i, s := range o.servers {
		typed[i] = s.typed(line)
	}
	if key := strings.Join(typed, "\x00"); o.made == nil || key != o.typed {
		o.typed, o.made = key, slices.Clone(o.used)
		for i, s := range o.servers {
			o.made = append(o.made, s.candidates(typed[i])...)
		}
	}
	return o.made
}

// candidates are the operations, for a line that has the server in that way; empty for the collection's.
func (s offeredServer) candidates(typed string) []widget.Candidate {
	list := make([]widget.Candidate, 0, len(s.ops))
	for _, op := range s.ops {
		if op.used != "" && strings.HasPrefix(op.used, typed) {
			continue
		}
		c := widget.Candidate{
			Lead: op.Method, LeadRole: themes.Method(op.Method), Text: s.base + op.path, Base: len(s.base), Bare: true,
			Detail: about(op.Operation), Kind: op.source, Of: op,
		}
		if typed != "" {
			c.Text, c.Base = typed+op.path, len(typed)
			if !strings.HasPrefix(typed, "{{") { // another variable than the collection's is meant as it is
				c.Insert = s.base + op.path
			}
		}
		list = append(list, c)
	}
	return list
}

// typed is what stands in a line for the server in another way than its base does; empty when nothing does.
func (s offeredServer) typed(line string) string {
	host := hostPart(line)
	if strings.HasPrefix(host, "{{") {
		if strings.HasPrefix(s.base, host) {
			return ""
		}
		return host
	}
	if s.address == "" || strings.HasPrefix(s.address, "/") {
		return ""
	}
	_, bare, _ := strings.Cut(s.address, "://")
	hostOnly, _, _ := strings.Cut(bare, "/")
	for _, spelled := range [...]string{s.address, bare, hostPart(s.address), hostOnly} {
		if rest, ok := strings.CutPrefix(line, spelled); ok && strings.HasPrefix(rest, "/") && !strings.HasPrefix(s.base, spelled) {
			return spelled
		}
	}
	return ""
}

// about is a word about an operation.
func about(op *openapi.Operation) string {
	said := cmp.Or(op.Summary, op.ID)
	if !op.Deprecated {
		return said
	}
	return strings.TrimSuffix("deprecated · "+said, " · ")
}

// writer writes URLs as the collection does.
type writer struct {
	scope     template.Scope
	elsewhere []collections.Entry // variables of environments that may not be the chosen one
	usual     string              // what most URLs of the collection begin with, if that is a variable
	braces    bool                // places in paths are written {id}, not :id
}

func newWriter(known Known, scope template.Scope) writer {
	if scope == nil {
		scope = env.NewScopes()
	}
	w := writer{scope: scope, elsewhere: known.Variables}
	begin := map[string]int{}
	colons, braces := 0, 0
	for _, k := range known.URLs {
		if !k.Saved {
			continue
		}
		if host := hostPart(k.URL); strings.HasPrefix(host, "{{") {
			begin[host]++
			if begin[host] > begin[w.usual] {
				w.usual = host
			}
		}
		for _, name := range httpcore.PathPlaces(masked(k.URL)) {
			if strings.Contains(k.URL, "/:"+name) {
				colons++
			} else {
				braces++
			}
		}
	}
	w.braces = braces > colons
	for _, name := range [...]string{"base_url", "baseUrl", "base", "host", "url"} {
		if value := w.value(name); w.usual == "" && value != "" {
			w.usual = "{{" + name + "}}"
		}
	}
	return w
}

// value is that of a variable, if it is one that may stand before a path.
func (w writer) value(name string) string {
	v, ok := w.scope.Lookup(name)
	text, isText := v.Value.(string)
	if !ok || !isText || v.Secret || v.Literal || !strings.Contains(text, "://") || strings.Contains(text, "{{") {
		return ""
	}
	return strings.TrimRight(text, "/")
}

// server chooses the one of the servers that the collection has a variable for, else the first, and writes it.
func (w writer) server(list []string) (server, base string) {
	for _, s := range list {
		if base, ok := w.variable(s); ok {
			return s, base
		}
	}
	return list[0], literally(list[0])
}

// variable writes a server with a variable, if there is one for it.
func (w writer) variable(server string) (base string, ok bool) {
	if server == "" || strings.HasPrefix(server, "/") {
		if name := variableIn(w.usual); server != "" && strings.HasSuffix(w.value(name), server) {
			server = "" // the variable has it already
		}
		return w.usual + literally(server), w.usual != ""
	}
	longest := ""
	for _, name := range w.scope.Names() {
		if value := w.value(name); len(value) > len(longest) && begins(server, value) {
			longest, base = value, "{{"+name+"}}"+literally(server[len(value):])
		}
	}
	if longest != "" {
		return base, true
	}
	for _, v := range w.elsewhere {
		value := strings.TrimRight(v.Value.Text, "/")
		if _, known := w.scope.Lookup(v.Name); known && len(value) > len(longest) && strings.Contains(value, "://") && begins(server, value) {
			longest, base = value, "{{"+v.Name+"}}"+literally(server[len(value):])
		}
	}
	return base, longest != ""
}

// variableIn is the name of the variable that a text is, brackets and all.
func variableIn(code string) string { return strings.TrimSpace(strings.Trim(code, "{}")) }

// begins reports whether a server is below another one, or is it.
func begins(server, other string) bool {
	rest, ok := strings.CutPrefix(server, other)
	return ok && (rest == "" || rest[0] == '/')
}

// path writes the path of an operation.
func (w writer) path(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, "{"); ok && strings.HasSuffix(name, "}") && !w.braces {
			if name = placeName(strings.TrimSuffix(name, "}")); name != "" {
				parts[i] = ":" + name
				continue
			}
		}
		parts[i] = literally(part)
	}
	return strings.Join(parts, "/")
}

// placeName is what a place is called in a URL; empty when it cannot be named.
func placeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == ' ' || r > 127 || strings.ContainsRune("{}/?#:", r) {
			return '_'
		}
		return r
	}, name)
	if places := httpcore.PathPlaces("http://h/:" + name); len(places) == 1 && places[0] == name {
		return name
	}
	return ""
}

// shape is what is the same of two URLs that ask for the same, however their places are called.
func (w writer) shape(address string) string {
	if host := hostPart(address); strings.HasPrefix(host, "{{") {
		if value := w.value(variableIn(host)); value != "" {
			address = value + address[len(host):]
		}
	}
	plain := masked(address)
	parts := strings.Split(plain[:indexOutside(plain, "?#")], "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") || strings.HasPrefix(part, "{") && strings.HasSuffix(part, "}") {
			parts[i] = ":"
		}
	}
	return strings.TrimSuffix(strings.Join(parts, "/"), "/")
}

// literally writes foreign text so that no brackets in it are code.
func literally(s string) string { return strings.ReplaceAll(s, "{{", `{{"{{"}}`) }
