package pane

import (
	"fmt"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/importer/openapi"
	"parley/collections/template"
	"parley/ui/widget"
)

// variables is a scope with some.
func variables(values map[string]string) template.Scope {
	scope := variableList{}
	for name, value := range values {
		scope[name] = template.Variable{Name: name, Value: value, Secret: strings.HasPrefix(name, "secret")}
	}
	return scope
}

type variableList map[string]template.Variable

func (l variableList) Lookup(name string) (template.Variable, bool) { v, ok := l[name]; return v, ok }

func (l variableList) Names() (names []string) {
	for name := range l {
		names = append(names, name)
	}
	return names
}

// described is an API with operations such as "GET /users/{id}".
func described(servers string, operations ...string) KnownAPI {
	doc := &openapi.Document{Servers: strings.Split(servers, " ")}
	for _, o := range operations {
		method, path, _ := strings.Cut(o, " ")
		doc.Operations = append(doc.Operations, openapi.Operation{Method: method, Path: path, Summary: "Does it"})
	}
	return KnownAPI{Source: "openapi", Document: doc}
}

func offeredAs(list []widget.Candidate) string {
	var got []string
	for _, c := range list {
		insert := c.Text
		if c.Insert != "" {
			insert = c.Insert
		}
		got = append(got, strings.TrimSpace(c.Lead+" "+insert)+" ("+c.Kind+")")
	}
	return strings.Join(got, "\n")
}

// The server of an operation is written as the collection writes it.
func TestServersAreWrittenAsTheCollectionDoes(t *testing.T) {
	saved := []KnownURL{{URL: "{{api}}/x", Method: "GET", Saved: true}}
	for _, c := range []struct {
		servers string
		scope   map[string]string
		known   Known
		want    string
	}{
		{"https://a.test/v1", map[string]string{"base_url": "https://a.test/v1/"}, Known{}, "{{base_url}}/u"},
		{"https://a.test/v1", map[string]string{"host": "https://a.test", "other": "https://a.test/v"}, Known{}, "{{host}}/v1/u"},
		{"https://a.test/v1", map[string]string{"host": "https://a.test", "api": "https://a.test/v1"}, Known{}, "{{api}}/u"},
		{"https://a.test https://b.test", map[string]string{"b": "https://b.test"}, Known{}, "{{b}}/u"},
		{"https://a.test", map[string]string{"secret": "https://a.test"}, Known{}, "https://a.test/u"},
		{"https://a.test", map[string]string{"url": "http://localhost"}, Known{Variables: []collections.Entry{
			{Name: "url", Value: collections.Str("https://a.test")}, {Name: "gone", Value: collections.Str("https://a.test")},
		}}, "{{url}}/u"},
		{"/v1", map[string]string{"api": "http://localhost"}, Known{URLs: saved}, "{{api}}/v1/u"},
		{"/v1", map[string]string{"api": "http://localhost/v1"}, Known{URLs: saved}, "{{api}}/u"},
		{"", map[string]string{"base_url": "http://localhost"}, Known{}, "{{base_url}}/u"},
		{"", nil, Known{}, "/u"},
		{"https://{{evil()}}.test", nil, Known{}, `https://{{"{{"}}evil()}}.test/u`},
	} {
		c.known.APIs = []KnownAPI{described(c.servers, "GET /u")}
		o := newOffers(c.known, variables(c.scope))
		list := o.list("/u")
		if last := list[len(list)-1]; last.Text != c.want {
			t.Errorf("%s with %v makes %s, want %s", c.servers, c.scope, last.Text, c.want)
		}
	}
}

func TestPathsAreWrittenAsTheCollectionDoes(t *testing.T) {
	for path, want := range map[string]string{
		"/users/{id}":            "/users/:id /users/{id}",
		"/users/{user id}/x":     "/users/:user_id/x /users/{user id}/x",
		"/{provider}.json":       "/{provider}.json /{provider}.json",
		"/a/{{secret(\"x\")}}/b": `/a/{{"{{"}}secret("x")}}/b /a/{{"{{"}}secret("x")}}/b`,
	} {
		got := writer{}.path(path) + " " + writer{braces: true}.path(path)
		if got != want {
			t.Errorf("%s is written %s, want %s", path, got, want)
		}
	}
	w := newWriter(Known{URLs: []KnownURL{{URL: "http://h/{a}/{b}/:c", Saved: true}, {URL: "http://h/:d", Saved: false}}}, env.NewScopes())
	if !w.braces {
		t.Error("the collection writes brackets")
	}
}

// What is typed of a server stays when it is a variable, and is the collection's way to write it else. What was used before
// comes first and once.
func TestOffers(t *testing.T) {
	known := Known{
		URLs: []KnownURL{
			{URL: "{{base_url}}/users/:login", Method: "GET", From: "users/one", Saved: true},
			{URL: "https://a.test/v1/users?page=1", Method: "POST", From: "history"},
		},
		APIs: []KnownAPI{described("https://a.test/v1", "GET /users/{id}", "POST /users", "PUT /users/{id}")},
	}
	scope := variables(map[string]string{"base_url": "https://a.test/v1"})
	for line, want := range map[string]string{
		"/us": "GET {{base_url}}/users/:login (users/one)\nPOST https://a.test/v1/users?page=1 (history)\n" +
			"{{base_url}} (host)\nhttps://a.test (host)\nPUT {{base_url}}/users/:id (openapi)",
		"{{stage}}/us":       "GET {{stage}}/users/:id (openapi)\nPOST {{stage}}/users (openapi)\nPUT {{stage}}/users/:id (openapi)",
		"https://a.test/v1/": "GET {{base_url}}/users/:id (openapi)\nPUT {{base_url}}/users/:id (openapi)",
		"a.test/us":          "PUT {{base_url}}/users/:id (openapi)",
	} {
		o := newOffers(known, scope)
		if got := offeredAs(o.list(line)); !strings.HasSuffix(got, want) {
			t.Errorf("%s offers\n%s\nwant\n%s", line, got, want)
		}
	}
	o := newOffers(known, scope)
	if first := o.list("/us")[0]; first.Of == nil || first.Detail != "Does it" {
		t.Errorf("what was used before knows nothing of the operation that it is: %+v", first)
	}
}

func TestTypedPlaces(t *testing.T) {
	for typed, want := range map[string]string{
		"/users/42":                         "map[id:42]",
		"{{base_url}}/users/42/posts/a%20b": "map[id:42 post:a b]",
		"http://h/users/:id":                "map[]",
		"/users/":                           "map[]",
		"/us/42?x":                          "map[id:42]",
		"/other/42":                         "map[]",
		"":                                  "map[]",
	} {
		if got := fmt.Sprint(typedPlaces(typed, "/users/{id}/posts/{post}")); got != want {
			t.Errorf("%q gives %s, want %s", typed, got, want)
		}
	}
}

func TestBodiesOfAnAPI(t *testing.T) {
	fields := []openapi.Parameter{{Name: "a", Required: true, Values: []string{"{{x}}"}}, {Name: "b", In: "file", Description: "A file"}, {Name: "{{c}}"}}
	for _, c := range []struct {
		body openapi.Body
		want string
	}{
		{openapi.Body{Type: "application/json", Example: "{}"}, "json {}"},
		{openapi.Body{Type: "application/vnd.a+json; charset=utf-8", Example: `"{{x}}"`}, `json "{{"{{"}}x}}" application/vnd.a+json; charset=utf-8`},
		{openapi.Body{Type: "application/{{evil()}}+json"}, `json application/{{"{{"}}evil()}}+json`},
		{openapi.Body{Type: "text/{{evil()}}"}, `text text/{{"{{"}}evil()}}`},
		{openapi.Body{Type: "application/xml", Example: "<a/>"}, "text <a/> application/xml"},
		{openapi.Body{Type: "application/x-www-form-urlencoded", Fields: fields}, `form a={{"{{"}}x}} ~b=`},
		{openapi.Body{Type: "multipart/form-data", Fields: fields}, `multipart a={{"{{"}}x}} ~b=@`},
		{openapi.Body{Type: "application/octet-stream"}, ""},
		{openapi.Body{Type: "text/*"}, ""},
	} {
		b := bodyOf([]openapi.Body{c.body})
		got := fmt.Sprint(b.Kind, " ", b.Content.Text, " ", b.Type.Text)
		for _, row := range append(toRows(b.Form), partRows(b.Parts)...) {
			off := map[bool]string{true: "~"}[row.Off]
			got += " " + off + row.Name + "=" + row.Value
		}
		if strings.Join(strings.Fields(got), " ") != c.want {
			t.Errorf("%s makes %q, want %q", c.body.Type, got, c.want)
		}
	}
}

// A key among many operations has to be over long before the next frame.
func BenchmarkCompletePaths(b *testing.B) {
	var operations []string
	for i := range 1000 {
		operations = append(operations, fmt.Sprintf("GET /area%d/things/{id}/parts%d", i%40, i))
	}
	u := NewURL(nil)
	u.offers = newOffers(Known{APIs: []KnownAPI{described("https://a.test", operations...)}}, nil)
	for _, line := range []string{"/are", "parts9", "/area7/things/1/parts", "https://a.test/area", "{{x}}/area3/"} {
		b.Run(strings.ReplaceAll(line, "/", "_"), func(b *testing.B) {
			e := widget.NewInput(u.styles, widget.EditorOptions{Complete: u.complete})
			e.SetSize(80, 1)
			e.Focus(true)
			e.Paste(line)
			b.ReportAllocs()
			for b.Loop() {
				if !e.Complete() {
					b.Fatal("nothing is offered")
				}
			}
		})
	}
}
